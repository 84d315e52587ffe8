"""A range or a bound that a question gives of the patient instead of a value ("CrCl 30-49", "over 40 kg", "age 2-5").

A band in which all of it lies is the patient's, one in which none of it lies is another's; of one that it only overlaps
nothing is known.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from wardbook.dosing.age import in_years
from wardbook.dosing.band import RENAL, read_bands
from wardbook.dosing.notation import uniform
from wardbook.dosing.quantity import lies
from wardbook.dosing.regimen import Condition
from wardbook.dosing.unit import convert
from wardbook.kept import OF_QUESTIONS
from wardbook.lazy_regex import lazy_regex

HEAVIER_THAN_KG = Decimal(40)
"""Kilograms above which whoever is called an adult is taken to weigh, where the question gives no weight."""
ADULT = Condition("weight", HEAVIER_THAN_KG, False, None, False, "kg")
"""What is taken of the weight of an adult: bands that part children are chosen by it, those that part adults not."""
CHILD = Condition("age", None, False, Decimal(18), False, "a")
"""What is taken of the age of a child: it lies in a band up to 25 years, of one up to 12 nothing is known."""
_RENAL_IS = lazy_regex(
    r"\b(cr ?cl|clcr|creatinine clearance|e?gfr)"
    r"(?:\s*(?:\b(?:is|was|of|at|now|about|around|currently|has been)\b|[=:]))+\s*"
)
_SAID_ON = lazy_regex(
    r"(?<=\d) (?!(?:-|to|and|or|but|kgs?|kilo\w*|lbs?|pounds?|m2|m²|y|yo|y/o|yrs?|years?|months?|mos?|wks?|weeks?|"
    r"days?|old|of)\b)(?=[a-z])"
)
"""Behind the figures of a question, where it goes on with other words."""


@lru_cache(maxsize=OF_QUESTIONS)
def told_range(quantity: str, said: str) -> Condition | None:
    """Give the one range or bound that words give of a patient's measure or kidney function; None for none or two."""
    plain = uniform(said)
    names = RENAL if quantity in RENAL else (quantity,)
    bands = read_bands(_SAID_ON.sub(" ; ", _RENAL_IS.sub(r"\1 ", plain)))
    found = {band.condition for band in bands if band.condition.quantity in names}
    return found.pop() if len(found) == 1 else None


def reaches(band: Condition, told: Sequence[Condition | None]) -> bool | None:
    """Tell whether the first range that is told lies wholly in a band; None where only a part of it does."""
    known = next(filter(None, told), None)
    pair = _in_one_unit(known, band) if known else None
    return lies(*pair) if pair else None


def _in_one_unit(told: Condition, band: Condition) -> tuple[Condition, Condition] | None:
    if band.quantity in RENAL:
        return told, band
    if band.quantity == "age":
        return _years(told), _years(band)
    bounds = [None if bound is None else convert(bound, told.unit, band.unit) for bound in (told.low, told.high)]
    if [bound is None for bound in bounds] != [told.low is None, told.high is None]:
        return None
    return replace(told, low=bounds[0], high=bounds[1], unit=band.unit), band


def _years(condition: Condition) -> Condition:
    low, high = in_years(condition)
    return replace(condition, low=None if condition.low is None else low, high=high, unit="a", low_unit=None)
