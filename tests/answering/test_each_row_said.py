"""What each row says of an amount: of several doses in one row the one that is given as often as is asked judges."""

from dataclasses import replace
from decimal import Decimal

import pytest

from wardbook.answering.each_row_said import SPLIT, said_of_each
from wardbook.dosing.asked import Asked
from wardbook.dosing.each_row import judged_each
from wardbook.dosing.patient import Patient
from wardbook.dosing.regimen import Amount, Regimen

_H = Decimal(12)
ONCE = Regimen(
    drug="otrimab",
    amount=Amount(Decimal(130), Decimal(130), "mg"),
    interval_h=(_H * 2, _H * 2),
    verbatim="OD 130 mg, BD 90 mg",
    page="syringes",
    section="By weight",
    lines=(1, 1),
)
TWICE = replace(ONCE, amount=Amount(Decimal(90), Decimal(90), "mg"), interval_h=(_H, _H))


@pytest.mark.parametrize(
    ("milligrams", "hours", "said"),
    [
        ("90", 12, {1: "what is asked, by this row alone: within"}),
        ("130", 24, {0: "what is asked, by this row alone: within"}),
        ("130", 12, {1: "what is asked, by this row alone: exceeds it"}),
        ("130", None, {0: SPLIT, 1: SPLIT}),
    ],
)
def test_the_dose_as_often_as_is_asked_judges(milligrams: str, hours: int | None, said: dict[int, str]) -> None:
    rhythm = (Decimal(hours), Decimal(hours)) if hours else None
    asked = Asked(Decimal(milligrams), Decimal(milligrams), "mg", interval_h=rhythm)
    found = said_of_each(judged_each(asked, [ONCE, TWICE], Patient()), [ONCE, TWICE])
    assert found == said
