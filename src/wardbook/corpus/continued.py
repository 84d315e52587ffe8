"""Rows that go on the row above: their first cell is left blank, and that of the row above holds for them too."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wardbook.corpus.table import Row
from wardbook.lazy_regex import lazy_regex

_NO_KEY = lazy_regex(
    r"\b(?:dos(?:e|es|age|ing)|amount|notes?|remarks?|comments?|sources?|ref(?:erence)?s?)\b", re.IGNORECASE
)
"""Headers of columns whose cells name no row: a blank one there is a thing not said."""
_DOSE = lazy_regex(
    r"\b(?:dos(?:e|es|age|ing)|regimens?|load\w*|maintenance|bolus|infusion|rate|route|frequency|interval|duration|"
    r"max\w*)\b",
    re.IGNORECASE,
)
"""Headers of tables of doses: what a blank cell leaves unsaid there is no more the drug above than its route."""
_SUM = lazy_regex(r"\W*(?:sub-?)?(?:totals?|sum|all)\b", re.IGNORECASE)


def with_keys(columns: Sequence[str], rows: Sequence[Row]) -> tuple[Row, ...]:
    """Put the first cell of the row above into rows that leave theirs blank, as if it stretched over them.

    The column must have a name that tells what its rows are about, the row must say something in its second cell, and
    no row that heads others may stand between. In a table of doses nothing goes on: no dose goes to the drug above.
    """
    if not columns or not columns[0] or _NO_KEY.search(columns[0]):
        return tuple(rows)
    if any(map(_DOSE.search, columns)):
        return tuple(rows)
    found: list[Row] = []
    for row in rows:
        above = found[-1] if found else None
        if above and above.cells[0].text and above.over == row.over and _goes_on(row):
            row = replace(row, cells=(replace(above.cells[0], spanned=True), *row.cells[1:]))
        found.append(row)
    return tuple(found)


def _goes_on(row: Row) -> bool:
    first, *others = row.cells
    plain = bool(others) and not row.ragged and not any(cell.spanned for cell in others)
    return plain and not first.text and bool(others[0].text) and not _SUM.match(others[0].text)
