"""Sentences of arithmetic: one amount in two units, or doses of several drugs that come to the same: no order."""

import re
from collections.abc import Sequence
from itertools import pairwise

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.draft import Draft, Mention
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.notation import has_digit, uniform
from wardbook.dosing.unit import convert
from wardbook.lazy_regex import lazy_regex

_EQUAL = lazy_regex(r"[^=≈;,.:()\d]*(?:=|≈|≙|\bequals?\b|\bis equivalent to\b)[^=≈;,.:()\d]*")
"""Between the amounts of two drugs, in no bracket, that come to the same."""


def is_conversion(words: str, mentions: Sequence[Mention]) -> bool:
    """Tell whether a sentence is arithmetic, see above."""
    return "≙" in words or has_conversion(words) or _is_equivalence(words, mentions)


_OPENS_EQUAL = lazy_regex(r"\(\s*(?:=|≈|equals?\b|equivalent to\b|i\.e\.,?)[^()\d]*$")


def is_comparison(words: str, draft: Draft) -> bool:
    """Tell whether a dose in a bracket is what the one before it comes to in another drug ("5 mg (= xyz 8 mg)")."""
    figure = draft.figure
    return figure is not None and draft.named and _OPENS_EQUAL.search(uniform(words[: figure.begin])) is not None


def has_conversion(words: str) -> bool:
    """Tell whether a sentence says one amount in two units ("5 mcg/kg is 0.005 mg/kg")."""
    figures = read_amounts(words)
    for first, second in pairwise(figures):
        between = uniform(words[first.end : second.begin])
        same = convert(first.amount.low, first.amount.unit, second.amount.unit) == second.amount.low
        if re.fullmatch(r"\s*[~≈]\s*", between) and first.amount.unit != second.amount.unit:
            return True
        if same and first.per == second.per and re.fullmatch(r"\s*(?:is|=|equals?|i\.e\.,?)\s*", between):
            return True
    return False


def _is_equivalence(words: str, mentions: Sequence[Mention]) -> bool:
    """Tell whether a sentence opens with what one drug comes to in another ("oral xyz 30 mg = oral abc 15 mg").

    Each is named before its amount and nothing else is: neither how often nor for whom, and no further amount. What
    goes on behind may be an order ("oral xyz 30 mg = oral abc 15 mg; give abc 10 mg").
    """
    figures = read_amounts(words)
    if len(figures) < 2 or len({each.drug for each in mentions}) < 2:
        return False
    first, second = figures[:2]
    before = [each for each in mentions if each.end <= first.begin]
    between = [each for each in mentions if first.end <= each.begin and each.end <= second.begin]
    alone = len(before) == len(between) == 1 and before[0].drug != between[0].drug
    equal = all(_EQUAL.fullmatch(uniform(words[one.end : other.begin])) for one, other in pairwise(figures))
    behind = words[figures[-1].end :]
    return alone and equal and not has_digit(behind) and not read_frequencies(behind)


_STRENGTH = lazy_regex(r"\d ?(?:m?c?g|µg|micrograms?|units?|mmol)/ml ?[:;,] ?$")
_MAKES = lazy_regex(r" ?= ?\d[\d.]* ?ml\b")


def is_drawn_up(words: str, draft: Draft) -> bool:
    """Tell whether an amount behind a strength only says what volume it is ("(10 mg/mL: 5 mg = 0.5 mL)")."""
    figure = draft.figure
    if figure is None or figure.per:
        return False
    plain = uniform(words)
    others = [each for each in read_amounts(words) if each.is_dose and each.amount.unit == figure.amount.unit]
    drawn = _STRENGTH.search(plain[: figure.begin]) and _MAKES.match(plain[figure.end :])
    return bool(drawn and any(each.begin != figure.begin for each in others))  # else it is the only dose of the line
