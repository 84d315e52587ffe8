"""Tables laid out in a way of their own, brought into the shape that is read: one dose a cell, with its unit.

A dose over several columns ("From | To | Unit") becomes one; days that head columns by their number alone are named by
the first header; a row that opens with a dash goes on with the drug of the row above.
"""

import re
from dataclasses import replace

from wardbook.corpus.table import Row, Table
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.cell import has_dose
from wardbook.dosing.column import is_blank, role_of
from wardbook.dosing.context import Drugs
from wardbook.dosing.notation import uniform
from wardbook.dosing.told import is_english
from wardbook.lazy_regex import lazy_regex

_LOW = lazy_regex(r"\W*(?:from|low|lower|lowest|min|minimum|least)(?: dose)?\W*")
_HIGH = lazy_regex(r"\W*(?:to|up to|high|higher|upper|highest|max|maximum|most)(?: dose)?\W*")
_UNIT = lazy_regex(r"\W*units?\W*")
_BARE = lazy_regex(r"\s*\d[\d.,]*\s*")
_MOMENT = lazy_regex(r"\W*(days?|weeks?|cycles?)\W*")
_NUMBERED = lazy_regex(r"\W*[+-]?\d{1,3}(?:\s*-\s*[+-]?\d{1,3})?\W*")
_WORD = lazy_regex(r"[^\W\d_]{6,}")
_DASH = lazy_regex(r"\s*(?:[-–—]+|↳|└|→)\s*(?=[^\W\d]|\()")


def shaped(table: Table, drugs: Drugs) -> Table:
    """Give the table in the shape that is read, see above."""
    return _with_times(_with_ranges(_with_moments(_with_dashes(table, drugs))))


def _with_dashes(table: Table, drugs: Drugs) -> Table:
    """Write the drug of the row above into first cells that open with a dash and name none ("— reduced (age > 65)")."""
    rows: list[Row] = []
    above = ""
    for row in table.rows:
        first = row.cells[0] if row.cells else None
        named = drugs.find(first.text) if first else ()
        if first and above and not named and _goes_on(first.text):
            row = replace(row, cells=(replace(first, text=f"{above} {first.text.strip()}"), *row.cells[1:]))
        elif first and first.text.strip():
            above = first.text[named[0].begin : named[0].end] if len(named) == 1 else ""
        rows.append(row)
    return replace(table, rows=tuple(rows)) if tuple(rows) != table.rows else table


def _goes_on(text: str) -> bool:
    """Tell whether a first cell opens with a dash, and goes on with no long word that may be another drug."""
    dash = _DASH.match(text)
    rest = text[dash.end() :] if dash else ""
    return _GOES_ON.match(rest) is not None and ":" not in rest and all(map(is_english, _WORD.findall(rest)))


_GOES_ON = lazy_regex(
    r"\(?(?:reduced|lower|higher|full|half|if|in|for|when|with|without|or|then|after|over|under|above|below|age|adults?|"
    r"child\w*|elderly|frail|renal|hepatic|obese|load\w*|maintenance|second|first|next|later|repeat|max\w*|mild|severe)\b",
    re.IGNORECASE,
)
"""What a dash in a first cell goes on with; anything else may be another drug's name."""


def _with_moments(table: Table) -> Table:
    """Name columns that are headed by bare numbers by what the first header says that these are ("Day" | "1" | "2")."""
    first, *others = table.columns or ("",)
    moment = _MOMENT.fullmatch(uniform(first))
    if moment is None or len(others) < 2 or not all(_NUMBERED.fullmatch(uniform(words)) for words in others):
        return table
    named = moment[1].removesuffix("s").capitalize()
    return replace(table, columns=("", *(f"{named} {words.strip()}" for words in others)))


_PER_DAY = lazy_regex(r"\W*(?:(?:number |no\.? )?(?:of )?(?:times|doses) )?(?:per|a|/) ?day\W*|\W*times daily\W*")
_TIMES = lazy_regex(r"\W*(\d)\W*(?:x|times)?\W*")


def _with_times(table: Table) -> Table:
    """Write "3 times daily" into cells that only count below a header that says per what ("Per day" | "3 ×")."""
    at = next((at for at, words in enumerate(table.columns) if at and _PER_DAY.fullmatch(uniform(words))), None)
    if at is None or not any(has_dose(cell.text) for row in table.rows for cell in row.cells):
        return table
    columns = (*table.columns[:at], "Frequency", *table.columns[at + 1 :])
    return replace(table, columns=columns, rows=tuple(_timed(row, at) for row in table.rows))


def _timed(row: Row, at: int) -> Row:
    counted = _TIMES.fullmatch(uniform(row.cells[at].text)) if at < len(row.cells) else None
    if counted is None:
        return row
    times = replace(row.cells[at], text=f"{counted[1]} times daily" if counted[1] != "1" else "once daily")
    return replace(row, cells=(*row.cells[:at], times, *row.cells[at + 1 :]))


def _with_ranges(table: Table) -> Table:
    """Join the columns of the least and the most of a dose, and that of its unit, into one ("2 | 4 | mg/kg").

    Beside a column of doses they are limits.
    """
    headers = [uniform(words) for words in table.columns]
    at = next((at for at in range(1, len(headers) - 1) if _LOW.fullmatch(headers[at])), None)
    if at is None or not _HIGH.fullmatch(headers[at + 1]):
        return table
    units = at + 2 if at + 2 < len(headers) and _UNIT.fullmatch(headers[at + 2]) else None
    if not units and not (_SPANNED.match(headers[at]) and _SPANNED.match(headers[at + 1])):
        return table  # these may be a limit, or what a dose is changed from and to
    behind = (units or at + 1) + 1
    if any(role_of(words) in ("dose", "max") for words in (*table.columns[:at], *table.columns[behind:])):
        return table
    rows = [_joined(row, at, units) for row in table.rows]
    if any(row is None for row in rows):
        return table
    columns = (*table.columns[:at], "Dose", *table.columns[behind:])
    return replace(table, columns=columns, rows=tuple(row for row in rows if row))


_SPANNED = lazy_regex(r"\W*(?:low|high|upper)")


def _joined(row: Row, at: int, units: int | None) -> Row | None:
    """Give a row with its range in one cell; None where it is no range of doses."""
    behind = (units or at + 1) + 1
    if len(row.cells) < behind:
        return None
    low, high = row.cells[at : at + 2]
    text = _range(low.text, high.text, row.cells[units].text.strip() if units else "")
    if text is None:
        return None
    whole = replace(low, text=text, source=" | ".join(cell.source for cell in row.cells[at:behind]))
    return replace(row, cells=(*row.cells[:at], whole, *row.cells[behind:]))


def _range(low: str, high: str, unit: str) -> str | None:
    parts = [each.strip() for each in (low, high) if not is_blank(each)]
    if not parts:
        return ""
    of_figures = _BARE.fullmatch if unit else has_dose
    if is_blank(low) or not all(of_figures(uniform(each)) for each in parts):
        return None
    text = f"{'–'.join(dict.fromkeys(parts))} {unit}".strip()
    figures = read_amounts(text)
    return text if len(figures) == 1 and figures[0].is_dose else None
