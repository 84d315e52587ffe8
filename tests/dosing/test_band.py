from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardbook.dosing.band import meets, read_bands
from wardbook.dosing.regimen import Condition


def shown(condition: Condition) -> str:
    left, right = ("[" if condition.low_inclusive else "("), ("]" if condition.high_inclusive else ")")
    return f"{condition.quantity} {left}{condition.low}, {condition.high}{right} {condition.unit}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (">= 40 kg", "weight [40, None) kg"),
        ("< 40 kg", "weight (None, 40) kg"),
        ("at least 30 kg", "weight [30, None) kg"),
        ("30 kg or more", "weight [30, None) kg"),
        ("weight under 30 kg", "weight (None, 30) kg"),
        ("10-20 kg", "weight [10, 20] kg"),
        ("10 to < 20 kg", "weight [10, 20) kg"),
        (">10 kg to ≤20 kg", "weight (10, 20] kg"),
        ("aged 2-11 years", "age [2, 11] a"),
        ("12 years and older", "age [12, None) a"),
        ("over 12 years", "age (12, None) a"),
        ("age >= 65", "age [65, None) a"),
        ("6-12 months of age", "age [6, 12] mo"),
        ("CrCl < 30 mL/min", "creatinine clearance (None, 30) mL/min"),
        ("CrCl 10-50", "creatinine clearance [10, 50] mL/min"),
        ("GFR <30 mL/min/1.73 m2", "eGFR (None, 30) mL/min/{1.73_m2}"),
        ("BSA > 1.7 m2", "body surface area (1.7, None) m2"),
    ],
)
def test_a_band_knows_its_edges_and_whether_they_belong_to_it(text: str, expected: str) -> None:
    assert [shown(band.condition) for band in read_bands(f"give it if {text}, else not")] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "for 2-3 years",
        "2 years",
        "80 kg patient",
        "within < 48 hours",
        "8 mg/kg",
        "> 10 mg/kg",
        "ANC < 500",
        "20-10 kg",
    ],
)
def test_other_figures_are_no_band(text: str) -> None:
    assert read_bands(text) == ()


@given(st.decimals(min_value=1, max_value=200, places=1), st.sampled_from([">=", ">", "<=", "<"]))
def test_a_bound_belongs_to_one_side_only(edge: Decimal, sign: str) -> None:
    (band,) = read_bands(f"{sign} {edge:f} kg")
    step = Decimal("0.1")
    inside = {
        ">=": (False, True, True),
        ">": (False, False, True),
        "<=": (True, True, False),
        "<": (True, False, False),
    }
    assert tuple(meets(band.condition, edge + move) for move in (-step, Decimal(0), step)) == inside[sign]


@pytest.mark.parametrize("text", ["CrCl 40-70 — 22 mg/m2 daily", "CrCl 40–70 – full dose"])
def test_a_band_ends_at_a_dash(text: str) -> None:
    assert [(band.condition.low, band.condition.high) for band in read_bands(text)] == [(Decimal(40), Decimal(70))]
