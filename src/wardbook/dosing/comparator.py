"""Comparators: the signs and words that bound a number ("<", "at least", "up to"), from `comparators.tsv`."""

import re
from functools import cache

from wardbook.dosing.vocabulary import any_of, rows


@cache
def comparators() -> dict[str, tuple[str, bool]]:
    """Give each comparator with the side that it bounds ("low" | "high") and whether the bound belongs to the band."""
    return {words: (side, kind == "inclusive") for words, side, kind in rows("comparators.tsv")}


@cache
def comparator_pattern() -> str:
    """Give a regular expression (without groups) for any comparator, longest first."""
    words = sorted(comparators(), key=len, reverse=True)
    return "(?:" + any_of(re.escape(word).replace(r"\ ", r"\s+") for word in words) + ")"
