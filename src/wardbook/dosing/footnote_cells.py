"""Cells that hold nothing but the mark of a footnote ("[^1]" below "Max"): its words stand there for them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from wardbook.corpus.block import Block
from wardbook.corpus.document import Document
from wardbook.corpus.table import Cell
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.regimen import Regimen, Stated
from wardbook.lazy_regex import lazy_regex

_MARK = lazy_regex(r"\s*\[\^([^\]\s]{1,40})\]\s*")


def with_footnote_cells(block: Block, document: Document) -> Block:
    """Give a table the words of the footnotes that its cells are the marks of; any other block as it is."""
    table = block.table
    if table is None or not any(_MARK.fullmatch(cell.text) for row in table.rows for cell in row.cells):
        return block
    notes = _footnotes(document)
    rows = tuple(replace(row, cells=tuple(_filled(cell, notes) for cell in row.cells)) for row in table.rows)
    return replace(block, table=replace(table, rows=rows))


def with_footnotes_cited(document: Document, regimens: Iterable[Regimen]) -> list[Regimen]:
    """Say of each maximum that a row has from a footnote where it stands."""
    regimens = list(regimens)
    notes = _footnotes(document) if any(regimen.max_single for regimen in regimens) else {}
    return [_cited(regimen, document, notes) if regimen.max_single and notes else regimen for regimen in regimens]


def _cited(regimen: Regimen, document: Document, notes: dict[str, "_Footnote"]) -> Regimen:
    first, last = regimen.lines
    row = " ".join(document.lines[first - 1 : last])
    most = regimen.max_single
    for mark, note in notes.items():
        figures = [figure.amount for figure in read_amounts(note.words)]
        if f"[^{mark}]" in row and most and any((each.high, each.unit) == (most.value, most.unit) for each in figures):
            stated = Stated(note.section, note.lines, note.words, None, most)
            return replace(regimen, limited_by=(*regimen.limited_by, stated))
    return regimen


def _filled(cell: Cell, notes: dict[str, "_Footnote"]) -> Cell:
    mark = _MARK.fullmatch(cell.text)
    return replace(cell, text=notes[mark[1]].words) if mark and mark[1] in notes else cell


@dataclass(frozen=True, slots=True)
class _Footnote:
    """A footnote where it stands."""

    section: str
    lines: tuple[int, int]
    words: str


def _footnotes(document: Document) -> dict[str, _Footnote]:
    """Give each footnote of a page by its mark."""
    found = {}
    for section in document.sections:
        for block in section.blocks:
            mark = _MARK.match(document.lines[block.lines[0] - 1]) if block.kind == "footnote" else None
            if mark:
                found[mark[1]] = _Footnote(section.id, block.lines, block.text.strip())
    return found
