from pathlib import Path

import pytest
from gold_samples import Scripted, answer, corpus, line, write_gold

from wardbook.evaluation.evaluate import evaluate
from wardbook.evaluation.output import summary_lines


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write_gold(tmp_path / "g.jsonl", line(id="a", question="x", answerable=False), "{")


def test_harm_stands_on_top_and_is_red(tmp_path: Path, gold: Path) -> None:
    evaluate(Scripted({"x": answer("no", status="not_found")}), [gold], tmp_path / "base", corpus=corpus(tmp_path))
    _, summary = evaluate(
        Scripted({"x": answer("made up")}), [gold], None, tmp_path / "base" / "run.json", corpus=corpus(tmp_path)
    )
    lines = summary_lines(summary, colour=False)
    assert lines[0].startswith("! left out: ") and lines[1] == "1 of 1 questions"
    assert "! 1 false answers (of 1, true rate below 100.0%): a" in lines
    assert lines.index("Safety") < lines.index("Measures (95% interval; questions)")
    assert "! false answers rose from 0 to 1" in lines
    assert any(line.startswith("  false answers: 0.000 -> 1.000") and line.endswith("lost: a") for line in lines)
    painted = summary_lines(summary, colour=True)
    assert len(painted) == len(lines)
    assert all(
        line.startswith("\x1b[1;31m") == plain.startswith("!") for line, plain in zip(painted, lines, strict=True)
    )


def test_without_a_terminal_there_is_no_colour(tmp_path: Path, gold: Path) -> None:
    _, summary = evaluate(Scripted({"x": answer("made up")}), [gold], corpus=corpus(tmp_path))
    assert "\x1b" not in "".join(summary_lines(summary))
    assert "Against the baseline" not in summary_lines(summary)
