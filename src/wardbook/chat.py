"""A conversation in the terminal."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from wardbook.answering.answer import Answer, to_json
from wardbook.assistant import Assistant
from wardbook.errors import QuestionError
from wardbook.render import readable, terminal, where

_HELP = (
    "/sources lists what was cited, /show N gives citation N in its place, /new forgets what was said, /quit leaves."
)


def converse(assistant: Assistant, say: Callable[[str], None], hear: Callable[[str], str]) -> None:
    """Answer line after line until /quit, the end of input, or a second interruption in a row."""
    say(f"Ask; {_HELP}")
    talk = _Talk(assistant, say)
    interrupted = False
    while True:
        try:
            line = hear("> ").strip()
            if line in ("/quit", "/exit"):
                return
            talk.take(line)
        except EOFError:
            say("")
            return
        except KeyboardInterrupt:
            if interrupted:
                raise
            interrupted = True
            say("\nStopped; /quit leaves, or interrupt again.")
        else:
            interrupted = False


@dataclass(slots=True)
class _Talk:
    """A conversation under way."""

    assistant: Assistant
    say: Callable[[str], None]
    history: list[tuple[str, str]] = field(default_factory=list)
    last: Answer | None = None

    def take(self, line: str) -> None:
        """Answer one line, or do what it commands."""
        if line == "/new":
            self.history, self.last = [], None
            self.say("A new conversation.")
        elif line.startswith("/"):
            self.say(_command(self.assistant, line, self.last))
        elif line:
            self._ask(line)

    def _ask(self, line: str) -> None:
        try:
            answer = self.assistant.ask(line, history=self.history)
        except QuestionError as fault:
            self.say(str(fault))
            return
        self.history += [("user", line), ("assistant", answer.text)]
        self.last = answer
        self.say(terminal(to_json(answer), min(shutil.get_terminal_size().columns, 110)))


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
