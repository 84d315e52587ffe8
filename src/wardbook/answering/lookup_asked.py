"""Whether a question is for a dose to be looked up: by its words of dosing, or by a drug and one of its situations."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from wardbook.answering.course_asked import course_asked
from wardbook.answering.dose_question import KINDS, asked_drug, borne, dose_query, proposes, without_context
from wardbook.answering.gap_told import tells_gap
from wardbook.answering.how_many_have import asks_share
from wardbook.answering.in_vain import failed_words
from wardbook.answering.measures import age_span, without_measures
from wardbook.answering.question import Question, kinds_of
from wardbook.answering.rate_asked import rate_asked, runs_at_rate
from wardbook.answering.regimen_words import UnitsOf, row_said
from wardbook.answering.statistic_asked import statistics_asked
from wardbook.answering.use_asked import asks_whom
from wardbook.dosing.against import denies, rivals
from wardbook.dosing.asked_words import NORMAL_ORGANS, PHASES, content, holds_word, positive, situation_words, words_of
from wardbook.dosing.check import read_proposal
from wardbook.dosing.drug import DrugNames
from wardbook.dosing.established import has_event
from wardbook.dosing.fit import Fit
from wardbook.dosing.for_what import fits_indication
from wardbook.dosing.lookup import DoseQuery, TermMatcher
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient import Patient
from wardbook.dosing.quantity import quantities
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import of_drug
from wardbook.dosing.risk import OF_RISK, own_levels
from wardbook.dosing.telling import names_thing, tells_nothing
from wardbook.dosing.told import gives_range, gives_value, plain_words_unsaid
from wardbook.lazy_regex import lazy_regex


def asks_dose(question: Question) -> bool:
    """Tell whether a question is for a lookup: a drug, and words of dosing; or a drug and nothing but a situation."""
    if not question.drugs or _asks_what_goes_with(question) or _asks_share(question) or _COST.search(question.text):
        return False
    if "compare" not in question.kinds and _asks_amount(question):
        return True
    if (question.kinds & KINDS == {"interval"} and _OBSERVED.search(question.text)) or _WATCHED.search(question.text):
        return False
    whom = asks_whom(question.text) and not _AND_HOW_MUCH.search(question.text)
    if whom or _measures_often(uniform(question.text)):
        return False
    if question.kinds & KINDS:
        return not ("compare" in question.kinds and len(question.drugs) > 1) and not question.kinds & _OTHER
    if question.yes_no or question.kinds - {"treatment", "prevention", "list"}:
        return False
    if question.weight or question.bsa_m2 is not None:
        return True
    rest = question.grades or question.population or question.route or question.setting or len(question.mentions) > 1
    other = re.search(r"\b(?:how|when|why|what|who|where|(?:19|20)\d\d)\b", question.text, re.IGNORECASE)
    terse = _is_terse(question) and not other
    return bool(rest) and terse and len(_left_over(question)) <= MOST_SITUATION


def _asks_what_goes_with(question: Question) -> bool:
    """Tell whether it is asked how much of a fluid goes with a drug, or what before it: that is no dose of the drug."""
    match = _FLUID.search(question.text)
    fluid = match is not None and not any(word in match[0].lower() for word in question.drug_words)
    return fluid or _PREMEDICATED.search(question.text) is not None


def asks_share_alone(question: Question) -> bool:
    """Tell whether it is asked how many have something, and not as well whether a drug may be given, or how much."""
    return asks_share(question.text) and not question.yes_no and not question.kinds & {"dose", "max"}


def _asks_share(question: Question) -> bool:
    """Tell whether it is asked how many have something, and not how often somebody has the drug itself."""
    had = (rf"\b(?:gets?|ha(?:ve|s)|receives?|needs?)\s+(?:\w+ )?{re.escape(word)}\b" for word in question.drug_words)
    return asks_share_alone(question) and not any(re.search(each, question.text, re.IGNORECASE) for each in had)


_FLUID = lazy_regex(
    r"\b(?:how much|how many (?:mls?|litres?|liters?|l)(?: of)?|what volume of) (?:of )?(?:iv |normal )?"
    r"(?:saline|nacl|sodium chloride|water|glucose|dextrose|fluids?|diluent|(?:pre-?)?hydration|flush)\b",
    re.IGNORECASE,
)
_PREMEDICATED = lazy_regex(
    r"\bpre-?med\w* (?:needed|required|necessary)\b|\bneeds? (?:a |any )?pre-?med|\bany pre-?med", re.IGNORECASE
)
_COST = lazy_regex(r"\b(?:costs?|prices?|expensive|cheap(?:er)?|afford|reimburs\w+)\b", re.IGNORECASE)
"""Asks what a drug is paid for: "how much" is of money."""
_AND_HOW_MUCH = lazy_regex(r"\b(?:and|&)\s+(?:how much|(?:at )?what dose)\b", re.IGNORECASE)
"""Asks for the amount beside whom it is for."""
_WORK_OUT = lazy_regex(r"\b(?:work(?:ed|ing)? (?:it |this )?out|calculate)\b", re.IGNORECASE)
_AMOUNT_OF = lazy_regex(
    r"\bper (?:kg|kilo|m2|m²|sqm)\s*\?|\b(?:reduced?|cut|drop|lower|go) (?:it |the dose )?(?:down )?to"
    r"\s*(?:what\b|\?|$)|"
    r"\bwhat (?:do|should|shall) (?:i|we) (?:reduce|cut|drop|lower|increase) (?:it |the dose )?to\b",
    re.IGNORECASE,
)
_WHAT = lazy_regex(r"\bwhat\s+$", re.IGNORECASE)
_DO_WE_GIVE = lazy_regex(
    r"\s+(?:do|should|shall|would|can) (?:i|we|you) (?:chart|prescribe|give|use|write(?: up)?|draw up|start)\b",
    re.IGNORECASE,
)


def _asks_amount(question: Question) -> bool:
    """Tell whether the amount of a drug is asked without a word for dose ("X per kg?", "what X do we chart")."""
    if _AMOUNT_OF.search(question.text):
        return True
    if _WORK_OUT.search(question.text) and (question.weight or question.bsa_m2 is not None):
        return True
    named = sorted(question.drug_words, key=len, reverse=True)
    pattern = "|".join(map(re.escape, named))
    return any(
        _WHAT.search(question.text[: match.start()]) and _DO_WE_GIVE.match(question.text, match.end())
        for match in re.finditer(rf"\b(?:{pattern})\b", question.text, re.IGNORECASE)
    )


_LEVEL_OF_RISK = lazy_regex(r"\b(?:high|low|intermediate|moderate|standard|average)[- ]risk\b", re.IGNORECASE)


def _asks_of_no_dose(question: Question, drugs: DrugNames, regimens: Sequence[Regimen]) -> bool:
    """Tell whether what goes before the drug is asked, a statistic, or how long it has been stopped."""
    text = question.text
    return bool(course_asked(question, drugs, regimens) or statistics_asked(text) or _STOPPED.search(text))


_STOPPED = lazy_regex(
    r"\b(?:how long|how many (?:days|weeks|hours)) (?:off|without|clear of|free of|(?:since|after) (?:the |his |her )?"
    r"last)\b|\bwash-?out\b",
    re.IGNORECASE,
)
"""Asks for the time without a drug, and for none of its dose."""


def asks_lookup(
    question: Question, regimens: Sequence[Regimen], drugs: DrugNames, units_of: UnitsOf, names: TermMatcher
) -> bool:
    """Tell whether a question is for a lookup: `asks_dose`, an amount of a drug that is to be judged, or a few words
    that name a drug and the situation of one of its regimens ("prednisone GCA with vision loss").
    """
    if (
        _asks_of_no_dose(question, drugs, regimens)
        or (drugs.find(question.text) and not borne(question, drugs))
        or _asks_which(question, drugs)
    ):
        return False
    gap = len(question.drugs) == 1 and tells_gap(question.text)  # the dose that was given is not what goes on now
    if gap or _lasts(question, drugs):
        return False
    question = without_events(question)
    if failed_words(question) and not (question.kinds & KINDS or _judges(question)):
        return False  # what comes next is asked, not the dose that did not work
    if asks_dose(question):  # a weight beside a drug that the pages only reverse asks for no dose of it
        return bool(question.kinds & KINDS or of_drug(regimens, asked_drug(question, drugs)))
    if not question.drugs or question.kinds & _OTHER:
        return False
    if _judges(question):
        return True
    if runs_at_rate(rate_asked(question.text, drugs), regimens):
        return True
    asking = re.search(r"\b(?:how|when|why|what|who|where|(?:19|20)\d\d)\b", question.text, re.IGNORECASE)
    kinds = set(kinds_of(_LEVEL_OF_RISK.sub(" ", question.text)))
    otherwise = bool(asking) or asks_whom(question.text) or _measures_often(uniform(question.text))
    if question.yes_no or otherwise or kinds - {"treatment", "prevention", "list"} or not _is_terse(question):
        return False
    drug = asked_drug(question, drugs)
    said = cache(lambda regimen: row_said(regimen, units_of(regimen.page, regimen.section)))
    query = replace(dose_query(question, drug, Patient(), drugs), said=said)
    own = [each for each in of_drug(regimens, drug) if each.amount and not each.evidence]
    query = replace(query, told=plain_words_unsaid(query, own))
    if own and has_event(query, drug):
        return True
    aged = age_span(question.text) is not None and bool(own) and not content(query)
    return aged or _names_situation(question, query, own, names)


_HOW_LONG = lazy_regex(
    r"\bhow long (?:do(?:es)?|did|will|can|would) (?:(?:the|an?|his|her|their|this|that) )?"
    r"(?=[^,;?]{0,200}\b(?:last|go on|persist|take to|carry on|linger)\b)",
    re.IGNORECASE,
)


def _lasts(question: Question, drugs: DrugNames) -> bool:
    """Tell whether it is asked how long an event goes on, whatever drug it is named beside ("how long does X last")."""
    begins = {found.end() for found in _HOW_LONG.finditer(question.text)}
    return any(each.begin in begins and drugs.canonical(each.words) is None for each in question.mentions)


def _judges(question: Question) -> bool:
    """Tell whether an amount is named that is to be judged."""
    return proposes(question) and read_proposal(question.text.replace(question.weight or "\0", " ")) is not None


_ANOTHER = lazy_regex(
    r"\b(?:what|which)\b(?: \w+){0,3} (?:instead|else)\b(?! of\b)|"
    r"(?:\b(?:what|which)(?: is| are|'s)?(?: the| an)? |^\W*(?:any )?)alternatives?\b"
    r"(?! (?:dos|regimen|schedule|interval))",
    re.IGNORECASE,
)
"""Asks for another drug than those named."""
_CLASS = lazy_regex(r"\b(?:what|which) (?:[a-z]+ )?[a-z-]+", re.IGNORECASE)


def _asks_which(question: Question, drugs: DrugNames) -> bool:
    """Tell whether another drug than those named is asked for: "what instead", or one of a class beside them."""
    if _ANOTHER.search(question.text):
        return True
    named = (word.lower() for found in _CLASS.finditer(question.text) for word in found[0].split()[1:])
    of_class = any(
        word.removesuffix("s") in drugs.vocabulary.classes or word in drugs.vocabulary.classes for word in named
    )
    return of_class and not without_context(borne(question, drugs), question.text)


_GIVEN = (
    r"(?:(?:the|an?|any|each|every|this|that|his|her|their|last|first|second|third|full|next|previous|prior|whole|half|"
    r"one|two|three|\d+|step[- ]?up|loading|priming|treatment|morning|evening)\s+)*(?:[\w-]+\s+)?dos(?:es?|ing)\b"
)
_EVENT = lazy_regex(
    r"\b(?:after|since|following|post|before|prior to|between|until|"
    r"miss(?:ed|es|ing)?|skip(?:s|ped|ping)?|forg(?:e|o)t(?:ten)?|late|delay(?:ed)?|vomit(?:s|ed|ing)?(?: up)?|"
    rf"(?:spat|threw) (?:out|up)|withh(?:e|o)ld|hold|omit(?:ted)?)\s+{_GIVEN}|"
    r"\b(?:on|with|under|during|after|receiving|taking|having)\s+(?:very )?(?:high|low|full|pulse)[- ]dos(?:es?|ed)\b|"
    r"\b(?:for|with|during|around|at)\s+(?:the|each|every|any) (?:first |second |next |full |step-?up )*doses?\b",
    re.IGNORECASE,
)
"""A dose as an event ("45 min after the dose", "missed a dose"), or that a patient is on one ("on high dose X"): no
amount is asked by that word."""


def without_events(question: Question) -> Question:
    """Take a question's kind "dose" away where all its words for that only tell when something was."""
    if "dose" not in question.kinds or "dose" in kinds_of(_EVENT.sub(" ", question.text)):
        return question
    return replace(question, kinds=question.kinds - {"dose"})


def _names_situation(question: Question, query: DoseQuery, own: Sequence[Regimen], names: TermMatcher) -> bool:
    """Tell whether a few words beside a drug name what one of its regimens is for, or by what they are told apart."""
    words = content(query)
    if gives_value(query, own) or gives_range(query, own):
        return True
    if own and not words and words_of(question.text) & PHASES:
        return True
    held = {
        word
        for word in words
        for each in own
        if holds_word(word, f"{situation_words(each)} ; {query.said(each)}", query)
    }
    if not words:
        return False
    if words <= OF_RISK and any(map(own_levels, own)):
        return True
    if held == words or (held and any(rivals(each, query) or denies(each, query) for each in own)):
        return True
    named = any(words_of(name[0]) <= words - held for name in _PROPER.finditer(question.text))  # as an author is
    return not named and any(_is_labelled(each, query, names) for each in own)


_PROPER = lazy_regex(r"(?<=[\w,] )[A-Z][a-z]{2,}\b")


def _is_labelled(regimen: Regimen, query: DoseQuery, names: TermMatcher) -> bool:
    """Tell whether a row is for what is asked, and a disease or event that the question names stands in its label."""
    own = positive(f"{regimen.indication or ''} ; {query.said(regimen)}")
    shared = any(
        ((names_thing(word) and not tells_nothing(word)) or names.keys(word)) and holds_word(word, own, query)
        for word in content(query)
    )
    return shared and fits_indication(regimen, query, names) is not Fit.AGAINST


MOST_SITUATION = 1
MOST_TERSE = 7
"""Words for a situation, and words in all, up to which a drug with nothing else is a question for its dose."""
_OBSERVED = lazy_regex(
    r"\b(?:measur|check|monitor|test|occur|seen?\b|happen|report|develop|observ|reassess|review|caus|induc|trigger|"
    r"provok|result in|lead to|relaps|recur|fail)\w*",
    re.IGNORECASE,
)
_WATCHED = lazy_regex(
    r"\bhow long\b[^?.;]{0,30}\b(?:watch|observ|monitor|stay|admit)|\b(?:watch|observ)\w* (?:for )?how long|"
    r"\bwhat\b.{0,30}\b(?:watch|look) (?:out )?for\b"
)
_SIGNS = (
    r"vitals?|vital signs|obs|observations?|temp(?:erature)?|bp|blood pressure|pulse|bloods?|labs?|levels?|troughs?|"
    r"ecgs?|ekgs?|weights?|urine output|sats"
)


@lru_cache(maxsize=256)
def _measures_often(plain: str) -> bool:
    """Tell whether it is asked how often something is measured ("how often BP after X"): X is not what is given."""
    names = "|".join((_SIGNS, *(each.pattern for each in quantities().values())))
    asked = re.search(
        r"\bhow (?:often|frequently)(?: (?:do|does|should|must|to|we|i|you|is|are|the|a|an|check|take|measure|repeat|"
        rf"redo|need|their|his|her))* (?:{names})(?![a-z-])",
        plain,
    )
    return asked is not None


_OTHER = frozenset({"mechanism", "reference", "metadata", "disagree"})


def _is_terse(question: Question) -> bool:
    """Tell whether a question is a few words; one that has grown by measures of the patient still is."""
    text = re.sub(NORMAL_ORGANS, " ", without_measures(question.text), flags=re.IGNORECASE)
    return len(re.findall(r"\w\S*", text)) <= MOST_TERSE


def _left_over(question: Question) -> set[str]:
    """Give the words of a question that are neither names, nor a situation, nor words of asking."""
    words = question.text
    for mention in sorted(question.mentions, key=lambda mention: -mention.begin):
        words = words[: mention.begin] + " " + words[mention.end :]
    for written, _ in question.understood:
        words = words.replace(written, " ")
    query = DoseQuery(question.drugs[0], words, None, question.setting, question.population, question.route)
    return set(content(query)) - {word for drug in question.drugs for word in drug.split()}
