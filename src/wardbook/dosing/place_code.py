"""Where a patient lies or a thing is kept, in shorthand that is a drug's too ("bed B6", "room B12")."""

from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

LONGEST = 4
"""Characters; a longer name is the code of no bed."""
_PLACE = lazy_regex(
    r"(?:^|[^a-z-])(?:beds?|bays?|(?:side )?rooms?|wards?|cubicles?|cots?|chairs?|pods?|floors?|buildings?|blocks?|"
    r"theatres?|corridors?|lockers?|drawers?|shelf|shelves|cupboards?|fridges?|trolleys?)"
    r"(?:\s*(?:no\.?|nr\.?|number|#|[:-]))?\s+$"
)
"""Before the code of a place."""


def is_place(text: str, begin: int, end: int) -> bool:
    """Tell whether a short name stands behind the word for a place, and names no drug there."""
    return end - begin <= LONGEST and _PLACE.search(uniform(text[:begin])) is not None
