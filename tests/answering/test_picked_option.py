"""Options at the end of a question, and the regimens that they leave."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from wardbook.answering.picked_option import picked_option
from wardbook.dosing.lookup import Found
from wardbook.dosing.regimen import Amount, Regimen


def row(dose: str, line: int) -> Regimen:
    return Regimen("somedrug", Amount(Decimal(dose), Decimal(dose), "mg"), "cell", "page", "Dosing", (line, line))


ADULT, CHILD, INFANT = row("100", 1), row("50", 2), row("5", 3)
ALL = (ADULT, CHILD, INFANT)


def look(text: str, regimens: Sequence[Regimen]) -> Found | None:
    """Offer adult or child; behind child, under one year or not."""
    if not text.startswith("somedrug"):
        return None
    found = Found("several", tuple(regimens))
    if tuple(regimens) == ALL:
        return replace(found, offered=(("adult", (ADULT,)), ("child, any age", (CHILD, INFANT))))
    if tuple(regimens) == (CHILD, INFANT):
        return replace(found, offered=(("1 year or more", (CHILD,)), ("under 1 year", (INFANT,))))
    return found


@pytest.mark.parametrize(
    ("whole", "base", "left"),
    [
        ("somedrug dose, adult", "somedrug dose", (ADULT,)),
        ("somedrug dose, Adult?", "somedrug dose", (ADULT,)),
        ("somedrug dose, child, any age", "somedrug dose", (CHILD, INFANT)),
        ("somedrug dose, child, any age, under 1 year", "somedrug dose", (INFANT,)),
        ("somedrug dose, adult, 70 kg", "somedrug dose, 70 kg", (ADULT,)),
        ("somedrug dose, elderly", "somedrug dose, elderly", ALL),
        ("somedrug dose, adults", "somedrug dose, adults", ALL),
        ("somedrug dose adult", "somedrug dose adult", ALL),
        ("otherdrug dose, adult", "otherdrug dose, adult", ALL),
    ],
)
def test_only_what_was_offered_is_picked(whole: str, base: str, left: tuple[Regimen, ...]) -> None:
    text, regimens = picked_option(whole, ALL, look)
    assert (text, tuple(regimens)) == (base, left)
