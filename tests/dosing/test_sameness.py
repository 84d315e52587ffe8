"""Doses of one row that are one course: days of their own in cells of their own, a daily dose said in single ones."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from made_regimens import amount, hours, limit, regimen

from wardbook.dosing.regimen import Regimen
from wardbook.dosing.sameness import agrees, courses


def cell(dose: str, day: str, **fields: object) -> Regimen:
    words = f"{day} {dose} mg"
    return regimen(amount(dose), verbatim=words, schedule=day, lines=(7, 7), indication="Step-up", **fields)


def test_cells_of_a_row_on_later_days_are_one_course() -> None:
    assert len(courses([cell("1", "D1"), cell("5", "D4"), cell("40", "D8")])) == 1
    assert len(courses([cell("1", "day 1"), cell("5", "day 4")])) == 1


def test_days_that_do_not_go_on_or_other_patients_are_apart() -> None:
    assert len(courses([cell("1", "D4"), cell("5", "D1")])) == 2
    assert len(courses([cell("1", "D1"), cell("5", "W4")])) == 2
    assert len(courses([cell("1", "D1", population="adults"), cell("5", "D4", population="children")])) == 2


WORDS = "2 mg/kg/day IV (1 mg/kg twice daily)"


def both(single: str, every: int, words: str = WORDS) -> list[Regimen]:
    of_day = regimen(amount("2"), verbatim=words, per="kg", per_time="d", lines=(9, 9))
    each = regimen(amount(single), verbatim=words, per="kg", interval_h=hours(every), lines=(9, 9))
    return [of_day, each]


def test_a_daily_dose_said_again_in_single_ones_is_one() -> None:
    (course,) = courses(both("1", 12))
    assert [row.per_time for row in course] == ["d"]


def test_another_total_or_a_dose_outside_a_bracket_is_another() -> None:
    for rows in (both("1", 8), both("2", 12), both("1", 12, "2 mg/kg/day, then 1 mg/kg twice daily")):
        assert all(left is not right for left, right in pairwise(rows))
        kept = [row for course in courses(rows) for row in course]
        assert [row.amount.low for row in kept if row.amount] == [
            Decimal("2"),
            rows[1].amount.low if rows[1].amount else 0,
        ]


def test_a_cap_of_the_single_dose_keeps_it() -> None:
    of_day, each = both("1", 12)
    capped = replace(each, max_single=limit("80"))
    assert [row for course in courses([of_day, capped]) for row in course] == [of_day, capped]


def test_on_which_day_a_dose_is_given_is_not_how_often() -> None:
    once = regimen(amount("900"), schedule="once; day -2 only")
    assert agrees(once, regimen(amount("900"), schedule="once"))
    assert not agrees(once, regimen(amount("900"), schedule="twice"))
