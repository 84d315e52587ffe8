"""A proposed amount against the row that holds for it.

The rule. Like is compared with like: a dose with a dose, a day with a day (dose × 24 / interval), a rate with a rate;
mg with mg/kg only through the weight. Above a stated maximum is "exceeds". A dose per kg or m2 is exceeded above
its own upper end too: a fixed maximum caps what the weight makes, no leave to give more per kg. Above a fixed dose
and not above the maximum is "within", and said; not where the dose is that of a band, of which there are others. Where
no maximum is stated for that time, the upper end of the dose decides. Under the lower end is "below"; equal to a
bound is within it. What cannot be compared is "not_covered".
How often counts as well: more often than the row, or again where the row gives it once, is "exceeds" (`often`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked import Asked as Asked
from wardbook.dosing.asked import read_amount as read_amount
from wardbook.dosing.asked import read_proposal as read_proposal
from wardbook.dosing.bare_maximum import above_bare_maximum, within_bare_maximum
from wardbook.dosing.compared import (
    UNSIZED,
    Factor,
    Measure,
    bases_of,
    ceiling_of,
    factor_of,
    single_within_day,
    usual_of,
)
from wardbook.dosing.compute import NotComputed, for_patient
from wardbook.dosing.limit_words import speaks_of_maximum
from wardbook.dosing.often import Bound as Bound
from wardbook.dosing.often import too_often, unjudged
from wardbook.dosing.patient import Patient, holds
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.size_cap import sized
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
    also: tuple[Regimen, ...] = ()
    """Further rows that may be meant, and that judge the same."""


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
        said = quantity(asked.low, asked.high, asked.unit, asked.per, asked.per_time)
        most = quantity(bare.value, bare.value, bare.unit, bare.per, None)
        return Verdict("exceeds", asked, bare, row, f"{said} is above the maximum of {most}")
    if bare := within_bare_maximum(asked, row):
        said = quantity(asked.low, asked.high, asked.unit, asked.per, None)
        most = quantity(bare.value, bare.value, bare.unit, bare.per, None)
        return Verdict("within", asked, bare, row, f"{said} is not above the maximum of {most}")
    if row.unparsed or row.amount is None:
        why = NotComputed("the row was not understood wholly, so nothing is compared with it")
        return _above_stated(asked, for_patient(row, patient)) or why
    row, patient = for_patient(row, patient), sized(row, patient)
    found = _judge_amount(asked, row, patient)
    often = too_often(asked, row)
    if isinstance(found, Verdict) and found.result == "exceeds":
        known = any(holds(band, patient) for band in row.bands)  # then it is this patient's dose to start with
        if not often and not known and (said := _reached_elsewhere(asked, row)):
            return replace(found, result="not_covered", explanation=f"{found.explanation}, but “{said}” allows as much")
        return _with_often(found, often, row) if often else found
    if often:
        return Verdict("exceeds", asked, often[0], row, often[1])
    bounded = _is_bounded_elsewhere(row, patient) or _is_above_words(asked, row, patient)
    if isinstance(found, Verdict) and found.result in ("within", "below") and bounded:
        words = f"{found.explanation}, but limits that stand elsewhere on the page were not compared"
        return replace(found, result="not_covered", explanation=words)
    reason = unjudged(asked, row)
    if reason and isinstance(found, Verdict) and found.result == "within" and not _is_of_day(found):
        return NotComputed(f"{found.explanation}, but {reason}")
    return found


def _with_often(found: Verdict, often: tuple[Bound, str], row: Regimen) -> Verdict:
    """Tell of a dose above the row's that it is too frequent too; of that alone where only the interval makes it much.

    A day's amount that neither the row nor the person names is no figure to be shown in words.
    """
    return replace(found, explanation=often[1] if _is_made(found, row) else f"{found.explanation}; {often[1]}")


def _reached_elsewhere(asked: Asked, row: Regimen) -> str:
    """Give the sentence that bounds the dose of a row without a maximum of its own, and that lets it grow as far.

    "May go up by 5 mg per dose to 40 mg/day" makes 20 mg twice daily no dose that exceeds the one to start with.
    """
    if row.max_single or row.max_daily or row.per:
        return ""
    for stated in row.limited_by:
        if stated.rule:  # it says who gets less or none ("do not give 80 mg if eGFR < 30")
            continue
        for base in bases_of(asked):
            most = [
                convert(each.amount.high, each.amount.unit, base.unit)
                for each in read_amounts(stated.words)
                if each.is_dose and (each.per, each.per_time) == (base.per, base.per_time)
            ]
            if any(value is not None and value >= base.high for value in most):
                return " ".join(stated.words.split())
    return ""


def _is_bounded_elsewhere(row: Regimen, patient: Patient) -> bool:
    """Tell whether a sentence elsewhere bounds the dose for some, and it is not known whether the patient is one."""
    return any(
        stated.condition is not None and holds(stated.condition, patient) is None
        for stated in row.limited_by
        if stated.max_single or stated.max_daily
    )


def _is_above_words(asked: Asked, row: Regimen, patient: Patient) -> bool:
    """Tell whether an amount is above one that words beside the row call the most, and no field holds these."""
    scale = patient.weight_kg if asked.per == "kg" else patient.bsa_m2 if asked.per == "m2" else Decimal(1)
    apart = (each for each in row.limited_by if not (each.max_single or each.max_daily or each.max_size or each.rule))
    for words in (*(each.words for each in apart), *row.notes):
        if not speaks_of_maximum(words) or scale is None:
            continue
        for each in read_amounts(words):
            most = convert(each.amount.high, each.amount.unit, asked.unit) if each.is_dose and not each.per else None
            if most is not None and each.per_time in (None, "d") and asked.high * scale > most:
                return True
    return False


def _of_page(outcome: Verdict | NotComputed, row: Regimen) -> Verdict | NotComputed:
    """Put the row as the page has it in place of the one worked out for the patient."""
    return replace(outcome, regimen=row) if isinstance(outcome, Verdict) else outcome


def _is_of_day(verdict: Verdict) -> bool:
    return verdict.limit is not None and verdict.limit.per_time == "d"


def _judge_amount(asked: Asked, row: Regimen, patient: Patient) -> Verdict | NotComputed:
    """Judge how much, of one dose and of a day."""
    factor = factor_of(asked.per, row.per, patient)
    if isinstance(factor, NotComputed):
        return _above_any_weight(asked, row) or factor
    compared = [verdict for base in bases_of(asked) if (verdict := _compare(base, asked, row, factor)) is not None]
    if not compared:
        return _above_whole_day(asked, row, factor) or NotComputed(_why_not(asked, row))
    order: dict[Result, int] = {"exceeds": 0, "below": 1, "within": 2, "not_covered": 3}
    by_dose = asked.interval_h is not None and asked.interval_h == row.interval_h  # then the day tells nothing more
    of_dose = [each for each in compared if each.limit is None or each.limit.per_time is None]
    if by_dose and any(each.result == "within" for each in of_dose):  # a maximum of one dose is none of the day
        compared = [each for each in compared if each.result != "below"]

    def rank(each: Verdict) -> tuple[int, bool, bool]:
        made = len(compared) > 1 and _is_made(each, row)  # the figure of one dose decides, if both are too much
        return order[each.result], made, (each.limit is None or each.limit.per_time is None) != by_dose

    return min(compared, key=rank)


def _is_made(found: Verdict, row: Regimen) -> bool:
    """Tell whether what decided is a day's amount that the row does not state, but makes at its interval."""
    return found.limit is not None and found.limit.per_time == "d" and row.per_time != "d" and row.max_daily is None


def _above_whole_day(asked: Asked, row: Regimen, factor: Factor) -> Verdict | None:
    """Find one dose, however often it is given, that is above what the row gives in a whole day."""
    if asked.per_time is not None or asked.interval_h is not None:
        return None
    day = replace(asked, per_time="d")
    usual, ceiling = usual_of(day, row, factor), ceiling_of(day, row, factor)
    if usual is None:
        return None
    most = max([usual[1], *([ceiling] if ceiling else [])], key=lambda measure: measure.value)
    if asked.high * factor.asked <= most.value:
        return None
    said = quantity(asked.low, asked.high, asked.unit, asked.per)
    return Verdict("exceeds", asked, most.bound, row, f"one dose of {said} is above {most.words}")


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
    for base in bases_of(asked):
        ceiling = ceiling_of(base, row, UNSIZED) or single_within_day(base, row, UNSIZED)
        if ceiling and base.high > ceiling.value:
            said = quantity(base.low, base.high, base.unit, None, base.per_time)
            return Verdict("exceeds", asked, ceiling.bound, row, f"{said} is above {ceiling.words}")
    return None


def _compare(base: Asked, asked: Asked, row: Regimen, factor: Factor) -> Verdict | None:
    """Compare on one time base; None where the row gives nothing on it."""
    usual = usual_of(base, row, factor)
    ceiling = ceiling_of(base, row, factor)
    low, high = base.low * factor.asked, base.high * factor.asked
    said = quantity(base.low, base.high, base.unit, base.per, base.per_time)
    if factor.asked != 1:
        said += f" ({quantity(low, high, base.unit, None, base.per_time)})"
    if ceiling and high > ceiling.value:
        return Verdict("exceeds", asked, ceiling.bound, row, f"{said} is above {ceiling.words}")
    day = single_within_day(base, row, factor) if row.max_daily else None
    if day and high > day.value:
        return Verdict("exceeds", asked, day.bound, row, f"one dose of {said} is above {day.words}")
    if usual is None:
        least = single_within_day(base, row, factor)
        if least and high > least.value:
            return Verdict("exceeds", asked, least.bound, row, f"one dose of {said} is above {least.words}")
        of_day = row.per_time == "d" and base.per_time is None  # the share of one dose is less than its maximum
        if ceiling and not of_day:
            return Verdict("within", asked, ceiling.bound, row, f"{said} is not above {ceiling.words}")
        return None
    return _within_usual(said, (low, high), usual, ceiling, asked, row)


def _within_usual(
    said: str,
    figures: tuple[Decimal, Decimal],
    usual: tuple[Measure, Measure],
    ceiling: Measure | None,
    asked: Asked,
    row: Regimen,
) -> Verdict:
    least, most = usual
    cap = ceiling.value if ceiling else most.value
    if figures[1] > most.value:
        if ceiling and (row.per is None or ceiling.bound.per) and row.condition is None and row.exception is None:
            line = f"{said} is above {most.words} and not above {ceiling.words}"
            bounds = (stated for stated in row.limited_by if stated.max_size is None and not stated.rule)
            general = any(stated.condition is None for stated in bounds)
            result: Result = "not_covered" if general else "within"  # a page's limit is no leave for every row
            return Verdict(result, asked, ceiling.bound, row, line)
        unstated = not (row.max_single or row.max_daily or speaks_of_limit(row))
        stated = "; the row states no maximum" if unstated else ""
        return Verdict("exceeds", asked, most.bound, row, f"{said} is above {most.words}{stated}")
    if figures[0] < min(least.value, cap):
        return Verdict("below", asked, least.bound, row, f"{said} is below {least.words}")
    decided = ceiling if ceiling and ceiling.value < most.value else most
    note = "" if ceiling or not row.max_single else f"; the maximum of {limit_words(row.max_single)} per dose holds too"
    return Verdict("within", asked, decided.bound, row, f"{said} is within {decided.words}{note}")


def _why_not(asked: Asked, row: Regimen) -> str:
    amount = row.amount
    assert amount is not None  # _judge has looked
    given = quantity(amount.low, amount.high, amount.unit, row.per, row.per_time)
    said = quantity(asked.low, asked.high, asked.unit, asked.per, asked.per_time)
    return f"the row gives {given}, which cannot be compared with {said}: say how often the dose is given, or per what"
