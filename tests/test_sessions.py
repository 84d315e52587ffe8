"""Conversations of the command line, kept in files."""

import json
from pathlib import Path
from typing import Any

import pytest

from wardbook.answering.answer import Answer
from wardbook.answering.conversation import MOST_TURNS
from wardbook.errors import QuestionError
from wardbook.sessions import ask_in_session, read_session, state_folder


class Echo:
    """Stands in for an assistant: says back what it was asked and how many turns came before."""

    def ask(self, question: str, *, history: Any = (), k: int | None = None, session_id: str | None = None) -> Answer:
        if question == "bad":
            raise QuestionError("bad", "ask well")
        return Answer("answered", question, question, f"{question} after {len(history)}", session_id=session_id)


ECHO: Any = Echo()


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "wardbook" / "sessions"


def test_turns_are_kept_and_given_to_the_next_question(state: Path) -> None:
    assert ask_in_session(ECHO, "ward-3", "dose ü?", None).text == "dose ü? after 0"
    found = ask_in_session(ECHO, "ward-3", "why?", None)
    assert (found.text, found.session_id) == ("why? after 2", "ward-3")
    assert read_session("ward-3") == [
        ("user", "dose ü?"),
        ("assistant", "dose ü? after 0"),
        ("user", "why?"),
        ("assistant", "why? after 2"),
    ]
    assert read_session("other") == []


def test_a_session_is_for_its_owner_alone(state: Path) -> None:
    ask_in_session(ECHO, "own", "dose?", None)
    assert (state / "own.jsonl").stat().st_mode & 0o077 == 0
    assert state.stat().st_mode & 0o077 == 0


def test_a_question_that_is_refused_is_not_kept(state: Path) -> None:
    with pytest.raises(QuestionError):
        ask_in_session(ECHO, "own", "bad", None)
    assert read_session("own") == []


@pytest.mark.parametrize("name", ["", "../x", "a/b", "a b", "x" * 65, "ü", "a.b", "a\n"])
def test_a_name_that_could_leave_the_folder_is_refused(name: str, state: Path) -> None:
    with pytest.raises(QuestionError) as refusal:
        ask_in_session(ECHO, name, "dose?", None)
    assert "64 letters" in str(refusal.value)
    assert not state.exists()


def test_lines_that_cannot_be_read_are_left_out(state: Path) -> None:
    state.mkdir(parents=True)
    lines = ['["user", "one"]', "{broken", "[]", '["user"]', '["a", "b", "c"]', '["assistant", "two"]']
    (state / "own.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert read_session("own") == [("user", "one"), ("assistant", "two")]


def test_a_line_that_is_no_list_is_left_out(state: Path) -> None:
    state.mkdir(parents=True)
    (state / "own.jsonl").write_text('7\n["user", "one"]', encoding="utf-8")
    assert read_session("own") == [("user", "one")]


def test_only_the_latest_turns_are_read(state: Path) -> None:
    state.mkdir(parents=True)
    lines = [json.dumps(["user", str(at)]) for at in range(MOST_TURNS + 5)]
    (state / "own.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = read_session("own")
    assert len(found) == MOST_TURNS
    assert found[-1] == ("user", str(MOST_TURNS + 4))


def test_the_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_STATE_HOME")
    assert state_folder() == Path.home() / ".local" / "state" / "wardbook"
