"""Orders in code: a fenced sheet with a drug a line ("D-2   XYZ 140 mg/m2   100 mL"), and lines that are code spans.

Of a fence only what is surely an order is read: a line that opens with a drug behind no more than a day or a time of
day, and that is no part of a chart.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from wardbook.corpus.block import Block
from wardbook.dosing.cell import has_dose
from wardbook.dosing.context import Context, Drugs
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.sentence import read_text
from wardbook.dosing.settle import Place
from wardbook.lazy_regex import lazy_regex

_CHART = lazy_regex(r"[|│┌└├─→←↓↑]|->|<-|=>|\+--|^\s*[v^V]\s*$|[{}\[\]]\s*$")
_DAYS = lazy_regex(
    r"\s*((?:d|day)s?\s*[-+]?\d+(?:\s*(?:\.\.+|to|-|–|,|and|&)\s*(?:(?:d|day)\s*)?[-+]?\d+)*)\s*:?\s*", re.IGNORECASE
)
_TIME = lazy_regex(r"\s*(\d{1,2}[:.]\d{2}(?:\s*h)?)\s*:?\s*")
_COLUMN = lazy_regex(r"\s{2,}")
_HOW_MADE = lazy_regex(r"(?:in\s+)?\d+(?:\.\d+)?\s*(?:ml|l|h|hours?|min(?:utes?)?)\b[^\d]*", re.IGNORECASE)
"""A column that holds nothing but a volume or a time: what the drug is made up in, and for how long it runs."""
_SEE = lazy_regex(r"\(see [^()]*\)")
"""What tells only where more is said."""
_SPAN = lazy_regex(r"\s*`([^`]+)`\s*")


def is_sheet(block: Block) -> bool:
    """Tell whether a block is a fence that holds no chart."""
    return block.kind == "code" and not any(_CHART.search(line) for line in block.text.split("\n"))


def read_sheet(block: Block, context: Context, drugs: Drugs, place: Place) -> Iterator[Regimen]:
    """Give the doses of a fence, each from its own line."""
    for at, line in enumerate(block.text.split("\n"), block.lines[0] + 1):
        days = _DAYS.match(line)
        label = days or _TIME.match(line)
        body = line[label.end() if label else 0 :].strip()
        named = drugs.find(body)
        if not named or re.search(r"\w", body[: named[0].begin]) or not has_dose(body):
            continue
        first, *columns = _COLUMN.split(_SEE.sub("", body).strip())
        made = [each for each in columns if _HOW_MADE.fullmatch(each)]
        words = " ".join([first, *(each for each in columns if each not in made)])
        here = replace(place, lines=(at, at))
        for regimen in read_text(words, replace(context, drug=None), drugs, here):
            yield replace(_told(regimen, label, days is not None), notes=(*regimen.notes, *made), verbatim=line.strip())


def _told(regimen: Regimen, label: re.Match[str] | None, days: bool) -> Regimen:
    """Give a dose the days or the time of day before its drug; beside days of its own they are not understood."""
    if label is None:
        return regimen
    if not days:
        return replace(regimen, schedule="; ".join(filter(None, (label[1], regimen.schedule))))
    if regimen.schedule:
        return replace(regimen, unparsed=(*regimen.unparsed, label[1]))
    return replace(regimen, schedule=label[1])


def spans_apart(block: Block) -> Block:
    """Keep apart the lines of a paragraph each of which is wholly a code span: none goes on in the next one."""
    lines = block.source.split("\n")
    if block.kind != "paragraph" or len(lines) < 2:
        return block
    spans = [_SPAN.fullmatch(line) for line in lines]
    return replace(block, text="\n".join(span[1] for span in spans if span)) if all(spans) else block
