from collections import Counter
from pathlib import Path

import pytest

from wardbook.evaluation.compare import read_tolerances
from wardbook.evaluation.gold_check import gold_check
from wardbook.evaluation.gold_reading import read_gold

ROOT = Path(__file__).parents[2]
DEV, HELD, DISAGREE = (ROOT / "eval" / name for name in ("dev", "held", "disagree"))
ELSEWHERE = [
    ROOT / "eval" / name
    for name in ("transplant", "handbook", "mixed", "lakeside", "harbour", "orchard", "rona", "uist")
]


@pytest.mark.parametrize(
    ("gold", "corpus"),
    [
        (DEV, ROOT / "corpus"),
        (HELD, ROOT / "corpus"),
        (ROOT / "eval" / "wards", ROOT / "corpus"),
        *((folder, folder / "pages") for folder in (DISAGREE, *ELSEWHERE)),
    ],
)
def test_the_questions_still_fit_the_pages(gold: Path, corpus: Path) -> None:
    assert [str(fault) for fault in gold_check([gold], corpus)] == []


@pytest.mark.parametrize("name", ["corpus", "transplant", "handbook", "mixed"])
def test_the_conversations_still_fit_the_pages(name: str) -> None:
    pages = ROOT / "corpus" if name == "corpus" else ROOT / "eval" / name / "pages"
    assert [str(fault) for fault in gold_check([ROOT / "eval" / "talk" / f"{name}.jsonl"], pages)] == []


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("corpus", "corpus"),
        ("canyon", "eval/canyon/pages"),
        ("loch", "eval/loch/pages"),
        ("brae", "eval/brae/pages"),
        ("moor", "eval/moor/pages"),
        ("skye", "eval/skye/pages"),
        ("dale", "eval/dale/pages"),
        ("holm", "eval/holm/pages"),
        ("iona", "eval/iona/pages"),
        ("jura", "eval/jura/pages"),
        ("lorn", "eval/lorn/pages"),
        ("mull", "eval/mull/pages"),
        ("tiree", "eval/tiree/pages"),
        ("arran", "eval/arran/pages"),
        ("bute", "eval/bute/pages"),
        ("coll", "eval/coll/pages"),
    ],
)
def test_the_questions_typed_before_the_pages_were_read_fit_them(name: str, pages: str) -> None:
    assert [str(fault) for fault in gold_check([ROOT / "eval" / "cold" / f"{name}.jsonl"], ROOT / pages)] == []


def test_there_are_enough_of_each_kind_and_a_third_is_held_back() -> None:
    dev, held = (read_gold([folder])[0] for folder in (DEV, HELD))
    both, made = (*dev, *held), read_gold([DISAGREE])[0]
    kinds = Counter(item.kind for item in (*both, *made))
    assert len(both) >= 300 and 0.3 < len(held) / len(both) < 0.36
    assert sum(not item.answerable for item in both) >= 60
    assert sum(bool(item.history) for item in both) >= 40
    assert sum(item.expect_status == "needs_clarification" for item in both) >= 30
    assert kinds["typing"] >= 30 and kinds["negation"] >= 20 and kinds["conflict"] >= 15


def test_no_question_is_both_developed_on_and_held_back() -> None:
    dev, held = (read_gold([folder])[0] for folder in (DEV, HELD))
    asked = {(item.question.casefold(), item.history) for item in dev}
    assert not [item.id for item in held if (item.question.casefold(), item.history) in asked]


def test_the_tolerances_can_be_read() -> None:
    assert read_tolerances([DEV]) == read_tolerances([HELD / "dose.jsonl"]) != {}
