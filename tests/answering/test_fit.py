"""Figures that fall in a row's range, kinds of question, and words spoken around a subject."""

import pytest

from answering.made import ask, terms, unit
from wardbook.answering.fit import asked_kinds, aspect_fit, leads_on, spoken_words, weighed
from wardbook.answering.ranges import covers
from wardbook.answering.terms import ASKING


@pytest.mark.parametrize(
    ("cell", "figure", "held"),
    [
        ("7-9", 8, True),
        ("7-9", 10, False),
        ("0-2", 2, True),
        ("9 or above", 11, True),
        ("9 or above", 9, True),
        ("9 or above", 8, False),
        (">9", 9, False),
        ("≥9", 9, True),
        ("less than 3", 2, True),
        ("less than 3", 3, False),
        ("at most 3", 3, True),
        ("12+", 13, True),
        ("none", 3, False),
    ],
)
def test_a_figure_falls_in_a_range_or_past_a_bound(cell: str, figure: float, held: bool) -> None:
    assert covers(cell, figure) is held


def test_which_and_what_is_tell_nothing_where_another_kind_does() -> None:
    assert "list" not in asked_kinds(ask("which side effects does anakinra have?"))
    assert asked_kinds(ask("do sources agree how often to monitor anakinra?"))[0] == "disagree"


def test_the_heading_right_above_counts_most() -> None:
    question, row = ask("side effects of anakinra"), unit("Rash", "bullet")
    near = aspect_fit(question, row, ("Side Effects",))
    far = aspect_fit(question, row, ("Side Effects", "Frequency"))
    assert near == 1.0
    assert 0 < far < near
    assert aspect_fit(question, row, ("Storage",)) == 0.0


def test_words_spoken_around_a_subject_weigh_little() -> None:
    assert {"items", "steps", "results"} <= spoken_words()
    weights = {term.words: term.weight for term in weighed(terms("next steps for ferritin"))}
    assert weights["steps"] <= ASKING < weights["ferritin"]


def test_words_that_lead_on_end_in_a_colon() -> None:
    assert leads_on(unit("In these cases:"))
    assert not leads_on(unit("Rest: a day."))
