"""Tables of a page, from pipes or from HTML: columns, rows and cells that know their lines."""

from collections.abc import Iterable
from dataclasses import dataclass

from wardbook.corpus.lines import Lines


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, as a person reads it."""

    text: str
    """Plain words: emphasis and links removed, entities and symbols as what they mean, `<br>` as a line feed."""
    source: str
    """The cell word for word as it stands in the file (HTML tags, emphasis and escapes kept)."""
    lines: Lines
    """Lines of the file that hold this cell."""
    links: tuple[str, ...] = ()
    """Targets of the wikilinks and relative links in the cell, as written."""
    spanned: bool = False
    """True where the cell repeats one that a rowspan or colspan stretches over this place."""


@dataclass(frozen=True, slots=True)
class Row:
    """One body row; as many cells as the table has columns (ragged rows are filled with empty cells)."""

    cells: tuple[Cell, ...]
    """Cells by column."""
    lines: Lines
    """Lines of the file that hold this row (for a rowspan, those of the row itself)."""
    over: Cell | None = None
    """The cell of the row that only heads this one and its neighbours (a drug class, say), or None."""
    ragged: bool = False
    """True where the source row had more or fewer cells than the header."""

    @property
    def group(self) -> str | None:
        """Words of the row that heads this one, or None."""
        return self.over.text if self.over else None


@dataclass(frozen=True, slots=True)
class Table:
    """One table."""

    columns: tuple[str, ...]
    """Header words by column; "" for a column without header. An HTML table without `<th>` has "" throughout."""
    rows: tuple[Row, ...]
    """Body rows from top to bottom; rows that only head others are not among them, see `Row.over`."""
    lines: Lines
    """Lines of the whole table."""
    header_lines: Lines
    """Lines of the header row (those of the first row where there is no header)."""
    html: bool = False
    """True for an HTML table."""


def line_of(row: Row) -> str:
    """Give a row on one line, its cells joined by " | "; a cell that stretches over all columns once."""
    filled = [cell for cell in row.cells if cell.text]
    if len(filled) == len(row.cells) and all(cell.spanned for cell in row.cells[1:]) and len({*_words(filled)}) == 1:
        return filled[0].text.replace("\n", " ")
    return " | ".join(_words(row.cells))


def _words(cells: Iterable[Cell]) -> list[str]:
    return [cell.text.replace("\n", " ") for cell in cells]


def table_lines(table: Table) -> list[str]:
    """Give a table's words line by line: its header, its rows, and the words of each group above its rows."""
    found = [" | ".join(table.columns)] if any(table.columns) else []
    group = None
    for row in table.rows:
        if row.group and row.group != group:
            found.append(row.group)
        group = row.group
        found.append(line_of(row))
    return found
