"""Tables whose cells are parted by tabs, as they come out of a word processor, or by arrows: each line is a row."""

from collections.abc import Sequence

from wardbook.corpus.inline import inline_words
from wardbook.corpus.lines import to_lines
from wardbook.corpus.table import Cell, Row, Table

_LEAST_ROWS, _LEAST_CELLS = 3, 3
"""Rows and cells that make a table: fewer may be a list with tabs behind its numbers, or words set apart."""


def read_tab_table(source: Sequence[str], first: int) -> Table | None:
    """Read lines that all hold tabs, none more than the first, which heads the columns; `first` is its 0-based line.

    Arrows part the cells where each line has as many ("CrCl → % of dose → mg"). None where they are no such table.
    """
    mark = next((mark for mark in ("\t", "→") if all(mark in line for line in source)), "")
    if len(source) < _LEAST_ROWS or not mark or (mark == "→" and len({line.count(mark) for line in source}) > 1):
        return None
    split = [[cell.strip() for cell in line.rstrip().split(mark)] for line in source]
    columns = [inline_words(cell).text for cell in split[0]]
    whole = len(columns) >= _LEAST_CELLS and all(any(letter.isalpha() for letter in words) for words in columns)
    if not whole or any(len(cells) > len(columns) or not cells[0] for cells in split):
        return None
    rows = [_row(cells, len(columns), first + 1 + at, mark.strip()) for at, cells in enumerate(split[1:], 1)]
    return Table(tuple(columns), tuple(rows), to_lines(first, first + len(source)), (first + 1, first + 1))


def _row(cells: Sequence[str], width: int, line: int, mark: str) -> Row:
    filled = [*cells, *[""] * (width - len(cells))]
    found = tuple(_cell(text, line, mark if at else "") for at, text in enumerate(filled))
    return Row(found, (line, line), ragged=len(cells) != width)


def _cell(source: str, line: int, mark: str) -> Cell:
    """Read a cell; the arrow before it is a part of what is quoted of the line."""
    words = inline_words(source)
    return Cell(words.text, f"{mark} {source}".strip(), (line, line), tuple(target for target, _ in words.links))
