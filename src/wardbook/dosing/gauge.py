"""The gauge of a needle, a cannula or a vein ("18G"), which is written like grams."""

import re

from wardbook.lazy_regex import lazy_regex

_NEEDLE = lazy_regex(
    r"\b(?:needles?|cannulas?|cannulae|vein|(?:iv|venous|peripheral) (?:access|line)|catheters?|butterfly|gauge)\b",
    re.IGNORECASE,
)
_AROUND = 60
"""Characters on both sides in which a needle is named whose gauge a figure is."""


def is_gauge(text: str, match: re.Match[str]) -> bool:
    """Tell whether "18G" beside a needle, a cannula or a vein is its gauge, and no grams."""
    end = match.end("unit") if match["unit"] else 0
    if not end or text[end - 1 : end] != "G" or match["unit"] != "g" or match["per"] or not match["high"].isdigit():
        return False
    around = text[max(match.start() - _AROUND, 0) : end + _AROUND]
    return 14 <= int(match["high"]) <= 30 and _NEEDLE.search(around) is not None
