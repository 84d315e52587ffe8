"""The amount beside a part of the regimen: both are asked, or the part alone."""

import pytest

from wardbook.answering.amount_too import asks_amount_too
from wardbook.dosing.lookup import Wants


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("emapalumab dose and how often", "interval"),
        ("how much prednisolone, and for how long?", "duration"),
        ("dose, route and duration of x", "route"),
        ("x how often and at what dose", "interval"),
        ("x dose & max", "max"),
        ("what dose of x and how is it given", "route"),
    ],
)
def test_both_are_asked(text: str, wants: Wants) -> None:
    assert asks_amount_too(text, wants)


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("how often is x dosed", "interval"),
        ("max dose of x", "max"),
        ("how much x can I give at most", "max"),
        ("dosing interval of x", "interval"),
        ("how long between doses of x", "interval"),
        ("how much longer do we give x", "duration"),
    ],
)
def test_the_part_alone_is_asked(text: str, wants: Wants) -> None:
    assert not asks_amount_too(text, wants)
