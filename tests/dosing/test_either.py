"""Doses for either of two reasons: the patient who is in the band, out of it, and who has the other reason."""

from decimal import Decimal
from typing import Any

import pytest
from made_regimens import TERMS, amount, regimen

from wardbook.dosing.lookup import DoseQuery, lookup
from wardbook.dosing.regimen import Condition, Regimen

OLD = Condition("age", Decimal(65), False, None, False, "a")
SENTENCE = "somedrug 10 mg; 8 mg if age over 65 or liver disease"
PLAIN = regimen(amount("10"), verbatim=SENTENCE, from_text=True, lines=(1, 1))
LESS = regimen(amount("8"), verbatim=SENTENCE, from_text=True, lines=(1, 1), condition=OLD, or_else="or liver disease")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"age_y": Decimal(70)}, (LESS,)),
        ({"age_y": Decimal(45)}, (PLAIN,)),
        ({}, (PLAIN, LESS)),
        ({"population": "hepatic impairment"}, (LESS,)),
    ],
)
def test_who_has_one_of_two_reasons_is_given_the_dose_for_them(
    asked: dict[str, Any], expected: tuple[Regimen, ...]
) -> None:
    assert lookup(DoseQuery("somedrug", "", **asked), [PLAIN, LESS], TERMS).fits == expected


def test_a_dose_for_a_reason_not_spoken_of_is_read_with_the_one_that_fits() -> None:
    apart = regimen(
        amount("8"),
        verbatim="somedrug 8 mg if age over 65 or liver disease",
        from_text=True,
        lines=(2, 2),
        condition=OLD,
        or_else="or liver disease",
    )
    found = lookup(DoseQuery("somedrug", "", age_y=Decimal(45)), [PLAIN, apart], TERMS)
    assert found.fits == (PLAIN,) and found.remarks == (apart,)
