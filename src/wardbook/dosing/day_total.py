"""Brackets that say what a dose makes in a day ("6 mg/kg IV q6h (24 mg/kg/day)"): no dose of their own."""

from decimal import Decimal

from wardbook.dosing.amount import Figure
from wardbook.dosing.cue import cue
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.unit import convert
from wardbook.lazy_regex import lazy_regex


def is_day_of(figure: Figure, dose: Figure, between: str, after: str) -> bool:
    """Tell whether a bracket says what the dose before it makes in a day ("6 mg/kg IV q6h (24 mg/kg/day)").

    It does where the sum is right; another one is none of this dose. A maximum in the bracket may be of the day too.
    """
    often, opened, head = between.rpartition("(")
    daily = figure.per_time == "d" or cue("daily after").match(after)
    if not opened or not _OF_DAY.fullmatch(head) or not daily or _BOUNDS.search(after.partition(")")[0]):
        return False
    if dose.per_time or figure.per != dose.per or figure.per_time not in (None, "d"):
        return False
    hours = {each.interval_h for each in read_frequencies(often) if each.interval_h}
    factor = convert(Decimal(1), dose.amount.unit, figure.amount.unit)
    if len(hours) != 1 or factor is None:
        return False
    (low, high), (first, last) = (hours.pop(), (dose.amount.low, dose.amount.high))
    sums = (first * factor * 24 / high, last * factor * 24 / low)
    return sums == (figure.amount.low, figure.amount.high)


_OF_DAY = lazy_regex(r"\s*(?:(?:=|~|i\.?e\.?,?|that is|total(?: of)?|in all|or|so|makes|a total of|daily dose:?)\s*)*")


_BOUNDS = lazy_regex(r"\b(?:max\w*|exceed\w*|cap(?:ped)?|limit\w*|ceiling|at most|no more|not more|up to)\b")
