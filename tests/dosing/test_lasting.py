"""How long something has lasted, and the bounds that pages draw on it; a course of a drug is no such time."""

import pytest

from wardbook.dosing.band import meets
from wardbook.dosing.lasting import bounds_drawn, is_at_other_hours, is_at_other_minutes, told_lasting


@pytest.mark.parametrize(
    ("page", "question", "holds"),
    [
        ("Grade 3 lasting < 48 h: repeat", "grade 3 that lasted 30 h", True),
        ("Grade 3 lasting < 48 h: repeat", "grade 3 that lasted 3 days", False),
        ("Grade 3 lasting >= 48 h: stop", "grade 3 lasting 2 days", True),
        ("Fever persisting for more than 3 days: CT", "fever for 4 days", True),
        ("Seizure lasting longer than 5 minutes", "seizure lasting 2 min", False),
        ("Fever lasting 24-72 h: cultures", "fever ongoing for 2 d", True),
    ],
)
def test_a_time_lies_within_the_bound_that_is_drawn_in_another_unit(page: str, question: str, holds: bool) -> None:
    told = told_lasting(question)
    assert told is not None
    assert told.condition.low is not None
    assert [meets(bound, told.condition.low) for bound in bounds_drawn(page)] == [holds]


@pytest.mark.parametrize("words", ["on steroids for 10 days", "gave it for 3 days", "how long does it last", "day 3"])
def test_how_long_something_was_given_is_no_such_time(words: str) -> None:
    assert told_lasting(words) is None


@pytest.mark.parametrize("words", ["Usually lasts 2-3 days", "Give for at least 7 days", "Platelets > 50"])
def test_a_course_and_what_is_usual_draw_no_bound(words: str) -> None:
    assert bounds_drawn(words) == ()


@pytest.mark.parametrize(
    ("label", "asked", "expected"),
    [
        ("1, < 24 h", "crs g1 30 h toci", True),
        ("1, < 24 h", "crs g1 at 12 hours", False),
        ("1, ≥ 24 h persistent", "crs g1 at 12 h", True),
        ("1, ≥ 24 h, or frail", "crs g1 at 12 h", False),
        ("1, < 24 h", "toci every 30 h in g1", False),
        ("1, < 24 h", "crs g1 30 hourly obs", False),
        ("1, < 24 h", "crs g1", False),
        ("grade 1", "crs g1 30 h", False),
        ("1, ≥ 24 h persistent", "persistent g1 crs 12 h", False),
        ("1, ≥ 24 h", "toci infuse 1 h g1", False),
        ("1, ≥ 24 h", "toci g1 given 2 h", False),
        ("1, ≥ 24 h", "toci g1 max 2 / 12 h", False),
        ("1, ≥ 24 h", "toci g1 1 h infusion", False),
        ("grade 1, < 24 h", "toci dose crs grade 1 30 h, infuse 1 h", True),
    ],
)
def test_a_label_with_hours_is_of_no_other_hours(label: str, asked: str, expected: bool) -> None:
    assert is_at_other_hours(label, asked) is expected


def test_a_row_labelled_with_minutes_is_of_no_other_minute() -> None:
    assert is_at_other_minutes("0-30 min", "ivig rate at 45 min")
    assert not is_at_other_minutes("0-30 min", "ivig rate at 20 min")
    assert not is_at_other_minutes("0-30 min", "ivig over 45 min")
    assert not is_at_other_minutes("obs 0-30 min", "ivig rate at 45 min")
