"""What a sentence goes on about without naming it: "Evidence for it is poor", "Contraindicated in ..."."""

import re
from collections.abc import Sequence

from wardbook.corpus.unit import Unit
from wardbook.lazy_regex import lazy_regex

MOST_CARRIED = 2
"""Sentences before one that may name what it is about."""
_GOES_ON = lazy_regex(
    r"\b(?:it|its|it['’]s)\b|"
    r"^\W*(?:contra-?indicated|not (?:in|for|with|if|when)|avoid (?:in|with|if)|never (?:in|with))\b",
    re.IGNORECASE,
)


def goes_on(text: str) -> bool:
    """Tell whether a sentence speaks of what those before it name."""
    return _GOES_ON.search(text) is not None


def carried(units: Sequence[Unit], at: int) -> str:
    """Give the sentences of a paragraph before one that goes on about what they name."""
    unit = units[at]
    if unit.kind != "sentence" or not goes_on(unit.text):
        return ""
    before = units[max(at - MOST_CARRIED, 0) : at]
    return " ".join(each.text for each in before if each.block == unit.block and each.kind == "sentence")
