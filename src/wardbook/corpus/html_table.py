"""HTML tables and other HTML: source lines to columns, rows and cells, or to plain words."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from wardbook.corpus.inline import inline_words, picture, tidy
from wardbook.corpus.lines import Lines
from wardbook.corpus.table import Cell, Row, Table

_BREAKS = frozenset("br p li div tr ul ol dd dt h1 h2 h3 h4 h5 h6 caption".split())
_BOLD = frozenset({"b", "strong"})
_HIDDEN = frozenset({"script", "style", "template", "head"})
_HEADER_WORDS = re.compile(
    r"\b(agent|drug|medication|product|dose|dosing|dosage|route|frequency|interval|duration|grade|parameter|"
    r"recommendation|value|indication|population|severity|criteria|points?|score|symptoms?|management|comments?|"
    r"notes?|treatment|regimen|maximum|test|range|organism|antibiotic|class|item|feature|finding|factor)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _RawCell:
    begin: int
    first_line: int
    header: bool
    rowspan: int
    colspan: int
    end: int = 0
    last_line: int = 0
    pieces: list[str] = field(default_factory=list)
    bold: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _RawRow:
    first_line: int
    in_head: bool
    last_line: int = 0
    cells: list[_RawCell] = field(default_factory=list)


def _span(value: str | None) -> int:
    digits = re.sub(r"\D", "", value or "")
    return min(max(int(digits or 1), 1), 200)


class _Reader(HTMLParser):
    """Collects rows, cells and words with their places; broken nesting closes what is open."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[_RawRow] = []
        self.caption: list[str] = []
        self.words: list[str] = []
        self.cell: _RawCell | None = None
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._depth = self._hidden = self._bold = 0
        self._in_head = False
        self.feed(text)
        self.close()
        line, column = self.getpos()
        self._end_row(self._starts[min(line, len(self._starts)) - 1] + column, line - 1)

    def _place(self) -> tuple[int, int]:
        line, column = self.getpos()
        return self._starts[line - 1] + column, line - 1

    def _end_cell(self, offset: int, line: int) -> None:
        if self.cell is not None:
            self.cell.end, self.cell.last_line = offset, line
            self.cell = None

    def _end_row(self, offset: int, line: int) -> None:
        self._end_cell(offset, line)
        if self.rows and not self.rows[-1].last_line:
            self.rows[-1].last_line = line

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open rows and cells; note breaks, bold words and pictures."""
        offset, line = self._place()
        self._depth += tag == "table"
        self._hidden += tag in _HIDDEN
        self._bold += tag in _BOLD
        if tag == "thead":
            self._in_head = True
        elif tag == "tr" and self._depth <= 1:
            self._end_row(offset, line)
            self.rows.append(_RawRow(line, self._in_head))
        elif tag in ("td", "th") and self._depth <= 1:
            self._open_cell(tag, dict(attrs), offset, line)
        elif tag == "img":
            self.handle_data(picture(dict(attrs).get("alt") or ""))
        if tag in _BREAKS:
            self._add("\n")

    def _open_cell(self, tag: str, attrs: dict[str, str | None], offset: int, line: int) -> None:
        self._end_cell(offset, line)
        if not self.rows or self.rows[-1].last_line:
            self.rows.append(_RawRow(line, self._in_head))
        begin = offset + len(self.get_starttag_text() or "")
        spans = _span(attrs.get("rowspan")), _span(attrs.get("colspan"))
        self.cell = _RawCell(begin, line, tag == "th", *spans)
        self.rows[-1].cells.append(self.cell)

    def handle_endtag(self, tag: str) -> None:
        """Close rows and cells."""
        offset, line = self._place()
        self._depth -= tag == "table"
        self._hidden = max(self._hidden - (tag in _HIDDEN), 0)
        self._bold = max(self._bold - (tag in _BOLD), 0)
        if tag == "thead":
            self._in_head = False
        elif tag in ("td", "th") and self._depth <= 1:
            self._end_cell(offset, line)
        elif tag == "tr" and self._depth <= 1:
            self._end_row(offset, line)
        if tag in _BREAKS:
            self._add("\n")

    def handle_data(self, data: str) -> None:
        """Keep words where they stand."""
        if not self._hidden:
            self._add(re.sub(r"\s+", " ", data))

    def unknown_decl(self, data: str) -> None:
        """Keep what looks like a declaration and is none."""
        self._add(f"<![{data}]>")

    def _add(self, text: str) -> None:
        self.words.append(text)
        if self.cell is not None:
            self.cell.pieces.append(text)
            if self._bold:
                self.cell.bold.append(text)
        elif self.rows == []:
            self.caption.append(text)


def _read_words(text: str) -> tuple[str, tuple[str, ...]]:
    """Tidy words; Markdown links and emphasis that people write inside HTML are read too."""
    if not re.search(r"\[\[|\]\(|\*\*", text):
        return tidy(text), ()
    lines = [inline_words(line) for line in text.split("\n")]
    return tidy("\n".join(line.text for line in lines)), tuple(target for line in lines for target, _ in line.links)


def html_words(source: str) -> str:
    """Give the plain words of a piece of HTML, one line a block."""
    return _read_words("".join(_Reader(source).words))[0]


def _cell(raw: _RawCell, text: str, first: int) -> Cell:
    words, links = _read_words("".join(raw.pieces))
    lines = (first + raw.first_line + 1, first + max(raw.last_line, raw.first_line) + 1)
    return Cell(words, text[raw.begin : raw.end].strip(), lines, links)


def _grid(rows: list[_RawRow], text: str, first: int) -> list[list[Cell]]:
    """Lay cells out by column; a cell that spans rows or columns stands in each place, marked as spanned."""
    grid: list[list[Cell]] = []
    hanging: dict[int, tuple[int, Cell]] = {}
    for row in rows:
        cells: list[Cell] = []
        pending = list(row.cells)
        while pending or len(cells) in hanging:
            at = len(cells)
            if at in hanging:
                left, cell = hanging.pop(at)
                cells.append(_spanned(cell))
                if left > 1:
                    hanging[at] = (left - 1, cell)
                continue
            raw = pending.pop(0)
            cell = _cell(raw, text, first)
            for step in range(raw.colspan):
                if raw.rowspan > 1:
                    hanging[at + step] = (raw.rowspan - 1, cell)
                cells.append(cell if step == 0 else _spanned(cell))
        grid.append(cells)
    return grid


def _spanned(cell: Cell) -> Cell:
    return Cell(cell.text, cell.source, cell.lines, cell.links, spanned=True)


def _is_header(row: _RawRow, later: list[_RawRow]) -> bool:
    if row.in_head or (len(row.cells) > 1 and all(cell.header for cell in row.cells)):
        return True
    if len(row.cells) < 2 or not later:
        return False
    words = [tidy("".join(cell.pieces)) for cell in row.cells]
    bold = [tidy("".join(cell.bold)) for cell in row.cells]
    if words == bold and any(words):
        below = [tidy("".join(cell.pieces)) == tidy("".join(cell.bold)) for other in later for cell in other.cells[1:]]
        return not all(below)
    plain = all(word and len(word) < 40 and not re.search(r"\d", word) for word in words)
    named = sum(bool(_HEADER_WORDS.search(word)) for word in words)
    return plain and len(set(words)) == len(words) and named * 2 >= len(words)


def _headers(rows: list[_RawRow]) -> int:
    count = 0
    while count < len(rows) and _is_header(rows[count], rows[count + 1 :]) and (count == 0 or rows[count].in_head):
        count += 1
    return count


def _columns(heads: list[list[Cell]], width: int) -> tuple[str, ...]:
    """Join stacked header rows by column ("Dose / first day")."""
    columns = []
    for at in range(width):
        words = [row[at].text for row in heads if at < len(row) and row[at].text]
        columns.append(" / ".join(dict.fromkeys(words)))
    return tuple(columns)


def read_html_table(source: list[str], first: int) -> tuple[Table, str]:
    """Read the lines of an HTML table; `first` is the 0-based line of its first. Gives the table and its caption."""
    text = "\n".join(source)
    reader = _Reader(text)
    raw = [row for row in reader.rows if row.cells]
    heads = _headers(raw)
    grid = _grid(raw, text, first)
    width = max(map(len, grid), default=0)
    rows: list[Row] = []
    group = None
    for row, cells in list(zip(raw, grid, strict=True))[heads:]:
        if width > 1 and len(row.cells) == 1 and len(cells) == width and row is not raw[-1]:
            group = cells[0].text
            continue
        lines = _lines(row, first)
        filled = (*cells, *[Cell("", "", lines)] * (width - len(cells)))
        if any(cell.text for cell in filled):
            rows.append(Row(filled, lines, group, ragged=len(cells) != width))
    head_lines = _lines(raw[0], first) if raw else (first + 1, first + 1)
    table = Table(_columns(grid[:heads], width), tuple(rows), (first + 1, first + len(source)), head_lines, html=True)
    return table, tidy("".join(reader.caption))


def _lines(row: _RawRow, first: int) -> Lines:
    return (first + row.first_line + 1, first + max(row.last_line, row.first_line) + 1)
