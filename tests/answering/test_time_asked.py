"""A line that gives the time or rhythm asked answers, and what a question is timed by need not be repeated."""

import pytest

from answering.made import ask, terms, unit
from wardbook.answering.time_asked import (
    ANCHOR,
    of_setting,
    of_time,
    tells_asked_time,
    tells_time_of_all,
    time_asked,
    time_fit,
)


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


@pytest.mark.parametrize(
    ("question", "line", "weighed"),
    [
        ("anakinra for rash after CAR-T ok?", "Anakinra is not given for rash.", {"after", "car"}),
        ("anakinra for rash post cart ok?", "Anakinra is not given for rash.", {"post", "cart"}),
        ("anakinra for rash after CAR-T ok?", "No anakinra for rash after CAR-T.", set()),
        ("anakinra for rash after surgery ok?", "Anakinra is not given for rash.", set()),
    ],
)
def test_the_treatment_that_all_patients_have_had_need_not_be_repeated(
    question: str, line: str, weighed: set[str]
) -> None:
    known = terms(question, after=30, post=30, car=30, cart=30, t=30, surgery=30)
    changed = zip(known, of_setting(ask(question), known, line), strict=True)
    assert {one.words.lower() for one, other in changed if other.weight < one.weight} - {"t"} == weighed


def test_a_treatment_that_few_pages_speak_of_has_to_be_named() -> None:
    known = terms("anakinra after CAR-T", car=1)
    kept = of_setting(ask("anakinra after CAR-T"), known, "Anakinra is given.")
    assert next(each.weight for each in kept if each.words.lower() == "car") > ANCHOR


@pytest.mark.parametrize(
    ("line", "tells"),
    [
        ("Vitals 4-hourly for 10 days", True),
        ("Vitals when the fever is high", False),
        ("Mouth care 4-hourly", False),
    ],
)
def test_a_line_that_tells_the_time_of_all_that_is_asked_need_not_name_the_cells(line: str, tells: bool) -> None:
    asked = "how often vitals after the cell infusion"
    question, known = ask(asked), terms(asked)
    assert tells_time_of_all(question, of_time(question, known, line), line) is tells


def test_after_what_else_something_is_timed_has_to_be_named() -> None:
    asked = "how often vitals after biopsy"
    question, line = ask(asked), "Vitals 4-hourly for 10 days"
    assert not tells_time_of_all(question, of_time(question, terms(asked), line), line)
