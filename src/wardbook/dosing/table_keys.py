"""Key/value tables: a key in the first column, and one way to give the drug in each other column."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wardbook.corpus.table import Cell, Row, Table
from wardbook.dosing.beside import put_beside
from wardbook.dosing.column import Column, is_blank, read_column, role_of
from wardbook.dosing.context import Context, Drugs, qualifies
from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import read_phrases
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.settle import Place
from wardbook.dosing.table_rows import read_cell, with_unit

_KEYS = frozenset(
    {"dose", "max", "max doses", "max daily", "route", "frequency", "duration", "infusion", "schedule", "drug"}
)
_DOSES = frozenset({"dose", "drug dose", "banded", "other", "text"})
_SILENT = frozenset({"none", "void", "study", "source"})


def is_key_value(table: Table, columns: Sequence[Column]) -> bool:
    """Tell whether the first column holds keys ("Dose", "Route", ...) and no header does."""
    if len(columns) < 2 or any(column.role in ("dose", "frequency", "route", "max") for column in columns[1:]):
        return False
    roles = [role_of(row.cells[0].text) for row in table.rows]
    keys = [role for role in roles if role in _KEYS]
    return "dose" in keys and (len(keys) >= 2 or len(columns) == 2) and columns[0].role != "drug"


def read_keys(
    table: Table, columns: Sequence[Column], context: Context, drugs: Drugs, place: Place
) -> Iterator[Regimen]:
    """Give the regimens of each value column; `place` holds page and section."""
    keys = [read_column(row.cells[0].text, drugs) for row in table.rows]
    if any(key.role == "void" for key in keys):
        return
    for at, column in enumerate(columns[1:], 1):
        entries = [(key, row, row.cells[at]) for key, row in zip(keys, table.rows, strict=True)]
        yield from _column(column, entries, context, drugs, place)


def _column(
    column: Column, entries: Sequence[tuple[Column, Row, Cell]], context: Context, drugs: Drugs, place: Place
) -> Iterator[Regimen]:
    entries = [entry for entry in entries if not is_blank(entry[2].text)]
    doses = [entry for entry in entries if entry[0].role in ("dose", "drug dose")]
    beside = [entry for entry in entries if entry[0].role not in (*_DOSES, *_SILENT) or qualifies(entry[2].text)]
    base = _base(column, beside, context, drugs, place, alone=len(doses) == 1)
    for key, row, cell in doses:
        used = [row, *(other for _, other, _ in beside)]
        yield from _dose(key, cell, replace(base, lines=_span(used)), drugs, dose=True, cells=context.cells)
    for key, row, cell in entries:
        if key.role in ("banded", "other", "text") and any(
            phrase.kind == "amount" for phrase in read_phrases(cell.text)
        ):
            yield from _dose(key, cell, replace(base, lines=row.lines), drugs, dose=False, cells=context.cells)


def _span(rows: Sequence[Row]) -> tuple[int, int]:
    return min(row.lines[0] for row in rows), max(row.lines[1] for row in rows)


def _base(
    column: Column,
    beside: Sequence[tuple[Column, Row, Cell]],
    context: Context,
    drugs: Drugs,
    place: Place,
    *,
    alone: bool,
) -> Place:
    base = replace(
        place, drug=column.drug or context.drug, indication=context.indication,
        setting=column.setting or context.setting,
        population=column.population or context.population, severity=column.severity or context.severity,
        notes=list(context.notes), evidence=context.evidence, schedule=[], siblings=[],
        conditions=[(column.words, phrase.value.condition) for phrase in column.bands],  # type: ignore[union-attr]
    )  # fmt: skip
    if qualifies(column.words):
        base.notes.append(column.words)
    for key, _, cell in beside:
        narrowed = key.bands or key.population or key.severity
        if narrowed or (not alone and key.role not in ("drug", "indication", "setting", "population", "notes")):
            base.notes.append(f"{key.words}: {cell.text.strip()}")
        else:
            put_beside(base, key.role, key.words, cell.text, drugs)
    return base


def _dose(key: Column, cell: Cell, base: Place, drugs: Drugs, *, dose: bool, cells: bool) -> Iterator[Regimen]:
    text = with_unit(cell.text, key.unit)
    place = replace(
        base,
        verbatim=cell.text.strip(),
        drug=key.drug or base.drug,
        population=key.population or base.population,
        severity=key.severity or base.severity,
        setting=key.setting or base.setting,
        conditions=[*((key.words, phrase.value.condition) for phrase in key.bands), *base.conditions],  # type: ignore[union-attr]
        notes=list(base.notes),
    )
    if uniform(key.words).strip(" :") not in ("dose", "dosing", "dosage"):
        place.notes.append(key.words)
    yield from read_cell(text, drugs.find(text), place, in_dose_column=dose, named=False, cells=cells)
