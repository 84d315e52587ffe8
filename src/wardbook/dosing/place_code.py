"""Where a patient lies or a thing is kept, in shorthand that is a drug's too ("bed B6", "room B12")."""

from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_CODE = lazy_regex(r"[a-z]\d{1,2}")
"""A letter and digits: what is short for a drug in letters alone ("MMF") is the code of no bed."""
_PLACE = lazy_regex(
    r"(?:^|[^a-z-])(?:beds?|bays?|(?:side )?rooms?|wards?|cubicles?|cots?|chairs?|pods?|floors?|buildings?|blocks?|"
    r"theatres?|corridors?|lockers?|drawers?|shelf|shelves|cupboards?|fridges?|trolleys?)"
    r"(?:\s*(?:no\.?|nr\.?|number|#))?\s+$"
)
"""Before the code of a place."""
_AMOUNT = lazy_regex(r"\W*(?:(?:po|iv|im|sc|oral|orally)\W+)?\d")
"""Behind a name that is dosed: the vitamin, as it seems, whose dose must not become that of another drug."""


def is_place(text: str, begin: int, end: int) -> bool:
    """Tell whether a letter and digits stand behind the word for a place, and name no drug with a dose there."""
    return (
        _CODE.fullmatch(uniform(text[begin:end])) is not None
        and _AMOUNT.match(uniform(text[end : end + 20])) is None
        and _PLACE.search(uniform(text[:begin])) is not None
    )
