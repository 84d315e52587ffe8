"""Questions for how the dose by one route becomes that by another ("iv to po", "oral dose after the drip stops").

The dose to start with by either route is no answer to them, unless one row gives the same for both.
"""

import re
from dataclasses import dataclass

from wardbook.dosing.notation import uniform
from wardbook.dosing.route import read_routes
from wardbook.lazy_regex import lazy_regex

_RUNS = r"(?:iv|i\.v\.|intravenous(?:ly)?|infusion|drip)"
_SWALLOWED = r"(?:po|p\.o\.|oral(?:ly| dose| form| tablets?)?|by mouth|tablets?|enteral|ng)"
_UNDER_SKIN = r"(?:sc|s\.c\.|subcut\w*|subcutaneous(?:ly)?)"
_ANY = rf"(?:{_RUNS}|{_SWALLOWED}|{_UNDER_SKIN})"
_LINK = r"(?:(?:the|his|her|their|dose|drug) )*"
_CHANGE = (
    lazy_regex(rf"\b(?P<first>{_ANY})(?: dose)?\s*(?:to|->|→|=>|into)\s*{_LINK}(?P<then>{_ANY})(?![\w-])"),
    lazy_regex(
        rf"\b(?P<then>{_ANY})(?: dose)?\s+(?:once|after|when)(?: stopping| coming off| off)?\s+{_LINK}"
        rf"(?!infusion(?! (?:stop|end|off|finish|runs|is|has|was)))(?P<first>{_ANY})"
        r"(?: (?:has |is |was )?(?:stops?|stopped|ends?|ended|off|finish\w*|runs? out))?(?![\w-])"
    ),
    lazy_regex(
        rf"\b(?:switch\w*|chang(?:e|ing)|conver(?:t|ting|sion)|step(?:ping)?[ -]?down)\b[^.;]*?\b(?:to|into) {_LINK}"
        rf"(?P<then>{_ANY})(?![\w-])"
    ),
)
_TELLS = lazy_regex(
    r"\b(?:switch\w*|chang(?:e|es|ing)|conver\w+|step(?:ping)?[ -]?down|equiv\w*|ratio|times|stops?|stopped|"
    r"from|bioavailab\w*|double|halve|half|same dose)\b|\d\s*:\s*\d|[×=]|->|→"
)


@dataclass(frozen=True, slots=True)
class ChangeOfRoute:
    """From which route to which; empty where the question does not say."""

    first: frozenset[str]
    """Codes of the one that ends."""
    then: frozenset[str]
    """Codes of the one that begins."""


def change_of_route(text: str) -> ChangeOfRoute | None:
    """Give the change of route that a question asks about, or None."""
    plain = uniform(text)
    for pattern in _CHANGE:
        for match in pattern.finditer(plain):
            first, then = (_codes(match.groupdict().get(name) or "") for name in ("first", "then"))
            if then and first != then:
                return ChangeOfRoute(first, then)
    return None


def _codes(words: str) -> frozenset[str]:
    if re.fullmatch(_RUNS, words):
        return frozenset({"IV"})
    if re.fullmatch(_SWALLOWED, words):
        return frozenset({"PO"})
    return frozenset({"SC"}) if words else frozenset()


def tells_change(text: str, change: ChangeOfRoute) -> bool:
    """Tell whether words say how a dose by the one route becomes one by the other."""
    plain = uniform(text)
    named = {route.code for route in read_routes(text)}
    named |= {"IV"} if re.search(r"\b(?:infusion|drip)\b", plain) else set()
    named |= {"PO"} if re.search(r"\b(?:oral|tablets?)\b", plain) else set()
    return change.then <= named and change.first <= named and _TELLS.search(plain) is not None
