"""Pipe tables: source lines to columns, rows and cells."""

import re

from wardbook.corpus.continued import with_keys
from wardbook.corpus.group import with_groups
from wardbook.corpus.header import is_row_itself, names_columns, second_level, stacked
from wardbook.corpus.inline import inline_words
from wardbook.corpus.lines import to_lines
from wardbook.corpus.table import Cell, Row, Table
from wardbook.lazy_regex import lazy_regex

_LINKS = lazy_regex(r"\[\[[^\[\]\n]*\]\]")


def split_row(line: str) -> list[str]:
    """Split one line at its pipes; escaped pipes and those inside wikilinks are words of a cell."""
    held = _LINKS.sub(lambda match: match[0].replace("|", "\x00"), line.strip())
    held = re.sub(r"(?<!\\)((?:\\\\)*)\\\|", "\\1\x01", held)
    cells = held.removeprefix("|").split("|")
    if cells and not cells[-1].strip() and held.endswith("|"):
        cells.pop()
    return [cell.replace("\x00", "|").replace("\x01", "\\|").strip() for cell in cells]


def _cell(source: str, line: int) -> Cell:
    words = inline_words(source.replace("\\|", "|"))
    return Cell(words.text, source, (line, line), tuple(target for target, _ in words.links))


def _row(source: list[str], width: int, columns: int, line: int) -> Row:
    cells = [_cell(text, line) for text in source]
    cells += [Cell("", "", (line, line))] * (width - len(cells))
    return Row(tuple(cells), (line, line), ragged=len(source) != columns)


def read_pipe_table(source: list[str], first: int) -> Table:
    """Read the lines of a table; `first` is the 0-based line of its header. Surplus cells get a column without name.

    A header that is empty or only counts ("0 | 1 | 2") names nothing; the first row takes its place where it can only
    be the header.
    """
    head = split_row(source[0])
    rows = [split_row(line) for line in source[2:]]
    width = max([len(head), *map(len, rows)])
    columns = [inline_words(text).text for text in head] + [""] * (width - len(head))
    body = [_row(cells, width, len(head), first + 3 + at) for at, cells in enumerate(rows) if any(cells)]
    head_line = first + 1
    if is_row_itself(columns, [[cell.text for cell in row.cells] for row in body]):
        columns, body = [""] * width, [_row(head, width, len(head), first + 1), *body]
    elif _names_nothing(columns):
        columns = [""] * width
        words = [cell.text for cell in body[0].cells] if body else []
        if names_columns(words, [[cell.text for cell in row.cells] for row in body[1:]]):
            columns, head_line, body = words, body[0].lines[0], body[1:]
    elif body:
        words, below = [cell.text for cell in body[0].cells], [[cell.text for cell in row.cells] for row in body[1:]]
        if second_level(columns, words, below):
            columns, body = stacked(columns, words), body[1:]
    lines = to_lines(first, first + len(source))
    return Table(tuple(columns), with_keys(columns, with_groups(body)), lines, (head_line, head_line))


def _names_nothing(columns: list[str]) -> bool:
    return all(not words for words in columns) or columns == [str(at) for at in range(len(columns))]
