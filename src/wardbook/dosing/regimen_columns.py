"""Columns that are regimens called by a drug of theirs ("Flu-Cy" | "Benda" over rows of fludarabine, bendamustine)."""

from collections.abc import Sequence
from dataclasses import replace

from wardbook.corpus.table import Table
from wardbook.dosing.column import Column
from wardbook.dosing.context import Drugs
from wardbook.dosing.interaction import interacting
from wardbook.dosing.row import whole_drug


def with_regimens(table: Table, columns: Sequence[Column], drugs: Drugs) -> Sequence[Column]:
    """Take headers that name a drug for regimens where the rows are of drugs, that one among them.

    Then its row says whose each dose is. A header that is a drug which interacts with those of the rows says beside
    what their doses are, and is shown with them.
    """
    rows = [whole_drug(row.cells[0].text, drugs) for row in table.rows if row.cells]
    named = {each for each in rows if each}
    headed = {column.drug for column in columns[1:] if column.role == "drug dose" and column.drug}
    beside = [column for column in columns[1:] if column.role in ("other", "none", "text", "banded")]
    if not headed or len(named) < 2 or columns[0].role not in ("other", "none"):
        return columns
    left = any(each.role != "drug dose" for each in columns[1:])
    if not columns[0].words.strip() and headed <= interacting() - named and left:
        return [replace(each, role="remark") if each.drug in interacting() - named else each for each in columns]
    if not headed <= named or not beside:
        return columns
    return [replace(each, role="other", drug=None) if each.role == "drug dose" else each for each in columns]
