"""Ages in days, weeks, months and years: which spans of time are ages, and who lies in them."""

import time
from decimal import Decimal

import pytest

from wardbook.dosing.age import is_aged, one_unit
from wardbook.dosing.band import read_bands
from wardbook.dosing.regimen import Condition

ONE_DAY = Decimal(1) / Decimal("365.25")
ONE_MONTH = Decimal(1) / Decimal(12)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2 mo - 9 y", "2 mo", "9 a"),
        ("Newborn <5 d", None, "5 d"),
        ("neonates 5-20 days", "5 d", "20 d"),
        ("aged 3 weeks to 6 months", "3 wk", "6 mo"),
        ("infants > 2 months", "2 mo", None),
        ("children < 4 months 3 mg/kg", None, "4 mo"),
        ("2-10 mo 0.3 mg/kg q4h; 2-9 y 0.4 mg/kg", "2 mo", "10 mo"),
        ("10 mg/kg BD (4-12 months 6 mg/kg)", "4 mo", "12 mo"),
        ("child 100 mg BD (4-12 months 40 mg)", "4 mo", "12 mo"),
        ("child 20 mg/kg daily, 3-24 months 35 mg/kg", "3 mo", "24 mo"),
        ("Children under 12", None, "12 a"),
        ("Children (under 16) only", None, "16 a"),
        ("children 2-5: 5 mL", "2 a", "5 a"),
        ("adults over 65", "65 a", None),
    ],
)
def test_a_span_of_time_is_an_age_where_it_can_be_nothing_else(text: str, low: str | None, high: str | None) -> None:
    band = read_bands(text)[0].condition
    first = None if band.low is None else f"{band.low} {band.low_unit or band.unit}"
    last = None if band.high is None else f"{band.high} {band.unit}"
    assert (band.quantity, first, last) == ("age", low, high)


@pytest.mark.parametrize(
    "text",
    [
        "children 10-15 mg/kg", "children 2-4 doses", "children 5-10%", "children over 2 hours",
        "5 mg/kg for 6 months to 2 years", "continue 6 months to 2 years", "2 weeks - 3 months", "> 3 months",
        "days 1-3", "children: 7-10 days", "every 2-3 months", "3-6 months",
        "10 mg daily (6-12 months 5 mg daily)", "child 2 mg/kg daily, 1-3 months 1 mg/kg then stop",
        "child 2 mg/kg daily (1-3 months 1 mg/kg, taper)", "taper: 2 mg/kg daily (1-3 months 1 mg/kg)",
    ],
)  # fmt: skip
def test_a_span_that_may_be_how_long_is_no_age(text: str) -> None:
    assert read_bands(text) == ()


@pytest.mark.parametrize(
    ("years", "held"),
    [(5 * ONE_MONTH, True), (ONE_MONTH, True), (20 * ONE_DAY, False), (Decimal(12), True), (Decimal(13), False)],
)
def test_an_age_is_compared_with_each_bound_in_the_unit_of_the_page(years: Decimal, held: bool) -> None:
    band = Condition("age", Decimal(1), True, Decimal(12), True, "a", "mo")
    assert is_aged(band, years) is held


def test_seven_days_are_not_less_than_seven_days() -> None:
    assert not is_aged(Condition("age", None, False, Decimal(7), False, "d"), 7 * ONE_DAY)
    assert is_aged(Condition("age", Decimal(7), True, Decimal(28), True, "d"), 28 * ONE_DAY)


def test_for_programs_both_bounds_stand_in_one_unit() -> None:
    band = one_unit(Condition("age", Decimal(1), True, Decimal(12), True, "a", "mo"))
    assert (band.low, band.high, band.unit, band.low_unit) == (Decimal(1), Decimal(144), "mo", None)


@pytest.mark.parametrize(("text", "young", "old"), [("Under-65s: 5 mg", True, False), ("the over 80s", False, True)])
def test_people_of_an_age_are_a_band(text: str, young: bool, old: bool) -> None:
    (band,) = read_bands(text)
    assert is_aged(band.condition, Decimal(50)) is young
    assert is_aged(band.condition, Decimal(85)) is old


@pytest.mark.parametrize("text", ["adult" + " " * 50_000, "children " * 5_000, "under 2-" * 6_000])
def test_ages_of_a_text_of_blanks_are_read_in_no_time(text: str) -> None:
    begun = time.process_time()
    assert not read_bands(text)
    assert time.process_time() - begun < 2
