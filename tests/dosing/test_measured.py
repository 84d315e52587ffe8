"""Measured values in pages and questions: each quantity with its range or figure; a dose or a time is none."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardbook.dosing.measured import cell_condition, header_quantity, read_measured, read_values_of
from wardbook.dosing.quantity import held
from wardbook.dosing.regimen import Condition


def shown(condition: Condition) -> str:
    left, right = ("[" if condition.low_inclusive else "("), ("]" if condition.high_inclusive else ")")
    return f"{condition.quantity} {left}{condition.low}, {condition.high}{right} {condition.unit}".rstrip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("uric acid <12", ["uric acid (None, 12)"]),
        ("INR 2 to <4", ["INR [2, 4)"]),
        ("INR 2-3.9: 25 units/kg; INR >6: 50 units/kg", ["INR [2, 3.9]", "INR (6, None)"]),
        ("WBC ≥15 or Cr ≥1.5", ["white cells [15, None)", "creatinine [1.5, None)"]),
        ("Cr ≥1.5x ULN", ["creatinine [1.5, None) {ULN}"]),
        ("plt < 50,000", ["platelets (None, 50000)"]),
        ("CD34 below 20/uL", ["CD34 (None, 20) /uL"]),
        ("urate still above 7.5 mg/dL at 24 hours", ["uric acid at 24 hours (7.5, None) mg/dL"]),
        ("4Ts 6 or more", ["4Ts [6, None)"]),
        ("vitamin K >10 mg", []),
        ("K >20 mEq", []),
        ("platelets over 30 minutes", []),
    ],
)
def test_a_range_of_a_page_is_read_with_its_name_and_unit(text: str, expected: list[str]) -> None:
    assert [shown(band.condition) for band in read_measured(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dose if inr is 5, 80 kg", ["INR [5, 5]"]),
        ("wbc 18 cr 1.0", ["white cells [18, 18]", "creatinine [1.0, 1.0]"]),
        ("ciwa score of 17", ["CIWA-Ar [17, 17]"]),
        ("foscarnet crcl 0.7 ml/min/kg", ["creatinine clearance per kg [0.7, 0.7] mL/min/kg"]),
        ("crcl 45", []),
        ("vit k 10 mg", []),
        ("mg 2 g iv", []),
        ("K 40 mmol", []),
        ("inr 12/5", []),
        ("platelets 2 units", []),
        ("glucose 2 h after", []),
    ],
)
def test_a_value_of_a_question_is_none_where_it_is_a_dose_a_date_or_a_time(text: str, expected: list[str]) -> None:
    assert [shown(band.condition) for band in read_measured(text, values=True)] == expected


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("CIWA-Ar", "8-14", "CIWA-Ar [8, 14]"),
        ("Zorpanib level at 48 hours (umol/L)", ">1 to 5", "zorpanib level at 48 hours (1, 5] umol/L"),
        ("Platelets (x10^9/L)", "<50", "platelets (None, 50) 10*9/L"),
        ("Bleeding score", "2", "bleeding score [2, 2]"),
        ("Days", "2-3", None),
        ("Dose (mg)", "2-3", None),
        ("Weight (kg)", "10-20", None),
        ("Grade", "2", None),
        ("INR", "mild", None),
        ("INR", "4-6 mg", None),
    ],
)
def test_a_cell_under_the_name_of_a_quantity_is_its_range(header: str, cell: str, expected: str | None) -> None:
    found = cell_condition(header, cell)
    assert (shown(found) if found else None) == expected


def test_a_quantity_of_any_name_is_found_where_the_page_names_it() -> None:
    name, _ = header_quantity("Zorpanib level (ng/mL)") or ("", "")
    assert [band.condition.low for band in read_values_of(name, "zorpanib level 22")] == [Decimal(22)]
    assert not read_values_of(name, "zorpanib 22 mg")


def _asked(words: str) -> Condition:
    return read_measured(words, values=True)[0].condition


@pytest.mark.parametrize(
    ("asked", "page", "expected"),
    [
        ("uric acid 14", "uric acid ≥12", True),
        ("uric acid 12", "uric acid <12", False),
        ("uric acid 480", "uric acid ≥12", None),
        ("platelets 15", "platelets <50,000/uL", True),
        ("platelets 50,000", "platelets <50 x10^9/L", False),
        ("hb 75 g/l", "Hgb <8 g/dL", True),
        ("creatinine 150 umol/L", "Cr ≥1.5 mg/dL", None),
        ("glucose 4", "glucose <70", None),
        ("urate 9", "urate >7.5 at 24 hours", None),
        ("INR >10", "INR 4-10", False),
        ("INR >10", "INR >6", True),
        ("INR >5", "INR 4-10", None),
        ("INR 5-6", "INR 4-10", True),
        ("K 3", "Na <130", None),
    ],
)
def test_a_value_is_only_compared_in_a_unit_that_both_can_be_in(asked: str, page: str, expected: bool | None) -> None:
    assert held(_asked(asked), read_measured(page)[0].condition) is expected


edges = st.lists(st.decimals(1, 60, places=1), min_size=2, max_size=5, unique=True).map(sorted)
step = Decimal("0.01")


@given(edges, st.booleans())
def test_every_value_picks_exactly_its_band(ends: list[Decimal], closed_above: bool) -> None:
    """Bands without gaps: at, below and above every edge one band holds, and it is the one that its words say."""
    if closed_above:
        inner = [f">{low} to {high}" for low, high in pairwise(ends)]
        cells = [f"<={ends[0]}", *inner, f">{ends[-1]}"]
    else:
        inner = [f"{low} to <{high}" for low, high in pairwise(ends)]
        cells = [f"<{ends[0]}", *inner, f">={ends[-1]}"]
    bands = [cell_condition("CIWA-Ar", cell) for cell in cells]
    for edge in ends:
        for value in (edge - step, edge, edge + step):
            asked = _asked(f"ciwa {value}")
            told = [held(asked, band) for band in bands if band]
            below = sum(end < value or (end == value and not closed_above) for end in ends)
            assert told == [at == below for at in range(len(cells))]


@given(edges)
def test_a_value_in_a_gap_is_in_no_band(ends: list[Decimal]) -> None:
    bands = [cell_condition("CIWA-Ar", f"{low}-{high}") for low, high in pairwise(ends)]
    assert not any(held(_asked(f"ciwa {ends[-1] + step}"), band) for band in bands if band)


@pytest.mark.parametrize(
    ("text", "value"),
    [("mild hyperkalaemia (5.7)", "5.7"), ("hypokalemia of 2.9 mmol/L", "2.9"), ("hyperkalaemia: 6.1 now", "6.1")],
)
def test_a_figure_right_behind_too_much_or_too_little_of_a_quantity_is_its_value(text: str, value: str) -> None:
    (band,) = read_values_of("potassium", text)
    assert band.condition.low == band.condition.high == Decimal(value)


@pytest.mark.parametrize("text", ["hyperkalaemia 10 units", "hyperkalaemia 2 doses", "hyperkalaemia grade 3"])
def test_an_amount_behind_it_is_none(text: str) -> None:
    assert read_values_of("potassium", text) == ()
