"""Vectors: exact inner-product search over unit vectors with ids of our own (FAISS IndexIDMap2 over IndexFlatIP).

Exact search of 100,000 vectors of 384 figures takes some 8 ms on one core, most of it waiting for memory. A process
that is asked again and again goes first through copies of one byte a figure, in a fifth of the time, and weighs the
nearest several times as many as are wanted by their exact vectors. An approximate index (HNSW, IVF) would add a build
time and a recall to watch for little more. Ids are never reused, so that a removed vector cannot answer for a new one.

Up to `FEW` vectors are multiplied as they lie in the file, by every process alike: loading FAISS would take a command
that asks once a tenth of its time.
"""

import errno
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np

from wardbook.errors import IndexFault
from wardbook.index.flat_file import Flat, Floats, Ids, read_flat

MARGIN = 2
"""Times as many vectors as are wanted that the bytes propose, and `MORE` of them: 283 questions over 21,000 vectors of
near copies, 200 wanted, gave the exact ranking, figure for figure."""
MORE = 100
FEW = 4096
"""Vectors up to which going through the exact ones one by one is as quick."""


class Vectors:
    """Unit vectors by id."""

    def __init__(self, dimension: int, read: Flat | None = None) -> None:
        """Start empty, or with the vectors of a file."""
        self.dimension = dimension
        """Figures of one vector."""
        self._read = read
        self._asked = False
        self._made: Any = None
        self._bytes: Any = None
        self._rows: Any = None

    @property
    def _index(self) -> Any:
        """The FAISS index, made when it is first needed; whole before any other thread sees it."""
        read = self._read
        if self._made is None:
            import faiss

            made = faiss.IndexIDMap2(faiss.IndexFlatIP(self.dimension))
            if read and len(read.ids):
                made.add_with_ids(read.rows, read.ids)
            self._made = self._made or made
            self._read = read if self._made.ntotal <= FEW else None
        return self._made

    def __len__(self) -> int:
        """Count the vectors."""
        read = self._read
        return len(read.ids) if read else int(self._index.ntotal)

    def ids(self) -> Ids:
        """Give all ids, in the order in which they lie."""
        import faiss

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
            self._changed()
            self._index.add_with_ids(np.ascontiguousarray(vectors, np.float32), np.ascontiguousarray(ids, np.int64))

    def remove(self, ids: Ids) -> None:
        """Take vectors out; unknown ids are no fault."""
        if len(ids):
            self._changed()
            import faiss

            self._index.remove_ids(faiss.IDSelectorBatch(np.ascontiguousarray(ids, np.int64)))

    def search(self, vector: Floats, k: int) -> tuple[Ids, Floats]:
        """Give the ids and cosines of the `k` nearest to a unit vector of shape (dimension,), best first.

        One thread: two OpenMP threads make a single query more than twice as slow.
        """
        count = min(k, len(self))
        if count < 1:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        query = np.ascontiguousarray(vector.reshape(1, -1), np.float32)
        read = self._read
        if read and len(read.ids) <= FEW:
            return read.search(query[0], count)
        import faiss

        faiss.omp_set_num_threads(1)
        if self._asked and len(self) > max(FEW, MARGIN * count + MORE):
            return self._search_bytes(query, count)
        self._asked = True
        scores, ids = self._index.search(query, count)
        return ids[0], scores[0]

    def _changed(self) -> None:
        _, self._read = self._index, None
        self._asked, self._bytes, self._rows = False, None, None

    def _search_bytes(self, query: Floats, count: int) -> tuple[Ids, Floats]:
        """Search through the copies of one byte a figure, made when the second question comes; rank exactly."""
        import faiss

        if self._bytes is None:
            flat: Any = faiss.downcast_index(self._index.index)
            rows = faiss.rev_swig_ptr(flat.get_xb(), len(self) * self.dimension).reshape(len(self), self.dimension)
            self._rows, self._bytes = (rows, self.ids()), _as_bytes(rows)
        rows, ids = self._rows
        near = np.sort(self._bytes.search(_whole(query), MARGIN * count + MORE)[1][0])
        scores, places = faiss.knn(query, rows[near], count, faiss.METRIC_INNER_PRODUCT)
        return ids[near[places[0]]], scores[0]

    def save(self, path: Path) -> None:
        """Write to a file; the caller flushes it to disk. OSError where that fails."""
        import faiss

        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as fault:
            raise OSError(errno.EIO, f"{path.name} could not be written: {str(fault)[:80]}") from None


def _as_bytes(rows: Floats) -> Any:
    """Give an index of the same vectors, each figure as a whole number from -127 to 127."""
    import faiss

    largest = float(np.abs(rows).max())
    held = faiss.IndexScalarQuantizer(
        rows.shape[1], faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT
    )
    for at in range(0, len(rows), _AT_ONCE):
        held.add(_whole(rows[at : at + _AT_ONCE], largest))
    return held


def _whole(rows: Floats, largest: float = 0.0) -> Floats:
    """Scale figures to whole numbers from -127 to 127; FAISS compares these as bytes."""
    return np.asarray(np.rint(rows * (127 / (largest or float(np.abs(rows).max()) or 1.0))), np.float32)


_AT_ONCE = 16_384
"""Vectors that are scaled at once."""


def read_vectors(path: Path, dimension: int) -> Vectors:
    """Read a file whose checksum was verified; IndexFault if it is unfit."""
    read = read_flat(path)
    if read is None or read.rows.shape[1] != dimension:
        raise IndexFault(f"{path.name} does not hold vectors of {dimension} figures", "run `wardbook index` again")
    return Vectors(dimension, read)
