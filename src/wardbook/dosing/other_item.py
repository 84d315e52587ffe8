"""Clauses beside a dose that are of something else: how often glucose is checked, on which day cells are collected.

"Saline rinse QDS; xyzal 15 mL 3-hourly" gives xyzal every three hours, "40 mg OD and glucose checks QDS" once a day.
Such a clause opens with a word of its own, and no word of giving, before it says how often or when.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from wardbook.dosing.context import population_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import Phrase
from wardbook.dosing.separator import within, without
from wardbook.dosing.vocabulary import rows
from wardbook.lazy_regex import lazy_regex

_PARTS = lazy_regex(r"[;\n()]|,(?!\d)|\.(?=\s|$)|→|->|⇒|\+(?!\d)|&|\b(?:and|plus|then)\b", re.IGNORECASE)
_TIMED = frozenset({"frequency", "schedule", "once"})
"""What a clause says that makes it matter of what it is."""
_TOLD = frozenset({"amount", "frequency", "schedule", "once", "duration", "infusion", "route", "band", "time", "count"})
_WORD = lazy_regex(r"[a-z]{2,}\d*")


@cache
def _checked() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words for kind, words in rows('other_items.tsv') if kind == 'checked')})\b")


@cache
def _listed(kind: str) -> frozenset[str]:
    return frozenset(word for each, words in rows("other_items.tsv") if each == kind for word in words.split())


_KINDS = {"once": "frequency"}


def other_items(
    text: str,
    stretch: tuple[int, int],
    phrases: Sequence[Phrase],
    dose: tuple[int, int],
    left_out: Sequence[tuple[int, int]],
) -> Iterator[tuple[int, int, bool]]:
    """Give the clauses of a stretch that are of something else, and whether they surely are.

    `dose` is where drug and amount stand, `left_out` what is known to be of another drug. Behind the dose such a clause
    is surely of something else where it names what is checked or done; else only if it counts nothing, and the
    dose itself says how often or when as well.
    """
    (begin, end), (start, last) = stretch, dose
    for a, b in _clauses(text, begin, start, phrases):
        ends = b < start and ":" not in text[a : b if text[b] in ";\n." else start]
        if ends and _head(text, a, b, phrases) is not None:
            yield a, b, not _counts(a, b, phrases)
    own: set[str] = set()
    for a, b in _clauses(text, last, end, phrases):
        head = None if a == last or any(x < b and a < y for x, y in left_out) else _head(text, a, b, phrases)
        told = {_KINDS.get(p.kind, p.kind) for p in phrases if a <= p.begin < b and p.kind in _TIMED}
        if head is None:
            own |= told
            continue
        unsure = ":" in head or population_of(head) is not None or _counts(a, b, phrases) or not told <= own
        yield a, b, _checked().search(uniform(text[a:b])) is not None or not unsure


def _counts(begin: int, end: int, phrases: Sequence[Phrase]) -> bool:
    return any(begin <= phrase.begin < end and phrase.kind == "number" for phrase in phrases)


def _clauses(text: str, begin: int, end: int, phrases: Sequence[Phrase]) -> Iterator[tuple[int, int]]:
    """Cut a stretch where a clause ends and outside phrases; the word that joins one to what is before is of it."""
    spans = [(phrase.begin, phrase.end) for phrase in phrases]
    marks = [mark for mark in _PARTS.finditer(text, begin, end) if not within(mark.start(), spans)]
    firsts = [begin, *(mark.start() if mark.group().isalpha() else mark.end() for mark in marks)]
    yield from zip(firsts, [*(mark.start() for mark in marks), end], strict=True)


def _head(text: str, begin: int, end: int, phrases: Sequence[Phrase]) -> str | None:
    """Give the words that a clause opens with before it says how often or when, where they are of something else."""
    inside = [phrase for phrase in phrases if begin <= phrase.begin < end]
    timed = [phrase for phrase in inside if phrase.kind in _TIMED]
    if not timed or any(phrase.kind == "amount" for phrase in inside) or _GOES_TO.match(text, timed[0].begin):
        return None
    head = without(text, [(p.begin, p.end) for p in inside if p.kind in _TOLD])[begin : timed[0].begin]
    for word in _WORD.findall(uniform(head)):
        if word in _listed("qualifies"):
            return None
        if word not in _listed("giving"):
            return head.strip()
    return None


_GOES_TO = lazy_regex(r"(?:to|through|until)\b", re.IGNORECASE)
"""Opens the end of a span that the words before it begin ("admission to day +80")."""
