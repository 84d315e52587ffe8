import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from gold_samples import Scripted, answer, cited, corpus, gold, line

from wardbook.errors import IndexFault, QuestionError
from wardbook.evaluation.run import RunError, ask_all, read_run, write_run


def test_every_question_is_asked_once_with_its_history(tmp_path: Path) -> None:
    turns = [{"role": "user", "content": "a"}, {"role": "assistant", "content": ""}]
    items = gold(tmp_path, line(id="1", question="x"), line(id="2", question="y", history=turns))
    follow_up = answer("b", citations=[cited(1, "Dosing", "8 mg/kg IV"), cited(2, "Dosing", "9 mg/kg")])
    assistant = Scripted(
        {"x": answer("a"), "y": follow_up | {"standalone_question": "y of a"}},
        [{"page": "p", "section": "s", "text": "w" * 9999}],
    )
    told: list[tuple[int, int, str]] = []
    run = ask_all(assistant, items, corpus(tmp_path), lambda *step: told.append(step))
    assert assistant.asked == [("x", ()), ("y", (("user", "a"), ("assistant", "")))]
    assert assistant.searched == ["what?", "y of a"]
    assert run.complete and list(run.records) == ["1", "2"]
    assert run.records["2"].quotes == (True, False)
    assert len(run.records["1"].passages[0]["text"]) < 1000
    assert told == [(0, 2, "1"), (1, 2, "2"), (2, 2, "")]


class Failing(Scripted):
    def ask(self, question: str, history: Sequence[tuple[str, str]] = (), k: int = 10) -> dict[str, Any]:
        found = super().ask(question, history, k)
        if "raise" in found:
            raise found["raise"]
        return found


@pytest.mark.parametrize("failure", [QuestionError("too long", "shorten it"), ValueError("broken")])
def test_one_failure_loses_nothing_else(tmp_path: Path, failure: Exception) -> None:
    items = gold(tmp_path, line(id="1", question="x"), line(id="2", question="y"))
    run = ask_all(Failing({"x": {"raise": failure}, "y": answer("b")}), items, corpus(tmp_path))
    assert run.records["1"].answer is None and str(failure) in str(run.records["1"].error)
    assert run.records["2"].answer == answer("b") and run.complete


def test_a_damaged_index_ends_the_run_at_once(tmp_path: Path) -> None:
    items = gold(tmp_path, line(question="x"))
    with pytest.raises(IndexFault):
        ask_all(Failing({"x": {"raise": IndexFault("damaged", "build it")}}), items, corpus(tmp_path))


def test_ctrl_c_keeps_what_there_is(tmp_path: Path) -> None:
    items = gold(tmp_path, *(line(id=name, question=name) for name in "abc"))
    run = ask_all(
        Failing({"a": answer("1"), "b": {"raise": KeyboardInterrupt()}, "c": answer("3")}), items, corpus(tmp_path)
    )
    assert not run.complete and list(run.records) == ["a"]


def test_a_run_file_reads_back_as_it_was(tmp_path: Path) -> None:
    items = gold(tmp_path, line(question="x"))
    run = ask_all(Scripted({"x": answer("é [1]", citations=[cited(1, "Dosing", "Fever")])}), items, corpus(tmp_path))
    write_run(run, tmp_path / "deep" / "run.json")
    assert read_run(tmp_path / "deep" / "run.json") == run
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["run.json"]
    assert json.loads((tmp_path / "deep" / "run.json").read_text("utf-8"))["made_by"]["corpus"] == "abc"


@pytest.mark.parametrize(
    "content", [None, "{", "[]", '{"run_version": 99}', '{"run_version": 1, "records": {"a": {}}}']
)
def test_what_is_no_run_file_is_refused_in_one_line(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "run.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(RunError) as refusal:
        read_run(path)
    assert str(path) in str(refusal.value) and "\n" not in str(refusal.value)
