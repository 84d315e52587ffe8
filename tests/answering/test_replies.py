"""What a reply picks from the options of our own question."""

import pytest

from wardbook.answering.replies import picked

USES = ("refractory ICANS, adult", "prophylaxis of ICANS", "rheumatoid arthritis (label)")
GRADES = ("grade 1, at once", "grade 3", "grade 4, first step", "grade 2")


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("the first", 0),
        ("1st one", 0),
        ("the latter", 1),
        ("third option", 2),
        ("last", 2),
        ("2", 1),
        ("#3", 2),
        ("option 1", 0),
        ("(c)", 2),
        ("refractory", 0),
        ("adult", 0),
        ("arthritis", 2),
        ("ICANS", None),
        ("4", None),
        ("the fourth", None),
        ("something else", None),
        ("", None),
        ("?", None),
        ("children", None),
    ],
)
def test_by_its_place_or_by_words_that_it_alone_has(said: str, place: int | None) -> None:
    assert picked(said, USES) == (None if place is None else USES[place])


@pytest.mark.parametrize(
    ("said", "option"), [("3", "grade 3"), ("1", "grade 1, at once"), ("grade 4", "grade 4, first step"), ("5", None)]
)
def test_a_figure_among_grades_is_a_grade_and_no_place(said: str, option: str | None) -> None:
    assert picked(said, GRADES) == option


def test_two_options_of_one_grade_stay_open() -> None:
    assert picked("3", ("grade 3", "grade 3 or 4")) is None


def test_what_is_denied_is_not_picked() -> None:
    options = ("weekly, without probenecid", "every 2 weeks, with probenecid")
    assert picked("no probenecid", options) == options[0]
    assert picked("no probenecid", ("weekly", "probenecid")) is None
    assert picked("probenecid", options) == options[1]
    assert picked("CRS", ("ICANS without CRS", "ICANS with CRS")) == "ICANS with CRS"
    assert picked("ICANS", ("ICANS without CRS", "ICANS with CRS")) is None


def test_nothing_offered_is_nothing_picked() -> None:
    assert picked("the first", ()) is None
