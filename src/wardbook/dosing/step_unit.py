"""Steps of a row that leave out the unit which another step of the row has ("D1 0.01 | D4 0.06 | D7 0.4 mg/kg").

Steps only go up, and that is what is held against the figures: whatever does not is left as it is.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from wardbook.dosing.amount import number, read_amounts
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_STEP = lazy_regex(
    r"\b(?:step(?:s|ped)?\b(?!wise)(?: ?-?up)?|priming|intermediate|target dose|full(?: dose)?)\b|^\W*c?\d*d(?:ay)? ?\d"
)
"""In a header: a step of a schedule stands below it."""
_FIGURE = r"\d+(?:\.\d+)?"
_MOMENT = r"(?:(?:c\d{1,2})?d(?:ays?)? ?\d{1,3}(?: ?- ?\d{1,3})?:?)"
_BARE = lazy_regex(
    rf"\s*(?:{_MOMENT} (?P<behind>{_FIGURE})|(?P<before>{_FIGURE}) {_MOMENT}|(?P<point>\d*\.\d+))(?: ?\([^()]*\))?\s*"
)
"""A step without a unit: its figure beside its day, or with a decimal point."""
_PARTS = lazy_regex(r",(?!\d)|;|→|->|\bthen\b")


def with_step_unit(cells: Sequence[tuple[str, str]], at: int) -> str:
    """Give a cell of a row (each with its header) with the unit of the row's steps behind its bare figures."""
    header, text = cells[at]
    if not _STEP.search(uniform(header)) or not _may_be_bare(text):
        return text
    steps = [words for name, words in cells if _STEP.search(uniform(name))]
    units = {_unit(words) for words in steps} - {None}
    unit = units.pop() if len(units) == 1 else None
    if unit is None or not _go_up(steps):
        return text
    for begin, end in reversed(list(_pieces(text))):
        if match := _BARE.fullmatch(uniform(text[begin:end])):
            group = next(name for name in ("behind", "before", "point") if match[name])
            text = f"{text[: begin + match.end(group)]} {unit}{text[begin + match.end(group) :]}"
    return text


def _may_be_bare(text: str) -> bool:
    return any(_BARE.fullmatch(uniform(text[begin:end])) for begin, end in _pieces(text))


def _pieces(text: str) -> list[tuple[int, int]]:
    """Give where the parts of a cell stand; none where writing it uniformly moves its letters."""
    if len(uniform(text)) != len(text):
        return []
    cuts = [0, *(end for match in _PARTS.finditer(uniform(text)) for end in match.span()), len(text)]
    return list(zip(cuts[::2], cuts[1::2], strict=True))


def _unit(text: str) -> str | None:
    """Give the unit that the first dose of a cell is written with; "" where its doses have several."""
    figures = [each for each in read_amounts(text) if each.is_dose]
    if not figures:
        return None
    if len({(each.amount.unit, each.per, each.per_time) for each in figures}) > 1:
        return ""
    last = figures[-1]
    size = re.match(rf"{_FIGURE}\s*", text[last.begin : last.end])
    return text[last.begin + size.end() : last.end] if size else ""


def _go_up(steps: Sequence[str]) -> bool:
    """Tell whether the figures of steps, with a unit or without, never go down."""
    values: list[Decimal] = []
    for text in steps:
        for begin, end in _pieces(text) or [(0, len(text))]:
            words = text[begin:end]
            bare = _BARE.fullmatch(uniform(words))
            figures = [each.amount.low for each in read_amounts(words) if each.is_dose][:1]
            values += [number(bare["behind"] or bare["before"] or bare["point"])] if bare else figures
    return all(one <= other for one, other in pairwise(values))
