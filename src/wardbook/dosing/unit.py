"""Units: a closed table of ward spellings and exact conversion between UCUM codes of one dimension.

What is not in `data/units.tsv` is no unit here: a general unit reader takes "100 units/h" for micro-nit and "MG" for
megagauss. Factors are fractions, so nothing is rounded; a result that has no finite decimal is refused.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from wardbook.dosing.vocabulary import rows

DOSE_DIMENSIONS = frozenset({"mass", "volume", "activity", "substance", "charge", "cells", "length"})
"""Dimensions in which a dose may be given, counted items (tablet, drop, ...) aside."""

OTHER_DIMENSIONS = frozenset({"weight", "time", "calendar", "area", "energy"})
"""Dimensions of figures that are no dose by themselves."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One spelling of a unit."""

    spelling: str
    """As people write it, lower case."""
    code: str
    """UCUM code, or "cells"."""
    dimension: str
    """ "mass" | "volume" | "activity" | ... | the item counted."""
    size: Fraction
    """One of this spelling in the base of its dimension."""


@cache
def units() -> dict[str, Unit]:
    """Give every spelling (lower case) with its unit."""
    table = {}
    for spelling, code, dimension, size in rows("units.tsv"):
        table[spelling] = Unit(spelling, code, dimension, Fraction(size))
    return table


@cache
def _by_code() -> dict[str, Unit]:
    """Give the unit of each code; where a spelling means a multiple ("MU"), the plain one stands."""
    table: dict[str, Unit] = {}
    for unit in units().values():
        table.setdefault(unit.code, unit)
    return table


def unit(spelling: str) -> Unit | None:
    """Give the unit that a spelling means, or None where it is none of ours."""
    words = " ".join(spelling.lower().replace("μ", "µ").split()).removesuffix(".")
    return units().get(words)


def ucum(spelling: str) -> str | None:
    """Give the UCUM code of a spelling or code ("mcg" → "ug", "units" → "[iU]"), or None where it is not known."""
    found = unit(spelling)
    if found is not None:
        return found.code
    return spelling if spelling in _by_code() else None


def is_dose(code: str) -> bool:
    """Tell whether a dose can be given in this unit (mg, units, mL, tablets; not kg, hours, years)."""
    known = _by_code().get(code)
    return known is not None and known.dimension not in OTHER_DIMENSIONS


@lru_cache(maxsize=4096)
def convert(value: Decimal, source: str, target: str) -> Decimal | None:
    """Express a figure in another unit, exactly; None between dimensions or where no finite decimal exists.

    `source` and `target` are UCUM codes or spellings of the table ("million units" are counted by `read_amounts`).
    """
    have, want = (unit(name) or _by_code().get(name) for name in (source, target))
    if have is None or want is None or have.dimension != want.dimension:
        return None
    return exact(Fraction(value) * have.size / want.size)


def exact(value: Fraction) -> Decimal | None:
    """Give a fraction as a decimal, or None where its decimals never end."""
    remainder = value.denominator
    for prime in (2, 5):
        while remainder % prime == 0:
            remainder //= prime
    if remainder != 1:
        return None
    places = 0
    while value.denominator != 1 and (value * 10**places).denominator != 1:
        places += 1
    scaled = value * 10**places
    return Decimal((int(scaled < 0), tuple(int(digit) for digit in str(abs(scaled.numerator))), -places))
