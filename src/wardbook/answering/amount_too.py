"""Whether the amount is asked beside how often, how long, which way or how much at most."""

import re

from wardbook.dosing.lookup import Wants
from wardbook.lazy_regex import lazy_regex


def asks_amount_too(text: str, wants: Wants) -> bool:
    """Tell whether the amount is asked beside a part of the regimen ("how much and for how long", "dose and max").

    Then no row stands back because it does not state that part, nor for another one that states it alike.
    """
    if _DOSE_AND.search(text) or _AND_DOSE.search(text):
        return True
    return wants != "max" and _HOW_MUCH.search(text) is not None


_PART = r"(?:how (?:often|long|soon|frequent\w*|many)|frequency|interval|duration|route|timing|when\b|days\b)"
_DOSE_AND = lazy_regex(
    rf"(?<!max )(?<!maximum )(?<!between )\bdos(?:e|es|ing|age)\b\W*(?:\b(?:and|plus)\b|[,;&+/])\W*"
    rf"(?:(?:for|the|its|at|by|what|which|is)\W+){{0,3}}(?:{_PART}|max)",
    re.IGNORECASE,
)
_AND_DOSE = lazy_regex(
    rf"\b{_PART}\W+(?:(?:is|it|for|to|give|given)\W+){{0,3}}(?:(?:and|plus|at)\b|[,;&+])\W*"
    r"(?:(?:the|its|at|what|which|is)\W+){0,3}dos(?:e|es|age)\b",
    re.IGNORECASE,
)
_HOW_MUCH = lazy_regex(
    r"\bhow much\b(?! (?:time|longer|later|sooner|apart|more time))|\b(?:what|which) dos(?:e|age)\b", re.IGNORECASE
)
"""Words that ask for an amount, beside words that ask for how often, how long or which way."""
