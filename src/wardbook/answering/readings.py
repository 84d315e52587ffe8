"""Figures of a question with what they are of: "day 7", "level 12", "INR 5", "QTc 510", "at 48 h"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wardbook.answering.question_words import everyday_words
from wardbook.lazy_regex import lazy_regex

_UNITS = (
    (r"hours?|hrs?|h", "h"),
    (r"days?|d", "day"),
    (r"weeks?|wks?", "week"),
    (r"months?|mos?", "month"),
    (r"minutes?|mins?", "min"),
    (r"%", "%"),
    (r"(?:mg|mcg|ug|µg|μg|g|units?|iu|meq|ml)(?:/\S+)?", "amount"),
    (r"(?:[µμu]?mol|mmol|ng|copies|cells|g|mg)/\S+|[µμu]mol|mmol", "level"),
)
"""What a unit measures; of two figures of one sort, the later takes the place of the earlier."""
MOVED = (
    r"(?:(?:have|has|had|is|are) )?(?:dropped|drops?|fallen|fell|falls?|risen|rose|rises?|(?:gone|come|went|came)"
    r"(?: (?:up|down))?|down|up)(?: (?:up|down))? to"
)
"""How what is measured came to its figure ("platelets have dropped to 40")."""
_FIGURE = lazy_regex(
    r"(?:(?<![\w-])(?P<label>[A-Za-z][A-Za-z0-9+-]*)(?:\s+(?:of|is|are|was|were|now|at|above|below|over|under|only|just|"
    rf"still|{MOVED}))*\s*[=:<>≤≥~]*\s*)?"
    r"(?<![\w./-])(?P<number>\d+(?:,\d{3})*(?:\.\d+)?(?:\s*(?:-|–|to)\s*\d+(?:\.\d+)?)?)"
    rf"(?:\s*(?P<unit>{'|'.join(unit for unit, _ in _UNITS)})(?!\w)(?:(?<=[hrs])|(?!\s*\d)))?(?![\w/]|\.\d)",
    re.IGNORECASE,
)
_TIMES = frozenset({"h", "day", "week", "month", "min"})
_COUNTED = frozenset(
    "day days week weeks cycle cycles course dose step stage score level class type month line".split()
)
"""Everyday words that are what a figure is of."""
_NO_LABEL = frozenset(
    "a x q i s t m e to by of in at on or and no not for is was if with the than from max min".split()
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as it stands in a question."""

    label: str
    """What it is of, lower case and one of it ("day"), or ""."""
    sort: str
    """What its unit measures ("h", "amount"), or ""."""
    begin: int
    """Offset of the first character, that of the label where there is one."""
    number: int
    """Offset of the figure."""
    end: int
    """Offset behind the last character."""


def readings(text: str) -> Iterator[Reading]:
    """Find the figures of a text, each with its label and the sort of its unit."""
    for match in _FIGURE.finditer(text):
        label = match["label"] if match["label"] and _is_label(match["label"]) else ""
        timed = _sort(match["unit"]) in _TIMES and label.lower() not in _COUNTED
        label = "" if timed else label  # "sepsis 4 months": a time is of nothing that stands before it
        begin = match.start("label") if label else match.start("number")
        end = match.end("unit") if match["unit"] else match.end("number")
        yield Reading(label.lower().removesuffix("s"), _sort(match["unit"]), begin, match.start("number"), end)


def _is_label(word: str) -> bool:
    plain = word.lower()
    return plain in _COUNTED or (plain not in _NO_LABEL and plain not in everyday_words())


def _sort(unit: str | None) -> str:
    return next((sort for form, sort in _UNITS if unit and re.fullmatch(form, unit, re.IGNORECASE)), "")
