"""A conversation in the terminal."""

from collections.abc import Sequence
from typing import Any

from real_index import assistant
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
    assert len(said) == 3
    assert "2,001 characters" in said[1]
    assert "Understood as" not in said[2]


def test_the_end_of_input_ends_it() -> None:
    said: list[Any] = []

    def hear(prompt: str, left: Sequence[str] = ()) -> str:
        raise EOFError

    converse(assistant(), said.append, hear)
    assert len(said) == 1
