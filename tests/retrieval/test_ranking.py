"""Passages of a real index, ranked."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from real_index import MADE_UP, assistant, own_copy
from wardbook.corpus.passage import Passage
from wardbook.index.build import build
from wardbook.index.opened import Index, open_index
from wardbook.retrieval.ranking import PAGE_SHARE, Ranked, by_section, rank_passages, shared_out
from wardbook.settings import Settings


def test_both_sides_are_ranked_together() -> None:
    ranked = rank_passages(assistant()._opened.index, "zelumab seizures", "", 20)
    assert (ranked[0].passage.page, ranked[0].passage.section) == (MADE_UP, "Safety Profile")
    assert ranked[0].dense > 0.3
    assert ranked[0].words > 0
    assert [each.score for each in ranked] == sorted((each.score for each in ranked), reverse=True)
    assert len({each.id for each in ranked}) == 20


def test_the_expanded_words_are_what_is_searched() -> None:
    index = assistant()._opened.index
    assert rank_passages(index, "xyzzy", "zelumab seizures", 3) == rank_passages(index, "zelumab seizures", "", 3)


def test_a_section_is_kept_once_by_its_best_passage() -> None:
    ranked = rank_passages(assistant()._opened.index, "zelumab relative risk", "", 40)
    kept = by_section(ranked)
    places = [(each.passage.page, each.passage.section) for each in kept]
    assert len(places) == len(set(places)) < len(ranked)
    assert kept[0] == ranked[0]


@pytest.fixture(scope="module")
def flooded(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of the real pages and of one that says the same 450 times over."""
    corpus, index = own_copy(tmp_path_factory.mktemp("flooded"))
    row = "| zelumab | dose for seizures, safety and monitoring | give 900 mg of zelumab |\n"
    page = f"# Zelumab dose, seizures, safety\n\n| Drug | Asked | Answer |\n| --- | --- | --- |\n{450 * row}"
    (corpus / "flood.md").write_text(page, encoding="utf-8")
    own = Settings()
    build(corpus, index, model=own.model, cache=own.cache)
    return open_index(index, searching=True)


@pytest.mark.parametrize("k", [10, 50, 100])
def test_one_page_holds_no_more_than_its_share_however_much_it_repeats(flooded: Index, k: int) -> None:
    for query in ("zelumab dose for seizures", "zelumab safety", "give zelumab", "monitoring"):
        ranked = rank_passages(flooded, query, "", k)
        held = Counter(each.passage.page for each in ranked)
        assert len(ranked) == k
        assert max(held.values()) <= PAGE_SHARE * k
        assert [each.score for each in ranked] == sorted((each.score for each in ranked), reverse=True)


def ranked_of(pages: str) -> list[Ranked]:
    """A ranking of passages of these pages, one letter each, best first."""
    return [
        Ranked(at, Passage(page, "s", (at, at), "text", page, (), "", ()), 100.0 - at, 0.5, 1.0)
        for at, page in enumerate(pages)
    ]


@pytest.mark.parametrize(
    ("pages", "kept"),
    [("aaaaaaabcdefghij", "aaaabcdefg"), ("abababababababababcd", "ababababcd"), ("aaaaaaaaaaaa", "aaaaaaaaaa"),
     ("aaaaaaaaaaaab", "aaaaaaaaab"), ("abc", "abc"), ("", "")],
)  # fmt: skip
def test_shares_worked_by_hand(pages: str, kept: str) -> None:
    assert "".join(each.passage.page for each in shared_out(ranked_of(pages), 10)) == kept


@settings(max_examples=200, deadline=None)
@given(st.text("abcd", max_size=60), st.integers(1, 30))
def test_a_page_has_more_than_its_share_only_where_others_have_no_more_to_give(pages: str, k: int) -> None:
    ranked = ranked_of(pages)
    best = shared_out(ranked, k)
    assert len(best) == min(k, len(ranked))
    assert best == sorted(best, key=lambda each: each.id)
    most = max(1, int(k * PAGE_SHARE))
    greedy = {page for page, count in Counter(each.passage.page for each in best).items() if count > most}
    left = [each.passage.page for each in ranked if each not in best]
    kept = Counter(each.passage.page for each in best)
    assert not greedy or all(kept[page] >= most for page in left)
