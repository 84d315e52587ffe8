"""Words by which a row speaks against a question: what it denies, what cannot be true together, before and after."""

import re
from functools import cache, lru_cache

from wardbook.dosing.asked_words import STAYS, DoseQuery, content, holds_word, positive, with_alike, words_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.risk import of_other_risk
from wardbook.dosing.telling import names_thing
from wardbook.dosing.vocabulary import rows
from wardbook.kept import OF_BOTH
from wardbook.lazy_regex import lazy_regex

_NEAR_NOT = lazy_regex(
    rf"\b(?:without|no(?!{STAYS})|excluding|except|in the absence of)\b[^,;()]*"
    r"|\b(?:not|non)[ -]+(?:severe|critical|life.threatening|mild|moderate)\b"
    rf"|\b(?:not(?!{STAYS})|non)[ -]+[^\s,;()]+(?:\s+[^\s,;()]+)?"
)


def denies(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether one side denies what the other says ("with vision loss" asked, "without vision loss" given)."""
    own = " ; ".join(filter(None, (regimen.indication, regimen.severity, regimen.population)))
    mine, theirs = _sides(own), _sides(query.words)
    telling = content(query)
    if (with_alike(mine[1]) & theirs[0] & telling) or (with_alike(theirs[1]) & mine[0] - mine[1]):
        return True
    around = " ; ".join(filter(None, (own, regimen.schedule, *regimen.notes)))
    (before, after), (asked_before, asked_after) = _around(around), _around(query.words)
    return bool((asked_before & after - before) | (asked_after & before - after))


def deny_one_another(label: str, asked: str) -> bool:
    """Tell whether a label denies a disease or event that a question is about ("no bleed"), or the other way round."""
    mine, theirs = _sides(label), _sides(asked)
    both = _shared(mine[1], theirs[0]) | _shared(theirs[1], mine[0] - mine[1])
    return any(map(names_thing, with_alike(both)))


def _shared(denied: frozenset[str], affirmed: frozenset[str]) -> frozenset[str]:
    return with_alike(denied) & affirmed if denied else frozenset()


def on_one_side(label: str, asked: str) -> bool:
    """Tell whether a label and a question name the same of what rules one another out ("women", "female")."""
    pairs = zip(_sets_named(label), _sets_named(asked), strict=True)
    return any(own & wanted for own, wanted in pairs)


def rule_out(label: str, asked: str) -> bool:
    """Tell whether a label names what rules out what a question names ("outpatients", "inpatients")."""
    pairs = zip(_sets_named(label), _sets_named(asked), strict=True)
    return any(own and wanted and not own & wanted for own, wanted in pairs)


_OF_BEFORE = lazy_regex(r"\b(?:before|pre|prior to)[ -]+(?:the |a |an )?([a-z]{3,})")
_OF_AFTER = lazy_regex(r"\b(?:after|post|following)[ -]+(?:the |a |an )?([a-z]{3,})")


@lru_cache(maxsize=OF_BOTH)
def _around(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give the events before which, and after which, something is ("before EGD")."""
    plain = uniform(text)
    return words_of(" ".join(_OF_BEFORE.findall(plain))), words_of(" ".join(_OF_AFTER.findall(plain)))


@lru_cache(maxsize=OF_BOTH)
def _sides(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give the words that a text affirms, and those that it denies close by."""
    plain = _EITHER.sub(" ", uniform(text))
    no = words_of(" ".join(_NEAR_NOT.findall(plain))) - _SMALL
    return words_of(_NEAR_NOT.sub(" ", plain)) - no, no


_EITHER = lazy_regex(r"\bwith\s*(?:or|and|vs\.?|versus|/|compared (?:with|to))\s*without\b[^,;()]*")
"""Asks for both sides: none is denied."""
_SMALL = frozenset(
    "woman women man men male female patient adult child children "
    "without no not non excluding except in the absence of to on if or and for with is be yet more than".split()
)


@cache
def _rivals() -> tuple[tuple[re.Pattern[str], ...], ...]:
    """Give the sets of words of which one rules out the others."""
    return tuple(tuple(re.compile(rf"\b(?:{pattern})\b") for pattern in patterns) for patterns in rows("rivals.tsv"))


_BEFORE = lazy_regex(
    r"\b(?:after|following|post|since|behind)\b(?: (?:the|a|last|each)){0,2}[ -]"
    r"(?:load(?:ing)?|induction|bolus|initial|first)\b"
)


_NO_PHASE = lazy_regex(
    r"\b(?:no|not|without|omit(?:ting)?|skip(?:ping)?)\b(?: (?:a|an|any|the))?[ -]"
    r"(?:load(?:ing)?|induction|bolus|initial|maintenance)\b"
)
_ELSEWHERE = lazy_regex(
    r"\b(?:load(?:ing)?|induction|bolus|maintenance)(?: (?:doses?|phase))?:?\s+(?:is |are )?(?:as )?"
    r"(?:per|see|according to|(?:stated|given|told) in)\b[^;.]*"
)
"""Sends the reader elsewhere for a phase ("loading dose per label"): the dose beside is none of it."""


def without_before(text: str) -> str:
    """Drop the phase that goes before what a text is about ("start 12 h after load"), that there is none of, or that is
    told elsewhere.
    """
    return _ELSEWHERE.sub(" ", _NO_PHASE.sub(" ", _BEFORE.sub(" ", uniform(text))))


def rivals(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether the row's own words name what rules out what is asked ("outpatient" asked, "inpatient" given)."""
    if _is_for_other(regimen, query) or of_other_risk(regimen, query):
        return True
    parts = (regimen.indication, regimen.severity, regimen.population, regimen.schedule, *regimen.notes)
    asked = _sets_named(query.words)
    if not any(asked):
        return False
    own = without_before(positive(" ; ".join(part for part in parts if part)))
    around = (own, positive(regimen.section.rpartition(" > ")[2]), positive(regimen.title))
    for wanted, *named in zip(asked, *map(_sets_named, around), strict=True):
        stated: frozenset[int] = next(filter(None, named), frozenset())
        if wanted and stated and not wanted & stated:
            return True
    return False


def _is_for_other(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether the question names a condition of the page's title that the row leaves to others, and not its own.

    On "Croup and epiglottitis", a row for croup is not for epiglottitis, though the title names both.
    """
    if not regimen.not_for:
        return False
    asked = positive(query.for_text)
    return any(holds_word(word, asked, query) for word in regimen.not_for) and not any(
        holds_word(word, asked, query) for word in regimen.for_one
    )


_NOT_SO = lazy_regex(
    r"\b(?:not|non)[ -]+[a-z]+(?=\s+(?:(?:fe)?males?|patients?|adults?|child(?:ren)?|wom[ae]n|m[ae]n)\b)"
)
"""What a person is not ("not pregnant woman"): the person stays."""


@lru_cache(maxsize=OF_BOTH)
def _sets_named(text: str) -> tuple[frozenset[int], ...]:
    """Give, for each set of words that rule one another out, those that a text has."""
    text = positive(_NOT_SO.sub(" ", uniform(text)))
    found = ([at for at, pattern in enumerate(patterns) if pattern.search(text)] for patterns in _rivals())
    return tuple(frozenset(each) if each else _NONE for each in found)


_NONE = frozenset[int]()
"""One for all, as most texts name none of most sets."""
