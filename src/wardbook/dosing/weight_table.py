"""Rows of a table of weights that only work a dose per kilogram out: "50 kg: 300 mg" beside "6 mg/kg"."""

from collections.abc import Sequence
from decimal import Decimal

from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.unit import convert

ROWS = 3
"""Rows at least, so that the figures agree by no chance."""
NEARLY = Decimal("0.07")
"""Share by which a row may be rounded, of the amount at either end of its band."""


def without_weight_table(fits: Sequence[Regimen], query: DoseQuery) -> tuple[list[Regimen], tuple[Regimen, ...]]:
    """Give the rows that fit without those that work another one out by weight, and these.

    Every row of the table has to agree with the dose per kilogram of its page, its maximum kept. A weight in the
    question is looked up in the table too, so that nothing is left out then.
    """
    if query.weight_kg is not None:
        return list(fits), ()
    tables: dict[tuple[str, str], list[Regimen]] = {}
    for row in fits:
        band = row.condition
        if band and not row.also and row.per is None and (band.quantity, band.unit) == ("weight", "kg"):
            tables.setdefault((row.page, row.section), []).append(row)
    worked: list[Regimen] = []
    for (page, _), rows in tables.items():
        rules = [each for each in fits if each.page == page and each.per == "kg" and each.amount and not each.bands]
        if len(rows) >= ROWS and any(all(works_out(row, rule) for row in rows) for rule in rules):
            worked += rows
    return [row for row in fits if row not in worked], tuple(worked)


def with_rates(called: Sequence[Regimen], fits: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Give the rows that a question calls for with the dose per kilogram that a table among them works out.

    "Loading chart" over weights is the load of the "60 mg/kg" on its page, which need not be called one.
    """
    rates = [row for row in fits if row not in called and row.per == "kg" and row.amount and not row.bands]
    _, worked = without_weight_table([*called, *rates], query)
    pages = {row.page for row in worked}
    rules = [row for row in rates if row.page in pages and any(works_out(each, row) for each in worked)]
    return [*called, *rules]


def works_out(row: Regimen, rule: Regimen, nearly: Decimal = NEARLY) -> bool:
    """Tell whether a row's amount is that of the dose per kilogram at the weights of its band, rounded or capped.

    A band without an upper end has to agree at its lower one; one without a lower end bounds nothing that could agree.
    """
    given, per_kg, band = row.amount, rule.amount, row.condition
    if given is None or per_kg is None or band is None or given.low != given.high or per_kg.low != per_kg.high:
        return False
    if row.per_time != rule.per_time or band.low is None or _is_for_other(row, rule):
        return False
    value = convert(given.low, given.unit, per_kg.unit)
    if value is None:
        return False
    cap = rule.max_single
    if cap is not None and cap.unit == given.unit and given.low == cap.value:
        return True
    heaviest = band.low if band.high is None else band.high
    return per_kg.low * band.low * (1 - nearly) <= value <= per_kg.low * heaviest * (1 + nearly)


def _is_for_other(row: Regimen, rule: Regimen) -> bool:
    """Tell whether a row is given otherwise than the dose per kilogram, or for something else."""
    routes = row.route and rule.route and not set(row.route) & set(rule.route)
    rhythms = row.interval_h and rule.interval_h and row.interval_h != rule.interval_h
    settings = row.setting != rule.setting and row.setting is not None
    return bool(routes or rhythms or settings or row.severity not in (None, rule.severity))
