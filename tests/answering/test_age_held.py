"""An age told of the patient is held by a line for that age, and by no other."""

import pytest

from answering.made import ask
from wardbook.answering.age_held import words_of_age


def held(question: str, words: str) -> bool:
    return "years" in words_of_age(ask(question), words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("treatment in a 7 years old", "Children under 12"),
        ("treatment in a 7 years old", "Children"),
        ("treatment in a 14 years old", "12 years and over"),
        ("treatment in a 40 years old", "Grade 2"),
        ("treatment in a 40 years old", "Adults"),
    ],
)
def test_an_age_is_held_by_a_line_for_it(question: str, words: str) -> None:
    assert held(question, words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("treatment in a 14 years old", "Children under 12"),
        ("treatment in a 7 years old", "Grade 2"),
        ("treatment in a 7 years old", "Adults"),
        ("treatment in a 40 years old", "Children"),
        ("treatment in a child", "Children under 12"),
    ],
)
def test_an_age_is_held_by_no_other_line(question: str, words: str) -> None:
    assert not held(question, words)
