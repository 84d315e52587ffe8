import itertools

import numpy as np
import pytest

from wardbook.evaluation import interval


def test_the_bootstrap_is_the_same_on_every_run_and_holds_the_mean() -> None:
    values = [0.0, 1.0] * 50
    low, high = interval.bootstrap(values)
    assert (low, high) == interval.bootstrap(values)
    assert 0.38 < low < 0.42 and 0.58 < high < 0.62  # 0.5 ± 1.96 · 0.5 / √100 = 0.402 to 0.598


@pytest.mark.parametrize("values", [[0.7], [0.7] * 5])
def test_constant_values_have_a_point_for_an_interval(values: list[float]) -> None:
    assert interval.bootstrap(values) == pytest.approx((0.7, 0.7))


def test_the_bootstrap_of_a_percentile() -> None:
    low, high = interval.bootstrap([float(value) for value in range(101)], interval.percentile_of(50))
    assert low < 50 < high and low > 30 and high < 70


@pytest.mark.parametrize(("count", "of", "rate"), [(0, 300, 0.00994), (0, 100, 0.02951), (5, 10, 0.77756), (0, 0, 1)])
def test_the_upper_rate_is_the_exact_binomial_one(count: int, of: int, rate: float) -> None:
    assert interval.upper_rate(count, of) == pytest.approx(rate, abs=1e-4)  # 0 of n: 1 - 0.05 ** (1 / n)


def test_the_randomization_test_is_that_of_all_signs() -> None:
    moved = [0.5, 0.2, 1.0, -0.1, 0.3]
    means = [abs(np.mean(np.multiply(moved, signs))) for signs in itertools.product((1, -1), repeat=5)]
    exact = sum(mean >= np.mean(moved) - 1e-12 for mean in means) / len(means)
    assert interval.randomization([*moved, 0.0, 0.0]) == pytest.approx(exact)


def test_without_any_difference_chance_explains_all() -> None:
    assert interval.randomization([0.0, 0.0]) == 1.0 == interval.randomization([])


def test_holm_by_hand() -> None:
    assert interval.holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert interval.holm([0.9, 0.8]) == [1.0, 1.0]
