"""Treatment that a question says has not worked or cannot be had, and the lines that say what to do then."""

import re
from collections.abc import Sequence
from functools import lru_cache

from wardbook.answering.otherwise import not_had
from wardbook.answering.past_drugs import VAIN
from wardbook.answering.question import Question
from wardbook.corpus.unit import Unit
from wardbook.dosing.binding import mentions_of
from wardbook.kept import OF_PARTS
from wardbook.lazy_regex import lazy_regex

NEXT = 0.35
"""What a line gains that says what is done where a treatment has not worked."""
INSTEAD = 0.25
"""What a line gains that says what is given instead."""
_NOT = r"(?:(?:does|do|did|has|have|is|are|was)(?:n['’]?t| not)|won['’]?t|will not|not|never)"
_GOES_ON = (
    r"(?:still(?= \w+ \w)|(?:fever|temp\w*|crp|ferritin|pcr|viral load|copies|blasts|pain|count|ldh|lfts?) "
    r"(?:is |are |still )?(?:rising|going up|climbing)|wors(?:e|ening)|persist(?:s|ent|ing)|ongoing|"
    r"breakthrough|progress(?:es|ing)(?! well)|recurr(?:ed|ing)|relaps(?:ed|ing))\b(?! (?:risk|rate))"
    r"(?:\s+[\w.]+){0,4}?\s+"
)
FAILS = lazy_regex(
    rf"\b{_NOT}(?: been)? (?:work(?:s|ed|ing)?|respond(?:s|ed|ing)?|improv(?:e|es|ed|ing)|help(?:s|ed|ing)?|effective|"
    r"settl(?:e|es|ed|ing)|answer(?:s|ed|ing)? to|touch(?:es|ed|ing)?|(?:getting |any )?better|enough|"
    r"stopp?(?:s|ed|ing)?(?= (?:after|despite|with|even)\b)|(?:done|doing|do) (?:it|the trick))\b|"
    r"\bunresponsive to\b|"
    r"\bno (?:response|improvement|effect|better)\b|"
    r"\b(?:ha[sd] |have )?(?:failed|fails|failing)\b(?! to)|\bdespite\b|\bstill (?:\w+ )?(?:after|despite)\b|"
    r"\bafter \w+(?: \w+)? still\b|"
    rf"\b{_GOES_ON}(?:on|after)\b|\bnot (?:holding|touching|controll(?:ed|ing)|covering)\b|"
    r"\b(?:does|do|did|doing|done) (?:nothing|little)\b(?! (?:to (?:do|worry)|for now|else))|"
    rf"\bnot doing (?:anything|much)\b|\b{VAIN}\b",
    re.IGNORECASE,
)
"""Says that a treatment is failing, for which pages have other words ("refractory", "no better")."""
_AFTER_DRUG = lazy_regex(
    r"[\s/-]{1,9}(?:[a-z]+[\s/-]{1,9})?refractory\b|"
    rf"\s{{1,9}}(?:(?:ha[sd]|have|is|was|are)\s{{1,9}})?(?:fail(?:s|ed|ing|ure)\b|{_NOT} |"
    rf"(?:does|do|did|doing|done) (?:nothing|little)\b|not (?:holding|touching|control|cover)|"
    rf"(?:had |was |been ){{0,3}}{VAIN}\b)",
    re.IGNORECASE,
)
_BEFORE_DRUG = lazy_regex(
    r"\b(?:despite|refractory to|(?:no |not? )?(?:better|improv\w*|response|respond\w*|settl\w*) (?:on|to|with|after)|"
    r"\b(?:not?|n['’]?t) (?:\w+ )?(?:better|improv\w*|respond\w*|settl\w*)(?: [\w.]+){1,3}? (?:on|to|with|after)|"
    rf"unresponsive to|failed|failing|{_GOES_ON}(?:on|with|after))\s+"
    r"(?:the |an? |one |two |three |first |second |third |\d+(?:st|nd|rd|th|h| hours?| days?)? ?(?:of )?)?"
    r"(?:doses? of |days of )?$",
    re.IGNORECASE,
)
_NEXT = lazy_regex(
    r"\bno (?:better|response|improvement|effect)\b|\brefractory\b|\bfail(?:s|ed|ing|ure of)\b|\bresistant\b|\bstill\b|"
    r"(?:\bnot|n['’]?t) (?:settl|respond|improv|work|better|help|control|get better|stopp?|"
    r"(?:done|do) (?:it|the trick)\b)\w*|"
    r"\bpersist\w*|\bbreakthrough\b|\bunresponsive\b|"
    r"\b(?:second|third|fourth|2nd|3rd|next)[- ]line\b|"
    r"(?<!de-)(?<!de )\bescalat\w*|\brescue\b|\bsalvage\b|\bworse\w*|\bprogress\w*|"
    r"\bwithout (?:a )?response\b|\bdoes not help\b",
    re.IGNORECASE,
)
_FIRST = lazy_regex(r"\b(?:first|1st)[- ]line\b(?! (?:failed|fails))", re.IGNORECASE)
_MEANS = lazy_regex(r"\b(?:means|is defined|are defined|definition)\b|^\W*[\w-]+(?: [\w-]+){0,2} = \D", re.IGNORECASE)
"""Says when something has failed, and not what to do then."""
_INSTEAD = lazy_regex(
    r"\b(?:second|2nd)[- ](?:choice|line)s?\b|\ballerg\w*|\bintoleran\w*|"
    r"\bhypersensitiv\w*|\banaphyla\w*|\binstead\b|\balternativ\w*|\bin place of\b|"
    r"\bif not (?:tolerated|available)\b|\bcontra-?indicated\b|\bsubstitut\w*|\bcannot (?:take|have|swallow)\b",
    re.IGNORECASE,
)
_ASKS_INSTEAD = lazy_regex(r"\binstead\b|\balternatives?\b|\bwhat else\b", re.IGNORECASE)


@lru_cache(maxsize=256)
def tells_failure(question: str) -> bool:
    """Tell whether a question says that a treatment has not worked."""
    return FAILS.search(question) is not None


@lru_cache(maxsize=256)
def given_in_vain(question: str) -> frozenset[str]:
    """Give the drugs that a question says have not worked ("still febrile despite x", "x has failed").

    What is done next may name them no more.
    """
    return frozenset(
        each.drug
        for each in mentions_of(question)
        if _AFTER_DRUG.match(question, each.end) or _BEFORE_DRUG.search(question[: each.begin])
    )


def failed_drugs(question: Question) -> frozenset[str]:
    """Give the drugs of a question that it says have not worked, by whatever names it calls them."""
    text, found = question.text, set(given_in_vain(question.text))
    for word in question.drug_words if len(question.drugs) == 1 else ():
        for match in re.finditer(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
            if _AFTER_DRUG.match(text, match.end()) or _BEFORE_DRUG.search(text[: match.start()]):
                found.update(question.drugs)
    return frozenset(found)


def failed_words(question: Question) -> frozenset[str]:
    """Give the words that name drugs of a question, where it says of all of these that they have not worked."""
    failed = failed_drugs(question)
    return question.drug_words if failed and failed.issuperset(question.drugs) else frozenset()


def says_next(unit: Unit, path: Sequence[str]) -> bool:
    """Tell whether a line, or what it stands under, says what comes after a treatment that failed."""
    return _tells_next(" ".join([unit.text, *unit.lead, *path[-1:]]))


@lru_cache(maxsize=OF_PARTS)
def _tells_next(words: str) -> bool:
    return _NEXT.search(words) is not None


def is_of_failure(path: Sequence[str]) -> bool:
    """Tell whether the heading right above is of a treatment that failed ("If it does not work", "Refractory")."""
    return bool(path) and _NEXT.search(path[-1]) is not None and not _FIRST.search(path[-1])


def next_fit(question: Question, unit: Unit, path: Sequence[str]) -> float:
    """Weigh whether a unit says what comes after a treatment that failed, or instead of one that cannot be had."""
    words = " ".join([unit.text, *unit.lead, *path[-1:]])
    if tells_failure(question.text):
        of_before = _FIRST.search(words) or _MEANS.search(unit.text)
        return -NEXT if of_before else NEXT if says_next(unit, path) else 0.0
    barred = not_had(question) or _ASKS_INSTEAD.search(question.text)
    return INSTEAD if barred and _INSTEAD.search(words) else 0.0
