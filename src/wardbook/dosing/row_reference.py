"""Cells of a table that give the dose of another row ("as grade 2", "as above")."""

from collections.abc import Sequence
from dataclasses import replace

from wardbook.corpus.table import Cell, Row
from wardbook.dosing.cell import has_dose
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_AS = lazy_regex(r"\W*(?:the )?(?:same )?as (?:for |in |with |at )?(?P<label>[^;:,.]{1,40}?)\W*")
_ABOVE = frozenset({"above", "row above", "line above"})
_OF = lazy_regex(r"\b(?:grades?|gr|stages?|levels?|steps?|class|category)\b")


def with_referred(rows: Sequence[Row]) -> list[Row]:
    """Put the dose that a cell refers to in its place, with the lines of both rows, so that it can be quoted there."""
    filled: list[Row] = []
    for row in rows:
        cells = [_referred(at, cell, row, filled) for at, cell in enumerate(row.cells)]
        filled.append(replace(row, cells=tuple(cells)) if cells != list(row.cells) else row)
    return filled


def _referred(at: int, cell: Cell, row: Row, before: Sequence[Row]) -> Cell:
    """Give a cell with the words of the one above it that it refers to, itself where it refers to none."""
    match = _AS.fullmatch(uniform(cell.text)) if at else None
    if match is None or not before:
        return cell
    label = _bare(match["label"])
    named = before[-1:] if match["label"] in _ABOVE else [each for each in before if _bare(each.cells[0].text) == label]
    if len(named) != 1 or not label or at >= len(named[0].cells) or not has_dose(named[0].cells[at].text):
        return cell
    other = named[0].cells[at]
    return replace(cell, text=other.text, lines=(min(other.lines[0], row.lines[0]), max(other.lines[1], row.lines[1])))


def _bare(label: str) -> str:
    return " ".join(_OF.sub(" ", uniform(label)).split()).strip(" :.()")
