from pathlib import Path
from typing import Any, cast

import faiss
import numpy as np
import pytest

from wardbook.index.flat_file import read_flat
from wardbook.index.vectors import Vectors, read_vectors


def saved(path: Path, count: int) -> Path:
    rows = np.random.default_rng(3).normal(size=(count, 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    vectors = Vectors(8)
    vectors.add(np.arange(50, 50 + count), rows)
    vectors.save(path)
    return path


@pytest.mark.parametrize("count", [0, 1, 300])
def test_what_faiss_wrote_is_read_as_faiss_reads_it(tmp_path: Path, count: int) -> None:
    path = saved(tmp_path / "v.faiss", count)
    flat, index = read_flat(path), cast(Any, faiss.read_index(str(path)))
    assert flat is not None
    assert flat.ids.tolist() == faiss.vector_to_array(index.id_map).tolist()
    assert flat.rows.shape == (count, 8)
    for at in range(0, count, 50):
        np.testing.assert_array_equal(flat.rows[at], index.reconstruct(50 + at))


def test_a_search_finds_what_faiss_finds(tmp_path: Path) -> None:
    path = saved(tmp_path / "v.faiss", 300)
    index = faiss.read_index(str(path))
    for query in np.random.default_rng(4).normal(size=(20, 8)).astype(np.float32):
        scores, ids = index.search(query.reshape(1, -1), 30)
        first = read_vectors(path, 8).search(query, 30)
        assert first[0].tolist() == ids[0].tolist()
        np.testing.assert_allclose(first[1], scores[0], atol=1e-6)
        assert len(read_vectors(path, 8).search(query, 900)[0]) == 300


def test_files_of_another_make_are_not_taken(tmp_path: Path) -> None:
    path = saved(tmp_path / "v.faiss", 9)
    whole = path.read_bytes()
    for bad in (b"", whole[:30], whole[:-1], whole + b"x", b"IxMp" + whole[4:], whole[:37] + b"IxF2" + whole[41:]):
        path.write_bytes(bad)
        assert read_flat(path) is None
    path.write_bytes(whole[:4] + (9).to_bytes(4, "little") + whole[8:])
    assert read_flat(path) is None
