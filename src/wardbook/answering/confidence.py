"""Whether the pages answer: a calibrated score over how much of the question the evidence holds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from wardbook.answering.evidence import Evidence
from wardbook.answering.terms import Term

THRESHOLD = 0.5
"""Probability below which wardbook says that the pages do not answer."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What the score is made of, each 0 to 1."""

    coverage: float
    """Part of the question's terms, by weight, that the best evidence and what stands above it hold."""
    dense: float
    """Cosine of the best passage with the question."""
    unknown: float
    """Part of the question's terms, by weight, that stand on no page."""
    own: float
    """Part of the question's terms, by weight, that the best section's units hold between them."""


def signals_of(terms: Sequence[Term], ranked: Sequence[Evidence]) -> Signals:
    """Measure the signals; all 0 where nothing was found."""
    total = sum(term.weight for term in terms) or 1.0
    unknown = sum(term.weight for term in terms if not term.known) / total
    if not ranked:
        return Signals(0.0, 0.0, unknown, 0.0)
    best = ranked[0]
    same = [each for each in ranked if each.hit is best.hit]
    return Signals(
        best.coverage,
        max(each.hit.dense for each in ranked[:5]),
        unknown,
        max(each.coverage for each in same),
    )


WEIGHTS = (-3.2, 4.2, 3.0, -2.0)
"""Intercept and weights of coverage, dense and unknown: logistic regression, see bench/README.md."""


def probability(signals: Signals) -> float:
    """Give the probability that the pages answer."""
    intercept, coverage, dense, unknown = WEIGHTS
    logit = intercept + coverage * signals.coverage + dense * signals.dense + unknown * signals.unknown
    return 1 / (1 + math.exp(-logit))
