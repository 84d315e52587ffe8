"""Disagreements: two pages that say the same thing with other figures."""

import re
from collections.abc import Sequence

from wardbook.answering.compose import without_references
from wardbook.answering.evidence import Evidence
from wardbook.answering.terms import held

SAME_WORDS = 0.7
"""Part of the words, figures left out, that two statements share at least to be about the same thing."""
NEARLY_AS_GOOD = 0.6
"""Part of the best one's score from which another page's statement is held against it."""
_FIGURE = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?![\w])")


def figures(evidence: Evidence) -> frozenset[str]:
    """Give the figures of a statement; page numbers of references are none."""
    return frozenset(match.replace(",", "") for match in _FIGURE.findall(without_references(evidence.unit.text)))


def _words(evidence: Evidence) -> frozenset[str]:
    return frozenset(stem for stem in held(evidence.unit.text).stems if not any(map(str.isdigit, stem)))


def _differ(one: Evidence, other: Evidence) -> bool:
    """Tell whether two statements share their words and not their figures."""
    left, right = _words(one), _words(other)
    shared = len(left & right) / (max(len(left), len(right)) or 1)
    mine, theirs = figures(one), figures(other)
    return shared >= SAME_WORDS and bool(mine) and bool(theirs) and not (mine <= theirs or theirs <= mine)


def at_odds(chosen: Sequence[Evidence], ranked: Sequence[Evidence]) -> list[tuple[Evidence, ...]]:
    """Give, for each chosen statement that other pages contradict, it and those; only pages differ, never one page."""
    if not chosen:
        return []
    floor = max(each.score for each in chosen) * NEARLY_AS_GOOD
    near = [each for each in ranked if each.score >= floor]
    found: list[tuple[Evidence, ...]] = []
    told: set[tuple[str, tuple[int, int]]] = set()
    for each in chosen:
        others = [other for other in near if other.hit.page != each.hit.page and _differ(each, other)]
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
