"""A patient's measures as a question words them."""

import time
from decimal import Decimal

import pytest

from wardbook.answering.measures import age_of, age_span, bsa_of, weight_of, weight_span


@pytest.mark.parametrize(
    ("words", "below"),
    [("under 30 kg", True), ("<30 kg", True), ("30 kg or less", True), ("not over 30 kg", True),
     ("over 30 kg", False), (">= 30 kg", False), ("30 kg and above", False), ("not under 30 kg", False)],
)  # fmt: skip
def test_a_bound_belongs_to_its_weight(words: str, below: bool) -> None:
    for text in (words, f"dose, {words}?", f"and {words}"):
        span = weight_span(text)
        assert span is not None
        assert text[slice(*span)] == words
        assert weight_of(text) == (None, (not below, "30 kg"))


@pytest.mark.parametrize("text", ["grade 2 and 80 kg", "a man of 60 and 80 kg", "day 3 and 80 kg"])
def test_another_figure_before_a_weight_makes_no_range(text: str) -> None:
    assert weight_of(text) == ("80 kg", None)


def test_a_weight_before_per_dose_is_one_and_a_dose_per_weight_is_none() -> None:
    assert weight_of("defibrotide 18kg per dose mg") == ("18kg", None)
    assert weight_of("units in 1 kg per hour") == (None, None)


def test_a_plain_weight_has_no_bound() -> None:
    assert weight_of("child of 30 kg, over 2 hours") == ("30 kg", None)
    assert weight_span("child of 30 kg, over 2 hours") == (9, 14)


def test_a_bound_belongs_to_its_age() -> None:
    text = "and under 2 years?"
    span = age_span(text)
    assert span is not None
    assert text[slice(*span)] == "under 2 years"


@pytest.mark.parametrize("text", ["aged 4 to 8 years", "age 2-5", "2-5 y", "under 12 years", "18 years and above"])
def test_a_range_or_bound_of_ages_is_no_age(text: str) -> None:
    assert age_of(text) is None


@pytest.mark.parametrize("text", ["30-40 kg", "30 kg to 40 kg", "he is 70 and 80 kg", "30 or 40 kg", "22 point 5 kg"])
def test_a_range_of_weights_is_no_weight(text: str) -> None:
    assert weight_of(text) == (None, None)


@pytest.mark.parametrize(
    ("text", "years"),
    [("for someone of 45?", 45), ("a man of 70 with gout", 70), ("she's 70 actually", 70), ("pt is 92 on air", None),
     ("if the patient were 15?", 15), ("a man of 70 kg", None), ("a woman of 60 kg", None)],
)  # fmt: skip
def test_a_person_of_so_many_is_so_many_years_old(text: str, years: int | None) -> None:
    assert age_of(text) == years


@pytest.mark.parametrize(
    ("text", "years"),
    [("first fit 2 years ago", None), ("3 years post transplant", None), ("6 years, 20 kg", 6), ("2 year old", 2)],
)
def test_a_time_that_has_passed_is_no_age(text: str, years: int | None) -> None:
    assert age_of(text) == years


def test_weeks_beside_a_weight_that_no_adult_has_are_an_age() -> None:
    assert age_of("somedrug 6 months 7 kg") == Decimal("0.5")
    assert age_of("somedrug 6 months 70 kg") is None
    assert age_of("somedrug for 6 months 7 kg") is None


@pytest.mark.parametrize(
    ("text", "surface"),
    [("bsa 1.7", "1.7"), ("surface area is 1.8, she", "1.8"), ("body surface 2", "2"), ("1.1 m2", "1.1"),
     ("body surface area 20%", None), ("bsa 30 %", None), ("30 mg/m2 for 3 days", None)],
)  # fmt: skip
def test_a_body_surface_needs_no_unit_and_is_no_share_of_it(text: str, surface: str | None) -> None:
    assert bsa_of(text) == (Decimal(surface) if surface else None)


@pytest.mark.parametrize("text", ["bsa " + " " * 50_000, "1.1 " + " " * 50_000, "1 m" * 17_000, "11 " + " " * 50_000])
def test_measures_of_a_text_of_blanks_and_figures_are_read_in_no_time(text: str) -> None:
    begun = time.process_time()
    assert bsa_of(text) is None
    assert age_of(text) is None
    assert time.process_time() - begun < 2
