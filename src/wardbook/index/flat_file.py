"""Reads the file in which FAISS keeps flat vectors under ids of their own, and searches them as they lie there.

Laid out as FAISS writes an IndexIDMap2 over an IndexFlatIP (`faiss/impl/index_write.cpp`), all little-endian: for each
of the two indexes four letters, the dimension (int32), the count, two unused figures (int64 each), a byte that says
that it is trained and the metric (int32, 0 for the inner product); then the count of all figures (int64) and the
figures (float32), the count of the ids (int64) and the ids (int64).
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]

_HEAD = struct.Struct("<4siqqqBi")
_COUNT = struct.Struct("<q")
_INNER_PRODUCT = 0


@dataclass(frozen=True, slots=True)
class Flat:
    """Vectors of shape (n, dimension) and their ids of shape (n,)."""

    ids: Ids
    rows: Floats

    def search(self, query: Floats, count: int) -> tuple[Ids, Floats]:
        """Give the ids and inner products of the `count` nearest to a vector of shape (dimension,), best first."""
        scores = self.rows @ query
        best = np.argpartition(-scores, count - 1)[:count]
        best = best[np.lexsort((best, -scores[best]))]
        return self.ids[best], scores[best]


def read_flat(path: Path) -> Flat | None:
    """Read a whole file; None where it is laid out in another way."""
    with path.open("rb") as file:
        heads = file.read(2 * _HEAD.size + _COUNT.size)
        if len(heads) < 2 * _HEAD.size + _COUNT.size:
            return None
        outer, dimension, total, _, _, _, metric = _HEAD.unpack_from(heads)
        inner, *same = _HEAD.unpack_from(heads, _HEAD.size)
        if (outer, inner, metric, *same[:2]) != (b"IxM2", b"IxFI", _INNER_PRODUCT, dimension, total):
            return None
        if path.stat().st_size != len(heads) + 4 * total * dimension + _COUNT.size + 8 * total:
            return None
        rows = np.fromfile(file, np.dtype("<f4"), total * dimension).reshape(total, dimension)
        file.seek(_COUNT.size, 1)
        return Flat(np.fromfile(file, np.dtype("<i8"), total), rows)
