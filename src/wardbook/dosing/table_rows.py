"""Tables with a header: one regimen or more from each row, its cells read together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wardbook.corpus.table import Cell, Row, Table
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.beside import put_beside
from wardbook.dosing.clause import read_clauses
from wardbook.dosing.column import Column, is_blank
from wardbook.dosing.context import Context, Drugs, population_of, qualifies, setting_of, severity_of
from wardbook.dosing.draft import Draft, Mention
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.route import read_routes
from wardbook.dosing.settle import Place, settle

_BANDS = frozenset({"weight", "age", "renal"})
_DOSES = ("dose", "drug dose", "banded", "text", "other")
_NUMBER = re.compile(r"\s*(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?:\s*(?:-|to)\s*(?:\d+(?:\.\d+)?|\.\d+))?"
                     r"(?=\s*(?:$|[x,;(]|for\b|iv\b|po\b|sc\b|q\d|daily|bid|tid|every|once|or\b))")  # fmt: skip


# A header that bounds something it does not name (">50", "30-50", "10 kg"): whom the cells are for is not understood.
_BARE_BOUND = re.compile(r"\s*(?:[<>≤≥]=?\s*)?\d+(?:\.\d+)?(?:\s*-\s*\d+)?\s*(?:$|/|kg\b)")
_PHASE = re.compile(r"\b(?:load(?:ing)?|maintenance|induction|initial|then|starting|subsequent)\b")
_GENERIC = re.compile(
    r"(?:(?:recommended|usual|standard|drug|treatment|management|dose|doses|dosing|dosage|regimen|regimens|therapy|"
    r"details?|description|prescription|action|recommendation|amount|posology|and|/|of|&|\s)+)"
)


_BY_CELLS = {("regimen", True): "dose", ("regimen", False): "notes", ("drug", True): "text"}
"""(role of the header, whether any cell holds an amount) to the role of the column."""


def read_rows(
    table: Table, columns: Sequence[Column], context: Context, drugs: Drugs, place: Place
) -> Iterator[Regimen]:
    """Give the regimens of a table whose columns are understood; `place` holds page and section."""
    if any(column.role == "void" for column in columns) or _compares(columns):
        return
    if any(column.role == "study" for column in columns):
        context = replace(context, evidence=True)
    columns = _drug_column(table, _by_cells(table, columns), drugs)
    group: str | None = None
    for row in table.rows:
        words = {cell.text.strip() for cell in row.cells}
        if len(words) == 1 and len(row.cells) > 1:
            group = words.pop()
            continue
        yield from _row(row, row.group or group, columns, context, drugs, place)


def _by_cells(table: Table, columns: Sequence[Column]) -> list[Column]:
    """Settle by their cells the columns that hold names or doses ("Regimen", "Steroid")."""
    found = []
    for at, column in enumerate(columns):
        doses = any(has_dose(row.cells[at].text) for row in table.rows)
        role = _BY_CELLS.get((column.role, doses), column.role)
        found.append(replace(column, role=role))
    return found


def has_dose(text: str) -> bool:
    """Tell whether a text holds an amount that could be a dose."""
    return any(figure.is_dose for figure in read_amounts(text))


def _compares(columns: Sequence[Column]) -> bool:
    """Tell whether every column is another drug: a table of equivalents, where a row is no order."""
    named = [column.drug for column in columns if column.role == "drug dose"]
    others = [column for column in columns if column.role not in ("drug dose", "source", "notes")]
    return len(set(named)) > 1 and not others


def _drug_column(table: Table, columns: Sequence[Column], drugs: Drugs) -> list[Column]:
    """Find the drug column by what it holds, where no header says so."""
    known = list(columns)
    if (
        any(column.role == "drug" for column in known)
        or not table.rows
        or known[0].role not in ("other", "none", "text")
    ):
        return known
    opening = sum(1 for row in table.rows if any(m.begin <= 2 for m in drugs.find(row.cells[0].text)))
    if opening * 2 > len(table.rows) and any(column.role in ("dose", "banded", "text") for column in known[1:]):
        known[0] = replace(known[0], role="drug")
    return known


def _row(
    row: Row, group: str | None, columns: Sequence[Column], context: Context, drugs: Drugs, place: Place
) -> Iterator[Regimen]:
    pairs = [
        (replace(column, role="text") if column.role in _BANDS and has_dose(cell.text) else column, cell)
        for column, cell in zip(columns, row.cells, strict=False)
    ]
    base = _base(row, group, pairs, context, drugs, place)
    dosed = any(column.role in ("dose", "drug dose") for column in columns)
    named = any(column.role in ("drug", "product") for column in columns)
    for column, cell in pairs:
        if column.role not in _DOSES or is_blank(cell.text):
            continue
        if column.role == "other" and dosed:
            continue
        if context.evidence and column.role not in ("dose", "drug dose"):
            continue
        yield from _cell(column, cell, base, context, drugs, named, pairs)


def _base(
    row: Row, group: str | None, pairs: Sequence[tuple[Column, Cell]], context: Context, drugs: Drugs, place: Place
) -> Place:
    """Collect what the other cells of a row say of its doses."""
    base = replace(
        place, lines=row.lines, drug=context.drug, indication=context.indication, setting=context.setting,
        population=context.population, severity=context.severity, notes=list(context.notes), evidence=context.evidence,
        schedule=[], siblings=[], excluded=[], conditions=[],
    )  # fmt: skip
    if group:
        _take_group(base, group, drugs)
    if any(column.role == "drug" for column, _ in pairs):
        base.drug = None
    elif len(pairs) > 1:
        base.drug = _whole_drug(pairs[0][1].text, drugs) or base.drug
    for column, cell in pairs:
        if not is_blank(cell.text) and column.role not in _DOSES:
            put_beside(base, column.role, column.words, cell.text, drugs)
    return base


def _whole_drug(text: str, drugs: Drugs) -> str | None:
    """Give the drug that is all that a cell says."""
    mentions = drugs.find(text.strip())
    whole = len(mentions) == 1 and mentions[0].begin == 0 and mentions[0].end == len(text.strip())
    return mentions[0].drug if whole else None


def _take_group(base: Place, group: str, drugs: Drugs) -> None:
    named = {mention.drug for mention in drugs.find(group)}
    if len(named) == 1:
        base.drug = named.pop()
    base.group = group
    base.setting = setting_of(group) or base.setting
    base.severity = severity_of(group) or base.severity
    base.population = population_of(group) or base.population
    if qualifies(group):
        base.notes.append(group)


def _tells(column: Column) -> bool:
    """Tell whether a header says more than that doses stand below it ("CrCl 10-29", "If no response", "ICU")."""
    plain = re.sub(r"\([^()]*\)", " ", uniform(column.words))
    generic = _GENERIC.fullmatch(plain.strip(" :.*")) is not None
    return qualifies(column.words) or not (generic or column.drug or not plain.strip())


def _cell(
    column: Column,
    cell: Cell,
    base: Place,
    context: Context,
    drugs: Drugs,
    named: bool,
    pairs: Sequence[tuple[Column, Cell]],
) -> Iterator[Regimen]:
    text = with_unit(cell.text, column.unit or (context.unit if column.role == "drug dose" else None))
    cells = context.cells or any("cell" in uniform(each.words) or each.role == "product" for each, _ in pairs)
    mentions = drugs.find(text)
    place = replace(
        base,
        verbatim=cell.text.strip(),
        drug=column.drug or base.drug,
        population=column.population or base.population,
        severity=column.severity or base.severity,
        setting=column.setting or base.setting,
        conditions=[*((column.words, phrase.value.condition) for phrase in column.bands), *base.conditions],  # type: ignore[union-attr]
        notes=list(base.notes) + ([column.words.strip()] if _tells(column) else []),
        routes=tuple(route.code for route in read_routes(column.words)) or base.routes,
    )
    if not column.bands and _BARE_BOUND.match(uniform(column.words)):
        place.siblings = [*place.siblings, (column.words, Draft(0, 0, unparsed=[column.words.strip()]))]
    if not place.schedule and _PHASE.search(uniform(column.words)):
        place.schedule = [column.words.strip()]
    doses = column.role if column.role in ("dose", "drug dose") else None
    named = named or column.drug is not None
    yield from read_cell(text, mentions, place, doses=doses, named=named, cells=cells)


def read_cell(
    text: str, mentions: Sequence[Mention], place: Place, *, doses: str | None, named: bool, cells: bool = False
) -> Iterator[Regimen]:
    """Give the regimens of one cell.

    `doses` is the role of a column (or key) of doses: "dose" | "drug dose" | None. In any other only amounts count, and
    only beside a drug that is sure. `named` says that row or header name the drug; `cells` that a bare power of ten
    counts cells.
    """
    drafts = read_clauses(text, mentions, cells=cells)
    if not named and not place.drug:
        for draft in drafts:
            draft.drug = draft.drug or draft.other_drug
    kept = [draft for draft in drafts if draft.figure or (doses and (draft.caps or draft.unparsed))]
    if not kept and doses == "dose" and named:
        kept = drafts
    one = len({draft.drug or place.drug for draft in drafts}) == 1 and not any(draft.step for draft in drafts)
    for draft in kept:
        unsure = draft.unsure and draft.drug is None and not (named and draft is drafts[0])
        loose = not doses and not named and draft.drug is None and not _gives(draft)
        if unsure or loose or _only_bounds(draft, place):
            continue
        regimen = settle(draft, place, one and (not named or draft.drug in (None, place.drug)))
        if regimen:
            yield regimen


def _only_bounds(draft: Draft, place: Place) -> bool:
    """Tell whether a cell only bounds a rate or a dose, with nothing that says how it is given: a threshold."""
    how = (
        draft.routes
        or draft.frequencies
        or draft.once
        or draft.duration
        or place.routes
        or place.siblings
        or place.duration
    )
    return draft.figure is None and draft.bounds > 0 and not how and not draft.caps


def _gives(draft: Draft) -> bool:
    """Tell whether an amount without a drug of its own at least says how it is given."""
    figure = draft.figure
    return bool(draft.routes or draft.frequencies or draft.once or (figure and (figure.per or figure.per_time)))


def with_unit(text: str, words: str | None) -> str:
    """Write the header's unit behind the bare number that opens a cell ("30 x 3 days" under "mg/m2/day")."""
    match = _NUMBER.match(uniform(text)) if words else None
    return f"{text[: match.end()]} {words}{text[match.end() :]}" if match else text
