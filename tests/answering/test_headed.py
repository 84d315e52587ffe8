"""What headings tell of the kind of thing that stands below them."""

import pytest

from answering.made import ask, unit
from wardbook.answering.headed import asked_kinds, aspect_fit, heads


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


def test_how_long_something_is_followed_is_asked_of_its_monitoring_first() -> None:
    assert asked_kinds(ask("how long do we follow them after anakinra?"))[0] == "monitoring"


def test_a_section_of_what_not_to_do_answers_for_contraindications() -> None:
    question, row = ask("contraindications to anakinra"), unit("Active infection", "bullet")
    assert aspect_fit(question, row, ("Do not",)) == 1.0


@pytest.mark.parametrize(
    ("words", "told"), [("Grading", True), ("Grade", True), ("Grade 2", False), ("Grade 3+", False)]
)
def test_a_grade_alone_heads_no_definition_of_grades(words: str, told: bool) -> None:
    assert heads("grading", words) is told


def test_a_heading_further_up_counts_where_those_below_are_of_no_kind() -> None:
    question, line = ask("how do I treat CRS"), unit("Move to the unit")
    direct = aspect_fit(question, line, ("Management",))
    assert 0.75 < aspect_fit(question, line, ("Management by grade", "Grade 2")) < direct
    assert 0.75 < aspect_fit(question, line, ("Treatment", "Step 1 (day 0 of diagnosis)")) < direct
    assert aspect_fit(question, line, ("Management", "Monitoring")) <= 0.5


def test_a_row_of_a_grade_grades_nothing() -> None:
    question = ask("how is CRS graded")
    assert aspect_fit(question, unit("Grade 2: move to the unit"), ("Management",)) == 0.0
    assert aspect_fit(question, unit("Grade 2: fever"), ("Grading",)) == 1.0


def test_who_cannot_join_is_told_by_what_keeps_out() -> None:
    question, row = ask("who can't join the anakinra trial, all exclusions"), unit("eGFR <30", "bullet", lead=("Out",))
    assert asked_kinds(question)[0] == "safety"
    assert aspect_fit(question, row, ("Who",)) == 1.0
    assert aspect_fit(question, unit("age 18", "bullet", lead=("Out of hours",)), ("Who",)) < 1.0
    assert asked_kinds(ask("results of the anakinra trial"))[0] != "safety"
