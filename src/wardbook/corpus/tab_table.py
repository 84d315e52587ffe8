"""Tables whose cells are parted by tabs, as they come out of a word processor: each line is a row."""

from collections.abc import Sequence

from wardbook.corpus.inline import inline_words
from wardbook.corpus.lines import to_lines
from wardbook.corpus.table import Cell, Row, Table

_LEAST_ROWS, _LEAST_CELLS = 3, 3
"""Rows and cells that make a table: fewer may be a list with tabs behind its numbers, or words set apart."""


def read_tab_table(source: Sequence[str], first: int) -> Table | None:
    """Read lines that all hold tabs, none more than the first, which heads the columns; `first` is its 0-based line.

    None where they are no such table.
    """
    if len(source) < _LEAST_ROWS or not all("\t" in line for line in source):
        return None
    split = [[cell.strip() for cell in line.rstrip().split("\t")] for line in source]
    columns = [inline_words(cell).text for cell in split[0]]
    whole = len(columns) >= _LEAST_CELLS and all(any(letter.isalpha() for letter in words) for words in columns)
    if not whole or any(len(cells) > len(columns) or not cells[0] for cells in split):
        return None
    rows = [_row(cells, len(columns), first + 1 + at) for at, cells in enumerate(split[1:], 1)]
    return Table(tuple(columns), tuple(rows), to_lines(first, first + len(source)), (first + 1, first + 1))


def _row(cells: Sequence[str], width: int, line: int) -> Row:
    filled = [*cells, *[""] * (width - len(cells))]
    return Row(tuple(_cell(text, line) for text in filled), (line, line), ragged=len(cells) != width)


def _cell(source: str, line: int) -> Cell:
    words = inline_words(source)
    return Cell(words.text, source, (line, line), tuple(target for target, _ in words.links))
