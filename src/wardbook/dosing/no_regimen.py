"""What reads like a regimen and is none of its own: the vials that a dose is made of, and a bare span of time."""

from collections.abc import Sequence

from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.lazy_regex import lazy_regex

_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_MADE_OF = lazy_regex(rf"(\d{{1,2}}|{'|'.join(_COUNTS)}) (?:vial|ampoule|tablet|capsule|syringe|pen|sachet)s?")
_SPAN = lazy_regex(
    r"\d+(?:\.\d+)?(?:\s*(?:-|to)\s*\d+(?:\.\d+)?)?\s*(?:minutes?|min|hours?|h|days?|d|weeks?|wks?|months?|years?)"
)


def without_others(regimens: Sequence[Regimen]) -> list[Regimen]:
    """Leave out what is no regimen of its own.

    "5 g (two vials of 2.5 g)" is one dose; "1 to 86 days" alone, with no amount, route or interval, gives none.
    """
    kept = [each for each in regimens if not _is_span(each)]
    return [each for each in kept if not (_count(each) and any(_makes(each, whole) for whole in regimens))]


def _is_span(regimen: Regimen) -> bool:
    stated = regimen.amount or regimen.route or regimen.interval_h or regimen.unparsed or regimen.from_text
    return not stated and _SPAN.fullmatch(uniform(regimen.verbatim).strip(" .")) is not None


def _count(part: Regimen) -> int | None:
    """Give how many vials or the like all that a regimen says of its schedule counts."""
    count = _MADE_OF.fullmatch(uniform(part.schedule)) if part.schedule else None
    return (_COUNTS.get(count[1]) or int(count[1])) if count else None


def _makes(part: Regimen, whole: Regimen) -> bool:
    """Tell whether so many of one amount are the other amount of the same words."""
    number = _count(part)
    if number is None or part.amount is None or whole.amount is None:
        return False
    same = (part.drug, part.page, part.lines, part.verbatim) == (whole.drug, whole.page, whole.lines, whole.verbatim)
    return (
        same
        and part.amount.unit == whole.amount.unit
        and part.per == whole.per
        and part.amount.low == part.amount.high
        and number * part.amount.low == whole.amount.low == whole.amount.high
    )
