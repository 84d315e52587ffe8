"""Key/value tables: a key in the first column, and one way to give the drug in each other column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wardbook.corpus.table import Cell, Row, Table
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.band import read_bands
from wardbook.dosing.beside import put_beside
from wardbook.dosing.cell import has_dose, read_cell, with_unit
from wardbook.dosing.column import BY_BAND, Column, is_blank, names_whom, read_column, role_of
from wardbook.dosing.context import Context, Drugs, joined, qualifies
from wardbook.dosing.draft import Draft
from wardbook.dosing.key_part import key_label, own_label, part_of
from wardbook.dosing.label import header_label, is_phase, refuses_whom
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient_group import groups_of
from wardbook.dosing.place import RowPlace
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.route import read_routes
from wardbook.lazy_regex import lazy_regex

_KEYS = frozenset(
    {"dose", "max", "max doses", "max daily", "route", "frequency", "duration", "infusion", "schedule", "drug"}
)
_PLAIN_KEYS = frozenset({"dose", "route", "frequency", "max"})
"""Keys of which three say below a blank header that the columns are ways to give a drug, whatever heads these."""
_DOSES = frozenset({"dose", "drug dose", "banded", "other", "text"})
_STEP = lazy_regex(
    r"loading|maintenance|initial|starting|subsequent|titrat|escalat|then|second|first|repeat|taper|induction"
)
_SILENT = frozenset({"none", "void", "study", "source"})


_FIELD = lazy_regex(r"(?:field|item|parameter|key|entry|property|attribute|element)s?")
_VALUE = lazy_regex(r"(?:value|entry|entries|details?|information|info|description|content|specification|data)s?")


_COUNT = lazy_regex(r"\s*\d*(?:\.\d+)?(?:\s*(?:-|to)\s*\d+)?\s*%?\s*")


def is_fields(table: Table) -> bool:
    """Tell whether the headers say that fields and their values follow, some of them doses."""
    if len(table.columns) != 2 or not any(has_dose(row.cells[-1].text) for row in table.rows):
        return False
    first, second = (uniform(words).strip(" :*") for words in table.columns)
    return _FIELD.fullmatch(first) is not None and _VALUE.fullmatch(second) is not None


def is_key_value(table: Table, columns: Sequence[Column]) -> bool:
    """Tell whether the first column holds keys ("Dose", "Route", ...) and no header does."""
    roles = [role_of(row.cells[0].text) for row in table.rows]
    plainly = not columns[0].words.strip() and len({*roles} & _PLAIN_KEYS) > 2
    plainly = plainly and not any(column.role in ("max", "max daily") for column in columns[1:])
    dosed = any(column.role in ("dose", "frequency", "route", "max") for column in columns[1:])
    if len(columns) < 2 or (dosed and not plainly):
        return False
    if all(_THRESHOLD.match(uniform(column.words)) for column in columns[1:]):
        return False  # "Platelets: threshold": figures of a count, whatever drug the first column names
    keys = [role for role in roles if role in _KEYS]
    if all(column.drug for column in columns[1:]) and set(keys) - {"dose", "drug"}:
        return columns[0].role != "drug"
    given = [row.cells[1].text for row, role in zip(table.rows, roles, strict=True) if role == "dose"]
    if all(_COUNT.fullmatch(uniform(text)) for text in given) and not (not given and _go_by_bands(table, roles)):
        return False  # "One dose, well in 30 min | 2": hours, points or patients, and no dose
    several = len(keys) >= 2 or len(columns) == 2 or (keys and all(column.bands for column in columns[1:]))
    return bool(several) and columns[0].role != "drug"


def _go_by_bands(table: Table, roles: Sequence[str]) -> bool:
    """Tell whether the doses below blank headers stand beside bands of patients, and their maximum below."""
    if len(table.columns) != 2 or any(words.strip() for words in table.columns) or "max" not in roles:
        return False
    keys = [
        row.cells[0].text
        for row, role in zip(table.rows, roles, strict=True)
        if role in ("other", "text", "population", *BY_BAND) and has_dose(row.cells[-1].text)
    ]
    return bool(keys) and all(read_bands(text) for text in keys)


_THRESHOLD = lazy_regex(r"\W*(?:[a-z]+ )?(?:thresholds?|cut-?offs?|triggers?)\b")
"""A header of what a measured value is compared with."""


def read_keys(
    table: Table, columns: Sequence[Column], context: Context, drugs: Drugs, place: RowPlace
) -> Iterator[Regimen]:
    """Give the regimens of each value column; `place` holds page and section."""
    keys = [read_column(row.cells[0].text, drugs) for row in table.rows]
    if any(key.role == "void" for key in keys):
        return
    for at, column in enumerate(columns[1:], 1):
        entries = [(key, row, row.cells[at]) for key, row in zip(keys, table.rows, strict=True)]
        yield from _column(column, entries, context, drugs, place)


def _column(
    column: Column, entries: Sequence[tuple[Column, Row, Cell]], context: Context, drugs: Drugs, place: RowPlace
) -> Iterator[Regimen]:
    entries = [_capping(_counting(entry)) for entry in _with_rates(entries) if not is_blank(entry[2].text)]
    doses = [entry for entry in entries if entry[0].role in _DOSES and _may_dose(entry[0], entry[2])]
    bare = _base(column, context, drugs, place)
    main = [entry for entry in doses if not _of_another(entry[0], entry[2], bare.drug, drugs)]
    keys = [key for key, _, _ in main]
    parts = [(entry, part_of(entry[0], keys)) for entry in entries if entry not in doses]
    owned = [((replace(entry[0], role=part[1]), *entry[1:]), part[0]) for entry, part in parts if part]
    others = [_refusing(entry) for entry, part in parts if not part]
    common = [entry for entry in others if entry[0].role not in (*_DOSES, *_SILENT) or qualifies(entry[2].text)]
    base = _joined(bare, main, common, drugs, alone=len(doses) == 1)
    for key, row, cell in doses:
        other = _of_another(key, cell, bare.drug, drugs)
        own = [entry for entry, owner in owned if owner is key]
        used = [row] if other else [row, *(each for _, each, _ in [*common, *own])]
        place = bare if other else base if not own else replace(base, notes=[*base.notes], siblings=[*base.siblings])
        for each, _, said in own:
            put_beside(place, each.role, each.words, said.text, drugs)
        yield from _dose(key, cell, replace(place, lines=_span(used)), drugs, cells=context.cells)


def _counting(entry: tuple[Column, Row, Cell]) -> tuple[Column, Row, Cell]:
    """Take a key "Doses" whose cell counts them for that of how many ("no more than 3 in 24 h and 4 in all")."""
    key, row, cell = entry
    counts = re.search(r"\bdoses\b", uniform(key.words)) and _MOST.search(uniform(cell.text))
    return (replace(key, role="max doses"), row, cell) if counts and not has_dose(cell.text) else entry


_MOST = lazy_regex(
    r"\b(?:max(?:imum)?|at most|up to|(?:no|not) more than|in all|in total|total)\b|^\W*\d+(?: doses?)?\W*$"
)


def _capping(entry: tuple[Column, Row, Cell]) -> tuple[Column, Row, Cell]:
    """Take a cell that only rounds and bounds ("nearest 5 g; cap 40 g") for the maximum that it states."""
    key, row, cell = entry
    parts = [part for part in re.split(r"[;\n]|,(?!\d)", cell.text) if has_dose(part)]
    caps = [part.strip() for part in parts if _CAP.match(uniform(part))]
    if key.role != "other" or not caps or any(not (_CAP.match(p) or _ROUNDS.search(p)) for p in map(uniform, parts)):
        return entry
    return replace(key, role="max"), row, replace(cell, text="; ".join(caps))


_CAP = lazy_regex(r"\s*(?:cap(?:ped)?\b|max(?:imum)?\b|(?:do )?not (?:to )?exceed|no more than)")
_ROUNDS = lazy_regex(r"\b(?:nearest|round(?:ed|ing)?)\b")


def _refusing(entry: tuple[Column, Row, Cell]) -> tuple[Column, Row, Cell]:
    """Take a key that names patients whom its cell gives no dose for that of an exclusion ("Children | avoid")."""
    key, row, cell = entry
    named = key.role in ("banded", "other") or (key.role in BY_BAND and key.bands)
    whom = named and (names_whom(key.words) or groups_of(key.words))
    return (replace(key, role="exclusion"), row, cell) if whom and refuses_whom(cell.text) else entry


def _with_rates(entries: Sequence[tuple[Column, Row, Cell]]) -> list[tuple[Column, Row, Cell]]:
    """Take a key "Infusion" for a dose where its cell gives one per time and no other key is the dose itself.

    "Load | Infusion" are two ways to give the drug; beside "Dose" an infusion says how fast that dose runs, and so does
    whatever stands below "Over".
    """
    stated = any(uniform(key.words).strip(" :*") in ("dose", "dosing", "dosage") for key, _, _ in entries)
    return [
        (replace(key, role="dose"), row, cell)
        if key.role == "infusion" and not stated and _is_rate(cell.text) and not _OVER.match(uniform(key.words))
        else (key, row, cell)
        for key, row, cell in entries
    ]


_OVER = lazy_regex(r"\W*(?:(?:infused?|given?|run) )?over\b")
"""A key of how fast a dose beside it runs."""


def _is_rate(text: str) -> bool:
    return any(figure.is_dose and figure.per_time for figure in read_amounts(text))


def _of_another(key: Column, cell: Cell, drug: str | None, drugs: Drugs) -> bool:
    """Tell whether a cell or its key ("Naloxone if RR low") names drugs, and not the one that the table is about."""
    named = {mention.drug for mention in drugs.find(cell.text)} | ({key.drug} if key.drug else set())
    return bool(named) and drug is not None and drug not in named


def _may_dose(key: Column, cell: Cell) -> bool:
    return key.role in ("dose", "drug dose") or has_dose(cell.text)


def _span(rows: Sequence[Row]) -> tuple[int, int]:
    return min(row.lines[0] for row in rows), max(row.lines[1] for row in rows)


def _base(column: Column, context: Context, drugs: Drugs, place: RowPlace) -> RowPlace:
    """Give what header and headings say, without the cells beside."""
    return replace(
        place, drug=column.drug or context.drug, indication=joined(context.indication, header_label(column, drugs)),
        setting=column.setting or context.setting,
        population=column.population or context.population, severity=column.severity or context.severity,
        notes=[*context.notes, *([column.words] if qualifies(column.words) else [])], evidence=context.evidence,
        schedule=[], siblings=[], excluded=[], unparsed=[], routes=context.routes,
        conditions=[(column.words, phrase.value.condition) for phrase in column.bands],  # type: ignore[union-attr]
    )  # fmt: skip


def _joined(
    bare: RowPlace,
    doses: Sequence[tuple[Column, Row, Cell]],
    beside: Sequence[tuple[Column, Row, Cell]],
    drugs: Drugs,
    *,
    alone: bool,
) -> RowPlace:
    """Put the cells beside the doses where they belong; what may be of one dose only is a note.

    `alone` says that the table holds one dose, of whichever drug.
    """
    base = replace(
        bare, notes=list(bare.notes), schedule=[], siblings=[], excluded=[], conditions=list(bare.conditions)
    )
    steps = any(_STEP.search(uniform(key.words)) for key, _, _ in doses)
    general = [entry for entry in doses if not (_is_narrowed(entry[0]) or (not steps and own_label(entry[0])))]
    for key, _, cell in beside:
        narrowed = _is_narrowed(key)
        if key.role in ("max", "max daily") and has_dose(cell.text) and not narrowed and not alone:
            _put_common_maximum(base, len(general) < 2 or _is_of_each(key, cell), key, cell, drugs)
        elif key.role != "exclusion" and (narrowed or not (alone or _is_common(key, cell, steps))):
            base.notes.append(f"{key.words}: {cell.text.strip()}")
        else:
            put_beside(base, key.role, key.words, cell.text, drugs)
    return base


def _is_narrowed(key: Column) -> bool:
    """Tell whether a key says for whom or how badly ill its cell is."""
    return bool(key.bands or key.population or key.severity)


def _put_common_maximum(base: RowPlace, apart: bool, key: Column, cell: Cell, drugs: Drugs) -> None:
    """Put a maximum beside several doses: it is of all where each is for other patients, else not understood.

    One dose that says of none is that of all others; the rows below it are for some. The most of any single dose
    bounds each dose, whichever follows which.
    """
    if apart:
        put_beside(base, key.role, key.words, cell.text, drugs)
    else:
        words = f"{key.words}: {cell.text.strip()}"
        base.siblings.append((words, Draft(0, 0, unparsed=[words])))


_SINGLE = lazy_regex(r"\bsingle\b|\b(?:per|each|any(?: one)?|a) dose\b|/\s?dose\b|; cap\b")


def _is_of_each(key: Column, cell: Cell) -> bool:
    """Tell whether a maximum is said to be of any one dose ("Max single dose", "1,200 mg per dose", "cap 40 g")."""
    return key.role == "max" and _SINGLE.search(uniform(f"{key.words} ; {cell.text}")) is not None


def _is_common(key: Column, cell: Cell, steps: bool) -> bool:
    """Tell whether a cell holds for every dose row: not where they follow one another, and no maximum amount."""
    if key.role in ("drug", "indication", "setting", "population", "notes"):
        return True
    return not steps and not has_dose(cell.text)


def _dose(key: Column, cell: Cell, base: RowPlace, drugs: Drugs, *, cells: bool) -> Iterator[Regimen]:
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
        indication=joined(base.indication, key_label(key, drugs)),
        routes=tuple(dict.fromkeys(route.code for route in read_routes(key.words))) or base.routes,
    )
    if uniform(key.words).strip(" :") not in ("dose", "dosing", "dosage"):
        place.notes.append(key.words)
    if not place.schedule and is_phase(key.words):
        place.schedule = [key.words.strip()]
    doses = "dose" if key.role in ("dose", "drug dose") else None
    yield from read_cell(text, drugs.find(text), place, doses=doses, named=False, cells=cells)
