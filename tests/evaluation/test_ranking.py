import math
from pathlib import Path

import ir_measures
import pytest
from gold_samples import gold, line, record
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import RR, Qrel, R, ScoredDoc, nDCG

from wardbook.evaluation.gold import GoldItem
from wardbook.evaluation.ranking import ranking_scores

P = "drugs/zelumab"


def test_scores_by_hand(tmp_path: Path) -> None:
    items = gold(tmp_path, line(gold_sections=[[P, "A"], [P, "B"]], need_all=True))
    scores = ranking_scores(items, {"q1": record({}, ["X", "A", "A", "Y", "Z", "V", "B"])})["q1"]
    found = 1 / math.log2(2 + 1) + 1 / math.log2(6 + 1)  # A second; B sixth, since the second A is the same section
    assert scores["section nDCG@10"] == pytest.approx(found / (1 + 1 / math.log2(3)))
    assert scores["section recall@5"] == 0.5
    assert scores["section MRR"] == 0.5
    assert scores["page nDCG@10"] == scores["page recall@5"] == scores["page MRR"] == 1


def test_a_question_the_run_lacks_scores_zero_and_one_without_gold_has_no_score(tmp_path: Path) -> None:
    items = gold(
        tmp_path,
        line(id="missing", gold_sections=[[P, "A"]]),
        line(id="empty", gold_sections=[[P, "A"]]),
        line(id="ineligible"),
        line(id="unanswerable", answerable=False, gold_sections=[[P, "A"]]),
    )
    scores = ranking_scores(items, {"empty": record({}), "ineligible": record({}, ["A"])})
    assert set(scores) == {"missing", "empty"}
    assert {value for by_name in scores.values() for value in by_name.values()} == {0.0}


def test_where_one_section_will_do_the_first_found_is_the_one(tmp_path: Path) -> None:
    items = gold(tmp_path, line(gold_sections=[[P, "A"], [P, "B"], [P, "C"]]))
    scores = ranking_scores(items, {"q1": record({}, ["X", "B", "A"])})["q1"]
    assert scores["section recall@5"] == 1 and scores["section MRR"] == 0.5
    assert scores["section nDCG@10"] == pytest.approx(1 / math.log2(3))


def test_rank_decides_and_not_the_order_of_names(tmp_path: Path) -> None:
    items = gold(tmp_path, line(gold_sections=[[P, "A"]]))
    first = ranking_scores(items, {"q1": record({}, ["A", "B", "C"])})
    last = ranking_scores(items, {"q1": record({}, ["C", "B", "A"])})
    assert first["q1"]["section MRR"] == 1 and last["q1"]["section MRR"] == pytest.approx(1 / 3)


@given(st.lists(st.lists(st.sampled_from("ABCDEFGHIJKLMN"), unique=True, max_size=14), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_the_figures_are_those_of_ir_measures(rankings: list[list[str]]) -> None:
    items = [
        GoldItem(str(at), "fact", "q", True, "answered", gold_sections=((P, "C"), (P, "K")), need_all=True)
        for at in range(len(rankings))
    ]
    scores = ranking_scores(items, {str(at): record({}, ranking) for at, ranking in enumerate(rankings)})
    qrels = [Qrel(item.id, section, 1) for item in items for section in "CK"]
    run = [
        ScoredDoc(str(at), name, 100.0 - rank) for at, names in enumerate(rankings) for rank, name in enumerate(names)
    ]
    for measure, name in ((nDCG @ 10, "nDCG@10"), (R @ 5, "recall@5"), (RR, "MRR")):
        for theirs in ir_measures.iter_calc([measure], qrels, run):
            assert scores[theirs.query_id][f"section {name}"] == pytest.approx(theirs.value)
