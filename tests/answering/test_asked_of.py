"""What is asked of a thing is known by many words, and told apart from what is asked to do."""

import pytest

from wardbook.answering.asked_of import asked_of, what_is_asked


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("when does ZELS usually start", {"onset"}),
        ("zels when does it come on and how long till it goes away", {"onset", "duration"}),
        ("how common is severe ZELS", {"frequency"}),
        ("How common is itch and how long does it last?", {"frequency", "duration"}),
        ("do steroids kill the car t cells", {"cells"}),
        ("side effects of zelumab", {"adverse"}),
        ("what problems can zelumab cause", {"adverse"}),
        ("early signs of ZELS", {"signs"}),
        ("which drugs push tacro levels up", {"interactions"}),
        ("who is not eligible for beads", {"exclusions"}),
        ("what goes into the ZELS score", {"parts"}),
        ("what to watch for on zelumab", {"watch"}),
        ("zels test questions", {"parts"}),
        ("zels - what are the 8 questions exactly", {"parts"}),
    ],
)
def test_what_is_asked_of_a_thing_is_known(question: str, names: set[str]) -> None:
    assert {each.name for each in asked_of(question)} == names


@pytest.mark.parametrize(
    "question",
    [
        "how often do we check bloods",
        "when should we start zelumab",
        "when to start G-CSF",
        "how long do we give zelumab",
        "max dose of zelumab",
        "ZELS grade 3, what now",
    ],
)
def test_what_is_to_be_done_is_nothing_of_a_thing(question: str) -> None:
    assert not asked_of(question)


def test_all_that_may_be_asked_has_words_that_ask_it_and_a_query() -> None:
    assert all(each.asked.pattern and each.query for each in what_is_asked())
