"""Rows of several drugs with as many doses: "X / Y" beside "200 mg / 300 mg OD" is a row of each.

A cell that names several drugs and is the name of no product of them is no drug's name either.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wardbook.corpus.table import Row
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.cell import has_dose
from wardbook.dosing.column import Column
from wardbook.dosing.context import Drugs
from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import read_phrases
from wardbook.dosing.separator import without
from wardbook.lazy_regex import lazy_regex

_LINES = lazy_regex(r"\s*\n\s*")
_JOINTS = (_LINES, lazy_regex(r"\s*/\s*"))
"""What joins the drugs of a cell, and in the same way their doses; by "or" each dose may be of each drug."""
_DOSED = frozenset({"dose", "text", "other"})
_HOW = frozenset({"route", "frequency", "duration"})


def apart_by_drugs(
    row: Row, columns: Sequence[Column], drugs: Drugs
) -> Iterator[tuple[Row, str | None, tuple[str, ...]]]:
    """Give a row, or one for each of the drugs of its cell, with the words of its cell of doses as the page has them.

    Each has its own dose, all else blank; how often stands behind the last for all that do not say it. Last come the
    words of the row by which they were paired, where they may be read otherwise ("x / y: 400 mg / 100 mg BD").
    """
    at = next((at for at, each in enumerate(columns[: len(row.cells)]) if each.role == "drug"), None)
    dosed = [
        n for n, each in enumerate(columns[: len(row.cells)]) if each.role in _DOSED and has_dose(row.cells[n].text)
    ]
    if at is None or len(dosed) != 1:
        yield row, None, ()
        return
    names, doses = row.cells[at].text, row.cells[dosed[0]].text
    for joint in _JOINTS:
        named, given = joint.split(names), _parts(doses, joint)
        if len(named) > 1 and len(named) == len(given) and are_several(named, names, drugs):
            paired = () if joint is _LINES else (f"{names.strip()}: {doses.strip()}",)
            for name, dose in zip(named, given, strict=True):
                cells = list(row.cells)
                cells[at] = replace(cells[at], text=name)
                cells[dosed[0]] = replace(cells[dosed[0]], text=dose)
                yield replace(row, cells=tuple(cells)), doses.strip(), paired
            return
    yield row, None, ()


def are_several(parts: Sequence[str], whole: str, drugs: Drugs) -> bool:
    """Tell whether each part of a cell is a drug by itself, and the whole no name of a product of them."""
    named = [{mention.drug for mention in drugs.find(part)} for part in parts]
    alone = all(len(each) == 1 for each in named)
    return alone and drugs.canonical(whole) is None and len({*map(min, named)}) == len(parts)


def _parts(text: str, joint: re.Pattern[str]) -> list[str]:
    """Give the doses that a text joins, each with all others blank; none where a part is no dose alone."""
    cuts = [0, *(end for match in joint.finditer(text) for end in match.span()), len(text)]
    spans = list(zip(cuts[::2], cuts[1::2], strict=True))
    if len(spans) < 2 or not all(has_dose(text[begin:end]) for begin, end in spans):
        return []
    last = spans[-1][0] + read_amounts(text[spans[-1][0] :])[-1].end
    tail = text[last:]
    found = []
    for begin, end in spans:
        own = {phrase.kind for phrase in read_phrases(text[begin:end])}
        shared = "" if own & _HOW or end == len(text) or joint is _LINES else tail
        if shared and not _says_how(text[spans[-1][0] :], last - spans[-1][0]):
            return []
        found.append(f"{' ' * begin}{text[begin:end]}{' ' * (max(last, end) - end)}{shared}")
    return found


def _says_how(words: str, begin: int) -> bool:
    """Tell whether words from an offset on say how often, how long or by which route, and nothing else."""
    phrases = [phrase for phrase in read_phrases(words) if phrase.begin >= begin]
    said = without(words, [(phrase.begin, phrase.end) for phrase in phrases])[begin:]
    return {phrase.kind for phrase in phrases} <= _HOW and not re.search(r"\w", said)


_ADDED = lazy_regex(r"\badd(?:ing)?\s+$")


def added(text: str, drugs: Drugs) -> str | None:
    """Give the drug that a cell adds to others, as its last word ("x will do; with y ADD z"): the dose is of it."""
    mentions = drugs.find(text)
    if len({mention.drug for mention in mentions}) < 2 or re.search(r"\w", text[mentions[-1].end :]):
        return None
    return mentions[-1].drug if _ADDED.search(uniform(text[: mentions[-1].begin])) else None
