"""A line that gives the time or rhythm asked answers, and what a question is timed by need not be repeated."""

import pytest

from answering.made import ask, terms, unit
from wardbook.answering.time_asked import ANCHOR, of_time, tells_asked_time, time_asked, time_fit


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("how often vitals after infusion", "often"),
        ("How many times a day is the dressing checked?", "often"),
        ("how often does it relapse", ""),
        ("how quickly must the first dose go in", "span"),
        ("when can they drive", "span"),
        ("how fast is it infused", ""),
        ("what is the dose", ""),
        ("when should it not be given", ""),
        ("when is the page due for review", ""),
    ],
)
def test_how_often_and_when_are_asked_in_these_words(question: str, asked: str) -> None:
    assert time_asked(question) == asked


@pytest.mark.parametrize(
    ("question", "line", "tells"),
    [
        ("how often vitals", "Vital signs every 15 min for 1 h, then hourly", True),
        ("how often is the skin checked", "Skin of the fingers each shift.", True),
        ("how often vitals", "Stop the infusion when the pressure falls.", False),
        ("how soon do antibiotics go in", "First dose in within 40 minutes.", True),
        ("how soon do antibiotics go in", "Zelumab 4 mg IV every 6 hours", False),
        ("when is the score high", "Low is 0-1, high is 2 or above.", True),
    ],
)
def test_a_line_tells_a_rhythm_or_a_time(question: str, line: str, tells: bool) -> None:
    assert tells_asked_time(ask(question), line) is tells


def test_the_line_that_tells_it_gains_only_where_it_names_something_asked() -> None:
    question = ask("how often is the port flushed")
    assert time_fit(question, unit("Port: every 8 weeks"), named=True, own_named=True) > 0
    assert time_fit(question, unit("Caps every 72 h"), named=False, own_named=False) < 0
    assert time_fit(question, unit("Zelumab 4 mg IV daily"), named=True, own_named=False) < 0
    assert time_fit(ask("what is a port"), unit("Port: every 8 weeks"), named=True, own_named=True) == 0


def test_what_a_question_is_timed_by_weighs_little_but_for_a_drug() -> None:
    asked = "how often ferritin after transplant"
    weights = {term.words: term.weight for term in of_time(ask(asked), terms(asked))}
    assert weights["transplant"] <= ANCHOR < weights["ferritin"]
    asked = "how often ferritin after anakinra"
    weights = {term.words: term.weight for term in of_time(ask(asked), terms(asked))}
    assert weights["anakinra"] > ANCHOR
