"""A conversation in the terminal."""

import os
import pty
import re
import select
import subprocess
import sys
import time

import pytest

from real_index import assistant, corpus, environment, folder, index
from wardbook.chat import converse


def talk(*lines: str) -> list[str]:
    """What is said in answer to lines; the first is the greeting."""
    left = list(lines)
    said: list[str] = []

    def hear(prompt: str) -> str:
        if not left:
            raise EOFError
        return left.pop(0)

    converse(assistant(), said.append, hear)
    return said


def test_a_follow_up_is_understood_and_shown() -> None:
    said = talk("zelumab prophylaxis dose", "how long?", "/quit", "never heard")
    assert len(said) == 3
    assert "90 mg SC daily" in said[1]
    assert said[2].startswith("Understood as: ")
    assert "zelumab" in said[2].partition("\n")[0]
    assert "5 days" in said[2]


def test_sources_and_places_can_be_shown() -> None:
    said = talk("/sources", "Does zelumab cause seizures?", "/sources", "/show 1", "/show 9", "/what")
    assert said[1] == "Nothing was cited yet."
    assert "Zelumab does not cause seizures in trials." in said[3]
    assert "Safety Profile" in said[3]
    marked = [line for line in said[4].splitlines() if line.startswith(">")]
    assert [line.split(maxsplit=2)[2] for line in marked] == [
        "Zelumab does not cause seizures in trials. It was stopped in 3 of 44 patients."
    ]
    assert len(said[4].splitlines()) == 7
    assert said[5] == "There is no such citation: /sources lists them."
    assert "/new" in said[6]


def test_a_new_conversation_forgets() -> None:
    said = talk("zelumab prophylaxis dose", "/new", "/sources", "the max?")
    assert said[3] == "Nothing was cited yet."
    assert "Understood as" not in said[4]


def test_an_empty_line_is_no_question_and_an_endless_one_is_refused_and_forgotten() -> None:
    said = talk("", "  ", "x" * 2001, "and the max?")
    assert len(said) == 4
    assert "2,001 characters" in said[1]
    assert "Understood as" not in said[2]


def test_the_end_of_input_ends_it() -> None:
    said = talk("Does zelumab cause seizures?")
    assert len(said) == 3
    assert said[-1] == ""


def test_a_refused_line_keeps_what_was_cited() -> None:
    said = talk("Does zelumab cause seizures?", "x" * 2001, "/show 1")
    assert said[3].count("\n") == 6


def test_an_interruption_drops_the_line_and_a_second_one_leaves() -> None:
    said: list[str] = []
    lines = iter(["^C", "zelumab prophylaxis dose", "^C", "^C", "never heard"])

    def hear(prompt: str) -> str:
        line = next(lines)
        if line == "^C":
            raise KeyboardInterrupt
        return line

    with pytest.raises(KeyboardInterrupt):
        converse(assistant(), said.append, hear)
    assert len(said) == 4
    assert "Stopped" in said[1]
    assert "90 mg SC daily" in said[2]


_CHAT = """
import fcntl, signal, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # the terminal is this process's own: its keys reach it as signals
signal.signal(signal.SIGINT, signal.default_int_handler)
from wardbook.cli import main
main()
"""


class Terminal:
    """The chat in a terminal of its own."""

    def __init__(self) -> None:
        self.end, other = pty.openpty()
        places = {"WARDBOOK_CORPUS": str(corpus()), "WARDBOOK_INDEX": str(index()), "TERM": "xterm"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _CHAT, "chat"],
            cwd=folder(),
            env=environment(**places),
            stdin=other,
            stdout=other,
            stderr=other,
            start_new_session=True,
        )
        os.close(other)

    def until(self, words: str, seconds: float = 60) -> str:
        """What it says until it has said some words and nothing more."""
        said, ends = "", time.monotonic() + seconds
        while not said.endswith(words):
            ready, _, _ = select.select([self.end], [], [], max(ends - time.monotonic(), 0))
            assert ready, said
            said += os.read(self.end, 4096).decode(errors="replace")
        return said

    def type(self, keys: str) -> None:
        os.write(self.end, keys.encode())

    def interrupt(self) -> str:
        """Press Ctrl-C and give what it says then, with the next prompt.

        Where the signal falls between two reads of the line, Python sees it at the next key, or only at Enter.
        """
        said = ""
        for key in ("\x03", " ", "\n"):
            if "Stopped" not in said:
                self.type(key)
                said += self.heard(3)
        return said

    def heard(self, quiet: float) -> str:
        """What it says until it has been quiet for so many seconds."""
        said = ""
        while select.select([self.end], [], [], quiet)[0]:
            said += os.read(self.end, 4096).decode(errors="replace")
        return said


@pytest.mark.long
def test_a_real_terminal() -> None:
    chat = Terminal()
    try:
        chat.until("> ")
        chat.type("zelumab prophylaxis dose\n")
        assert "90 mg SC daily" in chat.until("\n> ")
        chat.type("how long?\n")
        assert "Understood as" in chat.until("\n> ")
        chat.type("half a line")
        chat.until("half a line")
        assert re.search(r"Stopped.*\n> $", chat.interrupt(), re.DOTALL)
        chat.type("/show 1\n")
        assert ">   " in chat.until("\n> ")
        chat.type("\x1b[A\n")
        assert "/show 1" in chat.until("\n> ")
        chat.type("\x04")
        assert chat.process.wait(20) == 0
    finally:
        chat.process.kill()
        chat.process.wait()
        os.close(chat.end)
