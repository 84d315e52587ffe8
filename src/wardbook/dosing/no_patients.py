"""Columns that are headed as if they held patients and hold something else: grades ("WHO": 1, 2), classes of drugs."""

from collections.abc import Sequence
from dataclasses import replace

from wardbook.corpus.table import Table
from wardbook.dosing.column import Column
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_GRADES = lazy_regex(r"\W*(?:grade\s*)?[0-5](?:\s*(?:[-/,]|to|or|and)\s*[0-5])?\+?\W*")
_GRADED = lazy_regex(r"\b(?:grades?|grading|who|ctc(?:ae)?)\b")
"""In the header or a cell of a column whose numbers are grades; others may be numbers of groups of patients."""
_GROUP = lazy_regex(r"(?:drug )?(?:groups?|class(?:es)?)")


def of_no_patients(table: Table, columns: Sequence[Column]) -> list[Column]:
    """Take a column of nothing but grades for what it is, and the groups beside a column of drugs for their classes."""
    found = []
    for at, column in enumerate(columns):
        cells = [row.cells[at].text for row in table.rows if at < len(row.cells)]
        if column.role != "population" or not cells:
            found.append(column)
        elif all(_GRADES.fullmatch(uniform(text)) for text in cells) and _GRADED.search(
            uniform("; ".join([column.words, *cells]))
        ):
            found.append(replace(column, role="severity"))
        elif at and columns[0].role == "drug" and _GROUP.fullmatch(uniform(column.words).strip(" :*")):
            found.append(replace(column, role="remark"))
        else:
            found.append(column)
    return found
