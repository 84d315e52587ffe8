"""Ranges and bounds that a cell gives, and whether a figure falls in them."""

import re

from wardbook.lazy_regex import lazy_regex

_RANGE = lazy_regex(r"(?<![\w.])(\d+(?:\.\d+)?)\s*(?:-|–|—|to)\s*(\d+(?:\.\d+)?)(?![\w.])")
_BOUND = lazy_regex(
    r"(>=?|<=?|≥|≤|at least|at most|more than|less than|above|below|over|under|up to)\s*(\d+(?:\.\d+)?)|"
    r"(?<![\w.])(\d+(?:\.\d+)?)\s*(or (?:above|more|higher|below|less|lower)|\+)",
    re.IGNORECASE,
)


def covers(cell: str, figure: float) -> bool:
    """Tell whether a figure falls in the range or past the bound that a cell gives ("7-9", "9 or above", "<3")."""
    for match in _RANGE.finditer(cell):
        if float(match[1]) <= figure <= float(match[2]):
            return True
    for match in _BOUND.finditer(cell):
        bound, sign = float(match[2] or match[3]), (match[1] or match[4]).lower()
        upward = re.match(r"(?:>|≥|at least|more|above|over|or (?:above|more|higher)|\+)", sign)
        if figure == bound and re.search(r"[≥≤=]|least|most|or |\+", sign):
            return True
        if (figure > bound) if upward else (figure < bound):
            return True
    return False
