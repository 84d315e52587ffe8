"""To what a dose is rounded is no dose: what is read of it, and what is left alone."""

import pytest

from wardbook.dosing.rounding import roundings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("6 mcg/kg SC (round to 300 or 480 mcg; max 480 mcg)", ["round to 300 or 480 mcg"]),
        ("20 mg/kg, rounded up to the nearest 50 mg, max 400 mg", ["rounded up to the nearest 50 mg"]),
        ("Round the dose down to whole vials of 100 mg", ["Round the dose down to whole vials of 100 mg"]),
        ("500 mg around 8 am", []),
        ("ward round at 8, then 10 mg", []),
        ("10 mg all year round. 20 mg in summer", []),
    ],
)
def test_the_figures_behind_rounding_are_taken_out(text: str, said: list[str]) -> None:
    assert [text[begin:end] for begin, end in roundings(text)] == said
