"""Regimens and what is made of them in the contract's JSON form."""

from decimal import Decimal
from typing import Any

from wardbook.dosing.age import one_unit
from wardbook.dosing.check import Bound, Verdict
from wardbook.dosing.compute import Computed
from wardbook.dosing.regimen import Amount, Condition, Limit, Regimen


def figure(value: Decimal) -> int | float:
    """Give a decimal as a JSON number; its shortest form reads back as the same decimal."""
    return int(value) if value == value.to_integral_value() else float(value)


def _maybe(value: Decimal | None) -> int | float | None:
    return None if value is None else figure(value)


def _amount(amount: Amount | None) -> dict[str, Any] | None:
    return None if amount is None else {"low": figure(amount.low), "high": figure(amount.high), "unit": amount.unit}


def _limit(limit: Limit | None) -> dict[str, Any] | None:
    return None if limit is None else {"value": figure(limit.value), "unit": limit.unit}


def _condition(condition: Condition | None) -> dict[str, Any] | None:
    if condition is None:
        return None
    condition = one_unit(condition)
    return {
        "quantity": condition.quantity,
        "low": _maybe(condition.low),
        "low_inclusive": condition.low_inclusive,
        "high": _maybe(condition.high),
        "high_inclusive": condition.high_inclusive,
        "unit": condition.unit,
    }


def regimen_json(regimen: Regimen, citation: int | None = None) -> dict[str, Any]:
    """Give a regimen; `citation` is its number inside an answer."""
    found: dict[str, Any] = {
        "drug": regimen.drug,
        "indication": regimen.indication,
        "setting": regimen.setting,
        "population": regimen.population,
        "severity": regimen.severity,
        "amount": _amount(regimen.amount),
        "per": regimen.per,
        "per_time": regimen.per_time,
        "route": list(regimen.route),
        "interval_h": regimen.interval_h and [figure(each) for each in regimen.interval_h],
        "schedule": regimen.schedule,
        "duration": regimen.duration,
        "max_single": _limit(regimen.max_single),
        "max_daily": _limit(regimen.max_daily),
        "max_single_by_size": _limit(regimen.max_single_by_size),
        "max_daily_by_size": _limit(regimen.max_daily_by_size),
        "max_rate": _limit(regimen.max_rate),
        "max_doses": regimen.max_doses,
        "condition": _condition(regimen.condition),
        "also": [_condition(band) for band in regimen.also],
        "or_else": regimen.or_else,
        "exception": regimen.exception,
        "verbatim": regimen.verbatim,
        "page": regimen.page,
        "section": regimen.section,
        "lines": list(regimen.lines),
        "unparsed": list(regimen.unparsed),
        "notes": list(regimen.notes),
        "from_text": regimen.from_text,
        "excluded": list(regimen.excluded),
    }
    return found if citation is None else {**found, "citation": citation}


def computed_json(at: int, computed: Computed) -> dict[str, Any]:
    """Give a computed amount; `at` is the index of its regimen within the answer."""
    return {
        "regimen": at,
        "inputs": {name: figure(value) for name, value in computed.inputs},
        "low": figure(computed.low),
        "high": figure(computed.high),
        "unit": computed.unit,
        "capped": computed.capped,
        "arithmetic": computed.arithmetic,
    }


def _bound(bound: Bound | None) -> dict[str, Any] | None:
    if bound is None:
        return None
    return {
        "value": figure(bound.value),
        "unit": bound.unit,
        "per": bound.per,
        "per_time": bound.per_time,
    }


def verdict_json(verdict: Verdict, citation: int | None) -> dict[str, Any]:
    """Give a verdict; `citation` is the number of the citation of its limit."""
    asked = verdict.asked
    return {
        "result": verdict.result,
        "asked": {
            "low": figure(asked.low),
            "high": figure(asked.high),
            "unit": asked.unit,
            "per": asked.per,
            "per_time": asked.per_time,
        },
        "limit": _bound(verdict.limit),
        "citation": citation,
        "explanation": verdict.explanation,
    }
