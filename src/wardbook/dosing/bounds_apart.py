"""Rows whose band is another one for a drug named in a bracket beside it: "≥ 70 (valganciclovir ≥ 60)" is two rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from wardbook.corpus.table import Row
from wardbook.dosing.column import BY_BAND, Column
from wardbook.dosing.context import Drugs
from wardbook.lazy_regex import lazy_regex

_BESIDE = lazy_regex(
    r"\(\s{0,3}(?P<name>[A-Za-z][A-Za-z -]{2,40}?)[:\s]{0,3}"
    r"(?P<bound>(?:[<>≤≥]=?\s{0,3})?\d{1,4}(?:\.\d{1,2})?(?:\s{0,3}[-–]\s{0,3}\d{1,4}(?:\.\d{1,2})?)?"
    r"(?:\s{0,3}(?:m[lL]/min|kg|years?|y))?)\s{0,3}\)"
)
"""A drug and its band, and nothing else."""


def apart_by_bounds(rows: Iterable[Row], columns: Sequence[Column], drugs: Drugs) -> Iterator[Row]:
    """Give each row, one for each drug whose band its first cell tells apart: of the others its cells are empty."""
    at = next((at for at, each in enumerate(columns) if each.role in BY_BAND), None)
    for row in rows:
        beside = _BESIDE.search(row.cells[at].text) if at is not None and at < len(row.cells) else None
        named = {mention.drug for mention in drugs.find(beside["name"])} if beside else set()
        own = {place for place, column in enumerate(columns) if column.drug in named}
        others = {place for place, column in enumerate(columns) if column.drug and column.drug not in named}
        if at is None or beside is None or len(named) != 1 or not own or not others:
            yield row
            continue
        outer = f"{row.cells[at].text[: beside.start()]} {row.cells[at].text[beside.end() :]}".strip()
        yield _only(row, at, outer, own)
        yield _only(row, at, beside["bound"].strip(), others)


def _only(row: Row, at: int, bound: str, emptied: set[int]) -> Row:
    cells = (replace(cell, text="") if place in emptied else cell for place, cell in enumerate(row.cells))
    return replace(row, cells=tuple(replace(c, text=bound) if place == at else c for place, c in enumerate(cells)))
