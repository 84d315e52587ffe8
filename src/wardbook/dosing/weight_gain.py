"""Kilograms that tell by how much the weight has gone up, and not what the patient weighs ("PRN wt > 2 kg")."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from wardbook.dosing.regimen import Condition
from wardbook.dosing.vocabulary import rows
from wardbook.lazy_regex import lazy_regex

MOST_GAINED = Decimal(5)
"""Kilograms; from a higher bound on it is the patient's own weight."""
_AS_NEEDED = lazy_regex(r"\b(?:prn|as needed|as required)\W*(?:(?:if|for|when)\s+)?(?:the\s+)?$")


def may_be_gain(condition: Condition) -> bool:
    """Tell whether a bound is so low, and open above, that it may be of a gain of weight."""
    return (
        condition.quantity == "weight"
        and condition.unit == "kg"
        and condition.low is not None
        and condition.low <= MOST_GAINED
        and condition.high is None
    )


def is_gain_as_needed(condition: Condition, before: str) -> bool:
    """Tell whether a bound is why a dose is given as needed, by the (uniform) words `before` it."""
    return may_be_gain(condition) and _AS_NEEDED.search(before) is not None


def without_gains(drug: str, conditions: Sequence[Condition]) -> list[Condition]:
    """Leave out the bounds that may be of a gain of weight, for a drug that is given for one: it is not told of which.

    Babies are weighed in such kilograms too; what a bound says of them is then not understood.
    """
    return [each for each in conditions if not (may_be_gain(each) and drug in _given_for_gain())]


@cache
def _given_for_gain() -> frozenset[str]:
    return frozenset(name for (name,) in rows("given_for_gain.tsv"))
