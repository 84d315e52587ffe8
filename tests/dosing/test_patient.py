"""Weights, surfaces and ages as questions give them."""

from dataclasses import replace
from decimal import Decimal
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_regimens import at_least, below

from wardbook.dosing.patient import Patient, holds, mosteller, read_clearance, read_weight
from wardbook.errors import QuestionError


@pytest.mark.parametrize(
    ("text", "kg", "shown"),
    [
        ("18kg", "18", "18 kg"),
        ("70", "70", "70 kg"),
        ("12.50 kg", "12.5", "12.5 kg"),
        ("70 kilos", "70", "70 kg"),
        ("154 lb", "69.85322498", "154 lb = 69.85322498 kg"),
        ("154lbs", "69.85322498", "154lbs = 69.85322498 kg"),
        ("11 st 4 lb", "71.66759446", "11 st 4 lb = 71.66759446 kg"),
        ("11 stone", "69.85322498", "11 stone = 69.85322498 kg"),
        ("3,200 g", "3.2", "3,200 g = 3.2 kg"),
        ("7000 g", "7", "7000 g = 7 kg"),
    ],
)
def test_a_weight_is_converted_exactly_and_shown(text: str, kg: str, shown: str) -> None:
    weight = read_weight(text)
    assert (weight.kg, weight.shown) == (Decimal(kg), shown)


@pytest.mark.parametrize(
    "text",
    [
        "7000 kg",
        "7,000 kg",
        "0",
        "0 kg",
        "-5 kg",
        "",
        "heavy",
        "18,55,5 kg",
        "1e3 kg",
        "70 mg",
        "18 kg 4",
        "900 lb",
        "100 g",
    ],
)
def test_a_weight_that_no_patient_has_or_that_is_none_is_refused_with_a_mend(text: str) -> None:
    with pytest.raises(QuestionError) as refused:
        read_weight(text)
    assert refused.value.reason
    assert "kg" in refused.value.mend


def test_the_refusal_shows_the_conversion() -> None:
    with pytest.raises(QuestionError, match="900 lb = 408"):
        read_weight("900 lb")


@pytest.mark.parametrize(
    "values", [{"weight_kg": "0"}, {"weight_kg": "NaN"}, {"bsa_m2": "17"}, {"age_y": "-1"}, {"age_y": "200"}]
)
def test_a_patient_that_cannot_be_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(QuestionError):
        replace(Patient(), **{name: Decimal(value) for name, value in values.items()})  # type: ignore[arg-type]


def test_a_newborn_has_age_0() -> None:
    assert Patient(age_y=Decimal(0)).age_y == 0


@given(st.decimals("30", "250", places=1), st.decimals("1", "300", places=1))
def test_surface_after_mosteller(height: Decimal, weight: Decimal) -> None:
    surface = mosteller(height, weight)
    assert abs(float(surface.m2) - sqrt(float(height) * float(weight) / 3600)) <= 0.005 + 1e-9
    assert "Mosteller" in surface.arithmetic
    assert "rounded" in surface.arithmetic


def test_a_band_holds_fails_or_stays_open() -> None:
    assert holds(None, Patient()) is True
    assert holds(at_least("30"), Patient()) is None
    assert holds(at_least("30"), Patient(weight_kg=Decimal(30))) is True
    assert holds(below("30"), Patient(weight_kg=Decimal(30))) is False
    assert holds(below("24", "age", "mo"), Patient(age_y=Decimal("1.5"))) is True
    assert holds(below("30", "creatinine clearance", "mL/min"), Patient(weight_kg=Decimal(70))) is None


def test_who_is_heavier_than_anyone_so_young_is_older_than_the_age_from_which_a_band_holds() -> None:
    from_a_month, from_12 = at_least("1", "age", "mo"), at_least("12", "age", "a")
    assert holds(from_a_month, Patient(weight_kg=Decimal(30))) is True
    assert holds(from_a_month, Patient(bsa_m2=Decimal("1.2"))) is True
    assert holds(from_a_month, Patient(weight_kg=Decimal(9))) is None
    assert holds(from_12, Patient(weight_kg=Decimal(70))) is None
    assert holds(below("1", "age", "a"), Patient(weight_kg=Decimal(70))) is None


@pytest.mark.parametrize(
    ("text", "clearance"),
    [
        ("cefepime 2 g tds, clearance now 20", 20),
        ("Schwartz clearance 110", 110),
        ("viral clearance 30", None),
        ("clearance of 30 days", None),
        ("clearance 1.2 mL/min/kg", None),
    ],
)
def test_a_clearance_needs_no_creatinine(text: str, clearance: int | None) -> None:
    assert read_clearance(text) == clearance
