"""Bands of one row or sentence that overlap: the wider one, drawn by an exclusion, ends where a narrower one begins.

"0.24 mg/kg; CrCl 20-50: 0.16 mg/kg; CrCl < 20: not recommended": the first is for those above 50, not above 20.
"""

from collections.abc import Sequence
from dataclasses import replace

from wardbook.dosing.limit_words import phases_of
from wardbook.dosing.regimen import Condition, Regimen


def with_bands_apart(regimens: Sequence[Regimen]) -> list[Regimen]:
    """Let no dose with a band open to one side reach into the band of another dose of its row or sentence."""
    by_lines: dict[tuple[object, ...], list[Regimen]] = {}
    for each in regimens:
        by_lines.setdefault(_key(each), []).append(each)
    return [_apart(each, by_lines[_key(each)]) for each in regimens]


def _key(regimen: Regimen) -> tuple[object, ...]:
    """Give what two doses share of which one is for some of the patients of the other."""
    return (
        regimen.drug, regimen.page, regimen.section, regimen.lines, regimen.indication, regimen.setting,
        regimen.severity, regimen.population, regimen.per, regimen.per_time, regimen.step,
    )  # fmt: skip


def _apart(regimen: Regimen, beside: Sequence[Regimen]) -> Regimen:
    band = regimen.condition
    if band is None or regimen.also or regimen.amount is None or regimen.or_else:
        return regimen
    others = [
        each.condition
        for each in beside
        if each.condition
        and each.amount
        and not (each.also or each.or_else or _is_otherwise(each, regimen))
        and (each.amount, each.interval_h) != (regimen.amount, regimen.interval_h)
    ]
    for other in sorted(others, key=lambda each: (each.low or 0, each.high or 0)):
        band = _above(band, other)
    for other in sorted(others, key=lambda each: -(each.high or 0)):
        band = _below(band, other)
    return regimen if band == regimen.condition else replace(regimen, condition=band)


def _is_otherwise(one: Regimen, other: Regimen) -> bool:
    """Tell whether two doses are of different routes or phases (a load, what maintains), so that both may be given."""
    routes = one.route and other.route and not set(one.route) & set(other.route)
    return bool(routes) or _phases(one) != _phases(other)


def _phases(regimen: Regimen) -> frozenset[str]:
    return phases_of(" ".join([regimen.schedule or "", *regimen.notes]))


def _alike(band: Condition, other: Condition) -> bool:
    units = {band.unit, other.unit, band.low_unit or band.unit, other.low_unit or other.unit}
    return band.quantity == other.quantity and len(units) == 1 and other.low is not None and other.high is not None


def _above(band: Condition, other: Condition) -> Condition:
    """Let a band without an end begin where another one ends that holds its beginning."""
    if not _alike(band, other) or band.low is None or band.high is not None:
        return band
    assert other.low is not None
    assert other.high is not None
    if not other.low <= band.low < other.high:
        return band
    return replace(band, low=other.high, low_inclusive=not other.high_inclusive)


def _below(band: Condition, other: Condition) -> Condition:
    """Let a band without a beginning end where another one begins that holds its end."""
    if not _alike(band, other) or band.high is None or band.low is not None:
        return band
    assert other.low is not None
    assert other.high is not None
    if not other.low < band.high <= other.high:
        return band
    return replace(band, high=other.low, high_inclusive=not other.low_inclusive)
