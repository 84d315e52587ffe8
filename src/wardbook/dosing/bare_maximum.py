"""A stated maximum of which the page does not say whether it is of one dose or of all that is given."""

from decimal import Decimal

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked import Asked
from wardbook.dosing.limit_words import opens_limit
from wardbook.dosing.often import Bound
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.unit import convert


def above_bare_maximum(asked: Asked, row: Regimen) -> Bound | None:
    """Give the maximum that an amount is above whatever the maximum is of; None where it may be meant otherwise.

    More than "max 50 mg" beside a dose that is repeated as needed is too much for one dose and in all; more than
    the most at once is too much where the row gives nothing else ("max 1,000 mg per infusion, once a week").
    """
    if asked.per_time is not None:
        return None
    if asked.per is not None:
        most = _by_size(asked, row)
        return Bound(most, asked.unit, asked.per, None) if most and asked.low > most else None
    if row.amount is None and not row.unparsed and row.max_single and "/" not in row.max_single.unit:
        most = convert(row.max_single.value, row.max_single.unit, asked.unit)
        return Bound(row.max_single.value, row.max_single.unit, None, None) if most and asked.low > most else None
    if row.interval_h is not None:
        return None
    for words in row.unparsed:
        figures = [figure for figure in read_amounts(words) if figure.is_dose]
        if len(figures) != 1 or not opens_limit(words) or figures[0].per or figures[0].per_time:
            continue
        limit = figures[0].amount
        most = convert(limit.high, limit.unit, asked.unit)
        if most is not None and asked.low > most:
            return Bound(limit.high, limit.unit, None, None)
    return None


def within_bare_maximum(asked: Asked, row: Regimen) -> Bound | None:
    """Give the maximum for a weight or surface of a row that gives nothing else, where an amount is not above it."""
    most = _by_size(asked, row) if asked.per and asked.per_time is None else None
    return Bound(most, asked.unit, asked.per, None) if most and asked.high <= most else None


def _by_size(asked: Asked, row: Regimen) -> Decimal | None:
    """Give the maximum by weight or surface of a row that states this alone, in the unit asked."""
    limit = row.max_single
    if row.amount is not None or row.unparsed or limit is None:
        return None
    unit, _, per = limit.unit.partition("/")
    return convert(limit.value, unit, asked.unit) if per == asked.per else None
