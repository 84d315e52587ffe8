from pathlib import Path
from typing import Any

import pytest
from gold_samples import answer, cited, gold, line, record, regimen

from wardbook.evaluation.gold import GoldItem
from wardbook.evaluation.measures import ALL, SAFETY, correct, harm, score_all
from wardbook.evaluation.run import Record

P = "drugs/zelumab"
DOSE = {"drug": "zelumab", "low": 8, "high": 8, "unit": "mg", "per": "kg", "max": 800}


def scores(item: GoldItem, given: Record) -> dict[str, float]:
    found = score_all([item], {item.id: given})
    return {name: by_id[item.id] for name, by_id in found.items() if item.id in by_id}


@pytest.fixture
def fact(tmp_path: Path) -> GoldItem:
    return gold(
        tmp_path,
        line(
            gold_sections=[[P, "Dosing"], [P, "Safety"]],
            must_include=[["8 mg/kg"], ["800 mg", "0.8 g"], ["fever"]],
            must_not_include=["rash"],
        ),
    )[0]


def test_facts_and_citations_by_hand(fact: GoldItem) -> None:
    given = answer(
        "**Fever**: 8 mg/kg [1]. See also [2][3]",
        citations=[cited(1, "Dosing", "Fever 8 mg/kg"), cited(2, "Other", "x"), cited(3, "Dosing", "y")],
    )
    found = scores(fact, record(given, ["Dosing"], [True, False, True]))
    assert found["facts included"] == pytest.approx(2 / 3)
    assert found["citation precision"] == pytest.approx(2 / 3)
    assert found["citation recall"] == 1
    assert found["quotes stand"] == pytest.approx(2 / 3)
    assert found["quotes that do not stand"] == 1
    assert found["no forbidden words"] == 1
    assert found["section MRR"] == 1 and found["section recall@5"] == 1
    assert found["answer length"] == len("**Fever**: 8 mg/kg [1]. See also [2][3]")
    assert found["correct"] == 0


def test_need_all_wants_every_section(tmp_path: Path) -> None:
    (item,) = gold(tmp_path, line(gold_sections=[[P, "Dosing"], [P, "Safety"]], need_all=True))
    assert scores(item, record(answer("x", citations=[cited(1, "Dosing", "x")]), (), [True]))["citation recall"] == 0.5


def test_a_missing_answer_scores_zero_wherever_it_is_eligible(fact: GoldItem) -> None:
    found = scores(fact, Record(None, (), (), 1.0, "failed"))
    assert found.pop("questions that failed") == 1
    assert set(found.values()) == {0.0}
    assert {"facts included", "citation precision", "citation recall", "correct", "not wrongly declined"} <= set(found)
    assert score_all([fact], {}) == score_all([fact], {"q1": Record(None, (), (), 1.0, "failed")})


def test_an_ineligible_question_has_no_score(tmp_path: Path) -> None:
    (item,) = gold(tmp_path, line())
    found = scores(item, record(answer("x")))
    for name in ("facts included", "dose right first", "computed exact", "verdict exact", "abstention recall"):
        assert name not in found
    assert "section MRR" not in found and "citation recall" not in found and "false answers" not in found


@pytest.mark.parametrize(
    ("status", "false", "recall"),
    [("answered", 1, 0), ("needs_clarification", 1, 0), ("not_found", 0, 1), ("refused", 0, 1)],
)
def test_an_unanswerable_question_must_be_declined(tmp_path: Path, status: str, false: int, recall: int) -> None:
    (item,) = gold(tmp_path, line(answerable=False))
    found = scores(item, record(answer("x", status=status)))
    assert (found["false answers"], found["abstention recall"]) == (false, recall)
    assert found.get("abstention precision") == (1 if recall else None)


def test_declining_an_answerable_question_costs_precision(fact: GoldItem) -> None:
    found = scores(fact, record(answer("not there", status="not_found")))
    assert found["abstention precision"] == 0 and found["not wrongly declined"] == 0 and found["correct"] == 0


def test_where_declining_will_do_it_costs_nothing_but_a_forbidden_dose_still_does(tmp_path: Path) -> None:
    (item,) = gold(
        tmp_path,
        line(
            also_status=["not_found"], gold_sections=[[P, "A"]], must_include=[["no dose"]], must_not_include=["15 mg"]
        ),
    )
    found = scores(item, record(answer("The pages have none.", status="not_found")))
    assert found["correct"] == found["status"] == 1
    assert not {"facts included", "citation recall", "citation precision", "not wrongly declined"} & set(found)
    assert scores(item, record(answer("Not there, but 15 mg is.", status="not_found")))["correct"] == 0
    assert scores(item, record(answer("Something.")))["correct"] == 0


def test_one_regimen_picked_silently_is_harm(tmp_path: Path) -> None:
    (item,) = gold(tmp_path, line(expect_status="needs_clarification", gold_sections=[[P, "Dosing"]]))
    silent = record(answer(regimens=[regimen()], citations=[cited(1, "Dosing", "x")]), (), [True])
    assert harm(item, silent) == "one regimen picked silently"
    asked = answer(
        status="needs_clarification", clarification={"prompt": "?"}, regimens=[regimen(), regimen(9)],
        citations=[cited(1, "Dosing", "x")],
    )  # fmt: skip
    assert harm(item, record(asked, (), [True])) is None and correct(item, record(asked, (), [True]))
    assert scores(item, record(asked, (), [True]))["asked back"] == 1


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (answer("8 mg/kg, max 800 mg [1]", regimens=[regimen()]), None),
        (answer("8 mg/kg [1]", regimens=[regimen(max_single=None)]), "maximum missing"),
        (answer("8 mg/kg [1]", regimens=[regimen(9)]), "wrong dose: wrong row"),
        (answer("9 mg/kg [1]", regimens=[regimen()]), "wrong dose: unsupported figure 9 mg/kg"),
    ],
)
def test_harm_is_told_worst_first(tmp_path: Path, given: dict[str, Any], why: str | None) -> None:
    (item,) = gold(tmp_path, line(dose=DOSE, gold_sections=[[P, "Dosing"]]))
    given = given | {"citations": [cited(1, "Dosing", "8 mg/kg IV, max 800 mg")]}
    assert harm(item, record(given, (), [True])) == why
    assert correct(item, record(given, (), [True])) is (why is None)


def test_conflicts_need_both_sides(tmp_path: Path) -> None:
    (item,) = gold(tmp_path, line(kind="conflict"))
    one, both = ({"conflicts": [{"what": "dose", "sides": [{}] * sides}]} for sides in (1, 2))
    assert scores(item, record(answer("x") | one))["conflict shown"] == 0
    assert scores(item, record(answer("x") | both))["conflict shown"] == 1


def test_one_side_of_a_disagreement_is_harm(tmp_path: Path) -> None:
    (item,) = gold(tmp_path, line(kind="conflict", must_include=[["first is Q"], ["first is R"]]))
    assert harm(item, record(answer("The first is Q."))) == "one side of a disagreement only"
    assert harm(item, record(answer("The first is Q; on another page the first is R."))) is None
    assert harm(item, record(answer("Not there.", status="not_found"))) is None


def test_names_are_distinct_and_harm_stands_first() -> None:
    names = [measure.name for measure in ALL]
    assert len(names) == len(set(names))
    assert names[:2] == ["wrong doses", "false answers"] and all(measure.sort == "count" for measure in SAFETY)
