"""Steps behind a dose that leave out their unit ("1 mg/kg BD d1-5, 0.5 BD d6-10"): no words of the dose."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import Phrase
from wardbook.lazy_regex import lazy_regex

_PARTED = lazy_regex(r"(?:[,;]|→|->|⇒|\bthen)\s*$")
_AFTER = lazy_regex(r"(?:→|->|⇒|\bthen)\s*$")
"""Before a figure whose frequency is told apart elsewhere."""
_STOP = lazy_regex(r"[,;\n()](?!\d)|→|->|⇒|\.(?=\s|$)")
_TIMED = frozenset({"frequency", "schedule", "once"})


def bare_steps(text: str, end: int, phrases: Sequence[Phrase], anchor: Phrase) -> Iterator[tuple[int, int]]:
    """Give where such steps stand: a bare figure that opens a clause, with how often or when right behind it."""
    at = anchor.end
    for phrase, following in pairwise(phrases):
        if phrase.kind != "number" or following.kind not in _TIMED or phrase.begin < at or following.begin >= end:
            continue
        if text[phrase.end : following.begin].strip() or not _PARTED.search(uniform(text[at : phrase.begin])):
            continue
        if following.kind == "frequency" and _AFTER.search(uniform(text[at : phrase.begin])):
            continue
        if not re.fullmatch(r"\d+(?:\.\d+)?(?:-\d+(?:\.\d+)?)?", uniform(text[phrase.begin : phrase.end])):
            continue
        stop = _STOP.search(text, following.end, end)
        at = stop.start() if stop else end
        yield phrase.begin, at
