"""Stages of life that words name ("neonate", "adolescent"): the ages that they stand for where no figure is given.

The bounds are wide: a stage only rules out who is surely of another one. Source: ICH E11 (newborns up to 27 days,
infants and toddlers up to 23 months), WHO (adolescents from 10 to 19 years).
"""

import re
from decimal import Decimal

from wardbook.dosing.age import in_years
from wardbook.dosing.band import read_bands
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Condition
from wardbook.lazy_regex import lazy_regex

Span = tuple[Decimal, Decimal]
"""Ages in years, both ends included."""

_DAY = Decimal(1) / Decimal("365.25")
NEONATE = (Decimal(0), 28 * _DAY)
"""Ages of a neonate."""
INFANT = (Decimal(0), Decimal("1.99"))
"""Ages of an infant in the widest sense: none is of a band that begins at two years."""
_STAGES: tuple[tuple[re.Pattern[str], Span], ...] = (
    (lazy_regex(r"(?<![a-z-])(?:neonat|new-?born|pre-?term)"), NEONATE),
    (lazy_regex(r"(?<![a-z-])(?:infant|bab(?:y|ies)\b)"), INFANT),
    (lazy_regex(r"(?<![a-z-])toddler"), (Decimal(1), Decimal(4))),
    (lazy_regex(r"(?<![a-z-])(?:adolescen|teen)"), (Decimal(10), Decimal(20))),
)
_OLDER = 30 * _DAY
_YEAR = Decimal(1)
OLDEST = Decimal(150)
"""No one is older, years."""
YOUNGEST_ADULT = Decimal(15)
"""No one younger is called an adult, years."""
HEAVIEST_NEONATE_KG = Decimal(8)
"""No neonate weighs more."""
_LIGHT_KG = Decimal(25)
"""Nobody of 16 years weighs less, but in the worst wasting (WHO: 3 SD below the median is 24 kg at 14 years)."""
HEAVIEST_INFANT_KG = 15
"""No child under one year weighs more (WHO growth standards: 3 SD above the median is 13.3 kg at 12 months)."""


_GROWN_Y = Decimal(12)
"""Years from which a weight tells nothing of the age."""
_YEARLY_KG = 8
"""Kilograms a year by which the heaviest of children gain at most, with room (WHO: 3 SD above is 30 kg at 5 years)."""


def may_weigh(age_y: Decimal, weight_kg: Decimal) -> bool:
    """Tell whether one patient can have this age and weight: an infant of 70 kg is two people."""
    return age_y >= _GROWN_Y or weight_kg <= HEAVIEST_INFANT_KG + _YEARLY_KG * age_y


def stage_of(text: str) -> Span | None:
    """Give the ages of the one stage that a text names; None for none or several."""
    found = [span for pattern, span in _STAGES if pattern.search(uniform(text))]
    return found[0] if len(found) == 1 else None


def ages_of(population: str | None, condition: Condition | None) -> Span:
    """Give the ages that a dose can be for, by the words and the band of its row."""
    low, high = stage_of(population or "") or (Decimal(0), OLDEST)
    if condition is not None and condition.quantity == "age":
        first, last = in_years(condition)
        return max(low, first), min(high, OLDEST if last is None else last)
    named = [in_years(each.condition) for each in read_bands(population or "") if each.condition.quantity == "age"]
    if named:
        return min(first for first, _ in named), max(OLDEST if last is None else last for _, last in named)
    return low, high


def asked_ages(text: str, age_y: Decimal | None, weight_kg: Decimal | None) -> Span:
    """Give the ages that a patient can have, by the words, age and weight of a question."""
    if age_y is not None:
        return age_y, age_y
    plain = uniform(text)
    if re.search(r"(?<![a-z-])adult", plain) and not re.search(r"(?<![a-z-])(?:child|kid|paed|ped|young|teen)", plain):
        return YOUNGEST_ADULT, OLDEST
    low, high = stage_of(text) or (Decimal(0), OLDEST)
    if weight_kg is not None and weight_kg < _LIGHT_KG:
        high = min(high, YOUNGEST_ADULT)
    older = re.search(r"(?<![a-z-])(?:child|kid|adult|paed|ped)", plain) and stage_of(text) is None
    if weight_kg is not None and weight_kg > HEAVIEST_INFANT_KG and high > _YEAR:
        return max(low, _YEAR), high
    heavy = weight_kg is not None and weight_kg > HEAVIEST_NEONATE_KG
    return (_OLDER, high) if (older or heavy) and high > _OLDER else (low, high)


def apart(one: Span, other: Span) -> bool:
    """Tell whether no age lies in both spans; a day more or less parts none."""
    return one[1] + _DAY < other[0] or other[1] + _DAY < one[0]
