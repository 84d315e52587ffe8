"""Rows for two groups of patients that no one band holds: "2-11 y, and 12-14 y under 50 kg" is two rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from wardbook.corpus.table import Row
from wardbook.dosing.band import NO_LESS, NO_MORE
from wardbook.dosing.column import Column
from wardbook.dosing.context import population_of
from wardbook.dosing.phrase import phrases_of
from wardbook.lazy_regex import lazy_regex

_ROLES = frozenset({"population", "age", "weight"})
_JOINT = lazy_regex(rf"\s*(?:;|,?\s+\b(?!{NO_LESS}\b|{NO_MORE}\b)(?:and|or)\b)\s*", re.IGNORECASE)


def apart_by_patients(rows: Iterable[Row], columns: Sequence[Column]) -> Iterator[Row]:
    """Give each row, one for each group of patients where its cell joins groups by age and weight."""
    for row in rows:
        at = next((at for at, each in enumerate(columns[: len(row.cells)]) if each.role in _ROLES), None)
        groups = _groups(row.cells[at].text) if at is not None else ()
        for group in groups:
            assert at is not None
            cells = (*row.cells[:at], replace(row.cells[at], text=group), *row.cells[at + 1 :])
            yield replace(row, cells=cells)
        if not groups:
            yield row


def _groups(text: str) -> Sequence[str]:
    """Give the groups that a cell joins, none where it is one group or a part of it names no patients."""
    parts = [part.strip() for part in _JOINT.split(text)]
    found = [[getattr(each.value, "condition", None) for each in phrases_of("band", part)] for part in parts]
    named = all(bands or population_of(part) for part, bands in zip(parts, found, strict=True))
    first = [{each.quantity for each in bands if each} for bands in found]
    twice = any(one & other for at, one in enumerate(first) for other in first[:at])
    narrow = (any(len(each) > 1 for each in first) and not all(first[:1])) or twice
    return parts if len(parts) > 1 and named and narrow else ()
