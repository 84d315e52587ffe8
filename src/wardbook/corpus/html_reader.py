"""HTML to raw tables, rows and cells with their places, and the words between them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from wardbook.corpus.inline import inline_words, picture, tidy
from wardbook.corpus.tags import MASK, Words, mask
from wardbook.lazy_regex import lazy_regex

_BLANKS = lazy_regex(r"\s+")
_NO_DIGIT = lazy_regex(r"\D")
_MARKDOWN = lazy_regex(r"\[\[|\]\(|\*\*")
_BOLD = frozenset({"b", "strong"})
_HIDDEN = frozenset({"script", "style", "template", "head"})
_PARTS = frozenset({"thead", "tbody", "tfoot"})


@dataclass(slots=True)
class RawCell:
    """One `<td>` or `<th>`."""

    begin: int
    """Offset of its first character behind the tag."""
    first_line: int
    """0-based line of its tag."""
    header: bool
    """True for `<th>`."""
    rowspan: int
    """Rows that it covers, 1 or more."""
    colspan: int
    """Columns that it covers, 1 or more."""
    end: int = 0
    """Offset behind its last character."""
    last_line: int = 0
    """0-based line of its end."""
    words: Words = field(default_factory=Words)
    """Its words."""
    bold: Words = field(default_factory=Words)
    """Its words that stand in bold."""

    def is_bold(self) -> bool:
        """Tell whether all of its words stand in bold (an empty cell's do)."""
        return tidy(self.words.text()) == tidy(self.bold.text())


@dataclass(slots=True)
class RawRow:
    """One `<tr>`."""

    first_line: int
    """0-based line of its tag."""
    in_head: bool
    """True inside `<thead>`."""
    part: int
    """Number of the `<thead>`, `<tbody>` or `<tfoot>` that it stands in; no cell spans over its end."""
    last_line: int = 0
    """0-based line of its end."""
    is_open: bool = True
    """False once its end was seen."""
    cells: list[RawCell] = field(default_factory=list)
    """Its cells."""


@dataclass(slots=True)
class RawWords:
    """Words that stand in no cell: between tables, in a caption, or where broken markup left them."""

    begin: int
    """Offset of the first character."""
    first_line: int
    """0-based line of the first character."""
    end: int = 0
    """Offset behind the last character."""
    last_line: int = 0
    """0-based line of the last character."""
    words: Words = field(default_factory=Words)
    """The words."""


@dataclass(slots=True)
class RawTable:
    """One outermost `<table>`."""

    first_line: int
    """0-based line of its tag, or of its first row where a caption stands between."""
    last_line: int = 0
    """0-based line of its end."""
    rows: list[RawRow] = field(default_factory=list)
    """Its rows."""


def _span(value: str | None) -> int:
    digits = _NO_DIGIT.sub("", value or "")
    return min(max(int(digits[:4] or 1), 1), 200)


class HtmlReader(HTMLParser):
    """Collects tables and the words between them in `parts`; broken nesting closes what is open."""

    def __init__(self, text: str) -> None:
        """Read the text to its end."""
        super().__init__(convert_charrefs=True)
        self.parts: list[RawTable | RawWords] = []
        self.words = Words()
        """All words, those of cells included."""
        self._cell: RawCell | None = None
        self._table: RawTable | None = None
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._depth = self._hidden = self._bold = self._part = 0
        self._in_head = self._apart = False
        self._source = mask(text)
        self.feed(self._source)
        self.close()
        self._end_table()

    def _place(self) -> tuple[int, int]:
        line, column = self.getpos()
        return self._starts[min(line, len(self._starts)) - 1] + column, line - 1

    def _end_cell(self) -> None:
        if self._cell is not None:
            self._cell.end, self._cell.last_line = self._place()
            self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        rows = self._table.rows if self._table else []
        if rows and rows[-1].is_open:
            rows[-1].last_line, rows[-1].is_open = self._place()[1], False

    def _end_table(self) -> None:
        self._end_row()
        if self._table is not None:
            self._table.last_line = self._place()[1]
            self._table = None
        self._in_head = False
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open tables, rows and cells; note breaks, bold words and pictures."""
        self._mark(tag)
        self._hidden += tag in _HIDDEN
        self._bold += tag in _BOLD
        if tag == "table":
            self._open_table()
        elif tag == "img":
            self._add(picture(dict(attrs).get("alt") or ""))
        elif self._depth == 1:
            self._open_part(tag, dict(attrs))

    def _open_table(self) -> None:
        self._depth += 1
        if self._depth == 1:
            self._table = RawTable(self._place()[1])
            self._apart = True

    def _open_part(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag in _PARTS:
            self._end_row()
            self._in_head = tag == "thead"
            self._part += 1
        elif tag == "tr":
            self._end_row()
            self._open_row()
        elif tag in ("td", "th"):
            self._open_cell(tag, attrs)

    def _open_row(self) -> None:
        if self._table is None:
            return
        line = self._place()[1]
        if not self._table.rows:
            if (
                self.parts
                and isinstance(self.parts[-1], RawWords)
                and self.parts[-1].first_line > self._table.first_line
            ):
                self._table.first_line = line  # its caption stands above it
            self.parts.append(self._table)
        self._table.rows.append(RawRow(line, self._in_head, self._part))

    def _open_cell(self, tag: str, attrs: dict[str, str | None]) -> None:
        self._end_cell()
        if self._table is None:
            return
        if not self._table.rows or not self._table.rows[-1].is_open:
            self._open_row()
        offset, line = self._place()
        begin = offset + len(self.get_starttag_text() or "")
        self._cell = RawCell(begin, line, tag == "th", _span(attrs.get("rowspan")), _span(attrs.get("colspan")))
        self._table.rows[-1].cells.append(self._cell)

    def handle_endtag(self, tag: str) -> None:
        """Close tables, rows and cells."""
        self._hidden = max(self._hidden - (tag in _HIDDEN), 0)
        self._bold = max(self._bold - (tag in _BOLD), 0)
        if tag == "table":
            self._depth = max(self._depth - 1, 0)
            if not self._depth:
                self._end_table()
        elif self._depth == 1:
            self._close_part(tag)
        self._mark(tag)

    def _close_part(self, tag: str) -> None:
        if tag in _PARTS:
            self._end_row()
            self._in_head = False
            self._part += 1
        elif tag == "tr":
            self._end_row()
        elif tag in ("td", "th"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Keep words where they stand."""
        if not self._hidden:
            self._add(data.replace(MASK, "<"))

    def unknown_decl(self, data: str) -> None:
        """Keep what looks like a declaration and is none."""
        self._add(f"<![{data}]>")

    def _mark(self, tag: str) -> None:
        """Note what a tag reads as: a line feed, a blank, a power sign."""
        if self._cell is not None:
            self._cell.words.tag(tag)
        elif self.parts and isinstance(self.parts[-1], RawWords):
            self.parts[-1].words.tag(tag)
        self.words.tag(tag)

    def _add(self, text: str) -> None:
        shown = _BLANKS.sub(" ", text)
        self.words.add(shown)
        if self._cell is not None:
            self._cell.words.add(shown)
            if self._bold:
                self._cell.bold.add(shown)
        elif text.strip():
            self._add_loose(shown)

    def _add_loose(self, shown: str) -> None:
        offset, line = self._place()
        tag = self._source.find("<", offset + 1)
        text = self._source[offset : tag if tag > 0 else None]  # as in the file, where "&lt;" is four letters
        skipped = len(text) - len(text.lstrip())
        if self._apart or not self.parts or not isinstance(self.parts[-1], RawWords):
            self._apart = False
            self.parts.append(RawWords(offset + skipped, line + text[:skipped].count("\n")))
        loose = self.parts[-1]
        if isinstance(loose, RawWords):
            loose.words.add(shown)
            loose.end = offset + len(text.rstrip())
            loose.last_line = line + text.rstrip().count("\n")


def read_words(text: str) -> tuple[str, tuple[str, ...]]:
    """Tidy words and give their links; Markdown links and emphasis that people write inside HTML are read too."""
    if not _MARKDOWN.search(text):
        return tidy(text), ()
    lines = [inline_words(line) for line in text.split("\n")]
    return tidy("\n".join(line.text for line in lines)), tuple(target for line in lines for target, _ in line.links)


def html_words(source: str) -> str:
    """Give the plain words of a piece of HTML, one line a block."""
    return read_words(HtmlReader(source).words.text())[0]
