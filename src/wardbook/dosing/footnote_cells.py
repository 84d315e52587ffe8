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
_MARKS = lazy_regex(r"\s*(?:\[\^[^\]\s]{1,40}\][\s,]*){1,6}")


def with_footnote_cells(block: Block, document: Document) -> Block:
    """Give a table the words of the footnotes that its cells are the marks of; any other block as it is."""
    table = block.table
    if table is None or not any(_MARKS.fullmatch(cell.text) for row in table.rows for cell in row.cells):
        return block
    notes = _footnotes(document)
    rows = tuple(replace(row, cells=tuple(_filled(cell, notes) for cell in row.cells)) for row in table.rows)
    return replace(block, table=replace(table, rows=rows))


def with_footnotes_cited(document: Document, regimens: Iterable[Regimen]) -> list[Regimen]:
    """Say of each maximum that a row has from a footnote where it stands."""
    notes = _footnotes(document)
    return [_cited(regimen, document, notes) for regimen in regimens]


def _cited(regimen: Regimen, document: Document, notes: dict[str, "_Footnote"]) -> Regimen:
    first, last = regimen.lines
    row = " ".join(document.lines[first - 1 : last])
    for note in (note for mark, note in notes.items() if f"[^{mark}]" in row):
        figures = {(figure.amount.high, figure.amount.unit) for figure in read_amounts(note.words)}
        single, daily = (
            most if most and (most.value, most.unit) in figures else None
            for most in (regimen.max_single, regimen.max_daily)
        )
        if single or daily:
            stated = Stated(note.section, note.lines, note.words, None, single, daily)
            regimen = replace(regimen, limited_by=(*regimen.limited_by, stated))
    return regimen


def _filled(cell: Cell, notes: dict[str, "_Footnote"]) -> Cell:
    marks = _MARK.findall(cell.text) if _MARKS.fullmatch(cell.text) else []
    known = bool(marks) and all(mark in notes for mark in marks)
    return replace(cell, text=" ".join(notes[mark].words for mark in marks)) if known else cell


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
