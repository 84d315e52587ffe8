"""A query to ranked passages: vectors and words of one opened index, fused."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from wardbook.corpus.passage import Passage
from wardbook.index.opened import Index
from wardbook.retrieval.fusion import fuse

DENSE_SHARE = 0.6
"""Share of the vectors in the fused score; measured in bench/README.md."""
DEPTH = 100
"""Passages that each side gives to the fusion."""
PAGE_SHARE = 0.4
"""Most of the k passages that one page may hold while other pages match too.

So that a page stuffed with words of many questions cannot keep all others out of an answer (OWASP Top 10 for LLM
applications 2025, LLM04 and LLM08).
"""


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
    """Rank passages by the query, or where given by the query with expansions.

    Where one page fills so much of what both sides found that it keeps more than its share, both are asked for more;
    what comes in reach by that stands below what was found first, in its own order.
    """
    sought, depth = expanded or query, DEPTH
    ranked = _fused(index, sought, depth)
    best = shared_out(ranked, k)
    while len(ranked) >= depth and _is_flooded(best, k):
        depth *= 4
        ranked = _below(ranked, _fused(index, sought, depth))
        best = shared_out(ranked, k)
    return best


def _fused(index: Index, sought: str, depth: int) -> list[Ranked]:
    dense = dict(index.search_vectors(sought, depth))
    words = dict(index.search_words(sought, depth))
    fused = fuse(dense, words, DENSE_SHARE)
    passages = index.store.passages([key for key, _ in fused])
    return [
        Ranked(key, passages[key], score, dense.get(key, 0.0), words.get(key, 0.0))
        for key, score in fused
        if key in passages
    ]


def _below(ranked: list[Ranked], deeper: list[Ranked]) -> list[Ranked]:
    """Put what only the deeper ranking holds below the other, by scores that go on from its lowest."""
    known = {each.id for each in ranked}
    more = [each for each in deeper if each.id not in known]
    drop = max(0.0, more[0].score - ranked[-1].score) if more else 0.0
    return ranked + [replace(each, score=each.score - drop) for each in more]


def _is_flooded(best: Sequence[Ranked], k: int) -> bool:
    held = Counter(each.passage.page for each in best)
    return max(held.values(), default=0) > _most(k)


def _most(k: int) -> int:
    return max(1, int(k * PAGE_SHARE))


def shared_out(ranked: Sequence[Ranked], k: int) -> list[Ranked]:
    """Give the best k passages, best first, where no page has more than its share of k.

    Where the others have too few passages that match, those beyond the share fill up, so that one page alone is still
    searched in full.
    """
    most = _most(k)
    held: Counter[str] = Counter()
    within: list[int] = []
    beyond: list[int] = []
    for at, each in enumerate(ranked):
        held[each.passage.page] += 1
        (within if held[each.passage.page] <= most else beyond).append(at)
    return [ranked[at] for at in sorted([*within, *beyond][:k])]


def by_section(ranked: list[Ranked]) -> list[Ranked]:
    """Keep the best passage of each section."""
    best: dict[tuple[str, str], Ranked] = {}
    for each in ranked:
        best.setdefault((each.passage.page, each.passage.section), each)
    return list(best.values())
