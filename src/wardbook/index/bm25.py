"""Ranked full-text search: BM25 over posting lists that lie in the store, one row a stem.

SQLite FTS5 ranks by walking through every match of a query in turn, which takes 10 ms and more where half of 30,000
passages hold one of its words; the same sums over arrays take less than one. The scores are those of FTS5's `bm25()`.
"""

import math
import sqlite3
from array import array
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from wardbook.index.words import query_terms, stems, tokens

WEIGHTS = (8, 6, 1)
"""Weights of a match in title, headings and body: a word there counts as so many."""
K1, B = 1.2, 0.75
"""As FTS5 has them."""
LEAST_IDF = 1e-6
"""A word that more than half of all passages hold still counts for something."""
MOST_KEPT = 4_000_000
"""Postings kept ready in memory, of 12 bytes each."""
_MOST_WEIGHT = 65_535
Ids = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]
_NOWHERE: tuple[Ids, Floats] = np.zeros(0, np.uint32), np.zeros(0)
Row = tuple[int, str, str, str]
"""(passage id, title, headings, body)."""


class Writer:
    """Gathers what changes and writes each posting list once, at the end (`flush`)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Write over a connection to a store with the tables of `store.SCHEMA`."""
        self._connection = connection
        self._ids: dict[str, array[int]] = {}
        self._weights: dict[str, array[int]] = {}
        self._lengths: tuple[array[int], array[int]] = array("I"), array("I")
        self._removed: dict[str, None] = {}
        self._gone: list[int] = []

    def add(self, rows: Iterable[Row]) -> None:
        """Take passages in; ids must rise and be new."""
        for passage, *fields in rows:
            held, length = _weighed(fields)
            for stem, weight in held.items():
                if stem not in self._ids:
                    self._ids[stem], self._weights[stem] = array("I"), array("H")
                self._ids[stem].append(passage)
                self._weights[stem].append(min(weight, _MOST_WEIGHT))
            self._lengths[0].append(passage)
            self._lengths[1].append(length)

    def remove(self, rows: Iterable[Row]) -> None:
        """Take passages out that an earlier build wrote, given as they were added."""
        for passage, *fields in rows:
            self._removed.update(dict.fromkeys(_weighed(fields)[0]))
            self._gone.append(passage)

    def flush(self) -> None:
        """Write what changed."""
        gone = np.array(self._gone, np.uint32)
        for stem in sorted(self._ids.keys() | self._removed.keys()):
            added = self._ids.get(stem, array("I")), self._weights.get(stem, array("H"))
            old = self._connection.execute(
                "SELECT passages, weights FROM words WHERE stem = ?", (stem,)
            ).fetchone() or (b"", b"")
            ids, weights = _merged((np.frombuffer(old[0], np.uint32), np.frombuffer(old[1], np.uint16)), added, gone)
            self._connection.execute("DELETE FROM words WHERE stem = ?", (stem,))
            if len(ids):
                self._connection.execute(
                    "INSERT INTO words VALUES (?, ?, ?, ?)", (stem, len(ids), ids.tobytes(), weights.tobytes())
                )
        row = self._connection.execute("SELECT passages, lengths FROM word_lengths").fetchone() or (b"", b"")
        ids, lengths = _merged(
            (np.frombuffer(row[0], np.uint32), np.frombuffer(row[1], np.uint32)), self._lengths, gone
        )
        self._connection.execute("DELETE FROM word_lengths")
        self._connection.execute("INSERT INTO word_lengths VALUES (?, ?)", (ids.tobytes(), lengths.tobytes()))


def _weighed(fields: Iterable[str]) -> tuple[dict[str, int], int]:
    """Give how often each stem occurs, weighted by the field, and the number of words in all fields."""
    held: dict[str, int] = {}
    length = 0
    for field, weight in zip(fields, WEIGHTS, strict=True):
        listed = stems(tokens(field))
        length += len(listed)
        for stem in listed:
            held[stem] = held.get(stem, 0) + weight
    return held, length


def _merged(
    old: tuple[npt.NDArray[np.generic], npt.NDArray[np.generic]], added: tuple["array[int]", "array[int]"], gone: Ids
) -> tuple[npt.NDArray[np.generic], npt.NDArray[np.generic]]:
    """Give (passages, figures) without those that are gone and with those added, by rising id."""
    kept = ~np.isin(old[0], gone)
    pairs = zip(old, added, strict=True)
    ids, figures = (np.concatenate([each[kept], np.array(more, each.dtype)]) for each, more in pairs)
    return ids, figures


class Searcher:
    """Ranks the passages of one store, whose file never changes; several threads may ask."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read the lengths of all passages; posting lists are read when a question first holds their word."""
        self._connection = connection
        row = connection.execute("SELECT passages, lengths FROM word_lengths").fetchone() or (b"", b"")
        ids, lengths = np.frombuffer(row[0], np.uint32), np.frombuffer(row[1], np.uint32)
        self._count = len(ids)
        self._norms: Floats = np.zeros(int(ids.max()) + 1 if len(ids) else 0)
        if len(ids):
            self._norms[ids] = K1 * (1 - B + B * lengths / (lengths.sum() / len(ids) or 1))
        self._kept: dict[str, tuple[Ids, Floats]] = {}
        self._size = 0

    def search(self, text: str, k: int) -> list[tuple[int, float]]:
        """Rank passages by BM25 over title, headings and body; gives up to `k` of (passage id, score), best first.

        All scores are above 0; a passage that shares no word with the text is not given. Equal scores are ordered by
        passage id. Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009.
        """
        scores = np.zeros(len(self._norms))
        for stem in stems(query_terms(text), of_pages=False):
            ids, shares = self._shares(stem)
            scores[ids] += shares
        found = np.flatnonzero(scores)
        if k < 1 or not len(found):
            return []
        values = scores[found]
        if len(found) > k:
            best = values >= np.partition(values, -k)[-k]
            found, values = found[best], values[best]
        order = np.lexsort((found, -values))[:k]
        return list(zip(found[order].tolist(), values[order].tolist(), strict=True))

    def _shares(self, stem: str) -> tuple[Ids, Floats]:
        """Give the passages that hold a stem and what it adds to the score of each."""
        kept = self._kept.get(stem)
        if kept is None:
            row = self._connection.execute("SELECT passages, weights FROM words WHERE stem = ?", (stem,)).fetchone()
            if row is None:
                return _NOWHERE  # not kept: questions bring ever new ones
            ids = np.frombuffer(row[0], np.uint32)
            weights = np.frombuffer(row[1], np.uint16).astype(np.float64)
            inverse = max(math.log((self._count - len(ids) + 0.5) / (len(ids) + 0.5)), LEAST_IDF)
            kept = ids, inverse * ((weights * (K1 + 1)) / (weights + self._norms[ids]))
            if self._size > MOST_KEPT:
                self._kept, self._size = {}, 0
            self._kept[stem] = kept
            self._size += len(ids)
        return kept
