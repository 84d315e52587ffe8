"""Rows of what is transfused (red cells, platelets, plasma): below a drug their amounts are none of that drug."""

import re
from dataclasses import replace
from functools import cache

from wardbook.corpus.table import Row, Table
from wardbook.dosing.cell import has_dose
from wardbook.dosing.context import Drugs
from wardbook.dosing.notation import uniform
from wardbook.dosing.vocabulary import rows


@cache
def _component() -> re.Pattern[str]:
    """Give the pattern of a cell that names nothing but a component."""
    listed = rows("blood_components.tsv")
    named, made = ("|".join(words for part, words in listed if part == which) for which in ("component", "made"))
    return re.compile(rf"\W*(?:(?:{made})\W+)*(?:{named})(?:\W*\([^()]*\))?\W*")


def without_components(table: Table, drug: str | None, drugs: Drugs) -> Table:
    """Leave out the rows that open with a blood component below another drug, where their doses name no drug."""
    if drug is None:
        return table
    kept = tuple(row for row in table.rows if not _is_of_component(row, drug, drugs))
    return table if len(kept) == len(table.rows) else replace(table, rows=kept)


def _is_of_component(row: Row, drug: str, drugs: Drugs) -> bool:
    first, *others = (cell.text for cell in row.cells)
    if not _component().fullmatch(uniform(first)) or any(has_dose(each) and drugs.find(each) for each in others):
        return False
    return not re.search(rf"\b{re.escape(drug)}\b", uniform(first)) and not drugs.find(first)
