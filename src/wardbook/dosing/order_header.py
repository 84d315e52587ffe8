"""Headers of columns beside the doses: whether what stands below is to be given, or was had, or was an error."""

import re

from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_ORDERED = lazy_regex(
    r"\b(?:orders?|give|rx|prescri(?:be|ption)|examples?|treatment|therapy|drugs?|add|also|plus|other)\b"
)
_HAD = lazy_regex(
    r"^\W*old\b|\b(?:had|already|was|were|got|did|happened|previous(?:ly)?|taken|taking|received|actual(?:ly)?|history|"
    r"avoid(?:ed)?)\b"
)
_NO_ORDERS = lazy_regex(
    r"\W*(?:seen|before|earlier|past|prior|current|home|given|cases?|patients?|events?|issues?|problems?|findings?|outcomes?|"
    r"not|never|no|stop)\W*"
)
_OF_ERRORS = lazy_regex(
    r"\b(?:found|reported|errors?|incidents?|near miss(?:es)?|wrong\w*|mistakes?|incorrect\w*|should(?:'ve| have)?|"
    r"deviations?|discrepanc\w+|slips?)\b"
)
"""A header of what was ordered by error, beside which no column holds orders to follow ("Order found")."""


def tells_errors(header: str) -> bool:
    """Tell whether a header says that what stands below was ordered by error."""
    return _OF_ERRORS.search(uniform(header)) is not None


def tells_past(header: str) -> bool:
    """Tell whether a header says that patients had, or have already, what stands below."""
    return _HAD.search(uniform(header)) is not None


def is_of_orders(header: str) -> bool:
    """Tell whether what stands below a header is to be given: it says so, or names in one word what ("Other", "NK1").

    What patients had, or have already, is recommended to none ("Already had", "Old order").
    """
    plain = uniform(header)
    one = len(re.findall(r"\w+", plain)) < 2
    told = one or _ORDERED.search(plain) is not None
    return told and not _HAD.search(plain) and not _NO_ORDERS.fullmatch(plain)
