"""Two amounts with a slash between: a strength ("10 mg/5 mg"), or a maximum and one by size ("max 2 g / 10 mg/kg")."""

import re

from wardbook.dosing.cue import cue
from wardbook.lazy_regex import lazy_regex

NEXT_AMOUNT = r"\d[\d.,]*\s?(?:m?g|mcg|[µμu]g|micrograms?|units?|iu)(?![a-z])"
"""What may stand behind the slash of a maximum: an amount, and no volume or item that the first would be in."""
_BY_SIZE = r"\s*(?:/|\bper\b)\s*(?:kg|m2|m²)(?![a-z])"
_SLASHED = lazy_regex(rf"\s?/\s?{NEXT_AMOUNT}(?P<size>{_BY_SIZE})?")


def is_strength(plain: str, match: re.Match[str]) -> bool:
    """Tell whether an amount with another behind its slash is no figure of its own.

    It is one only as a maximum of which one figure goes by weight or surface and the other does not.
    """
    slashed = _SLASHED.match(plain, match.end())
    if slashed is None:
        return False
    by_size = re.search(r"(?:kg|m2|m²)", match["per"] or "") is not None
    return by_size == bool(slashed["size"]) or cue("cap").search(plain[: match.start()]) is None
