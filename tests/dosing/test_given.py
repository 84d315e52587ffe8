"""What is given is told from what is measured."""

import pytest

from wardbook.dosing.given import gives


@pytest.mark.parametrize("text", ["K 6.5 mmol/L", "sats 94 %", "CrCl 150 mL/min", "ALT 90 units/L", "6 mmol per litre"])
def test_a_measured_value_is_not_given(text: str) -> None:
    assert not gives(text)


@pytest.mark.parametrize(
    "text", ["20 mmol over 6 h", "0.2 mmol/kg", "100 mL/h", "10 % glucose", "2 tablets", "5 mg", "1 L"]
)
def test_what_is_counted_or_measured_out_is(text: str) -> None:
    assert gives(text)
