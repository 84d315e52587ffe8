"""Words for figures and regimens that cannot be misread, and that say nothing that is not in the regimen."""

import re
from decimal import Decimal

from wardbook.dosing.amount import read_amounts, word
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.regimen import Amount, Condition, Limit, Regimen
from wardbook.lazy_regex import lazy_regex

_UNITS = {
    "ug": "mcg",
    "meq": "mEq",
    "[iU]": "units",
    "[drp]": "drops",
    "[in_i]": "inches",
    "[lb_av]": "lb",
    "a": "years",
    "mo": "months",
    "wk": "weeks",
    "h": "hours",
    "min": "minutes",
    "d": "days",
    "m2": "m²",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
    "kg/m2": "kg/m²",
    "10*9/L": "x10^9/L",
    "umol/L": "µmol/L",
    "ug/mL": "mcg/mL",
    "ug/L": "mcg/L",
    "ug/dL": "mcg/dL",
    "[iU]/mL": "units/mL",
    "[iU]/L": "units/L",
    "m[iU]/L": "mIU/L",
    "{copies}/mL": "copies/mL",
    "mL/d": "mL/day",
    "L/d": "L/day",
    "mm[Hg]": "mmHg",
    "Cel": "°C",
    "[degF]": "°F",
    "{ULN}": "x ULN",
    "{baseline}": "x baseline",
    "{normal}": "x normal",
}
_PER = {"kg": "kg", "m2": "m²"}
_PER_TIME = {"d": "day", "h": "hour", "min": "minute", "wk": "week", "mo": "month"}
_PLAIN_FREQUENCY = lazy_regex(
    r"(?:every|once|twice|three times|four times|daily|weekly|nightly|at night|at bedtime|on alternate)\b",
    re.IGNORECASE,
)
_ALONE = {Decimal(1): "every hour", Decimal(24): "daily", Decimal(168): "weekly"}
_SPANS = ((168, "weeks"), (24, "days"), (1, "hours"))
_SIGS = {"bid": "twice daily", "bd": "twice daily", "tid": "three times daily", "tds": "three times daily"}
_SIGS |= {"qid": "four times daily", "qod": "every other day"}
_MOMENTS = {
    **dict.fromkeys(("qam", "q am", "mane", "in the morning", "every morning", "each morning"), "in the morning"),
    **dict.fromkeys(
        ("qhs", "q hs", "qpm", "q pm", "nocte", "at night", "nightly", "every night", "qnight"), "at night"
    ),
    "at bedtime": "at bedtime",
}
"""Once a day, with the time of the day: of two doses of a line one is in the morning, and one at night."""


def unit_word(code: str, value: Decimal = Decimal(2)) -> str:
    """Give the spelling of a UCUM code that people read ("ug" → "mcg", "[iU]" → "units", "{tablet}" → "tablet")."""
    if code.startswith("{") and code not in _UNITS:
        name = code.strip("{}")
        return name if value == 1 else f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
    spelling = _UNITS.get(code, code)
    plural = code in ("[iU]", "[drp]", "a", "mo", "wk", "h", "min", "d")
    return spelling.removesuffix("s") if plural and value == 1 else spelling


def per_words(per: str | None, per_time: str | None) -> str:
    """Give "/kg/day", "/m²", "" and the like."""
    return (f"/{_PER.get(per, per)}" if per else "") + (f"/{_PER_TIME.get(per_time, per_time)}" if per_time else "")


def quantity(low: Decimal, high: Decimal, unit: str, per: str | None = None, per_time: str | None = None) -> str:
    """Write an amount: "100–200 mg", "0.5 mg/kg/day", "1,000,000 cells/kg"."""
    figure = word(low) if low == high else f"{word(low)}–{word(high)}"
    return f"{figure} {unit_word(unit, high)}{per_words(per, per_time)}"


def limit_words(limit: Limit, per_time: str | None = None) -> str:
    """Write a stated maximum: "800 mg", "400 mg/day", "10 mcg/kg/minute"."""
    unit, _, per = limit.unit.partition("/")
    return quantity(limit.value, limit.value, unit, per or None, per_time)


def condition_words(condition: Condition) -> str:
    """Write a band: "weight at least 40 kg", "age 2 to less than 12 years"."""
    return _bounds(condition).rstrip()


def bands_words(regimen: Regimen) -> str:
    """Write all bands of a regimen, and what else the dose may be given for."""
    return " ".join(filter(None, (" and ".join(map(condition_words, regimen.bands)), regimen.or_else)))


def _bounds(condition: Condition) -> str:
    unit = unit_word(condition.unit) if condition.unit else ""
    low, high = condition.low, condition.high
    own = f" {unit_word(condition.low_unit, low)}" if condition.low_unit and low is not None else ""
    if low is not None and low == high:
        return f"{condition.quantity} {word(low)} {unit}"
    if low is not None and high is not None:
        above = "" if condition.low_inclusive else "more than "
        below = "" if condition.high_inclusive else "less than "
        return f"{condition.quantity} {above}{word(low)}{own} to {below}{word(high)} {unit}"
    only = low if low is not None else high
    unit = unit_word(condition.unit, only) if condition.unit and only is not None else ""
    if low is not None:
        return f"{condition.quantity} {'at least' if condition.low_inclusive else 'more than'} {word(low)} {unit}"
    if high is not None:
        return f"{condition.quantity} {'at most' if condition.high_inclusive else 'less than'} {word(high)} {unit}"
    return condition.quantity


def interval_words(regimen: Regimen) -> str:
    """Write how often: the page's own words where they are plain, else "every 6–12 hours".

    "" where it is not stated, and where only the words of the schedule beside it do ("at night, days 1-4").
    """
    scheduled = any(found.interval_h == regimen.interval_h for found in read_frequencies(regimen.schedule or ""))
    if regimen.interval_h is None or (scheduled and not read_frequencies(regimen.verbatim)):
        return ""
    begin, end = _behind_amount(regimen)
    for found in read_frequencies(regimen.verbatim):
        words = " ".join(regimen.verbatim[found.begin : found.end].split())
        sig = words.lower().replace(".", "")
        if found.interval_h != regimen.interval_h:
            continue
        if sig in _MOMENTS and begin <= found.begin < end:
            return _MOMENTS[sig]
        if sig in _SIGS or (_PLAIN_FREQUENCY.match(words) and sig not in _MOMENTS):
            return _SIGS.get(sig, words.replace("-", "–"))
    return hours_words(*regimen.interval_h)


def _behind_amount(regimen: Regimen) -> tuple[int, int]:
    """Give where the words stand that may say at which time of the day the amount is given; (0, 0) where unsure."""
    figures = [each for each in read_amounts(regimen.verbatim) if each.is_dose]
    own = [at for at, each in enumerate(figures) if each.amount == regimen.amount]
    if len(own) != 1:
        return (0, 0)
    behind = figures[own[0] + 1].begin if own[0] + 1 < len(figures) else len(regimen.verbatim)
    return figures[own[0]].end, behind


def hours_words(low: Decimal, high: Decimal) -> str:
    """Write hours between doses: "every 6–12 hours", "daily"; below an hour in minutes."""
    if low == high and low in _ALONE:
        return _ALONE[low]
    if high < 1:
        low, high = ((each * 60).quantize(Decimal(1)) for each in (low, high))
        return f"every {word(low) if low == high else f'{word(low)}–{word(high)}'} minutes"
    size, unit = next(
        (size, unit) for size, unit in _SPANS if size == 1 or (low % size == high % size == 0 and low >= 2 * size)
    )
    low, high = low / size, high / size
    return f"every {word(low) if low == high else f'{word(low)}–{word(high)}'} {unit}"


def amount_words(regimen: Regimen) -> str:
    """Write the dose with what it is per; "" where the row has no figure that was read."""
    amount: Amount | None = regimen.amount
    return quantity(amount.low, amount.high, amount.unit, regimen.per, regimen.per_time) if amount else ""


def describe(regimen: Regimen) -> str:
    """Write one regimen on one line; where a part of it was not understood, the page's words stand for all of it."""
    if regimen.unparsed or regimen.amount is None:
        return f"{regimen.drug}: {' '.join(regimen.verbatim.split())}"
    head = [regimen.drug, amount_words(regimen), " or ".join(regimen.route), interval_words(regimen)]
    parts = [" ".join(filter(None, head))]
    if regimen.condition:
        parts.append(f"for {bands_words(regimen)}")
    parts += filter(None, (regimen.infusion, regimen.schedule))
    parts += maxima_words(regimen)
    if regimen.duration:
        parts.append(f"duration: {regimen.duration}")
    return "; ".join([*parts, *regimen.notes])


def maxima_words(regimen: Regimen) -> list[str]:
    """Write the stated maxima, one a piece."""
    words = []
    if regimen.max_single:
        words.append(f"maximum {limit_words(regimen.max_single)} per dose")
    if regimen.max_daily:
        words.append(f"maximum {limit_words(regimen.max_daily, 'd')}")
    if regimen.max_single_by_size:
        words.append(f"and {limit_words(regimen.max_single_by_size)} per dose")
    if regimen.max_daily_by_size:
        words.append(f"and {limit_words(regimen.max_daily_by_size, 'd')}")
    if regimen.max_rate:
        words.append(f"maximum {limit_words(regimen.max_rate, regimen.per_time)}")
    if regimen.max_doses:
        words.append(f"at most {regimen.max_doses} {'dose' if regimen.max_doses == 1 else 'doses'}")
    return words
