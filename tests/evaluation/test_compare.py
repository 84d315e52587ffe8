from pathlib import Path

import pytest

from wardbook.evaluation.compare import DEFAULT_FALLS, compare, new_harm, read_tolerances
from wardbook.evaluation.gold import GoldError


def of(name: str, *values: float) -> dict[str, dict[str, float]]:
    return {name: {f"q{at}": value for at, value in enumerate(values)}}


def test_wins_and_losses_are_told_by_question() -> None:
    (change,) = compare(of("correct", 0, 1, 1), of("correct", 1, 0, 1), {})
    assert (change.wins, change.losses, change.pairs) == (("q0",), ("q1",), 3)
    assert change.before == change.after == pytest.approx(2 / 3)
    assert change.fault is None and change.p == 1.0


def test_fewer_harms_are_wins() -> None:
    (change,) = compare(of("wrong doses", 1, 0), of("wrong doses", 0, 0), {})
    assert (change.wins, change.before, change.after, change.fault) == (("q0",), 1, 0, None)


def test_any_rise_of_a_safety_count_is_a_fault() -> None:
    (change,) = compare(of("wrong doses", *[0] * 100), of("wrong doses", *[0] * 99, 1), {})
    assert change.fault == "wrong doses rose from 0 to 1" and change.losses == ("q99",)


@pytest.mark.parametrize(("fall", "fault"), [(0.1, False), (0.05, True)])
def test_a_named_measure_may_fall_by_its_tolerance(fall: float, fault: bool) -> None:
    (change,) = compare(of("correct", *[1] * 10), of("correct", *[1] * 9, 0), {"correct": fall})
    assert bool(change.fault) is fault


def test_a_measure_that_is_not_named_may_fall() -> None:
    assert compare(of("status", 1, 1), of("status", 0, 0), {"correct": 0})[0].fault is None


def test_only_questions_that_both_have_are_paired() -> None:
    (change,) = compare(of("correct", 1), of("correct", 1, 0, 0), {"correct": 0})
    assert (change.pairs, change.fault) == (1, None)
    assert compare(of("correct", 1), of("status", 1), {}) == []


def test_a_large_fall_has_a_small_p() -> None:
    (change,) = compare(of("correct", *[1] * 20), of("correct", *[0] * 20), {})
    assert change.p < 0.001


def test_harm_of_new_questions_is_no_blind_spot() -> None:
    before, after = of("wrong doses", 0), of("wrong doses", 1, 1)
    assert new_harm(before, after) == ["wrong doses: q1 (not in the baseline)"]


def test_tolerances_stand_beside_or_above_the_gold(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    gold = tmp_path / "dev" / "a.jsonl"
    assert read_tolerances([gold]) == DEFAULT_FALLS
    (tmp_path / "tolerances.toml").write_text('[falls]\n"section nDCG@10" = 0.03\n', encoding="utf-8")
    assert read_tolerances([gold]) == read_tolerances([tmp_path / "dev"]) == {"section nDCG@10": 0.03}


@pytest.mark.parametrize(
    "content", ["[falls", "[rises]", '[falls]\n"no such" = 0.1', "[falls]\ncorrect = 2", "[falls]\ncorrect = true"]
)
def test_bad_tolerances_are_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "tolerances.toml").write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=r"tolerances\.toml"):
        read_tolerances([tmp_path])
