"""What a question asks of one drug's dose: whether it asks for one, of which drug, and for which situation."""

import re
from collections.abc import Sequence
from decimal import Decimal

from wardbook.answering.amount_too import asks_amount_too
from wardbook.answering.measures import bsa_span, grades_of
from wardbook.answering.past_drugs import end_of_told, is_failed, past_drugs
from wardbook.answering.question import Question, kinds_of, shorthand
from wardbook.answering.question_words import everyday_words, written_out
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import words_of
from wardbook.dosing.drug import DrugMention, DrugNames
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.interaction import classes_of
from wardbook.dosing.lookup import DoseQuery, Wants
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient import Patient, read_clearance
from wardbook.dosing.route import read_routes, routes_of_products, without_denied
from wardbook.lazy_regex import lazy_regex

KINDS = frozenset({"dose", "max", "duration", "interval", "route"})
"""Kinds of question that a lookup answers."""
TIMES = frozenset({"interval", "duration"})
"""Those that may be about other things than a dose ("how often platelets on X")."""
_WANTS: dict[str, Wants] = {
    "dose": "dose",
    "max": "max",
    "duration": "duration",
    "interval": "interval",
    "route": "route",
}


_PROPOSES = lazy_regex(
    r"\b(?:ok|okay|safe|right|alright|fine|correct|allowed|too (?:much|high|low|little|often)|"
    r"(?:can|may) (?:i|we) give|(?:can|may) (?:he|she|they) (?:have|get)|within|exceed\w*|over the|enough|acceptable|"
    r"appropriate|reasonable|verify|double[- ]?check|(?:does|do) (?:that|this|it|they) (?:fit|match)|"
    r"looks? (?:like )?(?:a lot|much|high|low|little|wrong|off)|seems? (?:a lot|much|high|low|little|wrong|off)|"
    r"(?:what|as) (?:it|this) should be|(?:can|may|should|shall) i (?:release|sign|dispense|hang)|"
    r"(?:correct|right|proper) (?:interval|frequency|amount))\b",
    re.IGNORECASE,
)


def proposes(question: Question) -> bool:
    """Tell whether a question asks for a judgement on something proposed ("is ... ok?")."""
    return bool(_PROPOSES.search(question.text)) or _states_dose(question)


def _states_dose(question: Question) -> bool:
    """Tell whether nothing is asked but whether an amount is right for a patient ("otherdrug 800 mg for 80 kg?")."""
    plain = question.text.replace(question.weight or "\0", " ")
    asked = question.kinds & KINDS or _ASKS.search(plain)
    figures = [each for each in read_amounts(plain) if each.is_dose]
    whole = len(figures) == 1 and figures[0].per is None
    return bool(question.weight) and whole and not asked and question.text.rstrip().endswith("?")


_ASKS = lazy_regex(r"\b(?:how|what|which|when|where|who|why|calculate|total|volume)\b", re.IGNORECASE)


def dose_query(question: Question, drug: str, patient: Patient, drugs: DrugNames) -> DoseQuery:
    """Give what the question asks of one drug."""
    kinds = question.kinds - ({"max"} if _is_named(question, "cap") else set())
    wants = next((_WANTS[kind] for kind in ("max", "duration", "interval", "route") if kind in kinds), None)
    wants = None if wants and asks_amount_too(question.text, wants) else wants
    grades = question.grades if _PAST_GRADE.search(question.text) is None else grades_of(_without_past(question.text))
    grade = ", ".join(
        [f"grade {each}" for each in grades] + [word for word in question.severity if word != "refractory"]
    )
    words = _situation_words(question, drug, drugs)
    short = shorthand()
    others = tuple((each.words.lower(), each.drug) for each in drugs.find(question.text) if each.drug != drug)
    meanings = (
        *((written, (other, *drugs.spellings(other), *classes_of(other))) for written, other in others),
        *((word.lower(), short[word.lower()]) for word in words if word.lower() in short),
    )
    phrases = _phrases(" ".join(words))
    whole = {word for word, _ in phrases}
    meanings = tuple(each for each in meanings if each[0] not in whole)
    called = next((each.words.lower() for each in drugs.find(question.text) if each.drug == drug), "")
    calls = tuple(name for name in drugs.spellings(drug) if name not in (drug, called)) if called != drug else ()
    return DoseQuery(
        drug,
        " ".join(f"{word} {' '.join(short[word.lower()])}" if word.lower() in short else word for word in words),
        grade or None,
        question.setting,
        _population(question),
        question.route or _only_route(question.text) or _route_in_name(question.text),
        patient.weight_kg,
        patient.bsa_m2,
        patient.age_y,
        wants,
        patient.crcl if patient.crcl is not None else read_clearance(question.text),
        as_written=" ".join(words),
        not_routes=question.not_routes,
        weight_shown=patient.weight_shown,
        called=called if called != drug else "",
        calls=calls,
        named=() if proposes(question) else _named(question),
        measured=_by_generic_names(question.text, drugs),
        part=question.text,
        meanings=meanings,
        phrases=phrases,
        other_drugs=others,
    )


def _phrases(words: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give the shorthand of a question that stands for several words, with these."""
    long = {short.lower(): tuple(sorted(words_of(words) - _GENERAL)) for short, (words, _) in written_out().items()}
    return tuple((word, long[word]) for word in sorted(words_of(words)) if len(long.get(word, ())) > 1)


_GENERAL = frozenset({"syndrome", "disease", "disorder"})
"""Words of a long form that a page may leave out ("Guillain-Barré-like polyneuropathy")."""


def _by_generic_names(text: str, drugs: DrugNames) -> str:
    """Give a text with its drugs by their generic names, as levels may be named ("mtx level 7"), and as it is."""
    generic = text
    for each in reversed(drugs.find(text)):
        generic = f"{generic[: each.begin]}{each.drug}{generic[each.end :]}"
    return text if generic == text else f"{generic} ; {text}"


def _route_in_name(text: str) -> str | None:
    return next(iter(found)) if len(found := routes_of_products(text)) == 1 else None


def _only_route(text: str) -> str | None:
    """Give the one route that a text names, or None."""
    found = {route.code for route in read_routes(without_denied(text)[0])}
    return found.pop() if len(found) == 1 else None


def _named(question: Question) -> tuple[tuple[Decimal, str, str | None], ...]:
    figures = (each for each in read_amounts(question.text.replace(question.weight or "\0", " ")) if each.is_dose)
    return tuple((each.amount.high, each.amount.unit, each.per) for each in figures)


def _population(question: Question) -> str | None:
    """Give the patients asked about; "Child-Pugh" is a score of the liver and no child."""
    text = re.sub(r"\bchild[ -]?pugh\b", "hepatic impairment", question.text, flags=re.IGNORECASE)
    if text == question.text or question.population != "child" or re.search(r"\bchild", text, re.IGNORECASE):
        return question.population
    return "hepatic impairment"


def _is_named(question: Question, word: str) -> bool:
    """Tell whether a word of asking is a name of the pages here, and stands nowhere else ("CAP", a pneumonia)."""
    found = list(re.finditer(rf"\b{word}\b", question.text, re.IGNORECASE))
    kinds = kinds_of(re.sub(rf"\b{word}\b", " ", question.text, flags=re.IGNORECASE))
    named = any(mention.pages and mention.words.casefold() == word for mention in question.mentions)
    return bool(found) and named and "max" not in kinds


def _situation_words(question: Question, drug: str, drugs: DrugNames) -> list[str]:
    """Give the question's words less the drug asked about, what it measures or proposes, and words of dosing."""
    text, _ = without_denied(_without_past(question.text))
    text = _NOT_HELPED.sub(lambda match: " " * len(match[0]), text)
    kept = [(mention.begin, mention.end) for mention in question.mentions if drugs.canonical(mention.words) is None]
    gone = [(each.begin, _end_of_name(text, each.end, drug)) for each in drugs.find(text) if each.drug == drug]
    gone += [(each.begin, each.end) for each in read_amounts(text) if each.is_dose]
    gone += [
        (each.begin, each.end)
        for each in read_frequencies(text)
        if each.interval_h or _TIMES.search(text, each.begin, each.end)
    ]
    gone += [match.span() for match in _PROPOSES.finditer(text)]
    gone += filter(None, [bsa_span(text)])
    gone += [match.span() for match in _NOT_HAD.finditer(text) if not any(m.drug == drug for m in drugs.find(match[0]))]
    gone = [span for span in gone if not any(begin < span[1] and span[0] < end for begin, end in kept)]
    gone = _whole([*gone, *filter(None, [_past_event(text, question, drugs)])])
    for begin, end in sorted(gone, reverse=True):
        text = f"{text[:begin]} {text[end:]}"
    for each in (question.weight, *(written for written, _ in question.understood)):
        if each:  # whole words: "bicarb" is no part of the "bicarbonate" that it was written out to
            text = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", " ", text)
    text = _UNIT.sub(" ", text)
    names = {word for mention in question.mentions for word in mention.words.split() if word.isupper()}
    dropped = everyday_words() - _LINKING
    return [word for word in _DOSING.sub(" ", text).split() if word.lower() not in dropped or word in names]


def _whole(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out the spans that lie in another one."""
    wider = [each for each in spans if any(b <= each[0] and each[1] <= e and (b, e) != each for b, e in spans)]
    return [each for each in spans if each not in wider]


_HAD_NOW = lazy_regex(r"\bhad\b[^.;?]{1,60}?[,;]?\s*(?:and |but |then )*now\b", re.IGNORECASE)


def _past_event(text: str, question: Question, drugs: DrugNames) -> tuple[int, int] | None:
    """Give where a question tells what was before, where it names what is there now ("had X, now Y")."""
    told = _HAD_NOW.search(text)
    now = told and any(each.begin >= told.end() and drugs.canonical(each.words) is None for each in question.mentions)
    return told.span() if told and now else None


_PAST_GRADE = lazy_regex(
    r"\b(history of|hx(?: of)?|h/o|prior|previous|past)\s+(?:a\s+)?(?:grade|gr?)\s?[0-5]\b(?!\s*[-/]\s*\d)",
    re.IGNORECASE,
)
"""The grade of an event that the patient has had: it is no grade of what is treated now."""


def _without_past(text: str) -> str:
    return _PAST_GRADE.sub(r"\1", text)


_UNIT = lazy_regex(r"\b(?:mgs?|mcgs?|mls?|mg/kg|mcg/kg|kgs?)\b(?!\s*[\d<>=])")
"""Units that are asked for ("how many mg"); a page may have the symbol of an element that is spelt alike."""
_NOT_HAD = lazy_regex(
    r"\b(?:cannot|can not|can't|cant|unable to) (?:have|take|tolerate|use|get|be given) [\w-]+(?:\s*\([^()]*\))?",
    re.IGNORECASE,
)
"""What else the patient cannot have, and why: the dose asked is for neither."""


def _end_of_name(text: str, end: int, drug: str) -> int:
    """Take what hangs on a drug's name along, where it begins another part of that name ("pip-tazo", "pip taz")."""
    tail = re.match(r"(-|\s+)([A-Za-z]+)", text[end:])
    if not tail or (tail[1] != "-" and len(tail[2]) < LEAST_OF_PART):
        return end
    written = tail[2].lower().replace("sulph", "sulf")  # as generic names have it
    return end + tail.end() if any(part.startswith(written) for part in re.split(r"\W+", drug)) else end


LEAST_OF_PART = 3
"""Letters from which a word behind a drug's name may begin another part of it."""


_NOT_HELPED = lazy_regex(
    r"\b(?:(?:has|have|had|did|does|do|is|are|was|were|will|wo) ?)?(?:not|n[o']t)(?: been)? "
    r"(?:(?:any |getting )*better\b|(?:work|help|stop|enough|settl|respond|improv|resolv|answer)\w*(?: to\b)?|"
    r"(?:go|going|gone) away\b|(?:come|coming) down\b)",
    re.IGNORECASE,
)
"""What was given did no good: it denies nothing of the situation."""
_TIMES = lazy_regex(r"\d|times|daily|once|twice")
_LINKING = frozenset({"with", "without", "or", "and", "first", "second", "from", "no", "not", "high", "low"})
"""Everyday words that tell a situation apart all the same."""
_DOSING = lazy_regex(
    r"\b(?:total |cell |max(?:imum)? |starting |single |usual |exact |third |fourth |fifth |\d(?:st|nd|rd|th) ){0,6}"
    r"(?:dos(?:e|es|ing|age)s?|range|regimens?)\b|"
    r"\b(?:how many|in|total|daily) (?-i:mg|mcg|micrograms?|g|grams?|ml|units?)\b|"
    r"\b(?:how (?:much|many|long|often|soon)|number of cells|cells?|max(?:imum)?|per kg|per dose|amount|volume|"
    r"what(?:'s| is| are)?|option)\b|[?]|"
    r"\d[\d.,]{0,15}\s*(?:mg|mcg|g|units?|ml)\b(?:/\w+)*",
    re.IGNORECASE,
)
_CONTEXT = lazy_regex(
    r"\b(?:before|after|with|without|following|post|pre|during|given|receiving|on|instead of|not|vs|versus|plus|to|had|"
    r"gets|getting|got|received|awaiting|due(?: for| to (?:have|get))?|go(?:es|ing) for)"
    r"(?:\s+(?:a|an|the|his|her|prior|starting|giving))?"
    r"(?:\s{1,9}(?:\d+ ?x?|x ?\d+|one|two|three|doses? of|lots? of)){0,9}\s{0,9}$",
    re.IGNORECASE,
)


NOT_BORNE = lazy_regex(
    r"[\s-]+(?:allerg|intoleran|hypersens|refractor|resist(?:an|ed)|unrespons|na[iï]ve|experienced|exposed|fail)",
    re.IGNORECASE,
)
"""Behind a drug's name: it tells of the patient, and is not the drug that is asked about."""
_NO_HELP = lazy_regex(
    r"\s+(?:(?:has |have |had |did |does )?(?:not|never)|(?:did|does|has|have)n'?t) (?:work|help|enough)", re.IGNORECASE
)
"""Behind a drug's name: where another one is named, that one is asked about."""


_PREMEDICATED = lazy_regex(
    r"\b(?:pre-?med\w*|pre-?medicat\w*|pre-?treat\w*|prophyla\w*)(?:\s+(?:dos(?:e|es|ing)|drugs?|steroids?|given|needed|"
    r"required|used))*\s+(?:for|before|prior to|ahead of|on|to)(?:\s+(?:the|an?|first|each|every|patients? on))*\s*$",
    re.IGNORECASE,
)
_REACTED = lazy_regex(
    r"\b(?:rash|reaction|allerg(?:y|ic|ies)|anaphyla\w+|angio-?oedema|angio-?edema|hives|urticaria|hypersensitiv\w+|"
    r"intoleran(?:t|ce))\s+(?:with|to|on|from|after|of)(?:\s+(?:a|an|the|his|her|previous|prior|taking))*\s*$",
    re.IGNORECASE,
)
"""Before a drug's name: it is what something is given before, or what the patient does not bear."""


_HARMED = lazy_regex(
    r"\b(?:bleed\w*|ha?emorrhag\w*|nose ?bleeds?|epistaxis|ha?ematuria|mela?ena|bruis\w+|wheez\w*|itch(?:y|ing)?|"
    r"rash(?:es)?|flush\w*|red man(?: syndrome)?|drows\w+|(?:over-?)?sedated|unrousable|hypotens\w+)"
    r"(?:,? (?:with |and |but )?(?:plts?|platelets?|hb|inr|bp|rr) ?(?:of |only )?[\d./]+,?)*\s+"
    r"(?:while |whilst |when |still )?(?:on|after|from|since)"
    r"(?: (?:a|an|the|his|her|iv|oral|starting|\w+ dose of))*\s*$",
    re.IGNORECASE,
)
"""Before a drug's name, where no dose is asked: the patient is on it and comes to harm, so none is to be given."""


def _is_told_of(before: str) -> bool:
    return bool(_PREMEDICATED.search(before) or _REACTED.search(before))


def borne(question: Question, drugs: DrugNames) -> list[DrugMention]:
    """Give the drugs of a question less those that only tell of the patient ("penicillin allergy", "premed for X")."""
    past = _past(question, drugs)
    return [each for each in _borne(question, drugs) if each not in past]


def _past(question: Question, drugs: DrugNames) -> list[DrugMention]:
    kept, text = _borne(question, drugs), question.text
    found = [each for each in drugs.find(text) if each in kept or is_failed(text, each)]
    return past_drugs(text, found, _is_beside_amount, lambda text, each: each in kept and _is_context(text, each))


def _borne(question: Question, drugs: DrugNames) -> list[DrugMention]:
    text = question.text
    found = [each for each in drugs.find(text) if not NOT_BORNE.match(text, each.end)]
    found = [each for each in found if not _is_told_of(text[: each.begin])]
    if not question.kinds & KINDS:
        found = [each for each in found if not _HARMED.search(text[: each.begin])]
    return [each for each in found if not _NO_HELP.match(question.text, each.end)] or found


def without_past_drugs(question: Question, drugs: DrugNames) -> str:
    """Give a question's words less the drugs that it tells as had before the one that it asks about."""
    text = question.text
    told = {each.begin: end_of_told(text, each.end) for each in _past(question, drugs)}
    told |= {each.begin: match.end() for each in drugs.find(text) if (match := _FAILED.match(text, each.end))}
    for begin in sorted(told, reverse=True):
        text = f"{text[:begin]} {text[told[begin] :]}"
    return text


_FAILED = lazy_regex(r"\s+(?:has |have |had )?failed\s*[,;.:]+\s*(?=\w)", re.IGNORECASE)
"""Behind a drug's name: it is told of before another is asked about ("X failed, Y")."""


def without_context(mentions: Sequence[DrugMention], text: str) -> list[DrugMention]:
    """Give the drugs that do not only tell the situation ("on X", "before X", "4 X doses left")."""
    return [each for each in mentions if not _is_context(text, each)]


def _is_context(text: str, drug: DrugMention) -> bool:
    return bool(_CONTEXT.search(text[: drug.begin])) or _is_counted(drug, text)


def _is_counted(drug: DrugMention, text: str) -> bool:
    """Tell whether a question says how many doses of a drug there are or were."""
    return bool(_COUNT.search(text[: drug.begin]) and _DOSES.match(text, drug.end))


_COUNT = lazy_regex(r"\b(?:\d+|one|two|three|four|five|last|few|some|no|enough)(?: more)?\s+$", re.IGNORECASE)
_DOSES = lazy_regex(r"\s+doses?\b", re.IGNORECASE)


def asked_drug(question: Question, drugs: DrugNames) -> str:
    """Give the drug that the dose is asked of: not one that only tells the situation ("flu dose before axi-cel")."""
    mentions = borne(question, drugs) or drugs.find(question.text)
    apart = without_context(mentions, question.text)
    beside = {each.drug for each in apart if _is_beside_amount(question.text, each)}
    free = [each.drug for each in apart if len(beside) != 1 or each.drug in beside]
    free = [drug for drug in free if drug in question.drugs]
    free = free or [each.drug for each in mentions if each.drug in question.drugs] or list(question.drugs)
    known = [drug for drug in free if drug in drugs.drugs]
    return (known or free)[-1 if _told_first(question.text, mentions) else 0]


def _told_first(text: str, mentions: Sequence[DrugMention]) -> bool:
    """Tell whether all drugs are told of before it is asked "what is it per kilo": the last one is meant."""
    asks = _WHAT_IS_IT.search(text)
    if asks is None or len(mentions) < 2 or any(each.end > asks.start() for each in mentions):
        return False
    between = text[mentions[-2].end : mentions[-1].begin]
    return len(between.split()) > 1 or between.strip(" ,/+&").lower() not in ("", "and", "or", "with", "plus")


_WHAT_IS_IT = lazy_regex(
    r"(?:^|[,.;?!]\s*|\band )(?:so )?(?:(?:what|how (?:much|many|often|long))\b[^,;.?!]*\b(?:it|that|this)\b|"
    r"(?:what|which) dose\b|how (?:much|many)\b)[^,;.?!]*\W*$",
    re.IGNORECASE,
)
"""A last clause that asks for a dose and may name no drug."""


_AMOUNT = r"(?:dos(?:e|es|ing|age)|how (?:much|many)|max(?:imum)?|mg|mcg|units?|grams?|ml)"
_BEHIND = lazy_regex(
    rf"\s+(?:(?:iv|oral|po|im|sc|starting|first|initial|maintenance) )*(?:{_AMOUNT}|load(?:ing)?|bolus)\b",
    re.IGNORECASE,
)
_BEFORE = lazy_regex(
    rf"\b(?:{_AMOUNT}(?: (?:dose|mg|mcg|units?|grams?|ml))?(?: of)?|prophyla\w+|pre-?emptive|"
    r"how much (?:do|should|must|can|shall|would) (?:i|we|you) [a-z]+(?: (?:down|up))?)"
    r"(?: (?:the|his|her|their))?(?: (?:iv|oral|po|im|sc))?\s+$",
    re.IGNORECASE,
)
_PREVENTS = lazy_regex(r"\s+prophylaxis\b", re.IGNORECASE)


def _is_beside_amount(text: str, drug: DrugMention) -> bool:
    """Tell whether the amount is asked right beside a drug ("how much X", "X dose", "X prophylaxis"): it is X's."""
    behind = _BEHIND.match(text, drug.end) or _PREVENTS.match(text, drug.end)
    return bool(behind or _BEFORE.search(text[: drug.begin]) or has_amount(text[drug.end :]))


_TO_AMOUNT = lazy_regex(r"\s*(?:(?:iv|oral|po|im|sc|at)\s+)?", re.IGNORECASE)


def has_amount(behind: str) -> bool:
    """Tell whether an amount is named right behind a drug ("going for X, Y 900 mg/m2"): it is the drug's."""
    plain = uniform(behind)
    return any(_TO_AMOUNT.fullmatch(plain, 0, each.begin) for each in read_amounts(plain)[:1])
