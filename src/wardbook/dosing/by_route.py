"""Columns headed by a route, or by what is taken beside, in a table that goes by a band: they hold the drug's doses."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wardbook.corpus.table import Table
from wardbook.dosing.cell import has_dose
from wardbook.dosing.column import Column
from wardbook.dosing.notation import uniform
from wardbook.dosing.route import read_routes
from wardbook.dosing.separator import without
from wardbook.lazy_regex import lazy_regex

_BANDS = frozenset({"weight", "age", "surface"})
_SMALL = lazy_regex(r"\b(?:with(?:out)?|not? on|no|if on|taking)\s+[a-z-]+|\b(?:and|or|dose)\b|[^a-z]")
"""What is taken beside, by one word that may be short for a drug, and small words."""


def by_route(table: Table, columns: Sequence[Column]) -> list[Column]:
    """Take such columns ("PO" | "IV with xyzal") for doses, where all columns behind the first are of this kind.

    At least one names a route; each of their cells that says anything holds a dose.
    """
    others = list(enumerate(columns))[1:]
    if len(others) < 2 or columns[0].role not in _BANDS or not any(read_routes(each.words) for _, each in others):
        return list(columns)
    of_this_kind = all(each.role == "other" and _is_way(each.words) and _holds_doses(table, at) for at, each in others)
    return [columns[0], *(replace(each, role="dose") for _, each in others)] if of_this_kind else list(columns)


def _is_way(words: str) -> bool:
    """Tell whether a header says no more than a route and beside what."""
    routes = [(each.begin, each.end) for each in read_routes(words)]
    return not _SMALL.sub("", uniform(without(words, routes)))


def _holds_doses(table: Table, at: int) -> bool:
    cells = [row.cells[at].text for row in table.rows if at < len(row.cells)]
    said = [text for text in cells if re.search(r"\w", text)]
    return bool(said) and all(map(has_dose, said))
