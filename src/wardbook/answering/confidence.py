"""Whether the pages answer: a calibrated score over how much of the question the evidence holds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from wardbook.answering.evidence import Evidence
from wardbook.answering.terms import ASKING, Term, held

THRESHOLD = 0.4
"""Probability below which wardbook says that the pages do not answer."""
WEIGHTS = (-6.73, 5.27, 6.17)
"""Intercept and weights of coverage and cosine: logistic regression on the development questions, each asked also with
the pages that answer it taken away; see eval/README.md."""
WHOLE = 0.9
"""Coverage from which words alone are enough, where two or more of them tell of the subject."""
_BEST = 3
"""Units whose words count together."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What the score is made of, each 0 to 1."""

    coverage: float
    """Part of the question's terms, by weight, that the best units of one section and what stands above them hold."""
    dense: float
    """Cosine of the best passage with the question."""
    telling: int = 0
    """Terms that tell of the subject, and not only of the kind of question."""


def signals_of(terms: Sequence[Term], ranked: Sequence[Evidence]) -> Signals:
    """Measure the signals; all 0 where nothing was found."""
    if not ranked:
        return Signals(0.0, 0.0)
    same = [each for each in ranked if each.hit is ranked[0].hit][:_BEST]
    together = _together(terms, same)
    if ranked[0].lacks_drug:
        together = 0.5 * together
        return Signals(together, max(each.hit.dense for each in ranked))
    telling = sum(term.weight > ASKING for term in terms)
    return Signals(max(together, same[0].coverage), max(each.hit.dense for each in ranked), telling)


def _together(terms: Sequence[Term], units: Sequence[Evidence]) -> float:
    """Give the part of the terms that some units of one section hold between them, each at what it counts at best."""
    total = sum(term.weight for term in terms)
    texts = [held(each.unit.text) for each in units]
    above = held(" ".join(units[0].hit.path))
    best = units[0].coverage * total
    missed = sum(
        term.weight
        for term in terms
        if not texts[0].holds(term) and not above.holds(term) and any(text.holds(term) for text in texts[1:])
    )
    return min((best + 0.5 * missed) / total, 1.0) if total else 0.0


def probability(signals: Signals) -> float:
    """Give the probability that the pages answer."""
    intercept, coverage, dense = WEIGHTS
    fitted = 1 / (1 + math.exp(-(intercept + coverage * signals.coverage + dense * signals.dense)))
    return max(fitted, THRESHOLD) if signals.coverage >= WHOLE and signals.telling > 1 else fitted
