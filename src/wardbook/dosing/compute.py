"""Weight- and surface-based arithmetic on one regimen, exact and shown."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Context, Decimal, Inexact
from fractions import Fraction

from wardbook.dosing.amount import read_amounts, word
from wardbook.dosing.cue import cue
from wardbook.dosing.maximum_said import maximum_not_read
from wardbook.dosing.patient import Patient, holds
from wardbook.dosing.regimen import Amount, Limit, Regimen
from wardbook.dosing.size_cap import sized
from wardbook.dosing.unit import convert, exact
from wardbook.dosing.wording import bands_words, condition_words, limit_words, quantity, unit_word

_EXACT = Context(prec=60, traps=[Inexact])


@dataclass(frozen=True, slots=True)
class Computed:
    """An amount worked out from a regimen and what the question gave."""

    inputs: tuple[tuple[str, Decimal], ...]
    """What went in, by name ("weight_kg", "bsa_m2", ...)."""
    low: Decimal
    """Lower amount."""
    high: Decimal
    """Upper amount."""
    unit: str
    """UCUM code; a rate is "mg/h"."""
    capped: bool
    """True where a stated maximum lowered the amount."""
    arithmetic: str
    """One line that a person can check."""


@dataclass(frozen=True, slots=True)
class NotComputed:
    """Why nothing was worked out."""

    reason: str
    """One clause for a person."""
    needs: str | None = None
    """What to give for it ("weight_kg" | "bsa_m2" | "age_y"), or None where nothing would help."""


FIXED = "the dose is fixed: there is nothing to work out"


class _Cannot(Exception):
    """Carries a NotComputed out of the arithmetic."""

    def __init__(self, reason: str, needs: str | None = None) -> None:
        super().__init__(reason)
        self.outcome = NotComputed(reason, needs)


@dataclass(frozen=True, slots=True)
class _Sum:
    """How far the arithmetic has come."""

    amount: Amount
    """Amount so far."""
    line: str
    """The steps so far, as a person reads them."""
    capped: bool = False
    """True where a maximum has lowered it."""

    def then(self, sign: str, low: Decimal, high: Decimal, per_time: str | None) -> "_Sum":
        """Add a step: "... × 120 kg = 960 mg"."""
        amount = Amount(plain(low), plain(high), self.amount.unit)
        words = quantity(amount.low, amount.high, amount.unit, None, per_time)
        return _Sum(amount, f"{self.line} {sign} = {words}", self.capped)

    def cap(self, limit: Limit | None, name: str, per_time: str | None = None) -> "_Sum":
        """Lower it to a stated maximum: "... → 800 mg, the maximum single dose"."""
        if limit is None:
            return self
        most = convert(limit.value, limit.unit, self.amount.unit)
        if most is None:
            units = f"{unit_word(limit.unit)} and the dose in {unit_word(self.amount.unit)}"
            raise _Cannot(f"the {name} is in {units}, which cannot be compared")
        if self.amount.high <= most:
            return self
        amount = Amount(min(self.amount.low, most), most, self.amount.unit)
        words = quantity(amount.low, amount.high, amount.unit, None, per_time)
        own = "" if limit.unit == amount.unit else f" ({limit_words(limit, per_time)})"
        return _Sum(amount, f"{self.line} → {words}{own}, the {name}", capped=True)


def compute(regimen: Regimen, patient: Patient) -> Computed | NotComputed:
    """Work out one dose (or a rate): × weight or surface, a day's amount ÷ doses a day, lowered to the maximum.

    A fixed dose needs no arithmetic and gives NotComputed; nothing is rounded.
    """
    patient = sized(regimen, patient)
    as_given, regimen = regimen, for_patient(regimen, patient)
    try:
        _demand_readable(regimen, patient)
        if regimen.per is None and not _is_divided(regimen):
            raise _Cannot(FIXED)
        done = _for_patient(regimen, patient)
        _demand_no_maximum(regimen, done)
        if _is_divided(regimen):
            done = _divided(done.cap(regimen.max_daily, "maximum in a day", "d"), regimen)
        elif regimen.per_time == "d":
            done = done.cap(regimen.max_daily, "maximum in a day", "d")
        if regimen.per_time is None or _is_divided(regimen) or regimen.interval_h == (Decimal(24), Decimal(24)):
            done = done.cap(regimen.max_single, "maximum single dose")
        if regimen.per_time is None:
            done = _within_day(done, regimen)
        if regimen.per_time not in (None, "d"):
            done = done.cap(_limit_of(regimen.max_rate, patient), "maximum rate", regimen.per_time)
    except _Cannot as cannot:
        return cannot.outcome
    return _computed(done, regimen, patient, regimen.per_time if not _is_divided(regimen) else None, as_given)


def compute_daily(regimen: Regimen, patient: Patient) -> Computed | NotComputed:
    """Work out the amount of 24 hours: a day's amount as it is, else dose × 24 / interval; lowered to the maxima."""
    patient = sized(regimen, patient)
    as_given, regimen = regimen, for_patient(regimen, patient)
    try:
        _demand_readable(regimen, patient)
        if regimen.per_time not in (None, "d"):
            raise _Cannot("the row gives a rate and not a dose")
        done = _for_patient(regimen, patient)
        _demand_no_maximum(regimen)
        if regimen.per_time is None:
            done = _day_of(done.cap(regimen.max_single, "maximum single dose"), regimen)
        done = done.cap(regimen.max_daily, "maximum in a day", "d")
    except _Cannot as cannot:
        return cannot.outcome
    return _computed(done, regimen, patient, "d", as_given)


def _within_day(dose: _Sum, regimen: Regimen) -> _Sum:
    """Lower a dose to what the day's maximum leaves for each: of 12 g/day every 6 hours, 3 g.

    Where it is open how many doses a day has, one alone may still be no more than the day's maximum.
    """
    limit, doses = regimen.max_daily, _doses_a_day(regimen.interval_h)
    most = convert(limit.value, limit.unit, dose.amount.unit) if limit else None
    if limit is None or most is None:
        return dose
    if doses is None or doses[0] != doses[1]:
        return dose.cap(limit, "maximum in a day")
    each = exact(Fraction(most) / Fraction(doses[0]))
    if each is None or dose.amount.high <= each:
        return dose
    amount = Amount(min(dose.amount.low, each), each, dose.amount.unit)
    count = f"{word(doses[0])} {'dose' if doses[0] == 1 else 'doses'} in 24 hours"
    words = f"{_amount(amount)}, as {count} may make no more than the maximum of {limit_words(limit, 'd')}"
    return _Sum(amount, f"{dose.line} → {words}", capped=True)


def for_patient(regimen: Regimen, patient: Patient) -> Regimen:
    """Give a regimen whose maxima by weight or surface ("75 mg/kg") are those of this patient, where that is known."""
    for stated in regimen.limited_by:
        if stated.condition and holds(stated.condition, patient):
            single, daily = stated.max_single or regimen.max_single, stated.max_daily or regimen.max_daily
            regimen = replace(regimen, max_single=single, max_daily=daily)
    return replace(
        regimen,
        max_single=_least(regimen.max_single, regimen.max_single_by_size, patient),
        max_daily=_least(regimen.max_daily, regimen.max_daily_by_size, patient),
    )


def _least(limit: Limit | None, by_size: Limit | None, patient: Patient) -> Limit | None:
    """Give the lower of two maxima that both hold; the fixed one where the size of the patient is not known."""
    first, second = _limit_of(limit, patient), _limit_of(by_size, patient)
    if first is None or second is None:
        return first
    other = convert(second.value, second.unit, first.unit)
    return second if other is not None and other < first.value else first


def _limit_of(limit: Limit | None, patient: Patient) -> Limit | None:
    unit, _, per = limit.unit.partition("/") if limit else ("", "", "")
    size = {"kg": patient.weight_kg, "m2": patient.bsa_m2}.get(per)
    return Limit(plain(_EXACT.multiply(limit.value, size)), unit) if limit and size is not None else limit


def day_total(dose: Amount, interval_h: tuple[Decimal, Decimal] | None) -> Amount | None:
    """Give what a dose makes in 24 hours: dose × 24 / interval; None where that is no whole number of doses."""
    doses = _doses_a_day(interval_h)
    return (
        Amount(plain(_EXACT.multiply(dose.low, doses[0])), plain(_EXACT.multiply(dose.high, doses[1])), dose.unit)
        if doses
        else None
    )


def _doses_a_day(interval_h: tuple[Decimal, Decimal] | None) -> tuple[Decimal, Decimal] | None:
    """Give the fewest and most doses in 24 hours, or None where these are not whole."""
    if interval_h is None:
        return None
    fewest, most = Fraction(24) / Fraction(interval_h[1]), Fraction(24) / Fraction(interval_h[0])
    return (Decimal(int(fewest)), Decimal(int(most))) if fewest.denominator == most.denominator == 1 else None


def _demand_readable(regimen: Regimen, patient: Patient) -> None:
    if regimen.unparsed:
        raise _Cannot(f"part of the row was not understood ({'; '.join(regimen.unparsed)})")
    if regimen.amount is None:
        raise _Cannot("the row gives no amount that could be read")
    for condition in regimen.bands:
        if (held := holds(condition, patient)) is True:
            continue
        needs = {"weight": "weight_kg", "age": "age_y", "body surface area": "bsa_m2"}.get(condition.quantity)
        if held is False and regimen.or_else:
            raise _Cannot(f"the row holds for {condition_words(condition)}, {regimen.or_else}")
        if held is False:
            raise _Cannot(f"the row holds for {condition_words(condition)} only")
        if needs:
            raise _Cannot(f"the row holds for {condition_words(condition)} only: {condition.quantity} is needed", needs)


def _demand_no_maximum(regimen: Regimen, dose: _Sum | None = None) -> None:
    """Refuse where a row names a maximum that no field has, unless a dose and a day stay below it."""
    words = maximum_not_read(regimen)
    figures = read_amounts(words)
    if words and dose and len(figures) == 1 and figures[0].per is figures[0].per_time is regimen.per_time is None:
        most = convert(figures[0].amount.low, figures[0].amount.unit, dose.amount.unit)
        hours = regimen.interval_h[0] if regimen.interval_h else Decimal(24)
        in_a_day = max(dose.amount.high, dose.amount.high * 24 / hours if hours else dose.amount.high)
        if most is not None and in_a_day <= most and not cue("daily").search(words):
            return
    if words:
        raise _Cannot(f"the row names a maximum that was not read ({words})")


def _for_patient(regimen: Regimen, patient: Patient) -> _Sum:
    amount = regimen.amount
    assert amount is not None  # _demand_readable has looked
    start = _Sum(amount, quantity(amount.low, amount.high, amount.unit, regimen.per, regimen.per_time))
    if regimen.per is None:
        return start
    if regimen.per == "kg":
        if patient.weight_kg is None:
            raise _Cannot("the dose is per kg: the body weight is needed", "weight_kg")
        factor, sign = patient.weight_kg, f"× {word(patient.weight_kg)} kg"
    elif regimen.per == "m2":
        if patient.bsa_m2 is None:
            raise _Cannot("the dose is per m²: the body surface area is needed", "bsa_m2")
        factor, sign = patient.bsa_m2, f"× {word(patient.bsa_m2)} m²"
    else:
        raise _Cannot(f"a dose per {regimen.per} is not worked out")
    return start.then(sign, _EXACT.multiply(amount.low, factor), _EXACT.multiply(amount.high, factor), regimen.per_time)


def _is_divided(regimen: Regimen) -> bool:
    """Tell whether the row gives the amount of a day and another interval than a day."""
    return (
        regimen.per_time == "d" and regimen.interval_h is not None and regimen.interval_h != (Decimal(24), Decimal(24))
    )


def _divided(day: _Sum, regimen: Regimen) -> _Sum:
    doses = _doses_a_day(regimen.interval_h)
    if doses is None or doses[0] != doses[1]:
        raise _Cannot("the row gives a day's amount, and its interval leaves open in how many doses")
    low, high = (exact(Fraction(value) / Fraction(doses[0])) for value in (day.amount.low, day.amount.high))
    if low is None or high is None:
        raise _Cannot(f"the day's amount does not divide evenly into {word(doses[0])} doses ({day.line})")
    return day.then(f"÷ {word(doses[0])} doses", low, high, None)


def _day_of(dose: _Sum, regimen: Regimen) -> _Sum:
    doses, total = _doses_a_day(regimen.interval_h), day_total(dose.amount, regimen.interval_h)
    if doses is None or total is None:
        raise _Cannot("the row gives no interval that makes whole doses in 24 hours")
    count = word(doses[0]) if doses[0] == doses[1] else f"{word(doses[0])}–{word(doses[1])}"
    own = dose.line if "=" not in dose.line and not dose.capped else f"{dose.line}; {_amount(dose.amount)}"
    sign = f"× {count} {'dose' if count == '1' else 'doses'} in 24 hours"
    return _Sum(dose.amount, own, dose.capped).then(sign, total.low, total.high, "d")


def _amount(amount: Amount) -> str:
    return quantity(amount.low, amount.high, amount.unit)


def _computed(done: _Sum, regimen: Regimen, patient: Patient, per_time: str | None, as_given: Regimen) -> Computed:
    unit = f"{done.amount.unit}/{per_time}" if per_time else done.amount.unit
    capped = done.capped or bool(patient.size_shown)
    converted = [patient.weight_shown] if patient.weight_shown and regimen.per == "kg" else []
    converted += [patient.size_shown] if patient.size_shown else []
    line = "; ".join(
        [*converted, done.line, *_about(done.amount, per_time), *_remarks(done.amount, regimen, per_time, as_given)]
    )
    return Computed(tuple(_inputs(regimen, patient)), done.amount.low, done.amount.high, unit, capped, line)


def _about(amount: Amount, per_time: str | None) -> Iterator[str]:
    """Yield an amount with many decimals rounded, and say so; the exact one stands before it."""
    if all(value == round(value, MOST_DECIMALS) for value in (amount.low, amount.high)):
        return
    low, high = (plain(round(value, 1)) for value in (amount.low, amount.high))
    if low > 0:
        yield f"about {quantity(low, high, amount.unit, None, per_time)}, rounded to one decimal"


MOST_DECIMALS = 3
"""Decimals of an amount up to which it is shown as it is alone."""


def _inputs(regimen: Regimen, patient: Patient) -> Iterator[tuple[str, Decimal]]:
    band = regimen.condition.quantity if regimen.condition else None
    if patient.weight_kg is not None and (regimen.per == "kg" or band == "weight"):
        yield "weight_kg", patient.weight_kg
    if patient.bsa_m2 is not None and (regimen.per == "m2" or band == "body surface area"):
        yield "bsa_m2", patient.bsa_m2
    if patient.age_y is not None and band == "age":
        yield "age_y", patient.age_y


def _remarks(dose: Amount, regimen: Regimen, per_time: str | None, as_given: Regimen) -> Iterator[str]:
    """Yield the band that applied, and the maxima that the arithmetic could not apply."""
    if regimen.condition:
        yield f"for {bands_words(regimen)}"
    of_parts = regimen.per_time == "d" and regimen.interval_h is None  # in how many doses is not read
    if regimen.max_single and (per_time not in (None, "d") or of_parts):
        yield f"maximum {limit_words(regimen.max_single)} per dose"
    if regimen.max_daily and per_time != "d":
        own = as_given.max_daily
        stated = f" ({limit_words(own, 'd')})" if own and own.unit != regimen.max_daily.unit else ""
        yield f"maximum {limit_words(regimen.max_daily, 'd')}{stated}" + _above(dose, regimen, regimen.max_daily)
    if by_size := as_given.max_daily_by_size:
        yield f"maximum {limit_words(by_size, 'd')} as well"
    if regimen.max_doses:
        yield f"at most {regimen.max_doses} {'dose' if regimen.max_doses == 1 else 'doses'}"


def _above(dose: Amount, regimen: Regimen, limit: Limit) -> str:
    """Say where the dose at its interval would exceed the day's maximum."""
    most, total = convert(limit.value, limit.unit, dose.unit), day_total(dose, regimen.interval_h)
    if regimen.per_time or most is None or total is None or total.high <= most:
        return ""
    return f" (at its interval the dose makes {quantity(total.low, total.high, total.unit, None, 'd')}: above it)"


def plain(value: Decimal) -> Decimal:
    """Drop trailing zeros without an exponent: 960.0 is 960."""
    trimmed = value.normalize(_EXACT)
    return trimmed.quantize(Decimal(1), context=_EXACT) if trimmed == trimmed.to_integral_value() else trimmed
