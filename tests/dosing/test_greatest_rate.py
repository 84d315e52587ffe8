"""The greatest rate that words give, and a rate that is proposed."""

from decimal import Decimal

import pytest

from wardbook.dosing.greatest_rate import greatest_rates, judged, read_rate, told_apart

TWO = "Max rate: peripheral 10 mmol/h, central 20 mmol/h (monitored). Max concentration peripheral 40 mmol/L."


@pytest.mark.parametrize(
    ("text", "hourly"),
    [
        ("kcl 40 mmol over 1 h ok?", "40"),
        ("kcl 20mmol in 2 hrs ok", "10"),
        ("kcl 10 mmol over half an hour ok", "20"),
        ("kcl 20 mmol in an hour ok", "20"),
        ("magnesium 8 mmol over 15 min ok", "32"),
        ("kcl 20 mmol/h ok", "20"),
        ("kcl 40 mmol in 1 L over 4 h ok", "10"),
        ("kcl 40 mmol over 4-6 h ok", None),
        ("kcl 40 mmol ok", None),
        ("kcl 40 mmol over 1 h then 20 mmol over 1 h ok", None),
        ("kcl 40 mmol within 2 days ok", None),
        ("over 1 h kcl 40 mmol ok", None),
    ],
)
def test_a_rate_is_read(text: str, hourly: str | None) -> None:
    rate = read_rate(text)
    assert (rate.value if rate else None) == (Decimal(hourly) if hourly else None)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (TWO, ["10", "20"]),
        ("Max 10 mmol/h ward, 20 mmol/h ICU", ["10", "20"]),
        ("Max 10 mmol/h on the ward, 20 with monitor on ICU.", ["10", "20"]),
        ("Never faster than 10 mg/min", ["600"]),
        ("KCl 20 mmol/h with monitor", []),
        ("Max 40 mmol/L; max 160 mmol in 24 hours", []),
        ("Urine aim 2 mL/kg/h, max 5", []),
    ],
)
def test_greatest_rates_are_read(text: str, values: list[str]) -> None:
    assert [rate.value for rate in greatest_rates(text)] == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("asked", "limits", "kg", "result"),
    [
        ("kcl 40 mmol over 1 h", TWO, None, "exceeds"),
        ("kcl 15 mmol over 1 h", TWO, None, "open"),
        ("kcl 15 mmol over 1 h peripheral", TWO, None, "exceeds"),
        ("kcl 15 mmol over 1 h central", TWO, None, "within"),
        ("kcl 15 mmol over 1 h peripheral or central", TWO, None, "open"),
        ("kcl 10 mmol over 1 h", TWO, None, "within"),
        ("kcl 15 mmol over 1 h", "Max 0.2 mmol/kg/h", None, None),
        ("kcl 15 mmol over 1 h", "Max 0.2 mmol/kg/h", "50", "exceeds"),
        ("kcl 15 mmol over 1 h", "Max 0.2 mmol/kg/h", "80", "within"),
        ("kcl 8 mmol over 1 h", "Max 0.2 mmol/kg/h, 10 mmol/h", None, "open"),
        ("kcl 12 mmol over 1 h", "Max 0.2 mmol/kg/h, 10 mmol/h", None, "exceeds"),
        ("kcl 12 mg over 1 h", TWO, None, None),
        ("kcl 15 mmol over 1 h", "Child: max 0.2 mmol/kg/h. Max 20 mmol/h.", None, "within"),
    ],
)
def test_a_rate_is_held_against_them(asked: str, limits: str, kg: str | None, result: str | None) -> None:
    rate = read_rate(asked)
    assert rate is not None
    found = judged(rate, told_apart(greatest_rates(limits), asked, child=False), Decimal(kg) if kg else None)
    assert (found[0] if found else None) == result
