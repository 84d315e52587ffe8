"""Whether a regimen is for what is asked: by known terms, else by the plain words of question, row and headings."""

import re
from dataclasses import replace
from functools import cache

from wardbook.dosing.against import denies, on_one_side, rivals
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import (
    PHASES,
    DoseQuery,
    TermMatcher,
    content,
    denied,
    holds_word,
    indication_words,
    positive,
    situation_words,
    stop_words,
    without_values,
    words_of,
)
from wardbook.dosing.drug_vocabulary import published
from wardbook.dosing.finding import finding_words
from wardbook.dosing.fit import Fit
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient_disease import disease_words, diseases_of
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.telling import names_thing, tells_nothing
from wardbook.dosing.vocabulary import rows
from wardbook.lazy_regex import lazy_regex


def fits_indication(regimen: Regimen, query: DoseQuery, same: TermMatcher) -> Fit:
    """Compare the indication by known terms, and by plain words where the question has no known term."""
    setting = query.setting if query.setting == regimen.setting else None  # compared as such, has it a page or not
    asked = keys_asked(positive(query.for_text), same) - same.keys(query.drug) - same.keys(setting or "")
    own = indication_words(regimen)
    said = same.keys(positive(own)) - same.keys(query.drug)
    ahead = words_of(aside(query.part))
    if asked and asked <= same.keys(aside(query.part)) and content(query) - ahead and not asked & said:
        asked = frozenset()  # what the patient waits for, or has had, is not what the drug is for
    against = same.keys(denied(query.for_text)) & said or same.keys(denied(own)) & asked
    if against or denies(regimen, query) or rivals(regimen, query):
        return Fit.AGAINST
    if _is_for_background(regimen, query, same, asked):
        return Fit.AGAINST
    held = held_words(regimen, query, same)
    if asked and _holds_all(regimen, query):
        return Fit.SAYS
    if _is_found(regimen, query, held) and not _says_other(regimen, query, same):
        return Fit.SAYS
    if asked and not asked - _drug_keys(query, same) and _names_other(regimen, query, held):
        return Fit.AGAINST
    if asked:
        return _by_terms(regimen, query, same, asked, said)
    return _by_plain_words(regimen, query, same, held, ahead)


def _by_plain_words(
    regimen: Regimen, query: DoseQuery, same: TermMatcher, held: frozenset[str], ahead: frozenset[str]
) -> Fit:
    """Compare the indication by the words of the question that no known term is; `ahead` are those of what awaits."""
    plain = content(query) - (words_of(denied(query.words)) - held)  # a row need not deny what the question does
    plain = plain - (ahead - held) or plain
    if not plain or _label_stands_in(regimen, plain):
        return Fit.SAYS
    rest = plain - held - beside_words(regimen)
    if any(not tells_nothing(word) for word in held):
        background = _background(regimen, plain - held, query)
        plain, rest = plain - background, rest - background - _FEVER
    if any(names_thing(word) or same.keys(word) for word in rest):
        return Fit.AGAINST  # it could be for that instead
    return Fit.SAYS if 2 * len(held) > len(plain) else Fit.PARTLY if _tells(regimen, query, held, rest) else Fit.AGAINST


_FEVER = frozenset({"fever", "febrile", "feverish"})
"""Words for what goes with many things: beside the name of one of them they name no other."""


def _is_found(regimen: Regimen, query: DoseQuery, held: frozenset[str]) -> bool:
    """Tell whether a row is for a finding that the question words otherwise, and nothing else is asked."""
    found = finding_words(regimen, query)
    rest = content(query) - held - beside_words(regimen) - words_of(aside(query.part))
    return bool(found & content(query)) and rest <= found


def _holds_all(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether what a row itself is for has all words of the question that tell a situation, two or more or a name.

    The known term that they are of may be another page's title ("Bispecific antibodies: step-up dosing").
    """
    own, plain = positive(regimen.indication or ""), content(query)
    return (
        bool(own and plain)
        and not words_of(denied(query.words))
        and all(holds_word(word, own, query) for word in plain)
    )


def _names_other(regimen: Regimen, query: DoseQuery, held: frozenset[str]) -> bool:
    """Tell whether a question names a disease or event beside its drugs that a row does not hold: it is for that."""
    rest = content(query) - held - beside_words(regimen) - words_of(denied(query.words)) - words_of(aside(query.part))
    return any(names_thing(word) and not tells_nothing(word) for word in rest - background_diseases())


def _by_terms(
    regimen: Regimen, query: DoseQuery, same: TermMatcher, asked: frozenset[str], said: frozenset[str]
) -> Fit:
    """Compare the indication by the known terms that the question and the regimen have."""
    own = indication_words(regimen)
    said |= same.keys(positive(query.said(regimen)))
    shared = asked & (said | same.keys(positive(regimen.severity or "")))
    drugs = _drug_keys(query, same)
    if not (asked - drugs and said - drugs):
        drugs = frozenset()
    if shared - drugs or _names(query.for_text, own, same, drugs):
        return Fit.SAYS  # "CRS after steroids failed" is not "ICANS after steroids failed"
    if _is_one_of_page(regimen, query, asked, same):
        return Fit.SAYS
    return Fit.PARTLY if _is_of_kind(regimen, query) else _open_indication(regimen, said, asked, same)


_AHEAD = lazy_regex(
    r"\b(?:go(?:es|ing)? (?:for|to (?:have|get|receive))|(?:a)?waiting(?: for)?|"
    r"due (?:for|to (?:have|get|start|receive))|"
    r"(?:listed|planned|booked|scheduled|worked up|candidates?) for|about to (?:have|get|start|receive))"
    r"\s{1,9}([^,;.?]{1,160}?)(?=\s{1,9}(?:in|for|with|and|on)\b|[,;.?]|$)|\b(?:after|post|following|since|s/p)\s+"
    r"(?:(?:\d+ ?x?|x ?\d+|one|two|three|first|second|third|doses?|lots?|of) )*"
    r"((?:[\w-]+ ){0,2}(?:car[ -]?t|cart|transplant\w*|hs?ct|infusion|chemo\w*)\b|[\w-]+)|"
    r"\b(?:had|has had|received|got)\s+(?:(?:a|an|the|his|her|their)\s+)?"
    r"((?:[\w-]+ ){0,1}(?:car[ -]?t|cart|transplant\w*|hs?ct)\b)|"
    r"\b(car[ -]?t|cart|transplant|hs?ct) (?:patients?|pts?|recipients?|lady|man|child|boy|girl)\b"
)


def aside(text: str) -> str:
    """Give the words of a question for what the patient waits for, or has had ("going for a transplant")."""
    return " ; ".join(" ".join(found) for found in _AHEAD.findall(uniform(text)))


def _is_for_background(regimen: Regimen, query: DoseQuery, same: TermMatcher, asked: frozenset[str]) -> bool:
    """Tell whether a row is for the disease that the patient has anyway, where an event is asked that it does not hold.

    "Rheumatoid arthritis: 100 mg" is no dose for ICANS of a patient who has that too.
    """
    own = same.keys(positive(regimen.indication or "")) - same.keys(query.drug)
    back = frozenset[str]().union(*map(same.keys, diseases_of(query.as_written or query.for_text, True).names))
    if not own or not own <= back:
        return False
    ahead = same.keys(aside(query.part))
    events = {key for key in asked - back - ahead - _drug_keys(query, same) if any(map(_is_event, words_of(key)))}
    around = f"{situation_words(regimen)} ; {query.said(regimen)}"
    return bool(events) and not events & same.keys(positive(around))


def _is_event(word: str) -> bool:
    return word == "syndrome" or (names_thing(word) and word not in background_diseases())


def _background(regimen: Regimen, left: frozenset[str], query: DoseQuery) -> frozenset[str]:
    """Give the words left for the patient's cancer or autoimmune disease, where the row is for none of these.

    "X for pneumonia, lupus patient" asks for the dose for pneumonia.
    """
    said = words_of(positive(f"{situation_words(regimen)} ; {query.said(regimen)}"))
    return frozenset() if said & background_diseases() else left & background_diseases()


@cache
def background_diseases() -> frozenset[str]:
    """Give the names of cancers and autoimmune diseases."""
    return frozenset(name for name, kinds in _broader().items() if kinds & {"cancer", "haematology", "autoimmune"})


def keys_asked(text: str, same: TermMatcher) -> frozenset[str]:
    """Give the known terms of a question, those left out that only a word tells which many things share.

    A page on infections gives "infection" a name; a joint's is none that its rows are for. Nor is what is measured in
    the patient: a page's "ANC" is no indication where "ANC < 500" is told.
    """
    text = without_values(text)
    shared = [word for word in words_of(text) if tells_nothing(word) and same.keys(word)]
    keys = same.keys(text)
    if not shared:
        return keys
    rest = re.sub(rf"\b(?:{'|'.join(map(re.escape, shared))})s?\b", " ", text)
    return keys - (frozenset[str]().union(*map(same.keys, shared)) - same.keys(rest))


def _drug_keys(query: DoseQuery, same: TermMatcher) -> frozenset[str]:
    """Give the known terms of a question that are drugs or classes of drugs: what was given tells of no disease."""
    names = {name for pair in query.other_drugs for name in pair}
    return frozenset[str]().union(*map(same.keys, names | (words_of(query.for_text) & _classes())))


@cache
def _classes() -> frozenset[str]:
    """Give the names of classes of drugs, as `words_of` gives words."""
    return frozenset().union(*map(words_of, published().classes))


def held_words(regimen: Regimen, query: DoseQuery, same: TermMatcher) -> frozenset[str]:
    """Give the words of the question for a situation that a row, its headings or its page hold.

    What the question denies ("no steroids") is held by a row that denies it too.
    """
    said = same.keys(positive(indication_words(regimen))) - same.keys(query.drug)
    not_so = words_of(denied(query.words))
    return frozenset(
        word
        for word in content(query)
        if _holds(regimen, word, query)
        or (word not in not_so and len(word) >= LEAST_OF_NAME and any(word in words_of(key) for key in said))
    )


def _holds(regimen: Regimen, word: str, query: DoseQuery) -> bool:
    turn = denied if word in words_of(denied(query.words)) else positive
    said = turn(f"{situation_words(regimen)} ; {query.said(regimen)}")
    if word in disease_words(regimen, query):
        return True
    return holds_word(word, said, query) or bool(_broader().get(word, frozenset()) & words_of(_NON.sub(" ", said)))


_NON = lazy_regex(r"\bnon[ -]?[a-z]+")
"""A kind of disease that is denied ("non-oncology")."""


@cache
def _broader() -> dict[str, frozenset[str]]:
    """Give, by the name of a disease, the words for its kind ("lymphoma": "oncology", "cancer")."""
    found: dict[str, frozenset[str]] = {}
    for kinds, names in rows("broader_words.tsv"):
        for name in words_of(names):
            found[name] = found.get(name, frozenset()) | words_of(kinds)
    return found


def _is_of_kind(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether a row is for the kind of disease that the question names one of ("autoimmune" of "lupus")."""
    own = words_of(_NON.sub(" ", positive(indication_words(regimen))))
    return any(_broader().get(word, frozenset()) & own for word in words_of(positive(query.for_text)))


def beside_words(regimen: Regimen) -> frozenset[str]:
    """Give the words beside the one dose of a row: they tell no indication, and what they name rules nothing out."""
    return (
        words_of(positive(" ; ".join([regimen.verbatim, *regimen.notes]))) if is_of_one_dose(regimen) else frozenset()
    )


def is_of_one_dose(regimen: Regimen) -> bool:
    """Tell whether the words of a row hold one dose only, its maxima aside, so that all they say is said of it.

    What a sentence says of the dose before an exception is said of the exception too.
    """
    maxima = {limit.value for limit in (regimen.max_single, regimen.max_daily, regimen.max_rate) if limit}
    text = uniform(regimen.verbatim.replace(regimen.exception or "\0", " "))
    figures = [each for each in read_amounts(text) if each.is_dose and not _STEP.search(text, 0, each.begin)]
    doses = {(each.amount.low, each.amount.high) for each in figures}
    return len({(low, high) for low, high in doses if low != high or low not in maxima}) < 2


def _own_clause(regimen: Regimen) -> str:
    """Give the clause of a sentence that holds the regimen's dose and no other one, else ""."""
    for clause in re.split(r"[;,]\s|\.\s", regimen.verbatim):
        doses = [each for each in read_amounts(uniform(clause)) if each.is_dose]
        if len(doses) == 1 and doses[0].amount == regimen.amount and doses[0].per == regimen.per:
            return clause
    return ""


_STEP = lazy_regex(r"\b(?:by|steps? of|increments? of)\s+$")
"""Before an amount: so much more or less is given, and that is no dose."""


def _tells(regimen: Regimen, query: DoseQuery, held: frozenset[str], rest: frozenset[str]) -> bool:
    """Tell whether the words that a row holds name what it is for, so that few others may be left aside.

    "High" is shared by many things and names none; another drug may be what it is given for or against.
    """
    telling = [word for word in held if not tells_nothing(word) and _holds(regimen, word, query)]
    named = any(names_thing(each) for word in telling for each in (word, *dict(query.phrases).get(word, ())))
    others = frozenset(each for written, _ in query.other_drugs for each in words_of(written))
    return bool(telling) and len(rest) <= (MOST_MORE if named else 1) and not rest & others


MOST_MORE = 3
"""Words of a question beyond those of a row up to which they may be left aside."""
LEAST_OF_NAME = 8
"""Letters from which a word of the long form of what a row is for stands for it ("neurotoxicity" of ICANS)."""


def _label_stands_in(regimen: Regimen, plain: frozenset[str]) -> bool:
    """Tell whether all words of what a row says it is for stand in the question ("anaphylaxis" in "... to blood")."""
    label = words_of(positive(regimen.indication or "")) - stop_words()
    headings = words_of(f"{regimen.section} {regimen.page.rpartition('/')[2]}")
    return any(not tells_nothing(word) for word in label - headings) and label <= plain


def _is_one_of_page(regimen: Regimen, query: DoseQuery, asked: frozenset[str], same: TermMatcher) -> bool:
    """Tell whether a row of a page on what is asked names, for what it is, what the question says beside that.

    On the page "Oncology emergencies" the row "Cord compression" is for "oncology cord compression".
    """
    around = f"{regimen.section} ; {regimen.page} ; {regimen.title}"
    if not regimen.indication or not asked & same.keys(positive(around)):
        return False
    own = positive(regimen.indication)
    return on_one_side(own, query.words) or any(
        not tells_nothing(word) and not same.keys(word) and holds_word(word, own, query) for word in content(query)
    )


def _names(asked: str, own: str, same: TermMatcher, drugs: frozenset[str]) -> bool:
    """Tell whether a known term of one word, no drug, stands word for word in both ("HLH" in "HLH/MAS in general")."""
    return any(same.keys(word) - drugs for word in words_of(positive(asked)) & words_of(positive(own)))


def _open_indication(regimen: Regimen, said: frozenset[str], asked: frozenset[str], same: TermMatcher) -> Fit:
    """Tell a regimen without any indication of its own from one that is for another thing.

    A row that does not say what for stands for what is asked only where its page or headings name that; else the dose
    of one indication would be offered for another.
    """
    if said or not asked & same.keys(positive(situation_words(regimen))):
        return Fit.AGAINST
    own = regimen.indication
    return Fit.OPEN if own is None or own in regimen.section or _names_a_step(regimen) else Fit.AGAINST


_CAPITALS = lazy_regex(r"\b[A-Z]{2,}\b")


def _names_a_step(regimen: Regimen) -> bool:
    """Tell whether what a row is labelled by beyond its headings is a step of a course and no thing ("Last line")."""
    left = words_of(regimen.indication or "") - words_of(f"{regimen.section} ; {regimen.title}")
    known = PHASES | stop_words()
    if _CAPITALS.search(regimen.indication or ""):  # "ALL over 4 y"
        return False
    return all(word in known or tells_nothing(word) or any(map(str.isdigit, word)) for word in left)


def speaks_for(regimen: Regimen, query: DoseQuery, same: TermMatcher) -> bool:
    """Tell whether a sentence with one dose, or the clause of a dose, holds in its own words all that is asked.

    Only what its headings and its typed reading leave open is looked for there.
    """
    own = (
        regimen.verbatim
        if is_of_one_dose(regimen)
        else " ; ".join(filter(None, (_own_clause(regimen), _head(regimen))))
    )
    if not regimen.from_text or not own or denies(regimen, query) or rivals(regimen, query):
        return False
    if _says_other(regimen, query, same):
        return False
    text = positive(f"{situation_words(regimen)} ; {own}")
    asked = same.keys(positive(query.for_text)) - same.keys(query.drug)
    plain = content(query)
    return (
        bool(plain or asked)
        and asked <= same.keys(text)
        and all(holds_word(word, text, query) or same.keys(word) & same.keys(text) for word in plain)
    )


def _head(regimen: Regimen) -> str:
    """Give what a dash parts from all the doses of a sentence that it opens ("Septic shock – x 2 g, then 1 g")."""
    match = _DASHED.match(regimen.verbatim)
    return match["head"] if match and not any(each.is_dose for each in read_amounts(match["head"])) else ""


_DASHED = lazy_regex(r"\W*(?P<head>[^.;:–—\n]{2,60}?)\s+[–—]\s")


def _says_other(regimen: Regimen, query: DoseQuery, same: TermMatcher) -> bool:
    """Tell whether a dose is said to be for a thing that is none of those asked, whatever stands beside it.

    "11 mg for CRS; the interval for Castleman is 3 weeks" gives no dose for Castleman.
    """
    own = positive(regimen.indication or "")
    if not own or own in positive(situation_words(replace(regimen, indication=None))):
        return False
    asked = same.keys(positive(query.for_text)) - same.keys(query.drug)
    things = {word for word in words_of(own) if names_thing(word) and not tells_nothing(word)}
    shared = asked & same.keys(own) or any(holds_word(word, own, query) for word in content(query))
    return bool(things or same.keys(own)) and not shared


def states_no_indication(regimen: Regimen, same: TermMatcher) -> bool:
    """Tell whether neither the row nor its headings say what the dose is for."""
    return regimen.indication is None and not same.keys(positive(indication_words(regimen)))
