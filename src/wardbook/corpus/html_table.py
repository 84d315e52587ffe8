"""HTML tables: raw rows laid out by column, header rows told from others, group rows taken as such."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wardbook.corpus.continued import with_keys
from wardbook.corpus.group import with_groups
from wardbook.corpus.header import names_columns
from wardbook.corpus.html_reader import HtmlReader, RawCell, RawRow, RawTable, read_words
from wardbook.corpus.inline import tidy
from wardbook.corpus.lines import Lines
from wardbook.corpus.table import Cell, Row, Table


@dataclass(frozen=True, slots=True)
class HtmlPiece:
    """A table, or words beside one."""

    lines: Lines
    """Lines of the file that hold it."""
    table: Table | None = None
    """The table, or None for words."""
    text: str = ""
    """The words, where it is no table."""
    source: str = ""
    """The words as they stand in the file."""


@dataclass(frozen=True, slots=True)
class _Page:
    """Where the HTML stands."""

    text: str
    first: int

    def lines(self, first_line: int, last_line: int) -> Lines:
        return (self.first + first_line + 1, self.first + max(last_line, first_line) + 1)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A row laid out by column."""

    raw: RawRow
    cells: tuple[Cell, ...]
    lines: Lines
    full: bool
    """True where one cell stretches over all columns."""
    ragged: bool


def read_html(text: str, first: int) -> Iterator[HtmlPiece]:
    """Read HTML that holds tables; `first` is the 0-based line of its first. Gives tables and other words in order."""
    page = _Page(text, first)
    for part in HtmlReader(text).parts:
        if isinstance(part, RawTable):
            yield from _tables(part, page)
        else:
            words = read_words(part.words.text())[0]
            lines = page.lines(part.first_line, part.last_line)
            yield HtmlPiece(lines, text=words, source=text[part.begin : part.end])


def _tables(raw: RawTable, page: _Page) -> Iterator[HtmlPiece]:
    """Give a table, cut where another header row begins; full-width rows above a header are words before it."""
    rows = [row for row in raw.rows if row.cells]
    pieces = list(_cut_at_headers(rows))
    for at, piece in enumerate(pieces):
        laid = _lay_out(piece, page)
        begin, count = _header(laid)
        heads = [row for row in laid[begin : begin + count] if not row.full]
        titles = [row for row in laid[: begin + count] if row.full and row.cells[0].text] if count else []
        for title in titles:
            yield HtmlPiece(title.lines, text=title.cells[0].text, source=title.cells[0].source)
        first = heads[0].raw.first_line if titles and heads else piece[0].first_line if at else raw.first_line
        last = raw.last_line if at + 1 == len(pieces) else piece[-1].last_line
        body = laid[begin + count :] if count else laid
        head_lines = (heads[0].lines[0], heads[-1].lines[1]) if heads else laid[0].lines
        columns, lines = _columns(heads, len(laid[0].cells)), page.lines(first, last)
        found = with_groups([Row(row.cells, row.lines, ragged=row.ragged) for row in body])
        table = Table(columns, with_keys(columns, found), lines, head_lines, html=True)
        if table.rows or any(table.columns):
            yield HtmlPiece(lines, table)


def _is_marked(row: RawRow) -> bool:
    """Tell whether a row is all `<th>`; empty cells do not count."""
    filled = [cell for cell in row.cells if tidy(cell.words.text())]
    return len(row.cells) > 1 and bool(filled) and all(cell.header for cell in filled)


def _cut_at_headers(rows: list[RawRow]) -> Iterator[list[RawRow]]:
    """Cut before each header row that has body rows above it; a full-width row just above a header goes with it."""
    piece: list[RawRow] = []
    has_body = False
    for row in rows:
        if has_body and _is_marked(row):
            keep = len(piece)
            while len(piece[keep - 1].cells) == 1 and piece[keep - 1].cells[0].colspan > 1:
                keep -= 1
            yield piece[:keep]
            piece, has_body = piece[keep:], False
        piece.append(row)
        has_body = has_body or (any(not cell.header for cell in row.cells) and len(row.cells) > 1 and not row.in_head)
    if piece:
        yield piece


def _header(laid: list[_Laid]) -> tuple[int, int]:
    """Give how many full-width rows stand above the header, and how many rows the header has (0: there is none)."""
    begin = next((at for at, row in enumerate(laid) if not row.full), 0)
    return begin, _header_count(laid[begin:])


def _lay_out(rows: list[RawRow], page: _Page) -> list[_Laid]:
    """Lay cells out by column; rows of one cell do not decide how many columns there are."""
    natural = [replace(row, cells=[replace(row.cells[0], colspan=1)]) if len(row.cells) == 1 else row for row in rows]
    width = max(map(len, _grid(natural, page)), default=1)
    if all(len(row.cells) == 1 for row in rows):
        width = 1
    clipped = [
        replace(row, cells=[replace(row.cells[0], colspan=min(row.cells[0].colspan, width))])
        if len(row.cells) == 1
        else row
        for row in rows
    ]
    grid = _grid(clipped, page)
    width = max(map(len, grid))
    laid = []
    for row, cells in zip(clipped, grid, strict=True):
        lines = page.lines(row.first_line, row.last_line)
        filled = (*cells, *[Cell("", "", lines)] * (width - len(cells)))
        full = width > 1 and len(row.cells) == 1 and row.cells[0].colspan == width
        laid.append(_Laid(row, filled, lines, full, len(cells) != width))
    return laid


def _grid(rows: list[RawRow], page: _Page) -> list[list[Cell]]:
    """Lay cells out by column; a cell that spans rows or columns stands in each place, marked as spanned."""
    grid: list[list[Cell]] = []
    hanging: dict[int, tuple[int, Cell]] = {}
    part = -1
    for row in rows:
        if row.part != part:
            hanging, part = {}, row.part
        above = hanging
        hanging = {at: (left - 1, cell) for at, (left, cell) in above.items() if left > 1}
        cells: list[Cell] = []
        for raw in row.cells:
            while len(cells) in above:
                cells.append(replace(above[len(cells)][1], spanned=True))
            cell = _cell(raw, page)
            for step in range(raw.colspan):
                if raw.rowspan > 1:
                    hanging[len(cells)] = (raw.rowspan - 1, cell)
                cells.append(replace(cell, spanned=True) if step else cell)
        empty = Cell("", "", page.lines(row.first_line, row.last_line))
        for at in range(len(cells), max(above, default=-1) + 1):
            cells.append(replace(above[at][1], spanned=True) if at in above else empty)
        grid.append(cells)
    return grid


def _cell(raw: RawCell, page: _Page) -> Cell:
    words, links = read_words(raw.words.text())
    return Cell(words, page.text[raw.begin : raw.end].strip(), page.lines(raw.first_line, raw.last_line), links)


def _header_count(rows: list[_Laid]) -> int:
    count = 0
    while count < len(rows) and (rows[count].raw.in_head or _is_marked(rows[count].raw)):
        count += 1
    if count == len(rows) and not any(row.raw.in_head for row in rows):
        return min(count, 1)
    return count or _guessed_header(rows)


def _guessed_header(rows: list[_Laid]) -> int:
    """Give how many unmarked rows are the header: wholly bold above rows that are not, by spans, or by its words."""
    if len(rows) < 2 or len(rows[0].raw.cells) < 2:
        return 0
    if len(rows) > 2 and _is_spread(rows[0], rows[1]):
        return 2
    words = [tidy(cell.words.text()) for cell in rows[0].raw.cells]
    if any(words) and all(cell.is_bold() for cell in rows[0].raw.cells) and not words[0].endswith(":"):
        return int(not all(cell.is_bold() for row in rows[1:] for cell in row.raw.cells[1:]))
    body = [[cell.text for cell in row.cells] for row in rows[1:] if not row.full]
    return int(names_columns([cell.text for cell in rows[0].cells], body))


def _is_spread(first: _Laid, second: _Laid) -> bool:
    """Tell whether a first row has words over several columns that the second tells apart, beside ones over both."""
    wide = any(cell.colspan > 1 for cell in first.raw.cells)
    deep = any(cell.rowspan == 2 for cell in first.raw.cells) or not first.cells[0].text
    labels = [cell.text for cell in (*first.cells, *second.cells)]
    return wide and deep and not first.full and not second.full and all(len(word) < 40 for word in labels)


def _columns(heads: list[_Laid], width: int) -> tuple[str, ...]:
    """Join stacked header rows by column ("Dose / first day")."""
    columns = []
    for at in range(width):
        words = [" ".join(row.cells[at].text.split()) for row in heads if row.cells[at].text]
        columns.append(" / ".join(dict.fromkeys(words)))
    return tuple(columns)
