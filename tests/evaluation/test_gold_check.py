from pathlib import Path
from typing import Any

import pytest
from gold_samples import corpus, line, write_gold

from wardbook.errors import CorpusError
from wardbook.evaluation.gold_check import gold_check

P = "drugs/zelumab"
GOOD: dict[str, Any] = {
    "gold_sections": [[P, "Dosing"]],
    "must_include": [["8 mg/kg"], ["max 800 mg"]],
    "dose": {"drug": "zelumab", "low": 8, "high": 8, "unit": "mg", "per": "kg", "max": 800},
}


def reasons(tmp_path: Path, **changed: Any) -> list[str]:
    path = write_gold(tmp_path / "g.jsonl", line(**(GOOD | changed)))
    return [fault.reason for fault in gold_check([path], corpus(tmp_path))]


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"computed": {"value": 560, "unit": "mg"}, "must_include": [["560 mg"]]},
        {"answerable": False, "gold_sections": [], "must_include": [], "dose": None},
        {"answerable": False, "must_include": [["no such fact"]], "dose": None},
        {"must_include": [["absent", "every 12 hours"]]},
        {"history": [{"role": "user", "content": "the assistant's turn may be left out"}]},
        {"must_include": [["does not cause"]], "gold_sections": [[P, "Dosing"], [P, "Safety"]]},
        {"dose": {"drug": "zelumab", "low": 0.02, "high": 0.04, "unit": "g"}, "must_include": []},
    ],
)
def test_gold_that_fits_the_pages_has_no_findings(tmp_path: Path, changed: dict[str, Any]) -> None:
    assert reasons(tmp_path, **changed) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"gold_sections": [["drugs/zelumap", "Dosing"]]}, "nearest is 'drugs/zelumab'"),
        ({"gold_sections": [[P, "Dose"]]}, "no section 'Dose' in drugs/zelumab; nearest is 'Dosing'"),
        ({"must_include": [["80 mg/kg", "9 mg/kg"]]}, "no variant of '80 mg/kg / 9 mg/kg'"),
        ({"dose": {"drug": "zelumab", "low": 8, "high": 8, "unit": "mg"}}, "no line of the gold sections holds"),
        ({"dose": {"drug": "zelumab", "low": 8, "high": 20, "unit": "mg"}}, "no line of the gold sections holds"),
        ({"dose": {"drug": "other", "low": 8, "high": 8, "unit": "mg", "per": "kg"}}, "do not name other"),
        ({"dose": GOOD["dose"] | {"max": 900}}, "do not hold the maximum 900 mg"),
        ({"gold_sections": []}, "without gold_sections"),
        ({"answerable": False, "expect_status": "answered"}, "answerable is false, yet"),
        ({"expect_status": "not_found"}, "answerable is true, yet"),
        ({"must_inlcude": []}, "must_inlcude"),
    ],
)
def test_gold_that_has_rotted_is_named(tmp_path: Path, changed: dict[str, Any], words: str) -> None:
    found = reasons(tmp_path, **changed)
    assert len(found) == 1 and words in found[0]


def test_bad_lines_and_rotten_ones_come_in_order(tmp_path: Path) -> None:
    path = write_gold(tmp_path / "g.jsonl", line(id="a"), "{", line(id="b", gold_sections=[["none", ""]]))
    found = gold_check([path], corpus(tmp_path))
    assert [fault.line for fault in found] == [1, 2, 3]


def test_a_missing_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        gold_check([write_gold(tmp_path / "g.jsonl", line())], tmp_path / "none")
