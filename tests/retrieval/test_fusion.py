"""Two rankings into one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardbook.retrieval.fusion import fuse, normalised

SCORES = st.dictionaries(st.integers(0, 20), st.floats(-1, 30, allow_nan=False), max_size=12)


def test_normalised_scores_have_mean_0_and_deviation_1() -> None:
    found = normalised(np.array([1.0, 2.0, 6.0]))
    assert found.mean() == pytest.approx(0)
    assert found.std() == pytest.approx(1)
    assert normalised(np.array([3.0, 3.0])).tolist() == [0, 0]


def test_worked_by_hand() -> None:
    # dense z: 1 and -1; words z: -1 and 1; shares 0.6 and 0.4
    found = fuse({1: 0.9, 2: 0.5}, {1: 2.0, 2: 8.0}, 0.6)
    assert [key for key, _ in found] == [1, 2]
    assert [score for _, score in found] == pytest.approx([0.2, -0.2])


def test_what_one_side_did_not_find_counts_as_its_lowest() -> None:
    found = dict(fuse({1: 0.9, 2: 0.5}, {3: 4.0, 2: 4.0}, 0.5))
    assert found[3] == pytest.approx(0.5 * -1)
    assert found[2] == pytest.approx(0.5 * -1)
    assert found[1] == pytest.approx(0.5 * 1)


def test_no_match_is_dropped_and_nothing_gives_nothing() -> None:
    assert [key for key, _ in fuse({1: 0.5, 2: 0.0, 3: -0.2}, {4: 0.0}, 0.5)] == [1]
    assert fuse({}, {}, 0.5) == []


def test_equal_scores_are_ordered_by_id() -> None:
    assert [key for key, _ in fuse({9: 0.5, 3: 0.5}, {}, 0.5)] == [3, 9]


@settings(max_examples=100, deadline=None)
@given(SCORES, SCORES, st.floats(0, 1))
def test_every_match_is_ranked_once_and_best_first(
    dense: dict[int, float], words: dict[int, float], share: float
) -> None:
    found = fuse(dense, words, share)
    assert sorted(key for key, _ in found) == sorted({key for side in (dense, words) for key in side if side[key] > 0})
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)
