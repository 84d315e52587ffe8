"""Rows that only head the ones below them: a class of drugs, a group of patients, a phase."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wardbook.corpus.header import heads_rows
from wardbook.corpus.table import Cell, Row
from wardbook.lazy_regex import lazy_regex

_BOLD = lazy_regex(
    r"\*\*[^*]+\*\*:?|__[^_]+__:?|<(?P<tag>b|strong|em|u)\b[^>]*>.*</(?P=tag)>:?", re.IGNORECASE | re.DOTALL
)
_FOR_WHOM_OR_WHEN = lazy_regex(
    r"(?:in |for |all )?(?:adults?|child(?:ren)?|p(?:a?e)diatrics?|neonat\w+|newborns?|infants?|toddlers?|adolescents?|"
    r"teenagers?|elderly|older (?:adults?|people|patients)|(?:non-?)?pregnan\w+|breast-?feeding|women|men|girls|boys|"
    r"in-?patients?|out-?patients?|prophylaxis|treatment|induction|consolidation|loading|maintenance|"
    r"(?:first|second|third|1st|2nd|3rd)[ -]line|mild|moderate|severe|grades? [0-5]|days? [-–−+]?\d+|weeks? \d+|"
    r"before|after|pre-?|post-?|during)(?![a-z]).*",
    re.IGNORECASE,
)
"""What no drug and no item is called: words that say whom or which phase the rows below are for."""


def with_groups(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Take the rows that only head the ones below out, and put each over its rows; one that heads none stays a row."""
    full = [row for row in rows if {cell.text for cell in row.cells} - {"", row.cells[0].text}]
    looks = frozenset(_look(row.cells[0]) for row in full)
    named = frozenset(row.cells[0].text for row in full)
    headings = [_heading(row, looks) for row in rows]
    over: Cell | None = None
    body: list[Row] = []
    for at, (row, heading) in enumerate(zip(rows, headings, strict=True)):
        if heading and at + 1 < len(rows) and not headings[at + 1]:
            # a name repeated in each cell is no group where a row of the table has it too
            over = None if heading.text in named else heading
        elif any(cell.text for cell in row.cells):
            body.append(replace(row, over=over) if over else row)
    return tuple(body)


def _look(first: Cell) -> str:
    """Tell what a first cell looks like: "bold", "for whom" (or when), or "" for any other."""
    if _BOLD.fullmatch(first.source.strip()):
        return "bold"
    return "for whom" if _FOR_WHOM_OR_WHEN.fullmatch(first.text.strip(" :")) else ""


def _heading(row: Row, looks: frozenset[str]) -> Cell | None:
    """Give the cell of a row that only heads others: over all columns or repeated in each, or alone in the first.

    Alone it is bold, or says for whom or when, as no row with more cells does (`looks`): "Grade 1" with nothing beside
    it, above "Grade 2", is a row like that one. Any other name alone may be one whose figures are not known.
    """
    first, *others = row.cells
    if not others or not heads_rows(first.text):
        return None
    stretched = all(cell.spanned for cell in others) and not first.spanned
    if {cell.text for cell in others} == {first.text} and (stretched or len(others) > 1):
        return first
    alone = not any(cell.text for cell in others)
    return first if alone and _look(first) and _look(first) not in looks else None
