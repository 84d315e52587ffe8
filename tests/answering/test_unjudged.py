from dataclasses import replace
from decimal import Decimal

import pytest

from answering.made import ask
from wardbook.answering.unjudged import unjudged
from wardbook.dosing.regimen import Amount, Condition, Regimen

ROW = Regimen(
    "anakinra",
    Amount(Decimal(100), Decimal(100), "mg"),
    "100 mg SC daily for 7 days",
    "drugs/anakinra",
    "Dosing",
    (1, 1),
)
QUOTE = "Adult 100 mg SC daily for 7 days"


@pytest.mark.parametrize(
    ("text", "beside", "left"),
    [
        ("anakinra 100 mg daily ok?", (), []),
        ("anakinra 100 mg daily for 7 days ok?", (), []),
        ("anakinra 100 mg daily for 14 days ok?", (), ["“14 days”"]),
        ("anakinra 100 mg daily, ferritin 700, ok?", (), ["“700”"]),
        ("is a second anakinra 100 mg dose ok?", (), ["“second”"]),
        ("anakinra 100 mg ok, age 80?", (), []),
        ("anakinra 100 mg ok, age 80?", ("50 mg if over 75 years",), ["the age"]),
        ("anakinra 100 mg ok for 30 kg?", (), []),
        ("anakinra 100 mg ok for 30 kg?", ("Not under 50 kg.",), ["the weight"]),
        ("anakinra 100 mg ok for 30 kg?", ("5 mg/kg above 2 mg/kg",), []),
        ("anakinra 100 mg, BSA 1.8 m2, ok?", (), []),
        ("anakinra 100 mg for CrCl 40 ok?", (), []),
        ("anakinra 100 mg after ABC-19, dose ok?", (), []),
        ("anakinra 100 mg for grade 3 ok?", (), []),
    ],
)
def test_what_was_not_compared_is_named(text: str, beside: tuple[str, ...], left: list[str]) -> None:
    assert unjudged(ask(text), ROW, QUOTE, beside) == left


def test_a_weight_that_chose_the_row_or_its_amount_was_compared() -> None:
    band = Condition("weight", Decimal(50), True, None, False, "kg")
    said = ("Not under 50 kg.",)
    assert unjudged(ask("anakinra 100 mg ok for 60 kg?"), replace(ROW, condition=band), QUOTE, said) == []
    assert unjudged(ask("anakinra 2 mg/kg ok for 60 kg?"), replace(ROW, per="kg"), QUOTE, said) == []


@pytest.mark.parametrize(
    ("quote", "left"),
    [
        ("100 mg SC once, after day +14", []),
        ("100 mg SC once, not before day +16", []),
        ("100 mg SC once, after day +20", ["“16”"]),
        ("100 mg SC once, from day +7 to day +21", ["“16”"]),
        ("100 mg SC once", ["“16”"]),
    ],
)
def test_a_day_after_the_cells_is_compared_with_the_day_that_the_row_starts_at(quote: str, left: list[str]) -> None:
    assert unjudged(ask("anakinra 100 mg on day +16, ok?"), ROW, quote, ()) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("anakinra 100 mg daily with platelets 35, ok?", []),
        ("anakinra 100 mg daily with plt 60, ok?", ["“60”"]),
        ("anakinra 100 mg daily with platelets 35 and ferritin 700, ok?", ["“700”"]),
    ],
)
def test_a_measured_value_in_the_band_of_the_row_was_compared(text: str, left: list[str]) -> None:
    row = replace(ROW, condition=Condition("platelets", None, False, Decimal(50), False, ""))
    assert unjudged(ask(text), row, QUOTE, ()) == left
