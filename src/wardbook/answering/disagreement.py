"""Disagreements: two pages that say the same thing with other figures."""

import re
from collections.abc import Sequence
from functools import lru_cache

from wardbook.answering.evidence import Evidence
from wardbook.answering.reference_marks import without_references
from wardbook.answering.terms import Term, held
from wardbook.dosing.column import role_of
from wardbook.lazy_regex import lazy_regex

SAME_WORDS = 0.7
"""Part of the words, figures left out, that two statements share at least to be about the same thing."""
HALF = 0.5
"""Part of the words of the shorter one that are shared at least where both hold the same things that are asked."""
LEAST_TOLD = 2
"""Telling words of the question from which two statements that hold the same ones are about the same thing."""
NEARLY_AS_GOOD = 0.6
"""Part of the best one's score from which another page's statement is held against it."""
_NOT = lazy_regex(r"\b(?:not|no|never|avoid|contra-?indicated)\b|n't\b", re.IGNORECASE)
_ANY = lazy_regex(r"^(?:all|any|every)\b", re.IGNORECASE)
_ROLES = frozenset({"indication", "population", "severity", "setting", "weight", "age", "renal"})
_FIGURE = lazy_regex(r"(?<![\w.])\d+(?:[.,]\d+)*(?![\w])")


def figures(evidence: Evidence) -> frozenset[str]:
    """Give the figures of a statement; page numbers of references are none."""
    return _figures(evidence.unit.text)


@lru_cache(maxsize=20_000)
def _figures(text: str) -> frozenset[str]:
    return frozenset(match.replace(",", "") for match in _FIGURE.findall(without_references(text)))


@lru_cache(maxsize=20_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(stem for stem in held(text).stems if not any(map(str.isdigit, stem)))


def _comparable(one: Evidence, other: Evidence) -> bool:
    """Tell whether two statements can be held against each other: no row against words, nor rows of two things.

    For a row against words see `_row_and_words_differ`.
    """
    rows = [each.unit.values for each in (one, other) if each.unit.kind == "row" and each.unit.values]
    if len(rows) < 2:
        return not rows
    mine, theirs = ({"": values[0][1]} | _for_whom(values) for values in rows)
    return all(_alike(mine[role], theirs[role]) for role in mine.keys() & theirs.keys())


def _for_whom(values: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Give the cells of a row that say for whom or what it holds, by the role of their columns."""
    return {role: cell for name, cell in values if (role := role_of(name)) in _ROLES}


def _alike(one: str, other: str) -> bool:
    """Tell whether one of two cells holds all words of the other, or holds for all."""
    mine, theirs = held(one).stems, held(other).stems
    return mine <= theirs or theirs <= mine or bool(_ANY.search(one) or _ANY.search(other))


def _differ(one: Evidence, other: Evidence) -> bool:
    """Tell whether two statements share words, or what the question names, and not their figures or their "not"."""
    if not _comparable(one, other):
        return _row_and_words_differ(one, other)
    left, right = _words(one.unit.text), _words(other.unit.text)
    both = len(left & right)
    same = both >= SAME_WORDS * max(len(left), len(right), 1)
    named = len(one.holds) >= LEAST_TOLD and one.holds == other.holds and both >= HALF * min(len(left), len(right), 99)
    if named and bool(_NOT.search(one.unit.text)) != bool(_NOT.search(other.unit.text)):
        return True
    mine, theirs = figures(one), figures(other)
    return (same or named) and bool(mine) and bool(theirs) and not (mine <= theirs or theirs <= mine)


_UNIT = lazy_regex(r"\s*(%|[a-zµ]+(?:/[a-z0-9]+)*)", re.IGNORECASE)
_NO_UNIT = lazy_regex(r"(?:for|or|and|to|in|before|after|if|with|at|is|as|of|on|by|the|until|when)\b", re.IGNORECASE)


def _row_and_words_differ(one: Evidence, other: Evidence) -> bool:
    """Tell whether a row and a sentence hold the same things that are asked, and one figure each, which differ.

    The figures are of one kind where the same unit stands behind them, or none.
    """
    row, words = (one, other) if one.unit.kind == "row" else (other, one)
    if not row.unit.values or words.unit.kind == "row" or len(words.holds) < LEAST_TOLD or not row.holds:
        return False
    if row.open - row.holds != words.open - words.holds:
        return False
    cells = " ; ".join(cell for _, cell in row.unit.values[1:])
    mine, theirs = _figures(cells), _figures(words.unit.text)
    return len(mine) == len(theirs) == 1 and mine != theirs and _unit_in(cells) == _unit_in(words.unit.text)


def _unit_in(text: str) -> str:
    """Give the word behind the first figure of a text, "" where it is none that can be a unit."""
    figure = _FIGURE.search(text)
    unit = _UNIT.match(text, figure.end()) if figure else None
    return unit[1].lower() if unit and not _NO_UNIT.match(unit[1]) else ""


def _subject(evidence: Evidence, names: Sequence[Term]) -> frozenset[str]:
    """Give the names that a question gives which a statement or what stands above it holds: what it is about."""
    words = " ".join([evidence.hit.title, *evidence.hit.path, *evidence.unit.lead, evidence.unit.text])
    return frozenset(term.words for term in names if held(words).holds(term))


def at_odds(
    chosen: Sequence[Evidence], ranked: Sequence[Evidence], names: Sequence[Term] = ()
) -> list[tuple[Evidence, ...]]:
    """Give, for each chosen statement that other pages contradict, it and those; only pages differ, never one page.

    `names` are the terms of the question that name something: statements on two of them ("CRS" on the pages of two
    products) do not contradict each other.
    """
    if not chosen:
        return []
    floor = max(each.score for each in chosen) * NEARLY_AS_GOOD
    near = [each for each in ranked if each.score >= floor]
    found: list[tuple[Evidence, ...]] = []
    told: set[tuple[str, tuple[int, int]]] = set()
    for each in chosen:
        about = _subject(each, names)
        others = [
            other
            for other in near
            if other.hit.page != each.hit.page and _differ(each, other) and _subject(other, names) == about
        ]
        if others and (each.hit.page, each.unit.lines) not in told:
            sides = (each, *_one_a_page(others))
            told.update((side.hit.page, side.unit.lines) for side in sides)
            found.append(sides)
    return found


def _one_a_page(others: Sequence[Evidence]) -> list[Evidence]:
    best: dict[str, Evidence] = {}
    for each in others:
        best.setdefault(each.hit.page, each)
    return list(best.values())
