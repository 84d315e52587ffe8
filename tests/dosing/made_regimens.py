"""Small makers of regimens for the tests of this folder."""

from decimal import Decimal
from typing import Any

from wardbook.dosing.regimen import Amount, Condition, Limit, Regimen


def amount(low: str, high: str | None = None, unit: str = "mg") -> Amount:
    return Amount(Decimal(low), Decimal(high or low), unit)


def limit(value: str, unit: str = "mg") -> Limit:
    return Limit(Decimal(value), unit)


def hours(low: int | str, high: int | str | None = None) -> tuple[Decimal, Decimal]:
    return Decimal(low), Decimal(high or low)


def at_least(value: str, quantity: str = "weight", unit: str = "kg") -> Condition:
    return Condition(quantity, Decimal(value), True, None, False, unit)


def below(value: str, quantity: str = "weight", unit: str = "kg") -> Condition:
    return Condition(quantity, None, False, Decimal(value), False, unit)


def regimen(dose: Amount | None = None, **fields: Any) -> Regimen:
    """Make a regimen of "somedrug" with only the named fields stated."""
    whole: dict[str, Any] = {
        "drug": "somedrug",
        "amount": dose,
        "verbatim": "words of the cell",
        "page": "drugs/somedrug",
        "section": "Dosing",
        "lines": (1, 1),
    }
    return Regimen(**{**whole, **fields})


class Terms:
    """A term matcher over a small table of spellings."""

    def __init__(self, **keys: str) -> None:
        self._spellings = {words.replace("_", " "): key for words, key in keys.items()}

    def keys(self, text: str) -> frozenset[str]:
        words = " " + " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split()) + " "
        return frozenset(key for spelling, key in self._spellings.items() if f" {spelling} " in words)


TERMS = Terms(crs="CRS", cytokine_release_syndrome="CRS", icans="ICANS", hlh="HLH", sepsis="sepsis")
