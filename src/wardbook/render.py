"""An Answer as words for a terminal; and quotes as a person reads them."""

import io
import re
import string
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from wardbook.corpus.inline import inline_words
from wardbook.lazy_regex import lazy_regex

_LETTERS = string.ascii_lowercase
"""What options are listed by: a figure given back could be a grade as well as a place."""
_QUOTED = lazy_regex(r"“([^”]*)”")
_STATUS = {
    "answered": "",
    "needs_clarification": "One more thing is needed.",
    "not_found": "Not in these pages.",
    "refused": "Not a question for these pages.",
}


def readable(quote: str) -> str:
    """Give a quote without link marks, entities and escapes; its words and figures stay."""
    return re.sub(r"\s+", " ", inline_words(quote).text)


def where(citation: Mapping[str, Any]) -> str:
    """Word the place of a citation: "Anakinra > Dosing Regimens, lines 44-50"."""
    first, last = citation["lines"]
    place = " > ".join(part for part in (citation["title"], citation["section"]) if part)
    return f"{place}, {'line' if first == last else 'lines'} {first if first == last else f'{first}-{last}'}"


def _facts(citation: Mapping[str, Any]) -> str:
    level, updated = citation["evidence_level"], citation["last_updated"]
    known = [f"updated {updated}" if updated else "no date on the page"]
    known += [f"evidence: {level}"] if level else []
    return "; ".join(known)


def _wrap(text: str, width: int, indent: str = "") -> str:
    return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _text_lines(text: str, width: int) -> Iterator[str]:
    for is_table, group in groupby(text.splitlines(), lambda line: line.startswith("|")):
        lines = list(group)
        yield from _table_lines(lines, width) if is_table else _word_lines(lines, width)


def _table_lines(rows: list[str], width: int) -> Iterator[str]:
    """Draw a Markdown table whose second line is its rule."""
    from rich.box import SIMPLE_HEAD  # imported here, since few answers hold a table
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    head, _, *lines = ([cell.strip() for cell in row[2:-2].split(" | ")] for row in rows)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in head:
        table.add_column(Text(name), overflow="fold")
    for row in lines:
        table.add_row(*(Text(cell) for cell in row))
    console = Console(width=width, color_system=None, file=io.StringIO())
    console.print(table)
    yield from (line.rstrip() for line in console.file.getvalue().splitlines())  # type: ignore[attr-defined]


def _word_lines(lines: Iterable[str], width: int) -> Iterator[str]:
    for each in lines:
        line = _QUOTED.sub(lambda match: f"“{readable(match[1])}”", each)
        if not line.strip():
            yield line
            continue
        mark = re.match(r"\s*(?:[-*]|\d+\.)\s+", line)
        hang = " " * (mark.end() if mark else 0)
        yield textwrap.fill(line, width, subsequent_indent=hang, break_on_hyphens=False)


def _citation_lines(citation: Mapping[str, Any], width: int) -> Iterator[str]:
    yield _wrap(f"[{citation['n']}] {where(citation)} ({citation['page']}.md)", width)
    yield _wrap(f"“{readable(citation['quote'])}”", width, "    ")
    yield _wrap(_facts(citation), width, "    ")


def terminal(answer: Mapping[str, Any], width: int = 100) -> str:
    """Word an answer (contract JSON) for a terminal of `width` columns."""
    lines: list[str] = []
    if answer["standalone_question"] != answer["question"]:
        lines += [f"Understood as: {answer['standalone_question']}", ""]
    if _STATUS[answer["status"]]:
        lines += [_STATUS[answer["status"]]]
    lines += _text_lines(answer["text"], width)
    if answer["clarification"]:
        lines += ["", _wrap(answer["clarification"]["prompt"], width)]
        options = zip(_LETTERS, answer["clarification"]["options"], strict=False)
        lines += [f"  {letter}. {option}" for letter, option in options]
    for conflict in answer["conflicts"]:
        lines += ["", f"The pages disagree on {conflict['what']}:"]
        lines += [_wrap(f"{side['value']} [{side['citation']}]", width, "  ") for side in conflict["sides"]]
    for warning in answer["warnings"]:
        lines += ["", _wrap(f"! {warning}", width)]
    for citation in answer["citations"]:
        lines += ["", *_citation_lines(citation, width)]
    return "\n".join(lines)
