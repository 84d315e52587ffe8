"""Passages: sections, parts of sections too long for the encoder, and table rows; what is indexed and cited."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from wardbook.corpus.block import Block
from wardbook.corpus.document import Document
from wardbook.corpus.lines import Lines
from wardbook.corpus.section import Section
from wardbook.corpus.table import Row, Table, line_of


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage."""

    page: str
    """Page id."""
    section: str
    """Section id."""
    lines: Lines
    """Lines of the file that hold it."""
    kind: str
    """ "section" (a whole section), "part" (some blocks of a long one) or "row" (one table row)."""
    title: str
    """Page title."""
    path: tuple[str, ...]
    """Headings above it, outermost first, without the title."""
    text: str
    """Plain words, as a person reads them; a row as `column: value` joined by "; "."""
    windows: tuple[str, ...]
    """What is embedded: title and heading path on the first line, then the words, each within the encoder's window; one
    or more, since a single block (a long paragraph) is never cut as a passage and yet must be embedded whole."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words that are never split between passages: a block, or one row of a table."""

    text: str
    lines: Lines
    head: str = ""
    """Header row of the table that the piece belongs to, repeated where the table is cut."""


def word_row(columns: Sequence[str], row: Row) -> str:
    """Word a row as `column: value`, empty cells left out; a group's words come first."""
    pieces = [row.group] if row.group else []
    for name, cell in zip(columns, row.cells, strict=True):
        value = cell.text.replace("\n", " ")
        if value:
            pieces.append(f"{name}: {value}" if name else value)
    return "; ".join(pieces)


def _head(table: Table) -> str:
    return " | ".join(table.columns) if any(table.columns) else ""


def _pieces(section: Section) -> Iterator[_Piece]:
    for block in section.blocks:
        if block.table is None:
            yield _Piece(("- " if block.kind == "item" else "") + block.text, block.lines)
            continue
        head = _head(block.table)
        if not block.table.rows:
            yield _Piece(head or block.text, block.lines)
        group = None
        for row in block.table.rows:
            heading = f"{row.group}\n" if row.group and row.group != group else ""
            group = row.group
            yield _Piece(heading + line_of(row), row.lines, head)


def _text(pieces: Sequence[_Piece]) -> str:
    lines: list[str] = []
    head = ""
    for piece in pieces:
        if piece.head and piece.head != head:
            lines.append(piece.head)
        head = piece.head
        lines.append(piece.text)
    return "\n".join(lines)


def _span(pieces: Sequence[_Piece]) -> Lines:
    return (min(piece.lines[0] for piece in pieces), max(piece.lines[1] for piece in pieces))


def _cut(pieces: Sequence[_Piece], count: Callable[[str], int], room: int) -> Iterator[list[_Piece]]:
    """Cut pieces into runs that fit the room (tokens); a single piece that does not fit stands alone."""
    run: list[_Piece] = []
    used = 0
    for piece in pieces:
        size = count(piece.text) + (count(piece.head) if piece.head and not (run and run[-1].head) else 0)
        if run and used + size > room:
            yield run
            run, used = [], 0
            size = count(piece.text) + (count(piece.head) if piece.head else 0)
        run.append(piece)
        used += size
    if run:
        yield run


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?;])\s+|\n", text) if part.strip()]


def _split_words(sentence: str, count: Callable[[str], int], room: int) -> Iterator[str]:
    """Split a sentence that is itself too long at blanks; a word is at least one token."""
    words = sentence.split()
    at = 0
    while at < len(words):
        take = min(len(words) - at, max(room, 1))
        while take > 1 and (size := count(" ".join(words[at : at + take]))) > room:
            take = max(1, min(take - 1, take * room // size))
        yield " ".join(words[at : at + take])
        at += take


def _windows(prefix: str, text: str, count: Callable[[str], int], room: int) -> tuple[str, ...]:
    """Give the texts to embed: the whole where it fits, else runs of sentences, each with the prefix."""
    if count(text) <= room:
        return (f"{prefix}\n{text}",)
    units = [part for unit in _sentences(text) for part in _split_words(unit, count, room)]
    pieces = [_Piece(unit, (1, 1)) for unit in units]
    return tuple(f"{prefix}\n{' '.join(piece.text for piece in run)}" for run in _cut(pieces, count, room))


def _section_passages(
    document: Document, section: Section, count: Callable[[str], int], window: int
) -> Iterator[Passage]:
    prefix = ". ".join((document.title, *section.path)) + "."
    room = max(window - count(prefix) - 4, window // 2)
    pieces = list(_pieces(section))
    runs = list(_cut(pieces, count, room))
    for run in runs:
        text = _text(run)
        kind = "section" if len(runs) == 1 else "part"
        lines = (section.lines[0], _span(run)[1]) if run is runs[0] and section.path else _span(run)
        windows = _windows(prefix, text, count, room)
        yield Passage(document.id, section.id, lines, kind, document.title, section.path, text, windows)
    for block in section.blocks:
        for text, lines in _worded_rows(block):
            windows = _windows(prefix, text, count, room)
            yield Passage(document.id, section.id, lines, "row", document.title, section.path, text, windows)


def _worded_rows(block: Block) -> Iterator[tuple[str, Lines]]:
    if block.table is None:
        return
    for row in block.table.rows:
        text = word_row(block.table.columns, row)
        if text:
            yield text, row.lines


def passages(document: Document, count: Callable[[str], int], window: int) -> tuple[Passage, ...]:
    """Cut a page into passages.

    `count` gives the encoder's tokens of a text without its special ones; `window` is what the encoder takes. Empty
    sections give none; the headings above a passage are part of its windows.
    """
    return tuple(
        passage for section in document.sections for passage in _section_passages(document, section, count, window)
    )
