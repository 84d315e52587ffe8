"""Lists and columns whose first band alone names what it is of ("CrCl > 60: 300 mg", and below it "20-60: 200 mg")."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wardbook.corpus.block import Block
from wardbook.corpus.table import Table
from wardbook.dosing.arrow_label import with_arrows_as_colons
from wardbook.dosing.band import read_bands
from wardbook.dosing.bare_band import opening_quantity, opens_with_bound
from wardbook.dosing.column import Column
from wardbook.dosing.context import Drugs
from wardbook.dosing.notation import has_digit, uniform
from wardbook.dosing.patient_group import on_dialysis, on_filtration
from wardbook.dosing.row import whole_drug
from wardbook.lazy_regex import lazy_regex


@dataclass(frozen=True, slots=True)
class Banded:
    """The list that is being read, and the quantity that its last band was of; "" where it has none."""

    lead: tuple[str, ...] = ()
    depth: int = 0
    quantity: str = ""


def banded_by(block: Block, lead: tuple[str, ...], above: Banded) -> Banded:
    """Tell of which quantity bare bounds of an item are, from the items above it in its list."""
    if block.kind not in ("item", "paragraph"):
        return Banded()
    own = opening_quantity(with_arrows_as_colons(block.text))
    if own or (lead, block.depth) != (above.lead, above.depth):
        return Banded(lead, block.depth, own)
    return above


_OF_OTHER = lazy_regex(r"weight|\bwt\b|\b[ial]bw\b|clearance|\bcr ?cl|gfr|\bage")
"""A header that names a quantity itself, and yet is no column of it ("Ideal weight")."""
_ROLES = {
    "creatinine clearance": "renal",
    "eGFR": "renal",
    "weight": "weight",
    "age": "age",
    "body surface area": "surface",
}
"""Quantity of a band to the part in a row that its column plays."""


def by_first_cell(table: Table, columns: Sequence[Column]) -> list[Column]:
    """Tell of columns without such a header that they hold bands, where the first cell names the quantity for all."""
    return [_by_first_cell(table, at, column) for at, column in enumerate(columns)]


def _by_first_cell(table: Table, at: int, column: Column) -> Column:
    if column.role not in ("other", "population") or column.bands or _OF_OTHER.search(uniform(column.words)):
        return column
    cells = [row.cells[at].text.strip() for row in table.rows if at < len(row.cells)]
    first, *others = [each for each in cells if each] or [""]
    bands = read_bands(first)
    whole = bool(bands) and (bands[0].begin, bands[0].end) == (0, len(first))
    role = _ROLES.get(bands[0].condition.quantity) if whole else None
    bare = [each for each in others if has_digit(each) and not read_bands(each)]
    if role is None or not bare or not all(map(_is_bare_bound, bare)):
        return column
    return replace(column, role=role)


def below_drug(table: Table, drugs: Drugs) -> tuple[Table, str | None]:
    """Take a first header that is a drug, over nothing but bands, for their quantity; give the drug of the doses too.

    "| Levetiracetam | Dose |" over "CrCl >80", "50-79" and "HD" says whose doses stand beside.
    """
    drug = whole_drug(table.columns[0], drugs) if table.columns else None
    cells = [row.cells[0].text.strip() for row in table.rows if row.cells]
    quantity = opening_quantity(cells[0]) if drug and cells else ""
    if not quantity or any(drugs.find(words) for words in table.columns[1:]):
        return table, None
    if not all(_is_bare_bound(each) or opening_quantity(each) == quantity or _is_dialysed(each) for each in cells):
        return table, None
    return replace(table, columns=(quantity, *table.columns[1:])), drug


def _is_dialysed(cell: str) -> bool:
    return on_dialysis(cell) or on_filtration(cell)


def _is_bare_bound(cell: str) -> bool:
    return opens_with_bound(f"{cell}: 1 mg")
