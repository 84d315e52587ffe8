"""The numbered part of a schedule that a dose of a list opens with ("Cycle 1 day 8: 0.8 mg")."""

from dataclasses import replace

from wardbook.dosing.notation import uniform
from wardbook.dosing.numbered import numbered
from wardbook.dosing.regimen import Regimen
from wardbook.lazy_regex import lazy_regex

_PART = (
    r"(?:(?:and|from|on)? ?(?:cycles?|days?|weeks?|steps?|step-up(?: dose)?|doses?|c|d)[ -]?\d+(?![\d.])"
    r"(?: ?(?:-|to|and|,) ?\d+(?![\d.]))*[, ]{0,2})+"
)
_LABEL = lazy_regex(rf"(?:\([^()\d]*\) |[a-z-]+: )?{_PART}")
_OPENING = lazy_regex(rf"\W*(?:\([^()\d]*\)\s+|[a-z-]+: )?{_PART}\s*[:=→]\s*(?=\d)")


def opens_part(words: str) -> bool:
    """Tell whether a line opens with a numbered part and goes on with its amount: all that it gives is that dose."""
    return _OPENING.match(uniform(words)) is not None


def with_part(regimen: Regimen) -> Regimen:
    """Take the numbered part that stands before the colon of a dose for when it is given, and no more for unread."""
    labels = [each for each in regimen.unparsed if _LABEL.fullmatch(uniform(each)) and f"{each}:" in regimen.verbatim]
    if len(labels) != 1 or numbered(regimen.schedule or ""):
        return regimen  # "day 15: 3 mg, and day 22: 48 mg": the second has a part of its own
    schedule = "; ".join(filter(None, (labels[0], regimen.schedule)))
    return replace(regimen, schedule=schedule, unparsed=tuple(each for each in regimen.unparsed if each != labels[0]))
