import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from gold_samples import Scripted, answer, cited, corpus, line, regimen, write_gold

from wardbook.evaluation.evaluate import evaluate, rescore
from wardbook.evaluation.gold import GoldError
from wardbook.evaluation.run import RunError

P = "drugs/zelumab"
QUOTE = "8 mg/kg IV every 12 hours, max 800 mg"
RIGHT = answer(f"Fever: {QUOTE} [1]", regimens=[regimen()], citations=[cited(1, "Dosing", QUOTE)])
WRONG = answer("Fever: 80 mg/kg [1]", regimens=[regimen(80)], citations=[cited(1, "Dosing", QUOTE)])
NO = answer("The pages do not say.", status="not_found")
PASSAGE = {"rank": 1, "score": 1.0, "page": P, "section": "Dosing", "lines": [3, 8], "text": "<b>Dosing</b>"}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    dose = {"drug": "zelumab", "low": 8, "high": 8, "unit": "mg", "per": "kg", "max": 800}
    return write_gold(
        tmp_path / "g.jsonl",
        line(id="d", kind="dose", question="how much <script>?", gold_sections=[[P, "Dosing"]], dose=dose),
        line(id="n", kind="none", question="gout?", answerable=False),
        "{ bad",
    )


def asking(dose: dict[str, object], none: dict[str, object]) -> Scripted:
    return Scripted({"how much <script>?": dose, "gout?": none}, [PASSAGE])


def test_a_run_is_scored_and_can_be_scored_again(tmp_path: Path, gold: Path) -> None:
    status, summary = evaluate(asking(RIGHT, NO), [gold], tmp_path / "out", corpus=corpus(tmp_path))
    assert status == 0 and (summary["questions"], summary["scored"]) == (2, 2)
    assert summary["faults"] == [f"{gold}:3: {summary['faults'][0].split(': ', 1)[1]}"]
    assert {cell["count"] for cell in summary["safety"].values()} == {0}
    assert summary["measures"]["correct"]["overall"]["value"] == 1
    assert set(summary["measures"]["correct"]) == {"overall", "single questions", "dose", "none"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "run.json", "baseline.json", "report.html", "summary.json",
    }  # fmt: skip
    assert json.loads((tmp_path / "out" / "summary.json").read_text("utf-8")) == json.loads(json.dumps(summary))
    assert rescore(tmp_path / "out" / "run.json", [gold]) == (0, summary)


def test_a_worse_run_does_not_pass_the_gate(tmp_path: Path, gold: Path) -> None:
    evaluate(asking(RIGHT, NO), [gold], tmp_path / "base", corpus=corpus(tmp_path))
    baseline = tmp_path / "base" / "run.json"
    same, _ = evaluate(asking(RIGHT, NO), [gold], None, baseline, corpus=corpus(tmp_path))
    worse, summary = evaluate(asking(WRONG, RIGHT), [gold], tmp_path / "out", baseline, corpus=corpus(tmp_path))
    assert (same, worse) == (0, 1)
    reasons = " ".join(summary["exit_reasons"])
    assert "wrong doses rose from 0 to 1" in reasons and "false answers rose from 0 to 1" in reasons
    assert summary["safety"]["wrong doses"]["ids"] == ["d"] and summary["safety"]["false answers"]["ids"] == ["n"]
    assert "This run may not pass" in (tmp_path / "out" / "report.html").read_text("utf-8")
    assert rescore(tmp_path / "out" / "run.json", [gold], None, baseline) == (1, summary)


def test_a_baseline_scores_as_its_run_does(tmp_path: Path, gold: Path) -> None:
    wordy = WRONG | {"regimens": [regimen(80, verbatim="x" * 500, notes=[])], "took_ms": {"total": 1}}
    evaluate(asking(wordy, RIGHT), [gold], tmp_path / "out", corpus=corpus(tmp_path))
    (_, whole), (_, slim) = (rescore(tmp_path / "out" / name, [gold]) for name in ("run.json", "baseline.json"))
    assert whole == slim
    sizes = [(tmp_path / "out" / name).stat().st_size for name in ("run.json", "baseline.json")]
    assert sizes[0] - sizes[1] > 500


def test_a_stopped_run_is_scored_with_what_it_has(tmp_path: Path, gold: Path) -> None:
    class Stopped(Scripted):
        def search(self, query: str, k: int = 10) -> list[dict[str, object]]:
            if len(self.asked) == 2:
                raise KeyboardInterrupt
            return super().search(query, k)

    assistant = Stopped({"how much <script>?": RIGHT, "gout?": NO}, [PASSAGE])
    status, summary = evaluate(assistant, [gold], tmp_path / "out", corpus=corpus(tmp_path))
    assert status == 1 and not summary["complete"] and (summary["questions"], summary["scored"]) == (2, 1)
    assert summary["measures"]["correct"]["overall"]["n"] == 1
    assert "Stopped early" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_a_baseline_of_other_questions_is_refused_before_anything_is_asked(tmp_path: Path, gold: Path) -> None:
    other = write_gold(tmp_path / "other.jsonl", line(id="z", question="gout?"))
    evaluate(asking(RIGHT, NO), [other], tmp_path / "base", corpus=corpus(tmp_path))
    assistant = asking(RIGHT, NO)
    with pytest.raises(GoldError, match="shares no question"):
        evaluate(assistant, [gold], None, tmp_path / "base" / "run.json", corpus=corpus(tmp_path))
    assert assistant.asked == []


def test_a_run_in_which_everything_failed_is_no_result(tmp_path: Path, gold: Path) -> None:
    with pytest.raises(RunError, match="every question failed, the first with: KeyError"):
        evaluate(Scripted({}), [gold], tmp_path / "out", corpus=corpus(tmp_path))
    assert not (tmp_path / "out").exists()


class Outline(HTMLParser):
    """Tags and addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "data")]


def test_the_report_needs_nothing_else_and_runs_nothing(tmp_path: Path, gold: Path) -> None:
    scored = WRONG | {"confidence": 0.9}
    evaluate(asking(scored, RIGHT | {"confidence": 0.4}), [gold], tmp_path / "out", corpus=corpus(tmp_path))
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    outline = Outline()
    outline.feed(page)
    assert not {"script", "img", "link", "iframe"} & set(outline.tags)
    assert all(address.startswith("#") for address in outline.addresses)
    assert outline.tags.count("svg") == 3 and outline.tags.count("article") == 2
    assert "how much &lt;script&gt;?" in page and "&lt;b&gt;Dosing" in page
    assert "wrong dose: wrong row" in page and page.index("Safety") < page.index("Measures")
    assert "prefers-color-scheme: dark" in page and "@media print" in page


def test_the_command_line_does_not_pay_for_what_only_evaluation_needs() -> None:
    code = "import sys, wardbook.errors; print(sorted({'scipy', 'ir_measures', 'jinja2'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
