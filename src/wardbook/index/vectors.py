"""Vectors: exact inner-product search over unit vectors with ids of our own (FAISS IndexIDMap2 over IndexFlatIP).

Exact search of 100,000 vectors of 384 figures takes some 8 ms on one core, which is less than encoding the question;
an approximate index (HNSW, IVF) would add a build time and a recall to watch for nothing below that. Ids are never
reused, so that a removed vector cannot answer for a new one.
"""

import errno
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import faiss
import numpy as np
import numpy.typing as npt

from wardbook.errors import IndexFault

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]


class Vectors:
    """Unit vectors by id."""

    def __init__(self, dimension: int, index: Any = None) -> None:
        """Start empty, or around a FAISS index that was read."""
        self.dimension = dimension
        """Figures of one vector."""
        self._index: Any = index if index is not None else faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))

    def __len__(self) -> int:
        """Count the vectors."""
        return int(self._index.ntotal)

    def ids(self) -> Ids:
        """Give all ids, in the order in which they lie."""
        return cast(Ids, faiss.vector_to_array(self._index.id_map).astype(np.int64))

    def take(self, ids: Sequence[int]) -> Floats:
        """Give the vectors of these ids, of shape (n, dimension); RuntimeError for an unknown id."""
        rows = [self._index.reconstruct(each) for each in ids]
        return np.array(rows, np.float32).reshape(len(rows), self.dimension)

    def add(self, ids: Ids, vectors: Floats) -> None:
        """Add vectors of shape (n, dimension) under new ids of shape (n,)."""
        if vectors.shape != (len(ids), self.dimension):
            raise ValueError(f"{len(ids)} ids and vectors of shape {vectors.shape}, not (n, {self.dimension})")
        if len(ids):
            self._index.add_with_ids(np.ascontiguousarray(vectors, np.float32), np.ascontiguousarray(ids, np.int64))

    def remove(self, ids: Ids) -> None:
        """Take vectors out; unknown ids are no fault."""
        if len(ids):
            self._index.remove_ids(faiss.IDSelectorBatch(np.ascontiguousarray(ids, np.int64)))

    def search(self, vector: Floats, k: int) -> tuple[Ids, Floats]:
        """Give the ids and cosines of the `k` nearest to a unit vector of shape (dimension,), best first.

        One thread: two OpenMP threads make a single query more than twice as slow.
        """
        count = min(k, len(self))
        if count < 1:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        faiss.omp_set_num_threads(1)
        scores, ids = self._index.search(np.ascontiguousarray(vector.reshape(1, -1), np.float32), count)
        return ids[0], scores[0]

    def save(self, path: Path) -> None:
        """Write to a file; the caller flushes it to disk. OSError where that fails."""
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as fault:
            raise OSError(errno.EIO, f"{path.name} could not be written: {str(fault)[:80]}") from None


def read_vectors(path: Path, dimension: int) -> Vectors:
    """Read a file whose checksum was verified (FAISS itself would load one with flipped bytes); IndexFault if unfit."""
    try:
        index = faiss.read_index(str(path))
    except RuntimeError as fault:
        raise IndexFault(f"{path.name} cannot be read ({str(fault)[:80]})", "run `wardbook index` again") from None
    if not isinstance(index, faiss.IndexIDMap2) or index.d != dimension:
        raise IndexFault(f"{path.name} does not hold vectors of {dimension} figures", "run `wardbook index` again")
    return Vectors(dimension, index)
