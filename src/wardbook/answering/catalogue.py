"""All entries of a table that a question names by its columns: "which products are licensed", "all trials and leads".

The ranking finds some rows of one table or another; who asks for all of a kind of thing wants each, by its name.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from wardbook.answering.headed import DOSING, asked_kinds, heads
from wardbook.answering.question import Question
from wardbook.answering.scoring import Evidence, titled
from wardbook.answering.speech import weighed
from wardbook.answering.terms import ASKING, Term, held, stems
from wardbook.lazy_regex import lazy_regex

LEAST = 3
"""Entries from which a table lists things."""
MOST = 12
"""Entries of an answer."""
MOST_CHARACTERS = 1000
"""Characters of them."""
_ASKS = lazy_regex(
    r"\ball\b|\blist\b|\b(?:which|what) (?:[\w'-]+ ){1,4}?(?:are|is|do|does|have|exist)\b", re.IGNORECASE
)
"""Asks for each thing of a kind."""
_OTHER = DOSING | {"grading", "compare", "evidence", "treatment", "monitoring", "safety", "threshold", "reference"}
"""Kinds of question that ask something else of the things."""


def catalogue(question: Question, ranked: Sequence[Evidence], terms: Sequence[Term]) -> list[Evidence]:
    """Give the entries of the table whose columns are named, each with the columns asked for alone; [] for no such.

    All else that the question names has to stand in the headings: of which entries that is so, their names do not tell.
    A table of doses is none: what a drug is given for stands in its rows.
    """
    if not ranked or question.grades or question.kinds & _OTHER or not _ASKS.search(question.text):
        return []
    tables: dict[tuple[str, str, int], list[Evidence]] = {}
    for each in ranked:
        if each.unit.kind == "row" and len(each.unit.values) > 1:
            tables.setdefault((each.hit.page, each.hit.section, each.unit.block), []).append(each)
    asked = frozenset(stems(question.text))
    able = [rows for rows in tables.values() if _is_asked(question, rows, terms, asked)]
    best = max(able, key=lambda rows: _rank(question, rows, asked), default=[])
    shown: dict[str, Evidence] = {}
    for each in sorted(best, key=lambda each: each.unit.lines):
        values = tuple(pair for at, pair in enumerate(each.unit.values) if at == 0 or _is_told(*pair, asked))
        shown.setdefault(each.unit.values[0][1], replace(each, unit=replace(each.unit, values=values)))
    found = list(shown.values())
    size = sum(len(cell) for each in found for _, cell in each.unit.values)
    return found if LEAST <= len(found) <= MOST and size <= MOST_CHARACTERS else []


_TURNS = lazy_regex(
    r"\b(?:not?|never|no longer|only|unless|except|until|withdrawn|stopped|suspended|discontinued|closed|avoid\w*|"
    r"contra-?indicat\w*|obsolete|superseded)\b",
    re.IGNORECASE,
)
"""Takes from an entry, and is told with it."""


def _is_told(header: str, cell: str, asked: frozenset[str]) -> bool:
    return _named(header, asked) or _TURNS.search(cell) is not None


def _named(header: str, asked: frozenset[str]) -> bool:
    """Tell whether a question has the words of a column's head, units and notes in brackets aside."""
    own = frozenset(stems(re.sub(r"\([^()]*\)", " ", header)))
    return bool(own) and own <= asked


def _is_asked(question: Question, rows: Sequence[Evidence], terms: Sequence[Term], asked: frozenset[str]) -> bool:
    """Tell whether a table's columns are named and none of its entries, and its headings hold all else that tells."""
    hit, headers = rows[0].hit, [name for each in rows for name, _ in each.unit.values]
    labels = {each.unit.values[0][1] for each in rows}
    dosed = any(heads("dose", name) for name in headers) or any(heads("grading", name) for name in headers)
    if dosed or len(labels) < LEAST or not any(_named(name, asked) for name in headers):
        return False
    if any(set(stems(label)) & asked - set(stems(" ".join([*headers, titled(hit)]))) for label in labels):
        return False
    over = held(" ".join([titled(hit), *hit.path, *rows[0].unit.lead, *dict.fromkeys(headers)]))
    telling = [term for term in weighed(terms) if term.weight > ASKING and term.words.lower() not in question.asking]
    return bool(telling) and all(over.holds(term) for term in telling)


def _rank(question: Question, rows: Sequence[Evidence], asked: frozenset[str]) -> tuple[int, bool, int]:
    """Rank a table: by how many of its columns are named, by its heading, by how much it lists."""
    headers = dict.fromkeys(name for each in rows for name, _ in each.unit.values)
    kinds = [kind for kind in asked_kinds(question) if kind != "list"]
    headed = any(heads(kind, heading) for kind in kinds for heading in rows[0].hit.path)
    return sum(_named(name, asked) for name in headers), headed, len({each.unit.values[0][1] for each in rows})
