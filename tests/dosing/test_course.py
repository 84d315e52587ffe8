from itertools import pairwise

import pytest

from wardbook.dosing.course import read_courses, read_untils
from wardbook.dosing.phrase import read_phrases


def kinds(text: str) -> list[tuple[str, str]]:
    return [(phrase.kind, text[phrase.begin : phrase.end]) for phrase in read_phrases(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("x7d", "duration"), ("x5-7 days", "duration"), ("x2wk", "duration"), ("x21 d", "duration"),
        ("for 7 days", "duration"), ("for at least 10 days", "duration"), ("until ANC > 500 for 3 days", "duration"),
        ("days -6, -5, -4", "schedule"), ("on -4, -3, -2", "schedule"),
        ("days -5 to -3", "schedule"), ("from day 2 to day 10", "schedule"),
        ("on days 1, 8 and 15", "schedule"), ("D1-3", "schedule"), ("taper over 5-10 days", "schedule"),
        ("no taper", "schedule"), ("titrate by 300 mg every 3 days", "schedule"), ("over 60 minutes", "infusion"),
        ("over 1-2 hours", "infusion"), ("30-minute infusion", "infusion"), ("single dose", "once"), ("x1", "once"),
        ("once", "once"), ("1 dose", "once"), ("may repeat every 12 hours", "repeat"), ("never repeat", "repeat"),
        ("4 doses in total", "most doses"), ("up to 2-3 doses", "most doses"), ("x 3 doses", "most doses"),
        ("3 doses in 24 hours", "count"), ("up to 3 more", "count"), ("after 72h", "time"), ("within 48 hours", "time"),
    ],
)  # fmt: skip
def test_a_piece_of_the_course_is_of_its_kind(text: str, kind: str) -> None:
    assert kinds(text) == [(kind, text)]


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("up to 2-3 doses", 3),
        ("maximum of four doses", 4),
        ("x4 doses", 4),
        ("4 doses total", 4),
        ("for 2 infusions", 2),
    ],
)
def test_the_larger_number_of_doses_counts(text: str, most: int) -> None:
    assert [course.most for course in read_courses(text) if course.most] == [most]


def test_until_ends_where_the_next_step_begins() -> None:
    text = "40 mg until ANC > 1,000 for 3 days, then 5 mg daily"
    assert [text[c.begin : c.end] for c in read_untils(text)] == ["until ANC > 1,000 for 3 days"]


@pytest.mark.parametrize("text", ["x3", "x 2", "q5m x3"])
def test_a_bare_times_three_is_not_understood(text: str) -> None:
    assert ("number", text[-1]) in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "ANC < 500", "ferritin > 10,000 ng/mL", "IL-6", "17%", "grade 3-4", "[3]", "p < 0.05", "phase 2",
        "38.5 °C", "2019",
        "7 of 8", "table 2", "platelets > 20 x10^9/L",
    ],
)  # fmt: skip
def test_figures_of_other_kinds_are_known_as_such(text: str) -> None:
    assert {kind for kind, _ in kinds(text)} <= {"level", "mark", "grade"}


def test_no_two_phrases_overlap_and_no_number_is_left_out() -> None:
    text = "100-200 mg q6h x3 days (max 800 mg) if ANC < 500 and 99 or 12 bottles, 2 x 500 mg, grade 3 [4]"
    phrases = read_phrases(text)
    assert all(a.end <= b.begin for a, b in pairwise(phrases))
    for at, char in enumerate(text):
        assert not char.isdigit() or any(p.begin <= at < p.end for p in phrases), text[at:]
