from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from gold_samples import gold, line, write_gold
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wardbook.evaluation.gold import FIELDS, GoldError
from wardbook.evaluation.gold_reading import read_gold


def test_every_field_is_read(tmp_path: Path) -> None:
    (item,) = gold(
        tmp_path,
        line(
            history=[{"role": "user", "content": "a"}, {"role": "assistant", "content": None}],
            gold_sections=[["p", "S > T"], ["p", ""]],
            need_all=True,
            must_include=[["a", "b"], ["c"]],
            must_not_include=["d"],
            dose={"drug": "Zelumab", "low": 0.1, "high": 0.3, "unit": "mg", "per": "kg", "route": ["iv"]}
            | {"interval_h": 12, "max": "1,000 mg/day"},
            computed={"value": [800, 900], "unit": "mg", "capped": True},
            verdict="exceeds",
        ),
    )  # fmt: skip
    assert item.history == (("user", "a"), ("assistant", ""))
    assert item.gold_sections == (("p", "S > T"), ("p", ""))
    assert item.must_include == (("a", "b"), ("c",)) and item.must_not_include == ("d",)
    assert item.dose and (item.dose.drug, item.dose.low, item.dose.high) == (
        ("zelumab",),
        Decimal("0.1"),
        Decimal("0.3"),
    )
    assert item.dose.interval_h == (Decimal(12), Decimal(12)) and item.dose.route == ("IV",)
    assert (item.dose.limit, item.dose.limit_unit) == (Decimal(1000), "mg")
    assert item.computed and (item.computed.low, item.computed.high) == (Decimal(800), Decimal(900))
    assert item.computed and item.computed.capped and item.verdict == "exceeds" and item.need_all


def test_a_route_written_out_is_its_code(tmp_path: Path) -> None:
    (item,) = gold(tmp_path, line(dose={"drug": "zelumab", "low": 1, "unit": "mg", "route": ["buccal", "XX"]}))
    assert item.dose and item.dose.route == ("BUC", "XX")


def test_what_is_left_out_follows_from_answerable(tmp_path: Path) -> None:
    yes, no = gold(tmp_path, line(id="a"), line(id="b", answerable=False))
    assert (yes.expect_status, no.expect_status) == ("answered", "not_found")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        (line(question="half \ud83d"), "surrogates"),
        (line(answerable=None), "answerable"),
        (line(answerable="yes"), "answerable"),
        (line(question=" "), "question"),
        (line(expect_status="maybe"), "expect_status"),
        (line(also_status=["maybe"]), "expect_status"),
        (line(gold_sections=[["p"]]), "gold_sections"),
        (line(gold_sections="p"), "gold_sections is not a list"),
        (line(must_include=[[1]]), "must_include"),
        (line(history=[{"role": "nurse", "content": "x"}]), "role"),
        (line(dose={"low": 1}), "dose has no drug"),
        (line(dose={"drug": "x", "low": "much"}), "dose.low"),
        (line(computed={"value": 1}), "computed"),
        (line(verdict="fine"), "verdict"),
        (line(id="good"), "stands already in"),
    ],
)
def test_a_bad_line_is_named_and_nothing_else_is_lost(tmp_path: Path, bad: str, reason: str) -> None:
    path = write_gold(tmp_path / "g.jsonl", line(id="good"), "", bad, line(id="last"))
    items, faults = read_gold([path])
    assert [item.id for item in items] == ["good", "last"]
    assert len(faults) == 1 and faults[0].line == 3 and reason in faults[0].reason
    assert str(faults[0]).startswith(f"{path}:3: ")


def test_a_folder_stands_for_its_files_in_order(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    write_gold(tmp_path / "b.jsonl", line(id="b"))
    write_gold(tmp_path / "deep" / "a.jsonl", line(id="d"))
    write_gold(tmp_path / "a.jsonl", line(id="a"))
    items, faults = read_gold([tmp_path, tmp_path / "a.jsonl"])
    assert [item.id for item in items] == ["a", "b", "d"] and not faults


@pytest.mark.parametrize("content", [None, b"", b"{\n", b"\xff\xfe"])
def test_gold_without_a_question_is_refused_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "g.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GoldError) as refusal:
        read_gold([path])
    assert str(path) in str(refusal.value) and "\n" not in str(refusal.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from([*sorted(FIELDS), "max"]),
        JSON
        | st.dictionaries(st.sampled_from(["drug", "low", "unit", "per", "max", "value", "route"]), JSON, max_size=4),
        max_size=6,
    )
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_line_holds_it_is_a_question_or_a_named_fault(tmp_path: Path, fields: dict[str, Any]) -> None:
    path = write_gold(tmp_path / "g.jsonl", line(id="good"), line(**({"id": "x"} | fields)))
    items, faults = read_gold([path])
    assert (len(items), len(faults)) in ((2, 0), (1, 1))
    assert all(fault.line == 2 for fault in faults)
    assert all(isinstance(figure, Decimal) for item in items if item.dose for figure in (item.dose.low,) if figure)


def test_unknown_fields_are_kept_by_name(tmp_path: Path) -> None:
    extra: dict[str, Any] = {"must_inlcude": []}
    assert gold(tmp_path, line(**extra))[0].unknown == ("must_inlcude",)
