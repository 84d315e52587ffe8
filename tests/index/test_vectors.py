from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardbook.errors import IndexFault
from wardbook.index.flat_file import Floats
from wardbook.index.vectors import Vectors, read_vectors


def unit(count: int, seed: int = 0, dimension: int = 8) -> Floats:
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def test_search_gives_cosines_best_first() -> None:
    rows = unit(20)
    vectors = Vectors(8)
    vectors.add(np.arange(100, 120), rows)
    ids, scores = vectors.search(rows[7], 5)
    cosines = rows @ rows[7]
    assert ids[0] == 107
    assert ids.tolist() == (100 + np.argsort(-cosines)[:5]).tolist()
    np.testing.assert_allclose(scores, np.sort(cosines)[::-1][:5], atol=1e-6)


def test_after_removing_and_adding_each_vector_is_found_under_its_own_id() -> None:
    rows = unit(4)
    vectors = Vectors(8)
    vectors.add(np.array([1, 2, 3]), rows[:3])
    vectors.remove(np.array([1]))
    vectors.add(np.array([4]), rows[3:])
    found = [int(vectors.search(rows[at - 1], 1)[0][0]) for at in (2, 3, 4)]
    assert found == [2, 3, 4]
    assert 1 not in vectors.search(rows[0], 9)[0]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30)), max_size=40))
def test_any_history_ends_with_the_vectors_that_are_left(history: list[tuple[bool, int]]) -> None:
    rows, vectors, expected, fresh = unit(80), Vectors(8), {}, 0
    for adding, which in history:
        if adding:
            vectors.add(np.array([fresh]), rows[fresh : fresh + 1])
            expected[fresh] = rows[fresh]
            fresh += 1
        else:
            vectors.remove(np.array([which]))
            expected.pop(which, None)
    assert sorted(vectors.ids().tolist()) == sorted(expected)
    for key, row in expected.items():
        assert vectors.search(row, 1)[0].tolist() == [key]
        np.testing.assert_array_equal(vectors.take([key])[0], row)


def test_asking_for_more_than_there_is_gives_what_there_is() -> None:
    vectors = Vectors(8)
    assert vectors.search(unit(1)[0], 3)[0].tolist() == []
    vectors.add(np.array([5]), unit(1))
    assert vectors.search(unit(1)[0], 3)[0].tolist() == [5]
    assert vectors.take([]).shape == (0, 8)


def test_rows_of_another_size_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        Vectors(8).add(np.array([1]), unit(1, dimension=9))
    with pytest.raises(ValueError, match="shape"):
        Vectors(8).add(np.array([1, 2]), unit(1))


def test_saved_vectors_are_read_again(tmp_path: Path) -> None:
    vectors = Vectors(8)
    vectors.add(np.array([3, 9]), unit(2))
    vectors.save(tmp_path / "v.faiss")
    again = read_vectors(tmp_path / "v.faiss", 8)
    assert again.ids().tolist() == [3, 9]
    np.testing.assert_array_equal(again.take([3, 9]), unit(2))
    again.add(np.array([10]), unit(1, seed=5))
    assert again.search(unit(1, seed=5)[0], 1)[0].tolist() == [10]


def test_unfit_files_are_refused(tmp_path: Path) -> None:
    vectors = Vectors(8)
    vectors.add(np.array([3]), unit(1))
    path = tmp_path / "v.faiss"
    vectors.save(path)
    with pytest.raises(IndexFault, match="384"):
        read_vectors(path, 384)
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(IndexFault, match=r"v\.faiss"):
        read_vectors(path, 8)


def test_questions_after_the_first_find_what_the_first_would_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wardbook.index.vectors.FEW", 100)
    rng = np.random.default_rng(5)
    copies = np.repeat(unit(40), 30, axis=0) + 0.02 * rng.standard_normal((1200, 8)).astype(np.float32)
    copies /= np.linalg.norm(copies, axis=1, keepdims=True)
    vectors = Vectors(8)
    vectors.add(np.arange(1000, 2200), copies)
    for query in unit(20):
        exact = Vectors(8)
        exact.add(np.arange(1000, 2200), copies)
        ids, scores = exact.search(query, 50)
        vectors.search(query, 50)
        again = vectors.search(query, 50)
        assert again[0].tolist() == ids.tolist()
        np.testing.assert_array_equal(again[1], scores)
    vectors.remove(np.array([int(vectors.search(copies[7], 1)[0][0])]))
    assert 1007 not in vectors.search(copies[7], 50)[0]
    assert 1007 not in vectors.search(copies[7], 50)[0]
