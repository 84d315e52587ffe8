"""How long ago something was: of lines that part by it ("within 30 min: repeat", "30-60 min: half") the one that holds.

A line may name what happened ("vomited within 30 min"); those behind it in its paragraph go on about that until one
names another thing ("less than 6 h late").
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from wardbook.answering.scoring import Evidence
from wardbook.answering.terms import stem
from wardbook.corpus.unit import Unit
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_N, _UNIT = r"(\d+(?:\.\d+)?)", r"\s*(min(?:ute)?s?|h(?:ou)?rs?|h)\b"
_WITHIN = lazy_regex(rf"(?:within|(less than|under|before|<)|<=|≤|up to|in the first)\s*{_N}{_UNIT}")
_BETWEEN = lazy_regex(rf"{_N}(?:{_UNIT})?\s*(?:-|to)\s*{_N}{_UNIT}")
_AFTER = lazy_regex(
    rf"(?:(after|more than|beyond|later than|>)|>=|≥)\s*{_N}{_UNIT}|{_N}{_UNIT}\s*(?:or (?:more|later)|\+)"
)
"""The first groups of bounds are of words that leave out the bound; "over 60 min" is how long an infusion runs."""
_TOLD = lazy_regex(
    rf"(?<![\w.-]){_N}{_UNIT}\s*(?:ago|after|later|post|since|late)\b|\b(?:after|at|since)\s+{_N}{_UNIT}(?!\s*(?:infus|-))"
    rf"|\b(?:vomit\w*|threw up|missed|late|forgot\w*)(?: \w+)?\s+(?:by |about )?{_N}{_UNIT}"
)
_HAPPENED = lazy_regex(r"\b(?:vomit\w*|threw up|sick|missed|late|forgot\w*)\b")
"""What a question tells of a dose for which it matters how long ago it was."""
_NO_EVENT = frozenset(
    "within less than under before after over more beyond later first min mins minutes hours hour of the".split()
)


@lru_cache(maxsize=256)
def told_elapsed(question: str) -> Decimal | None:
    """Give the minutes since what a question tells to have happened to a dose; None where it tells none or several."""
    plain = uniform(question)
    found = list(_TOLD.finditer(plain))
    if len(found) != 1 or not _is_beside(plain, found[0]):
        return None
    return _minutes(*[each for each in found[0].groups() if each])


def _is_beside(plain: str, told: re.Match[str]) -> bool:
    """Tell whether what happened stands near a time, in its clause ("vomited, started 6 h ago" is of another thing)."""
    before = _STOP.split(plain[: told.start()])[-1].split()[-MOST_BETWEEN - 1 :]
    behind = _STOP.split(plain[told.end() :])[0].split()[: MOST_BETWEEN + 1]
    return _HAPPENED.search(" ".join([*before, told[0], *behind])) is not None


_STOP = lazy_regex(r"[,;:.?!](?:\s|$)")
MOST_BETWEEN = 3
"""Words between what happened and how long ago it was."""


def _minutes(value: str, unit: str) -> Decimal:
    return Decimal(value) * (1 if unit.startswith("m") else 60)


def of_elapsed(question: str, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Put the lines that hold the time told first, and drop those of their paragraph that are of another event.

    The others of the same event stay behind them: by themselves "30-60 min: half" does not say what of.
    """
    told = told_elapsed(question)
    if told is None:
        return list(ranked)
    asked = {stem(word) for word in re.findall(r"[a-z]{3,}", uniform(question))}
    own = [each for each in ranked if _head(each.unit) is not None and _events(each.unit, each.hit.units) & asked]
    first = [each for each in own if _spans(_head(each.unit) or "", told)]
    blocks = {_block(each) for each in first}
    rest = [each for each in ranked if each in own or _block(each) not in blocks or _head(each.unit) is None]
    return [*first, *(each for each in rest if each not in first)]


def _block(each: Evidence) -> tuple[str, str, int]:
    return each.hit.page, each.hit.section, each.unit.block


def _head(unit: Unit) -> str | None:
    """Give what stands before the colon of a line that a span of time heads."""
    head, colon, _ = uniform(unit.text).partition(":")
    timed = any(pattern.search(head) for pattern in (_WITHIN, _BETWEEN, _AFTER))
    return head if colon and timed and len(head.split()) <= MOST_WORDS else None


MOST_WORDS = 8
"""Words of a head of a line."""


def _events(unit: Unit, units: Sequence[Unit]) -> set[str]:
    """Give the stems of what a line is headed by beside the time; where there is none, that of the line before it."""
    before = (
        [other for other in units[: units.index(unit) + 1] if other.block == unit.block] if unit in units else [unit]
    )
    for other in reversed(before):
        words = set(re.findall(r"[a-z]{3,}", _head(other) or "")) - _NO_EVENT
        if words:
            return {stem(word) for word in words}
    return set()


def _spans(head: str, told: Decimal) -> bool:
    if match := _BETWEEN.search(head):
        return _minutes(match[1], match[2] or match[4]) <= told <= _minutes(match[3], match[4])
    if match := _WITHIN.search(head):
        bound = _minutes(match[2], match[3])
        return told < bound or (told == bound and not match[1])
    match = _AFTER.search(head)
    bound = _minutes(match[2] or match[4], match[3] or match[5]) if match else told
    return match is not None and (told > bound or (told == bound and not match[1]))
