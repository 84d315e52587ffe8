"""Quantities that are measured in a patient: their names in charts, their units, and whether two values compare."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from wardbook.dosing.band import RENAL, SIZES, meets
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Condition
from wardbook.dosing.vocabulary import rows
from wardbook.lazy_regex import lazy_regex

_GENERAL = lazy_regex(
    r"\b(?:levels?|counts?|scores?|values?|conc(?:entrations?)?|results?|index|total points|points|range|patient'?s?|"
    r"the|"
    r"current|latest|baseline|measured|serum|plasma)\b"
)
CLEARANCE_PER_KG = "creatinine clearance per kg"
"""The kidney function for a kilogram of weight, by which a few drugs go."""
_AT = lazy_regex(r"\s*\(?\bat (?:the )?(?P<hours>\d+)\s*-?\s*(?:h|hr|hrs|hours?)\b\)?")


@dataclass(frozen=True, slots=True)
class Believed:
    """A unit of a quantity with the values that are believed in it."""

    codes: tuple[str, ...]
    """Codes of `data/measure_units.tsv`; several name one figure."""
    low: Decimal
    """Least value."""
    high: Decimal
    """Greatest value."""
    stated: bool
    """True where a figure without this unit is none of the quantity."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One line of `data/quantities.tsv`."""

    name: str
    """As a person reads it."""
    pattern: str
    """Regular expression for any of its names, lower case."""
    units: tuple[Believed, ...]
    """Its units, the usual one first."""
    nouns: tuple[str, ...]
    """Regular expressions for too much or too little of it."""


@dataclass(frozen=True, slots=True)
class MeasureUnit:
    """One spelling of a unit of measurement."""

    code: str
    """Its code."""
    dimension: str
    """What it shares with the units that it converts to."""
    size: Fraction
    """One of it in the base of its dimension."""


@cache
def measure_units() -> dict[str, MeasureUnit]:
    """Give every spelling, lower case, with its unit."""
    return {spelled: MeasureUnit(code, kind, Fraction(size)) for spelled, code, kind, size in rows("measure_units.tsv")}


@cache
def _by_code() -> dict[str, MeasureUnit]:
    return {unit.code: unit for unit in measure_units().values()}


@cache
def quantities() -> dict[str, Quantity]:
    """Give every quantity by its name."""
    found = {}
    for row in rows("quantities.tsv"):
        name, others, units, nouns = (*row, "", "", "")[:4]
        spelled = [re.escape(name.lower()), *(each.strip() for each in others.split(";") if each.strip())]
        pattern = "|".join(sorted(dict.fromkeys(spelled), key=len, reverse=True))
        believed = tuple(_believed(each) for each in units.split(";") if each.strip())
        found[name] = Quantity(name, pattern, believed, tuple(n.strip() for n in nouns.split(";") if n.strip()))
    return found


@cache
def _spellings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((each.name, lazy_regex(each.pattern)) for each in quantities().values())


@lru_cache(maxsize=4096)
def known_as(words: str) -> str | None:
    """Give the quantity that words, in plain form, are a spelling of, or None."""
    if not _any_spelling().fullmatch(words):  # one pattern of all for the many words that are none
        return None
    return next((name for name, pattern in _spellings() if pattern.fullmatch(words)), None)


@cache
def _any_spelling() -> re.Pattern[str]:
    return lazy_regex("|".join(f"(?:{each.pattern})" for each in quantities().values()))


def _believed(words: str) -> Believed:
    codes, span, *stated = words.split()
    low, _, high = span.partition("-")
    return Believed(tuple(codes.split("|")), Decimal(low), Decimal(high), bool(stated))


@lru_cache(maxsize=4096)
def named(words: str) -> str:
    """Give the name of a quantity that words of a header or label call it by: the known one, else the words."""
    plain = " ".join(uniform(words).split())
    time = _AT.search(plain)
    bare = " ".join(_GENERAL.sub(" ", _AT.sub(" ", plain)).split()).strip(" :,-()")
    name = known_as(bare) or known_as(plain) or " ".join(_AT.sub(" ", plain).split()).strip(" :,-")
    return f"{name} at {time['hours']} hours" if time else name


@lru_cache(maxsize=4096)
def quantity_above(above: str) -> str:
    """Give the one quantity that headings name, by its name alone or by too much or too little of it, else ""."""
    plain = uniform(above)
    found = {named(heading) for heading in above.split("\n")} & quantities().keys()
    if _any_noun().search(plain):
        found |= {each.name for each in quantities().values() for noun in each.nouns if _noun(noun).search(plain)}
    return found.pop() if len(found) == 1 else ""


def _whole_noun(noun: str) -> str:
    return rf"(?<![a-z]){noun}(?![a-z])"


@cache
def _noun(noun: str) -> re.Pattern[str]:
    return re.compile(_whole_noun(noun))


@cache
def _any_noun() -> re.Pattern[str]:
    return lazy_regex("|".join(_whole_noun(noun) for each in quantities().values() for noun in each.nouns))


@lru_cache(maxsize=4096)
def key_of(quantity: str) -> tuple[str, str]:
    """Give what two names of one quantity share: its name without words like "level", and the time of the sample."""
    time = _AT.search(quantity)
    bare = _AT.sub(" ", uniform(quantity))
    short = " ".join(_GENERAL.sub(" ", bare).split())
    return short or " ".join(bare.split()), time["hours"] if time else ""


def known(quantity: str) -> Quantity | None:
    """Give the quantity of the vocabulary that a name stands for, the time of its sample aside."""
    return quantities().get(_AT.sub("", quantity).strip())


def is_measured(condition: Condition) -> bool:
    """Tell whether a band is of a measured value, and not of the patient's own size, age or kidney function."""
    return condition.quantity not in (*SIZES, *RENAL)


_KIDNEY = frozenset({"creatinine clearance", "eGFR", "renal function"})


def joins(condition: Condition, others: Sequence[Condition]) -> bool:
    """Tell whether a band joins others that must hold too: of a measure or the kidneys, each of another quantity."""
    measured = any(is_measured(each) or each.quantity in _KIDNEY for each in (condition, *others))
    return measured and condition.quantity not in {each.quantity for each in others}


def believes(quantity: str, condition: Condition) -> bool:
    """Tell whether the bounds of a condition can be of a quantity, in its own unit or in any."""
    own = known(quantity)
    if own is None or not own.units:
        return True
    return bool(_units_of(own, condition))


_TIMES = "{times}"
_MULTIPLES = ("{ULN}", "{baseline}")
"""A bare "1.7 x" may be of the upper limit or of the patient's own usual value."""


def _units_of(own: Quantity, condition: Condition) -> list[str]:
    """Give the units that a condition may be in: its own, else all in which its bounds are believed."""
    bounds = [bound for bound in (condition.low, condition.high) if bound is not None]
    if condition.unit == _TIMES:
        return [unit.codes[0] for unit in own.units if unit.codes[0] in _MULTIPLES]
    found = []
    for unit in own.units:
        if condition.unit:
            here = _by_code().get(condition.unit)
            there = _by_code().get(unit.codes[0])
            if condition.unit in unit.codes:
                return [unit.codes[0]]
            if here and there and here.dimension == there.dimension:
                found.append(condition.unit)
        elif not unit.stated and all(unit.low <= bound <= unit.high for bound in bounds):
            found.append(unit.codes[0])
    return found


def held(asked: Condition, band: Condition) -> bool | None:
    """Tell whether what is asked of a quantity lies in a band of it; None where the two cannot be compared.

    What is asked is a value (both its bounds) or a bound itself ("INR above 10"): one that lies partly in the band
    is not told. Units are compared only where they are one, or a closed table converts them.
    """
    (name, time), (other, when) = key_of(asked.quantity), key_of(band.quantity)
    if name != other or (when and time != when):
        return None
    own = known(asked.quantity)
    for one, two in _in_one_unit(own, asked, band):
        return lies(one, two)
    return None


def _in_one_unit(own: Quantity | None, asked: Condition, band: Condition) -> Sequence[tuple[Condition, Condition]]:
    """Give both in one unit, or nothing where they have none in common."""
    if own is None or not own.units:
        if not asked.unit or not band.unit or asked.unit == band.unit:
            return [(asked, band)]
        return _converted(asked, asked.unit, band, band.unit)
    mine, theirs = _units_of(own, asked), _units_of(own, band)
    shared = [unit for unit in theirs if unit in mine]
    if shared:
        return [(asked, band)]
    if len(mine) == 1 == len(theirs):
        return _converted(asked, mine[0], band, theirs[0])
    return []


def _converted(asked: Condition, mine: str, band: Condition, theirs: str) -> Sequence[tuple[Condition, Condition]]:
    here, there = _by_code().get(mine), _by_code().get(theirs)
    if here is None or there is None or here.dimension != there.dimension:
        return []
    return [(_scaled(asked, here.size), _scaled(band, there.size))]


def _scaled(condition: Condition, size: Fraction) -> Condition:
    """Give a condition in the base of its dimension; the bounds are fractions then, which compare as decimals do."""
    low, high = (None if bound is None else Fraction(bound) * size for bound in (condition.low, condition.high))
    return replace(condition, low=low, high=high)  # type: ignore[arg-type]


def lies(asked: Condition, band: Condition) -> bool | None:
    """Tell whether a range lies wholly in another; None where only a part of it does."""
    if asked.low is not None and asked.low == asked.high:
        return meets(band, asked.low)
    if _above(asked, band) or _above(band, asked):
        return False
    inside = _reaches(band.low, band.low_inclusive, asked.low, asked.low_inclusive, 1) and _reaches(
        band.high, band.high_inclusive, asked.high, asked.high_inclusive, -1
    )
    return True if inside else None


def _reaches(bound: Decimal | None, open_: bool, value: Decimal | None, included: bool, sign: int) -> bool:
    """Tell whether a bound of the band lies at or beyond that of what is asked."""
    if bound is None:
        return True
    if value is None:
        return False
    return sign * bound < sign * value or (bound == value and (open_ or not included))


def _above(one: Condition, other: Condition) -> bool:
    """Tell whether one range begins where the other has ended."""
    if one.low is None or other.high is None:
        return False
    return one.low > other.high or (one.low == other.high and not (one.low_inclusive and other.high_inclusive))
