"""Rows whose label says in what unit their bare figures are ("Fludarabine IV (mg/m²/day) | 30 | 25 | 30")."""

from dataclasses import replace

from wardbook.corpus.table import Cell, Row, Table
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.cell import has_dose, with_unit
from wardbook.dosing.column import is_blank, role_of
from wardbook.dosing.context import unit_words
from wardbook.dosing.notation import has_digit, uniform
from wardbook.lazy_regex import lazy_regex

_INNER = lazy_regex(r"[(\[]([^()\[\]]*)[)\]]|,([^,()]{1,80})$")
_BY_SIZE = lazy_regex(
    r"(?:mg|mcg|micrograms?|µg|ug|g|units?|iu|mmol|meq|ml)\s*(?:/|per)\s*(?:kg|m2|m²|m\^2)(?![a-z])"
    r"(?:\s*/\s*(?:dose|days?|d|hours?|hr|h|min)(?![a-z]))?(?:\s*x\s*\d+(?!\d))?"
)
_EMPTY = lazy_regex(r"[(\[][\s,;]{0,9}[)\]]")
_GIVEN = frozenset(
    {"dose", "population", "product", "regimen", "severity", "setting", "indication", "schedule", "other"}
)
"""Roles of headers below which a bare figure may be a dose."""
_NO_DOSE = lazy_regex(
    r"\b(?:volumes?|hours?|min(?:utes)?|years?|patients?|cycles?|courses?|n|no|numbers?|times?|weeks?|doses|days|ages?|"
    r"weights?|ref(?:erence)?s?|pages?|vials?|ml|max\w*|limits?|interval|duration|every)\b"
)
"""In the header of figures that are no dose, unless it counts itself ("Day 3", "Cycle 2")."""
_NUMBERED = lazy_regex(r"\W*(?:days?|d|weeks?|cycles?)\W*\d.*")


def with_row_units(table: Table) -> Table:
    """Write the unit by weight or surface that a row's label tells behind the bare figures of its doses.

    None is written below a header with a unit of its own or of other things, nor in a row of which a cell has one.
    """
    rows = tuple(_with_unit(row, table.columns) for row in table.rows)
    return table if rows == table.rows else replace(table, rows=rows)


def _with_unit(row: Row, headers: tuple[str, ...]) -> Row:
    label, *others = row.cells
    unit = _unit(label.text)
    if unit is None or any(has_dose(cell.text) for cell in row.cells):
        return row
    head = replace(label, text=_without(label.text))
    filled = [head, *(_filled(cell, header, unit) for cell, header in zip(others, headers[1:], strict=False))]
    return replace(row, cells=(*filled, *row.cells[len(filled) :]))


def _unit(label: str) -> str | None:
    """Give the one dose by weight or surface that a label names beside its words ("mg/m²/day"), or None."""
    if not has_digit(label) and "/" not in label and "per" not in label:
        return None
    pieces = [piece for groups in _INNER.findall(label) for piece in groups if piece]
    found = [match[0] for piece in pieces if (match := _BY_SIZE.search(uniform(piece)))]
    return found[0] if len(found) == 1 else None


def _without(label: str) -> str:
    """Give the label without its unit, so that a drug that it names beside is all that it says."""
    found = _BY_SIZE.search(uniform(label)) if len(uniform(label)) == len(label) else None
    rest = f"{label[: found.start()]}{label[found.end() :]}" if found else label
    return _EMPTY.sub("", rest).strip(" ,")


def _may_head_doses(header: str) -> bool:
    plain = uniform(header)
    return _NUMBERED.fullmatch(plain) is not None or (role_of(header) in _GIVEN and not _NO_DOSE.search(plain))


def _filled(cell: Cell, header: str, unit: str) -> Cell:
    if is_blank(cell.text) or unit_words(header) or not _may_head_doses(header):
        return cell
    text = with_unit(cell.text, unit)
    return cell if text == cell.text or not read_amounts(text) else replace(cell, text=text)
