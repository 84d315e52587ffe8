"""Where a dose of a table stands: the place of `settle`, with what only rows have."""

from dataclasses import dataclass, field

from wardbook.dosing.settle import Place


@dataclass(slots=True)
class RowPlace(Place):
    """A place in a table."""

    unparsed: list[str] = field(default_factory=list)
    """Verbatim labels of row and header that hold a figure and were not understood."""
    drugs: tuple[str, ...] = ()
    """The drugs that the row's own cell lists, in its order, where it names several."""
    lead: str = ""
    """The line that leads the table in ("Weight bands (full dose, BD):")."""
    several: bool = False
    """True where that cell names several drugs and is the name of no product of them."""
    product: str | None = None
    """Words of the cell of products: which one the doses of other drugs in the row go with."""
