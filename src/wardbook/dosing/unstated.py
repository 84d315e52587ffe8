"""What may be called unstated: only what the words of the row themselves do not speak of.

A part that was not read is no part that the page lacks; "the page states no maximum" beside a cell that says "limit 20
mg" would be false and unsafe.
"""

import re

from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.route import read_routes, routes_of_products
from wardbook.lazy_regex import lazy_regex

_LIMIT = lazy_regex(
    r"\bmax(?:\.|imum|imal|s|ima)?\b|\b(?:daily |dose )?limit(?:s|ed)?\b|\bcap(?:s|ped)?\b(?! ?sules?)|\bceiling\b|"
    r"\bup to\b|"
    r"\buntil\b[^.;\n]*\d[^.;\n]*\b(?:given|reached|infused|administered|received|total)\b|"
    r"\bexceed\w*|\b(?:not?|never) (?:be )?(?:give |given )?(?:more|above|over|greater|higher)\b|\bat most\b|[≤]|<=",
    re.IGNORECASE,
)
_DURATION = lazy_regex(
    r"\b(?:for|x|over|until|total|duration|course|continue\w*|stop|minimum|at least)\b|\b\d+(?:\s*[-–]\s*\d+)?[- ]?"
    r"(?:d|days?|wks?|weeks?|months?)\b",
    re.IGNORECASE,
)


def own_words(regimen: Regimen) -> str:
    """Give all words of the page that belong to a regimen."""
    parts = (regimen.verbatim, regimen.schedule, regimen.duration, regimen.infusion, *regimen.unparsed, *regimen.notes)
    parts = (*parts, *(stated.words for stated in regimen.limited_by))
    return " ; ".join(part for part in parts if part)


def is_by_route(regimen: Regimen, route: str) -> bool:
    """Tell whether a dose is by a route: its row states it, or it and its page name a product given by it alone."""
    named = f"{regimen.page} ; {regimen.section} ; {own_words(regimen)}"
    return route in regimen.route or (not regimen.route and routes_of_products(named) == {route})


def speaks_of_limit(regimen: Regimen) -> bool:
    """Tell whether the row's words speak of a maximum, read or not."""
    return bool(_LIMIT.search(own_words(regimen)))


def speaks_of(regimen: Regimen, part: str) -> bool:
    """Tell whether the row's words may speak of a part ("max" | "duration" | "route" | "interval"), read or not."""
    words = own_words(regimen)
    if part == "max":
        return speaks_of_limit(regimen)
    if part == "duration":
        return bool(_DURATION.search(words))
    if part == "route":
        return bool(read_routes(words))
    return bool(read_frequencies(words))
