"""Figures of the page in the terms of a proposed amount: the same unit, the same time, by the same size."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from wardbook.dosing.amount import word
from wardbook.dosing.asked import Asked
from wardbook.dosing.compute import NotComputed, day_total
from wardbook.dosing.compute import plain as _plain
from wardbook.dosing.often import Bound
from wardbook.dosing.patient import Patient
from wardbook.dosing.regimen import Amount, Limit, Regimen
from wardbook.dosing.unit import convert
from wardbook.dosing.wording import limit_words, quantity


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the page, beside what it makes in the unit and terms of the question."""

    bound: Bound
    """As the page gives it, or as the interval makes it."""
    value: Decimal
    """In the unit of the question, for the patient where that is needed."""
    words: str
    """What it is, as a person reads it ("the maximum of 400 mg/day")."""


@dataclass(frozen=True, slots=True)
class Factor:
    """What turns figures of question and page into the same terms."""

    asked: Decimal
    """Times the figure asked."""
    row: Decimal
    """Times the row's dose."""
    caps: bool
    """True where a maximum without "per kg" can be compared with the figure asked."""
    sized: bool = True
    """True where one per kg (or m2) can."""


UNSIZED = Factor(Decimal(1), Decimal(1), caps=True, sized=False)


def factor_of(asked: str | None, row: str | None, patient: Patient) -> Factor | NotComputed:
    """Give what turns both into the same terms; NotComputed where a weight or surface is needed for it."""
    one = Decimal(1)
    size = {"kg": patient.weight_kg, "m2": patient.bsa_m2}
    if asked == row and (asked is None or size.get(asked) is None):
        return Factor(one, one, caps=asked is None)
    needed = [per for per in (asked, row) if per is not None and size.get(per) is None]
    if needed:
        what = "weight_kg" if needed[0] == "kg" else "bsa_m2" if needed[0] == "m2" else None
        name = {"kg": "body weight", "m2": "body surface area"}.get(needed[0], "number")
        return NotComputed(f"an amount per {needed[0]} is only comparable when the {name} is known", what)
    return Factor(size.get(asked or "") or one, size.get(row or "") or one, caps=True)


def bases_of(asked: Asked) -> Iterator[Asked]:
    """Yield the amount as asked and, for doses at an interval, what they make in a day."""
    yield asked
    total = day_total(Amount(asked.low, asked.high, asked.unit), asked.interval_h)
    if asked.per_time is None and total:
        yield replace(asked, low=total.low, high=total.high, per_time="d")


def usual_of(base: Asked, row: Regimen, factor: Factor) -> tuple[Measure, Measure] | None:
    """Give the row's dose on the time base of the question: as it is, or a day's total from the interval."""
    amount, per_time, derived = row.amount, row.per_time, ""
    assert amount is not None  # _judge has looked
    if base.per_time == "d" and per_time is None:
        amount = day_total(amount, row.interval_h)
        per_time, derived = "d", " that the interval makes"
    if amount is None or per_time != base.per_time:
        return None
    values = [convert(value * factor.row, amount.unit, base.unit) for value in (amount.low, amount.high)]
    if values[0] is None or values[1] is None:
        return None
    words = f"the dose of {quantity(amount.low, amount.high, amount.unit, row.per, per_time)}{derived}"
    if factor.row != 1:
        made = [_plain(value * factor.row) for value in (amount.low, amount.high)]
        size = "kg" if row.per == "kg" else "m²"
        words += f" (× {word(factor.row)} {size} = {quantity(made[0], made[1], amount.unit, None, per_time)})"
    bounds = [Bound(value, amount.unit, row.per, per_time) for value in (amount.low, amount.high)]
    return Measure(bounds[0], values[0], words), Measure(bounds[1], values[1], words)


def ceiling_of(base: Asked, row: Regimen, factor: Factor) -> Measure | None:
    """Give the lowest stated maximum for the time base of the question that can be compared."""
    if base.per_time == "d":
        limits = [row.max_daily, row.max_daily_by_size]
    elif base.per_time is None:
        once_daily = row.interval_h == (Decimal(24), Decimal(24))
        limits = [row.max_single, row.max_single_by_size, *([row.max_daily] if once_daily else [])]
    else:
        limits = [row.max_rate if base.per_time == row.per_time else None]
    found = [measure for limit in limits if (measure := _limit(limit, base, row, factor, base.per_time))]
    return min(found, key=lambda measure: measure.value, default=None)


def single_within_day(base: Asked, row: Regimen, factor: Factor) -> Measure | None:
    """Give the day's maximum, which one dose alone cannot exceed either."""
    return _limit(row.max_daily, base, row, factor, "d") if base.per_time is None else None


def _limit(limit: Limit | None, base: Asked, row: Regimen, factor: Factor, per_time: str | None) -> Measure | None:
    """Give a maximum in the terms of the question; one by weight or surface only beside a dose by the same."""
    unit, _, per = limit.unit.partition("/") if limit else ("", "", "")
    value = convert(limit.value, unit, base.unit) if limit else None
    if limit is None or value is None or not ((factor.sized and per == row.per) if per else factor.caps):
        return None
    words = f"the maximum of {limit_words(limit, per_time)}"
    words += " per dose" if per_time is None else ""
    return Measure(Bound(limit.value, unit, per or None, per_time), value * factor.row if per else value, words)
