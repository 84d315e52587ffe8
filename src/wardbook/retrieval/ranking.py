"""A query to ranked passages: vectors and words of one opened index, fused."""

from collections.abc import Callable
from dataclasses import dataclass

from wardbook.corpus.passage import Passage
from wardbook.index.opened import Index
from wardbook.retrieval.fusion import fuse

DENSE_SHARE = 0.6
"""Share of the vectors in the fused score; measured in bench/README.md."""
DEPTH = 100
"""Passages that each side gives to the fusion."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One passage of a ranking."""

    id: int
    """Passage id within the index."""
    passage: Passage
    """The passage."""
    score: float
    """Fused score; comparable within one ranking alone."""
    dense: float
    """Cosine with the query; 0 where the vectors did not find it."""
    words: float
    """BM25 score; 0 where no word of the query occurs."""


Rank = Callable[[str, str, int], list[Ranked]]
"""(query as asked, query with expansions, k) to the best k passages, best first."""


def rank_passages(index: Index, query: str, expanded: str, k: int) -> list[Ranked]:
    """Rank passages by the query, or where given by the query with expansions."""
    sought = expanded or query
    dense = dict(index.search_vectors(sought, DEPTH))
    words = dict(index.search_words(sought, DEPTH))
    fused = fuse(dense, words, DENSE_SHARE)[:k]
    passages = index.store.passages([key for key, _ in fused])
    return [
        Ranked(key, passages[key], score, dense.get(key, 0.0), words.get(key, 0.0))
        for key, score in fused
        if key in passages
    ]


def by_section(ranked: list[Ranked]) -> list[Ranked]:
    """Keep the best passage of each section."""
    best: dict[tuple[str, str], Ranked] = {}
    for each in ranked:
        best.setdefault((each.passage.page, each.passage.section), each)
    return list(best.values())
