"""Which ranges of measured values decide a dose: those that "if" ties to it or that head its clause, and no others."""

import pytest

from wardbook.dosing.governed import deciding, whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 mg IV x1 for urate <12; 6 mg x1 if urate ≥12 or BMI >40", ["urate <12", "urate ≥12", "BMI >40"]),
        ("INR 4-10 no bleeding: hold; INR >10: 2.5-5 mg PO", ["INR >10"]),
        ("INR 2-3.9: 25 units/kg\nINR 4-6: 35 units/kg", ["INR 2-3.9", "INR 4-6"]),
        ("25 units/kg (INR 2-4)", ["INR 2-4"]),
        ("5 mg PO daily, target INR 2-3", []),
        ("2 g IV q8h until ANC >500", []),
        ("Repeat 3 mg if urate >8", []),
        ("3 mg once; repeat 1.5 mg if urate >8", []),
        ("If K <3.3 hold insulin 2 units/h", []),
        ("10 units with 25 g glucose; skip it if glucose >250", []),
        ("8 mg/kg. Check platelets; stop if platelets <50", []),
    ],
)
def test_only_a_range_that_is_tied_to_a_dose_decides_it(text: str, expected: list[str]) -> None:
    assert [text[band.begin : band.end] for band in deciding(text)] == expected


def test_a_label_says_for_whom_its_row_is_and_a_goal_does_not() -> None:
    assert len(whole("Zorpanib, INR 4-6")) == 1
    assert not whole("Target INR 2-3")
