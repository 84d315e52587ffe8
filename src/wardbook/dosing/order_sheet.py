"""Orders in code: a fenced sheet with a drug a line ("D-2   XYZ 140 mg/m2   100 mL"), and lines that are code spans.

A fence is read only where each of its lines is surely an order: it opens with a drug behind no more than a day or a
time of day, and a dose of it is read. What any other line says ("WRONG", "CrCl < 25:", "max 500 mg", "Adults only") may
be of the lines around it, so a fence with such a line is left to its words, as a chart is; but for one under the name
of a drug, where each line has a label and none names a drug ("grade 3 ....... 100 mg q6h").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from wardbook.corpus.block import Block
from wardbook.dosing.cell import has_dose
from wardbook.dosing.context import Context, Drugs
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.interaction import beside_label
from wardbook.dosing.leftover import tidy
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.route import read_routes
from wardbook.dosing.sentence import read_text
from wardbook.dosing.settle import Place
from wardbook.lazy_regex import lazy_regex

_CHART = lazy_regex(r"[|│┌└├─→←↓↑]|->|<-|=>|\+--|^\s*[v^V]\s*$|[{}\[\]]\s*$")
_NOT_IN_USE = lazy_regex(
    r"\b(?:not|don'?t|never|wrong(?:ly)?|errors?|incorrect|old|obsolete|former(?:ly)?|previous(?:ly)?|examples?)\b",
    re.IGNORECASE,
)
_DAYS = lazy_regex(
    r"\s*((?:d|day)s?\s*[-+]?\d+(?:\s*(?:\.\.+|to|-|–|,|and|&)\s*(?:(?:d|day)\s*)?[-+]?\d+)*)\s*:?\s*", re.IGNORECASE
)
_TIME = lazy_regex(r"\s*(\d{1,2}[:.]\d{2}(?:\s*h)?)\s*:?\s*")
_COLUMN = lazy_regex(r"\s{2,}")
_HOW_MADE = lazy_regex(
    r"(?:in\s+)?\d+(?:\.\d+)?\s*(?:ml|l|h|hours?|min(?:utes?)?)"
    r"(?:\s+(?:nacl|(?:normal\s+)?saline|ns|glucose|dextrose|water)(?:\s*\d+(?:\.\d+)?\s*%)?)?",
    re.IGNORECASE,
)
"""A column that holds nothing but a volume or a time: what the drug is made up in, and for how long it runs."""
_SEE = lazy_regex(r"\(see [^()]*\)")
"""What tells only where more is said."""
_OVER = lazy_regex(r"\bover\s+\d+(?:\.\d+)?\s*(?:h|hours?|min(?:utes?)?)(?!\S)", re.IGNORECASE)
_SPAN = lazy_regex(r"\s*`([^`]+)`\s*")


def is_sheet(block: Block) -> bool:
    """Tell whether a block is a fence that holds no chart and no example of what is not in use."""
    charted = any(_CHART.search(line) for line in block.text.split("\n"))
    return block.kind == "code" and not charted and not _NOT_IN_USE.search(" ".join(block.lead))


def read_sheet(block: Block, context: Context, drugs: Drugs, place: Place) -> Iterator[Regimen]:
    """Give the doses of a fence, each from its own line; none where a line is no order."""
    lines = [each for each in enumerate(block.text.split("\n"), block.lines[0] + 1) if each[1].strip()]
    read = [list(_order(line, context, drugs, replace(place, lines=(at, at)))) for at, line in lines]
    yield from chain.from_iterable(read) if all(read) else _labelled(lines, context, drugs, place)


_LABEL = lazy_regex(r"\s*(?P<label>[^\s.:](?:[^\n]{0,60}?[^\s.:])?)(?:\s*\.{3,}\s*|\s{2,}|\s*:\s+)(?P<said>\S[^\n]*)")
"""What a line is of, up to dots, a gap or a colon, and what it says of that ("grade 3 ....... 100 mg SC q6h")."""


def _labelled(lines: Sequence[tuple[int, str]], context: Context, drugs: Drugs, place: Place) -> Iterator[Regimen]:
    """Give the doses of a fence under the name of one drug, each line of which has a label and names no drug.

    What lines without a dose say ("CrCl < 30 ....... double the gap") is told beside each dose.
    """
    read = [(at, line, _LABEL.fullmatch(line)) for at, line in lines]
    if not context.drug or any(
        match is None or drugs.find(line) or has_dose(match["label"]) for _, line, match in read
    ):
        return
    told = [(at, line, match["label"], match["said"].strip()) for at, line, match in read if match]
    beside = tuple(f"{label}: {said}" for _, _, label, said in told if not has_dose(said))
    for at, line, label, said in told:
        for regimen in read_text(f"{label}: {said}", context, drugs, replace(place, lines=(at, at))):
            yield replace(regimen, verbatim=line.strip(), notes=(*regimen.notes, *beside))


def _order(line: str, context: Context, drugs: Drugs, place: Place) -> Iterator[Regimen]:
    """Give the doses of one line; columns behind the dose, but for how it is made up and given, are not understood."""
    days = _DAYS.match(line)
    label = days or _TIME.match(line)
    body = line[label.end() if label else 0 :].strip()
    if not _opens_with_drug(body, drugs):
        return
    first, *columns = _COLUMN.split(_SEE.sub("", body).strip())
    words = [first]
    while columns and not has_dose(" ".join(words)):
        words.append(columns.pop(0))
    made = [each for each in columns if _HOW_MADE.fullmatch(each)]
    words += [each for each in columns if _is_way(each)]
    left = [tidy(each) for each in columns if each not in made and not _is_way(each)]
    for regimen in read_text(" ".join(words), replace(context, drug=None), drugs, place):
        told = _told(regimen, label, days is not None)
        yield replace(
            told, notes=(*told.notes, *made), unparsed=(*told.unparsed, *filter(None, left)), verbatim=line.strip()
        )


def _opens_with_drug(words: str, drugs: Drugs) -> bool:
    named = drugs.find(words)
    return bool(named) and not re.search(r"\w", words[: named[0].begin]) and has_dose(words)


def _is_way(column: str) -> bool:
    """Tell whether a column tells nothing but a route, how often or how long it runs ("IV over 2 h")."""
    rest = _OVER.sub("", column)
    told = [(each.begin, each.end) for each in read_routes(rest)]
    told += [(each.begin, each.end) for each in read_frequencies(rest)]
    return not any(sign.isalnum() and not any(begin <= at < end for begin, end in told) for at, sign in enumerate(rest))


def _told(regimen: Regimen, label: re.Match[str] | None, days: bool) -> Regimen:
    """Give a dose the days or the time of day before its drug; beside days of its own they are not understood."""
    if label is None:
        return regimen
    if not days:
        return replace(regimen, schedule="; ".join(filter(None, (label[1], regimen.schedule))))
    if regimen.schedule:
        return replace(regimen, unparsed=(*regimen.unparsed, label[1]))
    return replace(regimen, schedule=label[1])


def spans_apart(block: Block, drugs: Drugs) -> Block:
    """Keep apart the lines of a paragraph each of which is wholly a code span and an order of its own.

    Else what one says may be of the line before ("if bilirubin > 50: omit").
    """
    lines = block.source.split("\n")
    if block.kind != "paragraph" or len(lines) < 2:
        return block
    spans = [span[1].strip() for span in map(_SPAN.fullmatch, lines) if span]
    apart = len(spans) == len(lines) and all(_stands_alone(span, drugs) for span in spans)
    return replace(block, text="\n".join(spans)) if apart else block


def _stands_alone(words: str, drugs: Drugs) -> bool:
    """Tell whether a line opens with a drug, a day, a route or a drug that is given beside, and holds a dose."""
    days = _DAYS.match(words)
    opens = days or _opens_with_drug(words, drugs) or any(each.begin == 0 for each in read_routes(words)[:1])
    return has_dose(words) and bool(opens or beside_label(words, drugs.find(words), None))
