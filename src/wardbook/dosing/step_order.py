"""Doses of a drug that are stepped up by numbered rows or cells: the second dose is the second step, not the full one.

Who asks for the first, second or next dose is given the step in that place of the order, also where it is not so called
("Step 2"); behind the last numbered one stands the dose that the drug goes on with ("Full").
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from wardbook.dosing.amount import number, read_amounts
from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.fit import Fit
from wardbook.dosing.notation import uniform
from wardbook.dosing.numbered import numbered
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.unit import convert
from wardbook.lazy_regex import lazy_regex

_PLACES = ("first", "second", "third", "fourth", "fifth")
_PLACE = lazy_regex(
    rf"\b(?P<place>{'|'.join(_PLACES)}|[1-5](?:st|nd|rd|th))\s+"
    r"(?:(?!full\b|target\b|treatment\b|maintenance\b|lines?\b|steps?\b)[a-z-]+\s+)?(?:doses?|injection)\b"
)
_BEGINS = lazy_regex(r"\b(?:start|starting|initial|beginning)\s+(?:doses?|dosing|with)\b|\bdose to (?:start|begin)\b")
_NEXT = lazy_regex(
    rf"\b(?:{'|'.join(_PLACES)})(?:\s+(?:one|dose|step))?\W*$|\bnext\W*$|\bnext\s+(?:one|dose|step)\b|"
    r"\bwhat\s+(?:now|then)\b|\bnow\s+what\b"
)
"""Asks on behind a numbered step, or an amount that was given ("step 1", then "second", "next")."""


def place_asked(text: str) -> int | None:
    """Give which dose in the order is asked ("second dose", "start dose", "step 1 ... next"); None where it is none."""
    plain = uniform(text)
    steps = numbered(plain).get("step", ())
    told = steps[-1][0] if steps else None
    behind = _NEXT.search(plain) if told is not None else None
    if behind is not None and told is not None:
        place = next((at for at, word in enumerate(_PLACES, 1) if behind[0].startswith(word)), None)
        return place or told + 1
    found = {_number(match["place"]) for match in _PLACE.finditer(plain)}
    found |= {1} if _BEGINS.search(plain) else set()
    last = _LAST_TOLD.search(plain) if told is None and not found else None
    found = {_PLACES.index(last[1]) + 1} if last else found
    return found.pop() if len(found) == 1 and told is None else None


_LAST_TOLD = lazy_regex(
    rf"(?<!\band)(?<!\bor)(?<![,/&])\s({'|'.join(_PLACES)})(?:\s+one)?(?:[\s,]+\d+(?:\.\d+)?\s*kg)?\W*$"
)
"""Ends a question that is asked on from one dose to the next ("first", then "second")."""


def _number(word: str) -> int:
    return int(word[0]) if word[0].isdigit() else _PLACES.index(word) + 1


_HAD = lazy_regex(
    r"(?:\b(?:had|after|since|following|post|completed|finished|s/p|(?<!be )(?<!to )given|got|gotten|received|last)"
    r"(?:\s+(?:a|the|his|her|their|already|now|only|just|first|dose|of|was|were)){0,3})\s*$"
)
_DONE = lazy_regex(
    r"(?:/ ?(?:d|day|24 ?h))?\s*,?\s*"
    r"(?:(?:was|were|is|has|have|been|now|already|dose|step|for \d+ (?:days?|weeks?))[\s,]+)*"
    r"(?:(?<!be )given|done|had|in|received|gone|over|tolerated|"
    r"(?:and\s+)?(?:then\s+)?(?:what(?:['’]s|\s+is)?\s+)?next)\b"
)
_BARE = lazy_regex(r"(?<![\w.,/-])(\d*\.\d+)(?![\w.,%/-])(?!\s*(?:kg|mg|g|mcg|ml|m2|units?)\b)")
"""A figure without a unit that can be no count of doses."""


def amount_given(query: DoseQuery) -> tuple[Decimal, str | None] | None:
    """Give the amount that a question tells as given where it asks on ("12 mg given, next"), and its unit, if told."""
    plain = uniform(query.part)
    asks = _NEXT.search(plain) or (query.named and query.wants in (None, "dose"))
    if not asks:
        return None
    figures = [
        (each.begin, each.end, each.amount.high, each.amount.unit) for each in read_amounts(plain) if each.is_dose
    ]
    bare = [(*match.span(), number(match[1]), None) for match in _BARE.finditer(plain)]
    others = {words for words, _ in query.other_drugs}
    for begin, end, value, unit in [*figures, *bare]:
        of = re.match(r"(?:\s+of)?\s+([\w-]+)", plain[end:])
        if of and of[1] in others:
            continue
        if _HAD.search(plain[:begin]) or _DONE.match(plain, end):
            return value, unit
    return None


def steps_of(regimen: Regimen, query: DoseQuery, beside: Sequence[Regimen]) -> list[Regimen]:
    """Give the doses of a schedule that is stepped up, in the order of its row or column; none where it is no such.

    They are of one unit and go up, each with its step or day or below a header that says so.
    """
    place = (regimen.page, regimen.section, regimen.drug, regimen.bands, regimen.severity)
    rows = [row for row in beside if row.amount and (row.page, row.section, row.drug, row.bands, row.severity) == place]
    own = [row for row in rows if row.lines == regimen.lines]
    rows = own if len(own) > 1 else [row for row in rows if [each.lines for each in rows].count(row.lines) == 1]
    if regimen not in rows or len({(row.amount.unit, row.per) for row in rows if row.amount}) != 1:
        return []
    rows = rows[: _begins_again(rows)]
    if regimen not in rows:
        return []
    top = max(range(len(rows)), key=lambda at: _amount(rows[at]))
    if top == 0 or any(_amount(one) >= _amount(other) for one, other in pairwise(rows[: top + 1])):
        return []
    if all(_step(row, query) != _LAST or _WAY.search(uniform(" ; ".join(row.notes))) for row in rows[:top]):
        return rows
    days = [_day(row) for row in rows[: top + 1]]
    told = [each for each in days if each is not None]
    return rows if len(told) >= top and all(one < other for one, other in pairwise(told)) else []


def _begins_again(rows: Sequence[Regimen]) -> int:
    """Give where another schedule begins on the first one's day, or before it behind its largest dose; else the end."""
    top = max(range(len(rows)), key=lambda at: _amount(rows[at]))
    first, *days = (_day(row) for row in rows)
    told = ((at, day) for at, day in enumerate(days, 1) if first and day)
    return next((at for at, day in told if day == first or (at > top and first and day < first)), len(rows))


_WAY = lazy_regex(r"\bstep(?:ped|ping)?[ -]?up\b|\bpriming\b|\bramp[ -]?up\b")


def _amount(row: Regimen) -> Decimal:
    return row.amount.low if row.amount else Decimal(0)


def _day(row: Regimen) -> tuple[int, int] | None:
    """Give the first cycle and day of the schedule of a dose, else of what it is labelled by."""
    told = numbered(row.schedule or "")
    told = told if "day" in told else numbered(row.indication or "")
    if "day" not in told:
        return None
    return told.get("cycle", ((1, 1),))[0][0], told["day"][0][0]


def _behind(order: Sequence[Regimen], given: tuple[Decimal, str | None]) -> list[Regimen] | None:
    """Give the doses that may come behind the one that was given; None where it is none of them.

    Behind one that goes on, or after which less is given, it may be the same again.
    """
    value, unit = given
    at = next((at for at, row in enumerate(order) if row.amount and _is_so(row, value, unit)), None)
    if at is None:
        return None
    row, after = order[at], list(order[at + 1 : at + 2])
    days = _day(row), _day(after[0]) if after else None
    parted = days[0] is not None and days[1] is not None and days[0] < days[1]
    several = row.interval_h is not None or len(numbered(row.schedule or "").get("day", ())) > 1
    again = several and not parted
    if not after or again or _amount(after[0]) <= _amount(row):
        return [row, *after]
    return after


def _is_so(row: Regimen, value: Decimal, unit: str | None) -> bool:
    assert row.amount is not None
    told = value if unit is None else convert(value, unit, row.amount.unit)
    return told is not None and row.amount.low <= told <= row.amount.high


def fits_place(regimen: Regimen, query: DoseQuery, beside: Sequence[Regimen]) -> Fit | None:
    """Compare the place of a dose among the steps of its section with the one asked; None where there are no steps."""
    given, asked = amount_given(query), place_asked(query.part)
    if regimen.amount is None or (given is None and asked is None):
        return None
    if given is not None and asked is None:
        return _fits_behind(regimen, query, beside, given)
    assert asked is not None
    if asked == 1 and regimen.step is not None:
        return Fit.SAYS if regimen.step == 1 else Fit.AGAINST
    rows = [row for row in beside if row.amount and (row.page, row.section) == (regimen.page, regimen.section)]
    order = sorted({_step(row, query) for row in rows})
    if len(order) < _LEAST or len(order) - (order[-1] == _LAST) < 1:
        stepped = steps_of(regimen, query, beside)
        if stepped:
            return Fit.SAYS if regimen == stepped[min(asked, len(stepped)) - 1] else Fit.AGAINST
        return Fit.OPEN if any(_is_stepped(row, query, beside) for row in beside) else None
    meant = order[min(asked, len(order)) - 1]
    return Fit.SAYS if _step(regimen, query) == meant else Fit.AGAINST


def _is_stepped(row: Regimen, query: DoseQuery, beside: Sequence[Regimen]) -> bool:
    """Tell whether a row is a step of a schedule: who asks for a first dose is given no dose that goes on."""
    return row.amount is not None and (_step(row, query) != _LAST or bool(steps_of(row, query, beside)))


def _fits_behind(
    regimen: Regimen, query: DoseQuery, beside: Sequence[Regimen], given: tuple[Decimal, str | None]
) -> Fit | None:
    """Compare a dose with the one that comes behind what was given, in its own schedule or another one of the drug."""
    order = steps_of(regimen, query, beside)
    behind = _behind(order, given) if order else None
    if behind is not None:
        return Fit.SAYS if regimen in behind else Fit.AGAINST
    others = (steps_of(row, query, beside) for row in beside if row.amount)
    return Fit.AGAINST if any(each and _behind(each, given) is not None for each in others) else None


def is_placed(rows: Sequence[Regimen], query: DoseQuery) -> bool:
    """Tell whether rows are the dose in the place that is asked, by the number of their step."""
    asked = place_asked(query.part)
    return asked is not None and all(
        row.step == asked
        or _step(row, query) != _LAST
        or _WAY.search(uniform(" ; ".join(row.notes)))
        or (asked == 1 and _day(row) == (1, 1))
        for row in rows
    )


_LEAST = 2
"""Places from which doses are an order."""
_LAST = 99
"""Place of a dose that is not numbered: it stands behind the numbered ones."""


def _step(row: Regimen, query: DoseQuery) -> int:
    """Give the number of the step that labels a row or its column; of its place in its sentence where there is none."""
    for words in (" ; ".join(filter(None, (row.indication, *row.notes))), query.said(row)):
        steps = numbered(words).get("step", ())
        if len(steps) == 1 and steps[0][0] == steps[0][1]:
            return steps[0][0]
    return _LAST
