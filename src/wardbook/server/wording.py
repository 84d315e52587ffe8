"""Figures of a regimen in words that cannot be misread (rules of the ISMP): no trailing or naked zero, a comma at a
thousand, units and routes spelled, "per" instead of a slash, nothing broken between a figure and its unit.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from wardbook.dosing.amount import word
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.regimen import Condition
from wardbook.dosing.wording import condition_words, unit_word

NBSP = "\N{NO-BREAK SPACE}"
_TIMES = {"d": "day", "h": "hour", "min": "minute", "wk": "week", "mo": "month"}
_ROUTES = {
    "IV": "intravenous (IV)",
    "SC": "subcutaneous",
    "SQ": "subcutaneous",
    "IM": "intramuscular (IM)",
    "PO": "by mouth (PO)",
    "IT": "intrathecal",
    "PR": "rectal (PR)",
    "SL": "sublingual",
    "INH": "inhaled",
    "NEB": "nebulised",
    "TOP": "topical",
    "IN": "intranasal",
}


def figure(value: object) -> str:
    """Write a figure of an answer's JSON: 0.5, 1, 5,000."""
    return word(Decimal(str(value)))


def unit(code: str, value: object = 2) -> str:
    """Write a UCUM unit."""
    return unit_word(code, Decimal(str(value)))


def quantity(low: object, high: object, code: str, per: str | None = None, per_time: str | None = None) -> str:
    """Write an amount: "100 to 200 mg per kg per day"."""
    words = figure(low) if figure(low) == figure(high) else f"{figure(low)} to {figure(high)}"
    words = f"{words} {unit(code, high)}".replace(" ", NBSP)
    words += f" per{NBSP}{'m²' if per == 'm2' else per}" if per else ""
    return words + (f" per{NBSP}{_TIMES.get(per_time, per_time)}" if per_time else "")


def dose(regimen: Mapping[str, Any]) -> str:
    """Write a regimen's amount, "" where the page gives none that was understood."""
    amount = regimen.get("amount")
    if not amount:
        return ""
    return quantity(amount["low"], amount["high"], amount["unit"], regimen.get("per"), regimen.get("per_time"))


def routes(codes: Sequence[str]) -> str:
    """Write the routes."""
    return " or ".join(_ROUTES.get(code.upper(), code) for code in codes)


def interval(hours: Sequence[object] | None) -> str:
    """Write the time between doses."""
    if not hours:
        return ""
    low, high = Decimal(str(hours[0])), Decimal(str(hours[1]))
    if low == high == 24:
        return "once daily (every 24 hours)"
    if low >= 48 and low % 24 == 0 and high % 24 == 0:
        return f"every {_span(low / 24, high / 24)} days"
    if high < 1:
        return f"every {_span(*((each * 60).quantize(Decimal(1)) for each in (low, high)))} minutes"
    return "every hour" if low == high == 1 else f"every {_span(low, high)} hours"


def _span(low: Decimal, high: Decimal) -> str:
    return figure(low) if low == high else f"{figure(low)} to {figure(high)}"


def maximum(regimen: Mapping[str, Any]) -> str:
    """Write the stated maxima."""
    words = []
    limits = (
        ("max_single", "per dose"), ("max_daily", "per day"),
        ("max_single_by_size", "per dose"), ("max_daily_by_size", "per day"),
        ("max_rate", f"per {_TIMES.get(str(regimen.get('per_time')), 'hour')}"),
    )  # fmt: skip
    for field, per in limits:
        if limit := regimen.get(field):
            words.append(f"{quantity(limit['value'], limit['value'], limit['unit'])} {per}")
    if doses := regimen.get("max_doses"):
        words.append(f"{doses} dose{'' if doses == 1 else 's'} in all")
    return "; ".join(words)


def condition(band: Mapping[str, Any] | None) -> str:
    """Write the band that decides: "weight at least 40 kg"."""
    if not band:
        return ""
    low, high = (None if band[side] is None else Decimal(str(band[side])) for side in ("low", "high"))
    return condition_words(
        Condition(band["quantity"], low, band["low_inclusive"], high, band["high_inclusive"], band["unit"])
    )


def _how_often(regimen: Mapping[str, Any]) -> str:
    """Write interval and schedule; the interval is left to the schedule's words only where these tell the same."""
    hours, schedule = regimen.get("interval_h"), str(regimen.get("schedule") or "")
    told = [tuple(found.interval_h) for found in read_frequencies(schedule) if found.interval_h]
    every = "" if hours and tuple(Decimal(str(hour)) for hour in hours) in told else interval(hours)
    return "; ".join(words for words in (every, schedule) if words)


def rows(regimen: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Give what a dose card lists below its head, (name, words), without what the page does not say."""
    listed = [
        ("Setting", regimen.get("setting")),
        ("Severity", regimen.get("severity")),
        ("Patients", regimen.get("population")),
        ("Only if", condition(regimen.get("condition"))),
        ("Route", routes(regimen.get("route") or ())),
        ("How often", _how_often(regimen)),
        ("Duration", regimen.get("duration")),
        ("Maximum", maximum(regimen)),
        ("Note", "; ".join(regimen.get("notes") or ())),
    ]
    return [(name, str(words)) for name, words in listed if words]
