"""Doses for older people, by the age that a question gives."""

from decimal import Decimal

import pytest
from made_regimens import amount, at_least, regimen

from wardbook.dosing.lookup import DoseQuery
from wardbook.dosing.old_age import by_old_age

OWN = regimen(amount("5"), population="elderly", lines=(2, 2))
ALL = regimen(amount("10"))
HEAVY = regimen(amount("12"), condition=at_least("90"), lines=(3, 3))
ELSEWHERE = regimen(amount("8"), page="drugs/other")


@pytest.mark.parametrize(
    ("age", "kept"),
    [
        (None, [OWN, ALL, HEAVY, ELSEWHERE]),
        (40, [ALL, HEAVY, ELSEWHERE]),
        (68, [OWN, ALL, HEAVY, ELSEWHERE]),
        (80, [OWN, HEAVY, ELSEWHERE]),
    ],
)
def test_the_age_chooses_the_rows_for_older_people(age: int | None, kept: list[object]) -> None:
    query = DoseQuery("somedrug", age_y=None if age is None else Decimal(age))
    assert by_old_age([OWN, ALL, HEAVY, ELSEWHERE], query) == kept


def test_without_a_row_for_older_people_all_stand() -> None:
    assert by_old_age([ALL, HEAVY], DoseQuery("somedrug", age_y=Decimal(80))) == [ALL, HEAVY]
