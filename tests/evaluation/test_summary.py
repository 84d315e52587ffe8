from pathlib import Path

import pytest
from gold_samples import answer, gold, line, record

from wardbook.evaluation.run import Record, Run
from wardbook.evaluation.summary import summarize


def test_figures_by_kind_and_overall(tmp_path: Path) -> None:
    turns = [{"role": "user", "content": "a"}, {"role": "assistant", "content": ""}]
    items = gold(
        tmp_path,
        line(id="1", kind="fact", must_include=[["yes"]]),
        line(id="2", kind="fact", must_include=[["yes"]], history=turns),
        line(id="3", kind="none", answerable=False),
    )
    records = {"1": record(answer("yes")), "2": record(answer("no")), "3": record(answer("x"))}
    summary, scores = summarize(Run({}, records, True, "now"), items)
    facts = summary["measures"]["facts included"]
    assert {group: cell and cell["value"] for group, cell in facts.items()} == {
        "overall": 0.5, "single questions": 1, "follow-ups": 0, "fact": 0.5, "none": None,
    }  # fmt: skip
    assert facts["overall"]["n"] == 2 and 0 <= facts["overall"]["low"] <= 0.5 <= facts["overall"]["high"] <= 1
    assert summary["safety"]["false answers"] == {"count": 1, "of": 1, "upper_rate": 1.0, "ids": ["3"]}
    assert scores["facts included"] == {"1": 1.0, "2": 0.0}


def test_latency_is_of_answers_only(tmp_path: Path) -> None:
    items = gold(tmp_path, *(line(id=str(at)) for at in range(101)), line(id="failed"))
    records = {str(at): Record(answer("x"), (), (), float(at)) for at in range(101)}
    records["failed"] = Record(None, (), (), 9999.0, "broken")
    summary, _ = summarize(Run({}, records, True, "now"), items)
    assert summary["latency_ms"]["p50"]["value"] == 50 and summary["latency_ms"]["p95"]["value"] == pytest.approx(95)
    assert summary["latency_ms"]["n"] == 101 and summary["errors"] == {"failed": "broken"}


def test_the_same_run_gives_the_same_summary(tmp_path: Path) -> None:
    items = gold(tmp_path, *(line(id=str(at), must_include=[["yes"]]) for at in range(20)))
    run = Run({}, {str(at): record(answer("yes" if at % 3 else "no")) for at in range(20)}, True, "now")
    assert summarize(run, items) == summarize(run, items)
