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
        "ideal body weight < 45 kg",
        "IBW > 60 kg",
        "weight gain of more than 3 kg",
        "if up by > 2 kg",
        "allograft < 1 y",
        "transplant (under 2 years)",
        "< 1 year ago",
        "less than 2 years from transplant",
        "as fast as tolerated, up to 12 mL/min",
    ],
)
def test_other_figures_are_no_band(text: str) -> None:
    assert read_bands(text) == ()


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("actual body weight < 45 kg", "weight"),
        ("increased risk: < 45 kg", "weight"),
        ("allograft in children < 6 y", "age"),
        ("from 2 years", "age"),
        ("less than 2 years of age", "age"),
        ("< 30 mL/min", "renal function"),
    ],
)
def test_words_near_by_do_not_take_a_band_from_the_patient(text: str, quantity: str) -> None:
    assert [band.condition.quantity for band in read_bands(text)] == [quantity]


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


def ranges(text: str) -> list[tuple[str, Decimal | None, Decimal | None]]:
    return [(band.condition.quantity, band.condition.low, band.condition.high) for band in read_bands(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "CrCl 50-69 2.5 mg/kg q12h; 25-49 2.5 mg/kg daily; 10-24: 1.25 mg/kg",
            [("creatinine clearance", 50, 69), ("creatinine clearance", 25, 49), ("creatinine clearance", 10, 24)],
        ),
        (
            "CrCl 50-69 mL/min: 5 mg, 25-49 mL/min: 3 mg, < 25 mL/min: 1 mg",
            [("creatinine clearance", 50, 69), ("creatinine clearance", 25, 49), ("renal function", None, 25)],
        ),
        ("weight 50-99 kg 40 mg, 100-150 kg 60 mg", [("weight", 50, 99), ("weight", 100, 150)]),
        ("Weight < 30 kg: 12 mg/kg; 30 or more: 8 mg/kg", [("weight", None, 30), ("weight", 30, None)]),
        ("2-11 years: 5 mg; 12-17: 10 mg; >= 18: 20 mg", [("age", 2, 11), ("age", 12, 17), ("age", 18, None)]),
    ],
)
def test_a_list_of_bands_names_its_quantity_once(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    assert ranges(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "CrCl < 30: 5 mg; 30-40 mg if overloaded",
        "CrCl < 30: 5 mg; 80-90: 10 mg",
        "weight < 30 kg: 5 mg; 30-50 mL/min: 10 mg",
        "CrCl 30-60: 5 mg, days 1-29: 3 mg",
    ],
)
def test_what_does_not_go_on_from_a_band_is_none(text: str) -> None:
    assert len(ranges(text)) == 1
