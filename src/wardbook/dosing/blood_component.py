"""Rows of what is transfused (red cells, platelets, plasma): below a drug their amounts are none of that drug."""

import re
from dataclasses import replace

from wardbook.corpus.table import Row, Table
from wardbook.dosing.cell import has_dose
from wardbook.dosing.context import Drugs
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_COMPONENT = lazy_regex(
    r"\W*(?:(?:packed|leuco?depleted|irradiated|washed|pooled|fresh frozen|octaplas|adult|apheresis)\W+)*"
    r"(?:red (?:blood )?cells?|rbcs?|prbcs?|rcc|platelets?|plts?|ffp|plasma|octaplas|granulocytes?|whole blood|"
    r"cryo(?:precipitate)?)(?:\W*\([^()]*\))?\W*",
)


def without_components(table: Table, drug: str | None, drugs: Drugs) -> Table:
    """Leave out the rows that open with a blood component below another drug, where their doses name no drug."""
    if drug is None:
        return table
    kept = tuple(row for row in table.rows if not _is_of_component(row, drug, drugs))
    return table if len(kept) == len(table.rows) else replace(table, rows=kept)


def _is_of_component(row: Row, drug: str, drugs: Drugs) -> bool:
    first, *others = (cell.text for cell in row.cells)
    if not _COMPONENT.fullmatch(uniform(first)) or any(has_dose(each) and drugs.find(each) for each in others):
        return False
    return not re.search(rf"\b{re.escape(drug)}\b", uniform(first)) and not drugs.find(first)
