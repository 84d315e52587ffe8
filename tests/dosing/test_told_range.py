"""Ranges and bounds that a question gives of the patient, and the bands that they lie in."""

from decimal import Decimal

import pytest

from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.band import read_bands
from wardbook.dosing.patient import Patient, holds
from wardbook.dosing.told_range import told_range


@pytest.mark.parametrize(
    ("said", "band", "held"),
    [
        ("dose if CrCl is 30-49", "CrCl 30-49 mL/min", True),
        ("dose if CrCl is 30-49", "CrCl ≥ 50 mL/min", False),
        ("CrCl above 50 - how much", "CrCl ≥ 50 mL/min", True),
        ("CrCl <30 dose please", "CrCl < 30 mL/min", True),
        ("crcl now around 20-40 ml/min", "CrCl 30-49 mL/min", None),
        ("GFR less than 10", "CrCl 10-29 mL/min", False),
        ("GFR less than 10", "CrCl < 10 mL/min", True),
        ("for a child of 20-35 kg", "under 40 kg", True),
        ("for a child of 20-35 kg", "40 kg and over", False),
        ("over 90 lb", "≥ 40 kg", True),
        ("3 to 5 yo", "1-5 years", True),
        ("aged 4 to 8 years", "1-5 years", None),
        ("under 2 years", "6-12 years", False),
        ("how much", "6-12 years", None),
    ],
)
def test_a_band_holds_where_all_of_the_range_that_is_told_lies_in_it(said: str, band: str, held: bool | None) -> None:
    (own,) = read_bands(band)
    assert holds(own.condition, Patient(said=said)) is held


def test_two_ranges_of_one_measure_choose_none() -> None:
    assert told_range("age", "1-5 years or 6-12 years") is None


@pytest.mark.parametrize(("band", "held"), [("under 30 kg", False), ("≥ 40 kg", True), ("under 50 kg", None)])
def test_an_adult_is_above_the_weights_that_part_children_only(band: str, held: bool | None) -> None:
    (own,) = read_bands(band)
    assert holds(own.condition, DoseQuery("y", "cough in an adult").patient) is held
    assert holds(own.condition, DoseQuery("y", "cough", age_y=Decimal(70)).patient) is held
    assert holds(own.condition, DoseQuery("y", "cough in a child").patient) is None


def test_the_weight_of_an_adult_that_is_given_counts() -> None:
    (own,) = read_bands("under 30 kg")
    assert holds(own.condition, DoseQuery("y", "cough in an adult", weight_kg=Decimal(28)).patient) is True


def test_a_bound_on_the_clearance_is_no_clearance() -> None:
    query = DoseQuery("y", "GFR 10", measured="y dose, GFR less than 10")
    assert query.patient.crcl is None
