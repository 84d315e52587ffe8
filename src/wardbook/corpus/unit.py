"""Units: the sentences, bullets and table rows that an answer is chosen from; each can be quoted alone."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wardbook.corpus.block import Block
from wardbook.corpus.document import Document
from wardbook.corpus.inline import inline_words
from wardbook.corpus.lines import Lines
from wardbook.corpus.section import Section
from wardbook.corpus.source import quoted
from wardbook.corpus.table import Row, Table, line_of
from wardbook.lazy_regex import lazy_regex

LONG_BULLET = 420
"""Characters above which a bullet is taken sentence by sentence."""
_ABBREVIATIONS = lazy_regex(
    r"(?:\b(?:e\.?g|i\.?e|vs|cf|et al|al|approx|ca|dr|prof|no|nos|fig|figs|tab|ref|refs|vol|pp?|ed|eds|inc|ltd|st|mr|"
    r"mrs|ms|jr|sr|min|max|resp|incl|excl|etc|dept|hrs?|wks?|yrs?|mos?|mins|secs?|tabs?|caps?|wt|temp|b\.i\.d|t\.i\.d|q\.i\.d|p\.r\.n|a\.m|p\.m)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_END = lazy_regex(r"[.!?](?:[\"'”’)\]*_]|\[\^?\d[^\]]*\])*(?=\s+(?:[\"'“‘(\[*_]*[A-Z0-9≥≤<>]))")
_LABEL = lazy_regex(
    r"(?:parameter|item|field|factor|feature|aspect|category|topic|element|component|variable|property)s?"
)
_NEEDS_NAME = lazy_regex(
    r"^(?:.*\d|(?:very |extremely )?(?:low|moderate|high|mild|severe|minimal)\b).*\n|\n\s*(?:[<>≤≥~]|\d)", re.IGNORECASE
)
"""A first column's name and cell, a line each, that mean nothing apart: "High (>90%)", or a cell that is a figure."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence, bullet, table row, or other piece that is quoted whole."""

    section: str
    """Section id."""
    lines: Lines
    """Lines of the file that hold it."""
    kind: str
    """ "sentence" | "bullet" | "row" | "code" | "picture"."""
    text: str
    """Plain words for a person; a row as "first cell: column value; ..."."""
    quote: str
    """Its words as they stand in the file, see `source.quoted`."""
    lead: tuple[str, ...] = ()
    """Words that govern it within its section, outermost first."""
    values: tuple[tuple[str, str], ...] = ()
    """For a row: (column, cell) in order, empty cells left out."""
    number: str | None = None
    """Its number in a numbered list, or None."""
    head: str = ""
    """For a row of a table whose header holds figures ("Grade 2", "30 kg or more"): the header's words as quoted."""
    head_lines: Lines = (1, 1)
    """Lines of that header."""
    shared: tuple[tuple[str, str, Lines], ...] = ()
    """For a row: (words, words as quoted, lines) of what it shares with the rows beside it: the row that heads them,
    and each cell with a figure that a rowspan stretches from above."""
    group: str = ""
    """Words of the row that heads this one ("Children"), which narrow it; `text` begins with them."""
    block: int = 0
    """Number of its block within the section, so that neighbours can be told."""


_NUMBERED = lazy_regex(
    r"\W*(?:grade|stage|step|phase|tier|level|group|class)s? [0-9IV]+[ab]?(?:\s*(?:[-–/,]|to|and|or)\s*[0-9IV]+)?\W*",
    re.IGNORECASE,
)
"""A label that says for which of several what stands behind it is."""
LONGEST_LABEL = 24
"""Characters of such a label."""


def is_numbered_label(words: str) -> bool:
    """Tell whether words are nothing but such a label ("Grade 3."): they go on with what stands behind them."""
    return len(words) <= LONGEST_LABEL and _NUMBERED.fullmatch(words) is not None


def sentences(text: str) -> list[tuple[int, int]]:
    """Give (begin, end) of the sentences of a text; abbreviations, decimals, initials and labels end none.

    "**Grade 3.** Zelumab 4 mg." is one sentence: without its label the second half would be for any grade.
    """
    spans, begin = [], 0
    for match in _END.finditer(text):
        head = text[begin : match.start() + 1].rstrip()
        if _ABBREVIATIONS.search(head[-12:]) and not head.endswith(" min."):
            continue
        if is_numbered_label(head):
            continue
        spans.append((begin, match.end()))
        begin = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    if text[begin:].strip():
        spans.append((begin, len(text)))
    return spans


def word_values(values: Sequence[tuple[str, str]], group: str | None = None) -> str:
    """Word a row for a person: "Dose: 200 mg daily" for a pair, else "first cell — column: value; ..."."""
    if not values:
        return group or ""
    head, rest = values[0], values[1:]
    if not rest:
        words = f"{head[0]}: {head[1]}" if head[0] and not _LABEL.fullmatch(head[0].lower()) else head[1]
    elif len(rest) == 1 and (not rest[0][0] or not head[0] or _LABEL.fullmatch(head[0].lower())):
        words = f"{head[1].rstrip(': ')}: {rest[0][1]}"
    else:
        first = f"{head[0]}: {head[1]}" if head[0] and _NEEDS_NAME.search(f"{head[0]}\n{head[1]}") else head[1]
        words = f"{first} — " + "; ".join(f"{name}: {value}" if name else value for name, value in rest)
    return f"{group.rstrip(': ')}: {words}" if group else words


def _row_unit(section: Section, block: Block, table: Table, row: Row, at: int) -> Unit | None:
    values = row_values(table, row)
    quote = quoted(" | ".join(cell.source for cell in row.cells if cell.text and not cell.spanned), marks=False)
    if not values or not quote:
        return None
    words = word_values(values, row.group)
    head, head_lines = _figured_header(block, table)
    return Unit(
        section.id,
        row.lines,
        "row",
        words,
        quote,
        block.lead,
        values,
        head=head,
        head_lines=head_lines,
        shared=_shared(row),
        group=row.group or "",
        block=at,
    )


def _shared(row: Row) -> tuple[tuple[str, str, Lines], ...]:
    """Give the cells whose words stand in lines above the row: the one that heads it, and spanned ones with figures."""
    spanned = [cell for cell in row.cells if cell.spanned and cell.lines[0] < row.lines[0]]
    above = [*filter(None, [row.over]), *(cell for cell in spanned if re.search(r"\d", cell.text))]
    return tuple((cell.text.replace("\n", " "), quoted(cell.source, marks=False), cell.lines) for cell in above)


def _figured_header(block: Block, table: Table) -> tuple[str, Lines]:
    """Give the header of a table as quoted, with its lines, where it holds figures; else nothing."""
    if not any(re.search(r"\d", name) for name in table.columns):
        return "", (1, 1)
    first, last = (line - block.lines[0] for line in table.header_lines)
    return quoted("\n".join(block.source.split("\n")[first : last + 1])), table.header_lines


def row_values(table: Table, row: Row) -> tuple[tuple[str, str], ...]:
    """Give (column, cell) of a row's filled cells; a cell that stretches over all columns once, without a column."""
    words = line_of(row)
    if (
        len(row.cells) > 1
        and all(cell.spanned for cell in row.cells[1:])
        and words == row.cells[0].text.replace("\n", " ")
    ):
        return (("", words),)
    pairs = zip(table.columns, row.cells, strict=True)
    return tuple((name, cell.text.replace("\n", " ")) for name, cell in pairs if cell.text)


def _source_pieces(block: Block) -> Iterator[tuple[str, Lines]]:
    """Give the sentences of a block as source text with their lines."""
    starts = [0, *(match.end() for match in re.finditer("\n", block.source))]
    first = block.lines[0]
    for begin, end in sentences(block.source):
        yield block.source[begin:end], (first + bisect_right(starts, begin) - 1, first + bisect_left(starts, end) - 1)


def _plain(source: str) -> str:
    """Give the plain words of a piece of source; emphasis cut in two by a sentence's end leaves no marks."""
    return re.sub(r"(?<!\d)\*\*|\*\*(?!\d)|__", "", inline_words(source).text)


_TAGS = lazy_regex(r"(?:#[^\W\d_][\w/-]*\s*)+")
"""A line of nothing but the tags of a vault, which says nothing."""


def _text_units(section: Section, block: Block, at: int) -> Iterator[Unit]:
    if _TAGS.fullmatch(block.text):
        return
    whole = block.kind == "item" and len(block.text) <= LONG_BULLET
    kind = "bullet" if block.kind == "item" else "sentence"
    if whole or block.kind == "html":
        if quote := quoted(block.source, marks=False):
            yield Unit(section.id, block.lines, kind, block.text, quote, block.lead, number=block.number, block=at)
        return
    for source, lines in _source_pieces(block):
        text, quote = _plain(source), quoted(source, marks=False)
        if text and quote:
            yield Unit(section.id, lines, kind, text, quote, block.lead, number=block.number, block=at)


def _block_units(section: Section, block: Block, at: int) -> Iterator[Unit]:
    if block.table is not None:
        for row in block.table.rows:
            unit = _row_unit(section, block, block.table, row, at)
            if unit is not None:
                yield unit
    elif block.kind in ("code", "image"):
        kind = "code" if block.kind == "code" else "picture"
        if quote := quoted(block.source, marks=False):
            yield Unit(section.id, block.lines, kind, block.text, quote, block.lead, block=at)
    else:
        yield from _text_units(section, block, at)


def units(document: Document) -> tuple[Unit, ...]:
    """Give all units of a page, from top to bottom."""
    return tuple(
        unit
        for section in document.sections
        for at, block in enumerate(section.blocks)
        for unit in _block_units(section, block, at)
    )
