"""A proposed amount against the row that holds for it.

The rule. Like is compared with like: a dose with a dose, a day with a day (dose × 24 / interval), a rate with a rate;
mg with mg/kg only through the weight. Above a stated maximum is "exceeds". A dose per kg or m2 is exceeded above
its own upper end too: a fixed maximum caps what the weight makes, no leave to give more per kg. Above a fixed dose
and not above the maximum is "within", and said; not where the dose is that of a band, of which there are others. Where
no maximum is stated for that time, the upper end of the dose decides. Under the lower end is "below"; equal to a
bound is within it. What cannot be compared is "not_covered".
How often counts as well: more often than the row, or again where the row gives it once, is "exceeds" (`often`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from wardbook.dosing.amount import read_amounts, word
from wardbook.dosing.asked import Asked as Asked
from wardbook.dosing.asked import read_amount as read_amount
from wardbook.dosing.asked import read_proposal as read_proposal
from wardbook.dosing.bare_maximum import above_bare_maximum
from wardbook.dosing.compute import NotComputed, day_total, for_patient
from wardbook.dosing.compute import plain as _plain
from wardbook.dosing.often import Bound as Bound
from wardbook.dosing.often import too_often, unjudged
from wardbook.dosing.patient import Patient, holds
from wardbook.dosing.regimen import Amount, Limit, Regimen
from wardbook.dosing.unit import convert
from wardbook.dosing.unstated import speaks_of_limit
from wardbook.dosing.wording import condition_words, limit_words, quantity

Result = Literal["within", "exceeds", "below", "not_covered"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the row says of the amount."""

    result: Result
    """The finding."""
    asked: Asked
    """What was asked, as understood."""
    limit: Bound | None = None
    """The figure that decided, or None where nothing covers it."""
    regimen: Regimen | None = None
    """The row that holds."""
    explanation: str = ""
    """One line that a person can check."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """A figure of the page, beside what it makes in the unit and terms of the question."""

    bound: Bound
    """As the page gives it, or as the interval makes it."""
    value: Decimal
    """In the unit of the question, for the patient where that is needed."""
    words: str
    """What it is, as a person reads it ("the maximum of 400 mg/day")."""


def check(asked: Asked, regimens: Sequence[Regimen], patient: Patient) -> Verdict | NotComputed:
    """Judge a proposed amount by the rows that hold for it; NotComputed where something must be asked back first.

    The rows are those that lookup found to fit. Where they judge differently, nothing is decided for the person.
    """
    rows = [row for row in regimens if not any(holds(band, patient) is False for band in row.bands)]
    if (alike := _alike(asked, rows, patient)) is not None:
        return alike
    if missing := next(
        (band for row in rows for band in row.bands if holds(band, patient) is None and len(rows) > 1), None
    ):
        needs = {"weight": "weight_kg", "age": "age_y", "body surface area": "bsa_m2"}.get(missing.quantity)
        return NotComputed(f"the rows hold by {missing.quantity} ({condition_words(missing)} and others)", needs)
    rows = [row for row in rows if asked.interval_h and row.interval_h == asked.interval_h] or rows
    outcomes = [_of_page(_judge(asked, row, patient), row) for row in rows]
    verdicts = [outcome for outcome in outcomes if isinstance(outcome, Verdict)]
    if not verdicts:
        reasons = [outcome for outcome in outcomes if isinstance(outcome, NotComputed)]
        asks = next((reason for reason in reasons if reason.needs), None)
        why = reasons[0].reason if reasons else "no row holds"
        return asks or Verdict("not_covered", asked, None, rows[0] if rows else None, why)
    if len({verdict.result for verdict in verdicts}) > 1:
        lines = "; ".join(dict.fromkeys(verdict.explanation for verdict in verdicts))
        return NotComputed(f"the rows that fit judge differently: {lines}")
    return verdicts[0]


def _alike(asked: Asked, rows: Sequence[Regimen], patient: Patient) -> Verdict | None:
    """Give the judgement where all rows find the same, whichever of them holds: too much is it by each."""
    found = [_of_page(_judge(asked, row, patient), row) for row in rows]
    verdicts = [each for each in found if isinstance(each, Verdict) and each.result == "exceeds"]
    if len(rows) < 2 or len(verdicts) < len(rows):
        return None
    free = [each for each, row in zip(verdicts, rows, strict=True) if not row.bands] or verdicts
    return max(free, key=lambda each: _height(each.limit, free[0].limit))


def _height(limit: Bound | None, first: Bound | None) -> Decimal:
    """Give a limit in the unit of the first one, 0 where the two cannot be compared."""
    alike = limit and first and (limit.per, limit.per_time) == (first.per, first.per_time)
    return (convert(limit.value, limit.unit, first.unit) if limit and first and alike else None) or Decimal(0)


def _judge(asked: Asked, row: Regimen, patient: Patient) -> Verdict | NotComputed:
    """Judge the amount, then how often: too much or too often is found even where the other cannot be compared."""
    if bare := above_bare_maximum(asked, row):
        said = quantity(asked.low, asked.high, asked.unit, None, asked.per_time)
        most = quantity(bare.value, bare.value, bare.unit, None, None)
        return Verdict("exceeds", asked, bare, row, f"{said} is above the maximum of {most}")
    if row.unparsed or row.amount is None:
        why = NotComputed("the row was not understood wholly, so nothing is compared with it")
        return _above_stated(asked, for_patient(row, patient)) or why
    row = for_patient(row, patient)
    found = _judge_amount(asked, row, patient)
    often = too_often(asked, row)
    if isinstance(found, Verdict) and found.result == "exceeds":
        return replace(found, explanation=f"{found.explanation}; {often[1]}") if often else found
    if often:
        return Verdict("exceeds", asked, often[0], row, often[1])
    if isinstance(found, Verdict) and found.result == "within" and _is_bounded_elsewhere(row, patient):
        words = f"{found.explanation}, but limits that stand elsewhere on the page were not compared"
        return replace(found, result="not_covered", explanation=words)
    reason = unjudged(asked, row)
    if reason and isinstance(found, Verdict) and found.result == "within" and not _is_of_day(found):
        return NotComputed(f"{found.explanation}, but {reason}")
    return found


def _is_bounded_elsewhere(row: Regimen, patient: Patient) -> bool:
    """Tell whether a sentence elsewhere bounds the dose for some, and it is not known whether the patient is one."""
    return any(
        stated.condition is not None and holds(stated.condition, patient) is None
        for stated in row.limited_by
        if stated.max_single or stated.max_daily
    )


def _of_page(outcome: Verdict | NotComputed, row: Regimen) -> Verdict | NotComputed:
    """Put the row as the page has it in place of the one worked out for the patient."""
    return replace(outcome, regimen=row) if isinstance(outcome, Verdict) else outcome


def _is_of_day(verdict: Verdict) -> bool:
    return verdict.limit is not None and verdict.limit.per_time == "d"


def _judge_amount(asked: Asked, row: Regimen, patient: Patient) -> Verdict | NotComputed:
    """Judge how much, of one dose and of a day."""
    factor = _factor(asked.per, row.per, patient)
    if isinstance(factor, NotComputed):
        return _above_any_weight(asked, row) or factor
    compared = [verdict for base in _bases(asked) if (verdict := _compare(base, asked, row, factor)) is not None]
    if not compared:
        return NotComputed(_why_not(asked, row))
    order: dict[Result, int] = {"exceeds": 0, "below": 1, "within": 2, "not_covered": 3}
    return min(
        compared, key=lambda verdict: (order[verdict.result], verdict.limit is None or verdict.limit.per_time is None)
    )


def _above_stated(asked: Asked, row: Regimen) -> Verdict | None:
    """Find an amount that is above a stated maximum of a row of which a part was not understood.

    None where a figure among what was not understood, or a maximum for some, is as high: it may allow the amount.
    """
    unread = [figure.amount for words in row.unparsed for figure in read_amounts(words)]
    for_some = [limit for each in row.limited_by for limit in (each.max_single, each.max_daily) if limit]
    highest = [convert(each.high, each.unit, asked.unit) for each in unread]
    highest += [convert(each.value, each.unit.partition("/")[0], asked.unit) for each in for_some]
    if asked.per is not None or any(each is not None and each >= asked.low for each in highest):
        return None
    return _above_any_weight(asked, row)


def _above_any_weight(asked: Asked, row: Regimen) -> Verdict | None:
    """Find an amount that is above a stated maximum whatever the patient weighs."""
    if asked.per is not None:
        return None
    for base in _bases(asked):
        ceiling = _ceiling(base, row, _UNSIZED) or _single_within_day(base, row, _UNSIZED)
        if ceiling and base.high > ceiling.value:
            said = quantity(base.low, base.high, base.unit, None, base.per_time)
            return Verdict("exceeds", asked, ceiling.bound, row, f"{said} is above {ceiling.words}")
    return None


@dataclass(frozen=True, slots=True)
class _Factor:
    """What turns figures of question and page into the same terms."""

    asked: Decimal
    """Times the figure asked."""
    row: Decimal
    """Times the row's dose."""
    caps: bool
    """True where a maximum without "per kg" can be compared with the figure asked."""
    sized: bool = True
    """True where one per kg (or m2) can."""


_UNSIZED = _Factor(Decimal(1), Decimal(1), caps=True, sized=False)


def _factor(asked: str | None, row: str | None, patient: Patient) -> _Factor | NotComputed:
    one = Decimal(1)
    size = {"kg": patient.weight_kg, "m2": patient.bsa_m2}
    if asked == row and (asked is None or size.get(asked) is None):
        return _Factor(one, one, caps=asked is None)
    needed = [per for per in (asked, row) if per is not None and size.get(per) is None]
    if needed:
        what = "weight_kg" if needed[0] == "kg" else "bsa_m2" if needed[0] == "m2" else None
        name = {"kg": "body weight", "m2": "body surface area"}.get(needed[0], "number")
        return NotComputed(f"an amount per {needed[0]} is only comparable when the {name} is known", what)
    return _Factor(size.get(asked or "") or one, size.get(row or "") or one, caps=True)


def _bases(asked: Asked) -> Iterator[Asked]:
    """Yield the amount as asked and, for doses at an interval, what they make in a day."""
    yield asked
    total = day_total(Amount(asked.low, asked.high, asked.unit), asked.interval_h)
    if asked.per_time is None and total:
        yield replace(asked, low=total.low, high=total.high, per_time="d")


def _compare(base: Asked, asked: Asked, row: Regimen, factor: _Factor) -> Verdict | None:
    """Compare on one time base; None where the row gives nothing on it."""
    usual = _usual(base, row, factor)
    ceiling = _ceiling(base, row, factor)
    low, high = base.low * factor.asked, base.high * factor.asked
    said = quantity(base.low, base.high, base.unit, base.per, base.per_time)
    if factor.asked != 1:
        said += f" ({quantity(low, high, base.unit, None, base.per_time)})"
    if ceiling and high > ceiling.value:
        return Verdict("exceeds", asked, ceiling.bound, row, f"{said} is above {ceiling.words}")
    if usual is None:
        least = _single_within_day(base, row, factor)
        if least and high > least.value:
            return Verdict("exceeds", asked, least.bound, row, f"one dose of {said} is above {least.words}")
        if ceiling:
            return Verdict("within", asked, ceiling.bound, row, f"{said} is not above {ceiling.words}")
        return None
    return _within_usual(said, (low, high), usual, ceiling, asked, row)


def _within_usual(
    said: str,
    figures: tuple[Decimal, Decimal],
    usual: tuple[_Measure, _Measure],
    ceiling: _Measure | None,
    asked: Asked,
    row: Regimen,
) -> Verdict:
    least, most = usual
    cap = ceiling.value if ceiling else most.value
    if figures[1] > most.value:
        if ceiling and (row.per is None or ceiling.bound.per) and row.condition is None:
            line = f"{said} is above {most.words} and not above {ceiling.words}"
            return Verdict("within", asked, ceiling.bound, row, line)
        unstated = not (row.max_single or row.max_daily or speaks_of_limit(row))
        stated = "; the row states no maximum" if unstated else ""
        return Verdict("exceeds", asked, most.bound, row, f"{said} is above {most.words}{stated}")
    if figures[0] < min(least.value, cap):
        return Verdict("below", asked, least.bound, row, f"{said} is below {least.words}")
    decided = ceiling if ceiling and ceiling.value < most.value else most
    note = "" if ceiling or not row.max_single else f"; the maximum of {limit_words(row.max_single)} per dose holds too"
    return Verdict("within", asked, decided.bound, row, f"{said} is within {decided.words}{note}")


def _usual(base: Asked, row: Regimen, factor: _Factor) -> tuple[_Measure, _Measure] | None:
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
    return _Measure(bounds[0], values[0], words), _Measure(bounds[1], values[1], words)


def _ceiling(base: Asked, row: Regimen, factor: _Factor) -> _Measure | None:
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


def _single_within_day(base: Asked, row: Regimen, factor: _Factor) -> _Measure | None:
    """Give the day's maximum, which one dose alone cannot exceed either."""
    return _limit(row.max_daily, base, row, factor, "d") if base.per_time is None else None


def _limit(limit: Limit | None, base: Asked, row: Regimen, factor: _Factor, per_time: str | None) -> _Measure | None:
    """Give a maximum in the terms of the question; one by weight or surface only beside a dose by the same."""
    unit, _, per = limit.unit.partition("/") if limit else ("", "", "")
    value = convert(limit.value, unit, base.unit) if limit else None
    if limit is None or value is None or not ((factor.sized and per == row.per) if per else factor.caps):
        return None
    words = f"the maximum of {limit_words(limit, per_time)}"
    words += " per dose" if per_time is None else ""
    return _Measure(Bound(limit.value, unit, per or None, per_time), value * factor.row if per else value, words)


def _why_not(asked: Asked, row: Regimen) -> str:
    amount = row.amount
    assert amount is not None  # _judge has looked
    given = quantity(amount.low, amount.high, amount.unit, row.per, row.per_time)
    said = quantity(asked.low, asked.high, asked.unit, asked.per, asked.per_time)
    return f"the row gives {given}, which cannot be compared with {said}: say how often the dose is given, or per what"
