"""Intervals and tests: bootstrap, exact binomial, randomization; all seeded, so that they are the same on every run."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import stats

SEED = 20_240_601
RESAMPLES = 2_000
"""Of the bootstrap."""
SHUFFLES = 9_999
"""Of the randomization test."""

Floats = NDArray[np.float64]
Statistic = Callable[..., Floats]


def mean_of(values: Floats, axis: int = -1) -> Floats:
    """Give the mean along an axis."""
    return np.asarray(np.mean(values, axis=axis))


def percentile_of(share: float) -> Statistic:
    """Give a function that takes the percentile (0-100) along an axis."""
    return lambda values, axis=-1: np.asarray(np.percentile(values, share, axis=axis))


def bootstrap(values: Sequence[float], statistic: Statistic = mean_of) -> tuple[float, float]:
    """Give the 95% bootstrap interval (percentile method); both ends are the value where all values are the same."""
    data = np.asarray(values, dtype=np.float64)
    if data.size < 2 or np.ptp(data) == 0:
        point = float(statistic(data))
        return point, point
    found = stats.bootstrap(
        (data,), statistic, n_resamples=RESAMPLES, method="percentile", vectorized=True, rng=np.random.default_rng(SEED)
    )
    return float(found.confidence_interval.low), float(found.confidence_interval.high)


def upper_rate(count: int, of: int) -> float:
    """Give the highest true rate that fits `count` in `of` (exact binomial, one-sided 95%); 1.0 for none asked."""
    if of == 0:
        return 1.0
    test = stats.binomtest(count, of, alternative="less")
    return float(test.proportion_ci(confidence_level=0.95, method="exact").high)


def randomization(differences: Sequence[float]) -> float:
    """Give the two-sided p of a paired randomization test: how often signs turned at random move the mean as far.

    Pairs without difference do not bear on it and are left out; with one difference or none p is 1.
    """
    moved = np.asarray([difference for difference in differences if difference], dtype=np.float64)
    if moved.size < 2:
        return 1.0
    found = stats.permutation_test(
        (moved,), mean_of, permutation_type="samples", vectorized=True, n_resamples=SHUFFLES,
        alternative="two-sided", rng=np.random.default_rng(SEED),
    )  # fmt: skip
    return float(found.pvalue)


def holm(values: Sequence[float]) -> list[float]:
    """Give the p values adjusted for several tests (Holm 1979), in the order given."""
    order = sorted(range(len(values)), key=lambda at: values[at])
    adjusted, highest = [0.0] * len(values), 0.0
    for step, at in enumerate(order):
        highest = max(highest, min(1.0, values[at] * (len(values) - step)))
        adjusted[at] = highest
    return adjusted
