"""Cells that count doses: how many in all ("3 per CRS episode", "no more than 2 in total"), how many in a time."""

import re

from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_SPELLED = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_NUMBER = rf"(?P<number>\d{{1,2}}|{'|'.join(_SPELLED)}|once|twice)"
_COUNT = lazy_regex(
    rf"\W*(?:(?:no|not) more than|at most|max(?:imum|\.)?(?: of)?|up to|only)?\s*{_NUMBER}"
    r"(?: (?:single |separate )?doses?)?(?: (?:at most|max(?:imum)?|only))?"
    r"(?P<rest>(?: (?:in|per|for|during|within|each|every|of) .+| (?:in )?(?:all|total)\b.*| overall| altogether)?)\W*"
)
_IN_ALL = lazy_regex(
    r"\s*(?:(?:in )?(?:all|total)|overall|altogether|"
    r"(?:in|per|for|during|within|each|every)\s+(?:(?:the|an?|one|each|every|any|this)\s+)?(?:(?:same|single|whole)\s+)?"
    r"(?:[a-z-]+\s+){0,2}(?:episodes?|courses?|events?|admissions?|attacks?|patients?|treatments?))"
)
_IN_A_TIME = lazy_regex(
    r"\s*(?:in|per|for|within|each|every)\s+(?:(?:an?|one|each|any)\s+)?(?:\d+\s*-?\s*)?(?:h|hrs?|hours?|days?|weeks?|months?)"
)


def doses_in_all(words: str) -> tuple[int | None, bool]:
    """Give how many doses in all a cell counts, or None, and whether every part of it is understood.

    A bare number is of all; one of a time ("2 in 24 hours") is understood, and is no number in all.
    """
    found: list[int] = []
    for part in re.split(r"\s*(?:[;,]|\band\b)\s*", uniform(words).strip(" .")):
        counted = _COUNT.fullmatch(part)
        if counted is None:
            return None, False
        rest = counted["rest"].rstrip()
        if not rest or _IN_ALL.fullmatch(rest):
            found.append(_number(counted["number"]))
        elif not _IN_A_TIME.fullmatch(rest):
            return None, False
    return (found[0] if len(found) == 1 else None), len(found) < 2


def _number(word: str) -> int:
    return {"once": 1, "twice": 2}.get(word) or _SPELLED.get(word) or int(word)


_MOST = lazy_regex(r"\b(?:(?:no|not) more than|at most|max(?:imum)?|up to|only|never exceed|not exceed|limit)\b")
_EACH = lazy_regex(rf"\b{_NUMBER}(?: (?:single |separate )?doses?)?(?: of [a-z-]+)?(?=(?P<rest> [^,;]{{0,120}}))")
_WHOLE = lazy_regex(
    r"\s*(?:(?:in )?(?:all|total)\b|overall|altogether|"
    r"(?:in|per|for|during|within|each|every)\s+(?:(?:the|an?|one|each|every|any|this)\s+)?(?:(?:same|single|whole)\s+)?"
    r"(?:[a-z-]+\s+){0,2}(?:episodes?|courses?|events?|admissions?|attacks?|patients?|treatments?)\b)"
)
_OF_A_DAY = lazy_regex(
    r"\s*(?:in|per|within|each|every|a)\s+(?:(?:an?|one|each|any)\s+)?(?:24\s*-?\s*(?:h|hrs?|hours?)|day)\b"
)


_NOT_THE = lazy_regex(
    r"\b(?:not?|never)(?: give)?(?: a)? (?P<nth>second|third|fourth|fifth)(?= (?:dose|time|one)\b|\s*[.;,)]|$)"
)
_AGAIN = lazy_regex(
    r"\brepeat(?:ed)?\b(?:[^.;]*?\b(?:at most|max(?:imum)?|only|no more than|up to))?"
    r" (?P<times>once|twice|three times)\b(?! (?:a|per|daily|weekly|every|each)\b)"
)


def _last_allowed(plain: str) -> int | None:
    """Give the number of the last dose, where one more is ruled out or it is told how often it is repeated."""
    ruled_out, again = _NOT_THE.search(plain), _AGAIN.search(plain)
    if ruled_out:
        return ("second", "third", "fourth", "fifth").index(ruled_out["nth"]) + 1
    return {"once": 2, "twice": 3, "three times": 4}[again["times"]] if again else None


def most_doses(words: str) -> tuple[int | None, int | None]:
    """Give the most doses in all and of one day that a sentence allows, or None for each that it does not say."""
    plain = uniform(words)
    whole, daily = _last_allowed(plain), None
    if _MOST.search(plain) is None:
        return whole, None
    for each in _EACH.finditer(plain):
        whole = _number(each["number"]) if _WHOLE.match(each["rest"]) else whole
        daily = _number(each["number"]) if _OF_A_DAY.match(each["rest"]) else daily
    return whole, daily
