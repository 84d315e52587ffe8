"""A conversation in the terminal."""

import shutil
from collections.abc import Callable
from typing import Any

from wardbook.answering.answer import Answer, to_json
from wardbook.assistant import Assistant
from wardbook.errors import QuestionError
from wardbook.render import readable, terminal, where

_HELP = (
    "/sources lists what was cited, /show N gives citation N in its place, /new forgets what was said, /quit leaves."
)


def converse(assistant: Assistant, say: Callable[[str], None], hear: Callable[[str], str]) -> None:
    """Answer line after line until /quit or the end of input."""
    say(f"Ask; {_HELP}")
    history: list[tuple[str, str]] = []
    last: Answer | None = None
    while True:
        try:
            line = hear("> ").strip()
        except EOFError:
            return
        if line in ("/quit", "/exit"):
            return
        if line == "/new":
            history, last = [], None
            say("A new conversation.")
        elif line.startswith("/"):
            say(_command(assistant, line, last))
        elif line:
            last = _ask(assistant, line, history, say)


def _ask(assistant: Assistant, line: str, history: list[tuple[str, str]], say: Callable[[str], None]) -> Answer | None:
    try:
        answer = assistant.ask(line, history=history)
    except QuestionError as fault:
        say(str(fault))
        return None
    history += [("user", line), ("assistant", answer.text)]
    say(terminal(to_json(answer), min(shutil.get_terminal_size().columns, 110)))
    return answer


def _command(assistant: Assistant, line: str, last: Answer | None) -> str:
    name, _, argument = line.partition(" ")
    citations = to_json(last)["citations"] if last else []
    if name == "/sources":
        listed = [f"[{each['n']}] {where(each)}: “{readable(each['quote'])}”" for each in citations]
        return "\n".join(listed) or "Nothing was cited yet."
    if name == "/show":
        found = next((each for each in citations if str(each["n"]) == argument.strip()), None)
        return _show(assistant, found) if found else "There is no such citation: /sources lists them."
    return _HELP


def _show(assistant: Assistant, citation: dict[str, Any]) -> str:
    """Give the cited lines with three lines around them, the cited ones marked."""
    page = assistant.page(citation["page"])
    lines = page["markdown"].split("\n") if page else []
    first, last = citation["lines"]
    around = range(max(first - 3, 1), min(last + 3, len(lines)) + 1)
    return "\n".join(f"{'>' if first <= number <= last else ' '} {number:4d}  {lines[number - 1]}" for number in around)
