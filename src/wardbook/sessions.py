"""Conversations of the command line: one file of JSON lines a session, below the state folder."""

import json
import os
import re
from pathlib import Path

from wardbook.answering.answer import Answer
from wardbook.answering.conversation import MOST_TURNS
from wardbook.assistant import Assistant
from wardbook.errors import QuestionError


def state_folder() -> Path:
    """Give the folder for what is kept between runs: `$XDG_STATE_HOME/wardbook`, else `~/.local/state/wardbook`."""
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "wardbook"


def _file(session: str) -> Path:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", session):
        raise QuestionError(f"{session!r} is no session name", "use up to 64 letters, digits, - and _")
    return state_folder() / "sessions" / f"{session}.jsonl"


def read_session(session: str) -> list[tuple[str, str]]:
    """Give the latest turns of a session as (role, words), oldest first; lines that cannot be read are left out."""
    try:
        lines = _file(session).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    turns: list[tuple[str, str]] = []
    for line in lines[-MOST_TURNS:]:
        try:
            role, words = json.loads(line)
        except (ValueError, TypeError):
            continue
        turns.append((str(role), str(words)))
    return turns


def ask_in_session(assistant: Assistant, session: str, question: str, k: int | None) -> Answer:
    """Ask within a session and keep both turns; the file is readable by its owner alone."""
    path = _file(session)
    answer = assistant.ask(question, history=read_session(session), k=k, session_id=session)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8") as file:
        for turn in (("user", question), ("assistant", answer.text)):
            file.write(json.dumps(turn, ensure_ascii=False) + "\n")
    return answer
