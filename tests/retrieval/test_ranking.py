"""Passages of a real index, ranked."""

from real_index import MADE_UP, assistant
from wardbook.retrieval.ranking import by_section, rank_passages


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
