"""Rules on doses: against their own maximum and total, against the rows beside them, and as far as they were read."""

import re
from collections.abc import Iterator
from decimal import Decimal

from wardbook.corpus.table import Cell, Row, Table
from wardbook.dosing.amount import Figure, read_amounts, word
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.regimen import Amount, Limit, Regimen
from wardbook.dosing.unit import convert
from wardbook.lazy_regex import lazy_regex
from wardbook.lint.finding import Finding, listed, shown
from wardbook.lint.view import View

_DAY = Decimal(24)
_TOTAL = lazy_regex(
    r"(?P<head>[^|;]{0,200}?)(?:\bx|\bfor|×|\bover|\bon)\s?(?P<days>\d+)[ -]?(?:d|days?)\b"
    r"(?P<gap>[^.;|]{0,25}?)\btotal\b(?P<after>[^.;|\d]{0,25})(?P<total>\d[^;|)]{0,30})",
    re.IGNORECASE,
)
_STEP = {("mg", "ug"), ("g", "mg"), ("ug", "ng"), ("mg", "g"), ("ug", "mg"), ("ng", "ug")}
"""Units of mass a thousand apart."""
_SAYS_TOTAL = lazy_regex(r"\d[ -]?d(?:ays?)?\b[^.;|]{0,25}\btotal\b", re.IGNORECASE)
_MASS = lazy_regex(r"\d\s?-?(mg|mcg|µg|μg|ug|g|ng|micro)")
_OF_DOSE = lazy_regex(
    r"dos|max|limit|cap\b|interval|frequen|how|route|rate|amount|regimen|duration|total", re.IGNORECASE
)
"""Columns that hold a part of the dose itself."""
_ORDINAL = lazy_regex(r"\d+(?:st|nd|rd|th)(?:[ -](?:line|choice))?", re.IGNORECASE)
_LIKE = 5
"""Figures within this factor of each other look like the same dose."""


def over_maximum(view: View) -> Iterator[Finding]:
    """Find a dose, or a dose times its frequency, above the stated maximum."""
    seen = set()
    for regimen in view.regimens:
        for message in (*_over_daily(regimen), *_over_single(regimen)):
            if (regimen.lines[0], message) not in seen:
                seen.add((regimen.lines[0], message))
                yield Finding(view.page, regimen.lines[0], "F04", message)


def _over_daily(regimen: Regimen) -> Iterator[str]:
    most = _daily(regimen)
    limit = regimen.max_daily
    if most is None or limit is None or regimen.amount is None:
        return
    total = convert(most, regimen.amount.unit, limit.unit)
    if total is not None and total > limit.value:
        yield (
            f"{regimen.drug}: {_words(regimen)} comes to {word(total)} {limit.unit}/day, above the stated maximum of "
            f"{_limit(limit)}/day: narrow dose or interval, or mend the maximum"
        )


def _daily(regimen: Regimen) -> Decimal | None:
    """Give the most of a drug in 24 hours by dose and interval; None where they do not tell, or it is per kg."""
    if regimen.amount is None or regimen.per is not None:
        return None
    if regimen.per_time == "d":
        return regimen.amount.high
    if regimen.per_time == "h":
        return regimen.amount.high * _DAY
    if regimen.per_time is not None or regimen.interval_h is None:
        return None
    times = _DAY / regimen.interval_h[0] if regimen.interval_h[0] < _DAY else Decimal(1)
    return regimen.amount.high * (min(times, Decimal(regimen.max_doses)) if regimen.max_doses else times)


def _over_single(regimen: Regimen) -> Iterator[str]:
    amount, limit = regimen.amount, regimen.max_single
    if amount is None or limit is None or regimen.per is not None or regimen.per_time is not None:
        return
    most = convert(amount.high, amount.unit, limit.unit)
    if most is not None and most > limit.value:
        yield (
            f"{regimen.drug}: a dose of {_amount(amount)} is above the stated maximum of {_limit(limit)} per dose: "
            "mend one of the two"
        )


def _words(regimen: Regimen) -> str:
    amount = _amount(regimen.amount) if regimen.amount else ""
    if regimen.per_time or regimen.interval_h is None:
        return f"{amount}{f' per {regimen.per_time}' if regimen.per_time else ''}"
    low, high = regimen.interval_h
    return f"{amount} every {word(low)} h" if low == high else f"{amount} every {word(low)}-{word(high)} h"


def _amount(amount: Amount) -> str:
    figures = word(amount.low) if amount.low == amount.high else f"{word(amount.low)}-{word(amount.high)}"
    return f"{figures} {amount.unit}"


def _limit(limit: Limit) -> str:
    return f"{word(limit.value)} {limit.unit}"


def unread_piece(view: View) -> Iterator[Finding]:
    """Find a dose cell that could not be read whole; it is shown and never computed with."""
    pieces: dict[tuple[int, str], dict[str, None]] = {}
    for regimen in view.regimens:
        own = [piece for piece in regimen.unparsed if not _has_column(piece)]
        if own and not regimen.from_text:
            pieces.setdefault((regimen.lines[0], regimen.drug), {}).update(dict.fromkeys(own))
    for (line, drug), unread in pieces.items():
        names = listed([shown(piece) for piece in unread])
        message = f"{drug}: not understood in this dose: {names}: write one dose a row, each thing in its own column"
        yield Finding(view.page, line, "F07", message)


def _has_column(piece: str) -> bool:
    """Tell a condition that stands in a column of its own ("CIWA-Ar: 8-14"), or a row's number ("1st", of choices).

    The page could not say it better.
    """
    column, parted, _ = piece.partition(": ")
    return bool(_ORDINAL.fullmatch(piece)) or (bool(parted) and not _OF_DOSE.search(column))


def unit_jump(view: View) -> Iterator[Finding]:
    """Like figures in neighbouring rows, a thousand apart by their units."""
    for piece, after in zip(view.pieces, view.pieces[1:], strict=False):
        if piece.row is None or after.row is None or piece.table is None or piece.table is not after.table:
            continue
        for at, column in enumerate(piece.table.columns):
            jump = _jump(piece.row.cells[at], after.row.cells[at])
            if jump and _drugs(view, piece.row) == _drugs(view, after.row):
                where = f" under {shown(column)}" if column else ""
                message = f"{shown(jump[0])} and in the next row {shown(jump[1])}{where}: a thousandfold, mend the unit"
                yield Finding(view.page, after.line, "F06", message)


def _drugs(view: View, row: Row) -> frozenset[str]:
    return frozenset(mention.drug for cell in row.cells for mention in view.drugs.find(cell.text))


def _jump(cell: Cell, below: Cell) -> tuple[str, str] | None:
    units = [match[1] if match else None for match in map(_MASS.search, (cell.text, below.text))]
    if None in units or units[0] == units[1] or cell.spanned or below.spanned:
        return None
    first, second = _first_dose(cell.text), _first_dose(below.text)
    if first is None or second is None or first.per != second.per or first.per_time != second.per_time:
        return None
    if (first.amount.unit, second.amount.unit) not in _STEP:
        return None
    one, other = first.amount.high, second.amount.high
    alike = max(one, other) <= _LIKE * min(one, other)
    return (cell.text[first.begin : first.end], below.text[second.begin : second.end]) if alike else None


def _first_dose(text: str) -> Figure | None:
    return next((figure for figure in read_amounts(text) if figure.is_dose), None)


def total_of_days(view: View) -> Iterator[Finding]:
    """Find a total that is not the daily dose times the days."""
    for piece in view.figured:
        if not _has_total(piece.table) and not _SAYS_TOTAL.search(piece.text):
            continue
        found = _row_total(piece.table, piece.row) if piece.row and piece.table else None
        for daily, days, total in [found] if found else _text_totals(piece.text):
            low, high = daily.amount.low * days, daily.amount.high * days
            said = [
                convert(side, total.amount.unit, daily.amount.unit) for side in (total.amount.low, total.amount.high)
            ]
            if said[0] is None or said[1] is None or daily.per != total.per or (said[0] <= high and said[1] >= low):
                continue
            worked = _amount(Amount(low, high, daily.amount.unit))
            message = (
                f"{_amount(daily.amount)} a day for {days} days come to {worked}, and the page says a total of "
                f"{_amount(total.amount)}: mend one of the three"
            )
            yield Finding(view.page, piece.line, "F05", message)


def _has_total(table: Table | None) -> bool:
    return table is not None and any("total" in name.lower() for name in table.columns)


def _column(table: Table, words: str) -> int | None:
    return next(
        (at for at, name in enumerate(table.columns) if re.search(rf"\b(?:{words})\b", name, re.IGNORECASE)), None
    )


def _row_total(table: Table, row: Row) -> tuple[Figure, int, Figure] | None:
    places = [_column(table, words) for words in ("(?:daily )?dose", "days?|duration|schedule", "total")]
    if None in places or len(set(places)) < 3:
        return None
    dose, days, total = (row.cells[at].text for at in places if at is not None)
    frequency = _column(table, "interval|frequency|how often")
    often = f"{dose} {row.cells[frequency].text}" if frequency is not None else dose
    daily, whole, count = _daily_dose(dose, often), _first_dose(total), _days(days)
    return (daily, count, whole) if daily and whole and count and whole.per_time is None else None


def _text_totals(text: str) -> Iterator[tuple[Figure, int, Figure]]:
    for match in _TOTAL.finditer(text):
        daily, total = _daily_dose(match["head"], match["head"]), _first_dose(match["total"])
        if daily and total and total.per_time is None and not re.search(r"\bdays?\b", match["gap"]):
            yield daily, int(match["days"]), total


def _daily_dose(dose: str, often: str) -> Figure | None:
    """Give the one dose of a text as what is given in a day; None where it is not plain how much that is."""
    doses = [figure for figure in read_amounts(dose) if figure.is_dose]
    if len(doses) != 1 or doses[0].per_time not in (None, "d"):
        return None
    if doses[0].per_time == "d":
        return doses[0]
    intervals = [found.interval_h for found in read_frequencies(often)]
    return doses[0] if all(interval == (_DAY, _DAY) for interval in intervals) else None


def _days(text: str) -> int | None:
    """Count the days of "4 days", "days -5, -4, -3" or "days -6 to -3"."""
    words = text.replace("−", "-").replace("–", "-").lower()
    if match := re.fullmatch(r"(?:for |over |x ?)?(\d+)(?: ?days?| ?d)?", words.strip()):
        return int(match[1])
    if match := re.search(r"days? (-?\d+) (?:to|through) (?:day )?(-?\d+)", words):
        return abs(int(match[2]) - int(match[1])) + 1
    listed_days = re.search(r"days? ([-+]?\d+(?:(?:, (?:and )?| and )[-+]?\d+)*)", words)
    return len(set(re.findall(r"[-+]?\d+", listed_days[1]))) if listed_days else None
