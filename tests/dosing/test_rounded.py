"""An amount worked out, rounded as its row says."""

from decimal import Decimal

import pytest
from made_regimens import amount, limit, regimen

from wardbook.dosing.compute import Computed, compute
from wardbook.dosing.patient import Patient
from wardbook.dosing.rounded import rounded


def _of(kg: str, words: str, **fields: object) -> Computed:
    row = regimen(amount("1"), per="kg", **fields)
    done = compute(row, Patient(Decimal(kg)))
    assert isinstance(done, Computed)
    return rounded(done, words, row)


@pytest.mark.parametrize(
    ("kg", "words", "value"),
    [
        ("82", "1 mg/kg SC every 12 hours. Round to the nearest 10 mg.", "80"),
        ("87", "1 mg/kg (rounded to the nearest 10 mg)", "90"),
        ("82", "Rounding: to nearest 5 mg", "82"),  # a colon stands between
        ("82", "Round dose to nearest 0.01 g", "80"),
        ("85", "Round to the nearest 10 mg", "85"),  # just between two
        ("4", "Round to the nearest 10 mg", "4"),  # would come to nothing
        ("82", "Round up to the nearest 10 mg", "82"),
        ("82", "Do not round to the nearest 10 mg", "82"),
        ("82", "Round to the nearest 10 mg or to the nearest 20 mg", "82"),
        ("82", "Round to the nearest 10 mg above 50 kg", "82"),
        ("82", "Round to the nearest 10 mL", "82"),
        ("82", "Round to the nearest vial of 30 mg", "82"),
        ("82", "Round to 60 or 80 mg", "82"),
    ],
)
def test_it_is_rounded(kg: str, words: str, value: str) -> None:
    assert _of(kg, words).high == Decimal(value)


def test_the_step_is_shown() -> None:
    assert _of("82", "Round to the nearest 10 mg.").arithmetic == (
        "1 mg/kg × 82 kg = 82 mg → 80 mg, rounded to the nearest 10 mg"
    )


def test_a_maximum_is_not_rounded() -> None:
    assert _of("120", "Round to the nearest 10 mg", max_single=limit("104")).high == Decimal(104)


def test_it_is_not_rounded_above_a_maximum() -> None:
    assert _of("96", "Round to the nearest 10 mg", max_single=limit("98")).high == Decimal(96)
    assert _of("96", "Round to the nearest 10 mg", max_single=limit("100")).high == Decimal(100)
    assert _of("96", "Round to the nearest 10 mg", max_daily=limit("0.098", "g")).high == Decimal(96)
    assert _of("96", "Round to the nearest 10 mg", max_single=limit("1.5", "mg/kg")).high == Decimal(96)
