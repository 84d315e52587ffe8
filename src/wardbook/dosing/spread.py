"""Maxima that stand in a sentence or bullet of their own, given to the doses of the same drug before them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from wardbook.corpus.lines import Lines
from wardbook.dosing.cue import cue
from wardbook.dosing.limit import rate_limit
from wardbook.dosing.limit_words import limit_clause, opens_limit, phases_of, speaks_of_maximum
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen, Stated
from wardbook.dosing.unit import convert
from wardbook.lazy_regex import lazy_regex

_MAXIMA = ("max_single", "max_daily", "max_single_by_size", "max_daily_by_size", "max_rate", "max_doses")


def spread_maxima(regimens: Sequence[Regimen]) -> list[Regimen]:
    """Join "maximum single dose 800 mg" with the doses of its section that it holds for; else it stays by itself.

    It holds for doses of the same drug from running text before it, where it names no band or severity of its own and
    they have no such maximum yet. The lines then reach to it, and its words are a note.
    """
    found = list(regimens)
    for cap in [regimen for regimen in regimens if _is_general(regimen)]:
        beside = any((each.lines, each.drug) == (cap.lines, cap.drug) and each.amount for each in found)
        held = [at for at, regimen in enumerate(found) if _holds(cap, regimen, cap.lines if beside else None)]
        alike = len({found[at].setting for at in held}) == 1
        opens = limit_clause(cap.verbatim) is not None or (beside and not cap.notes)
        if not opens and (not speaks_of_maximum(cap.verbatim) or any(_is_row(regimen, cap) for regimen in found)):
            continue  # it is of a dose to choose, or rather of the rows of the table above it
        for at in held:
            sure = opens and _is_of_phase(cap, found[at]) and (alike or found[at].setting == cap.setting)
            sure = sure and not _may_be_of_all(cap, found[at]) and (bool(found[at].route) or not cap.route)
            join = _limited if _is_parted(found[at], cap, found) else _joined
            found[at] = join(found[at], cap) if sure else _unread(found[at], cap)
        if held and not any(_is_parted(found[at], cap, found) for at in held):
            found.remove(cap)
    return _spread_unread(found)


def share_maxima(regimens: Sequence[Regimen]) -> list[Regimen]:
    """Give the row of a table the maximum that a sentence of its section states with the same dose of the drug."""
    return [
        _with_said(row, regimens) if row.amount and not (row.from_text or row.max_single) else row for row in regimens
    ]


def _with_said(row: Regimen, regimens: Sequence[Regimen]) -> Regimen:
    said = [each for each in regimens if each.from_text and each.max_single and _is_same_dose(each, row)]
    if len({each.max_single for each in said}) != 1:
        return row
    stated = Stated(said[0].section, said[0].lines, said[0].verbatim, None, said[0].max_single)
    return replace(row, max_single=said[0].max_single, limited_by=(*row.limited_by, stated))


def _is_same_dose(one: Regimen, other: Regimen) -> bool:
    return (one.page, one.section, one.drug, one.amount, one.per, one.per_time) == (
        other.page,
        other.section,
        other.drug,
        other.amount,
        other.per,
        other.per_time,
    )


def _is_parted(regimen: Regimen, cap: Regimen, beside: Sequence[Regimen]) -> bool:
    """Tell whether a table stands between a dose and its maximum: no quote reaches over it, and its rows have it."""
    return any(not row.from_text and regimen.lines[1] < row.lines[0] < cap.lines[0] for row in beside)


def _is_row(regimen: Regimen, cap: Regimen) -> bool:
    return bool(regimen.amount and not regimen.from_text and (regimen.drug, regimen.section) == (cap.drug, cap.section))


def _may_be_of_all(cap: Regimen, regimen: Regimen) -> bool:
    """Tell whether a bare "Max 10 mg." may bound all that is given: the dose is a fixed one, and no single one a day.

    One that is the dose itself, given once, leaves nothing open.
    """
    if cap.max_single is None or regimen.per is not None or cue("single").search(uniform(cap.verbatim)):
        return False
    daily = regimen.interval_h == (Decimal(24), Decimal(24))
    assert regimen.amount is not None  # only doses are held
    same = (regimen.amount.high, regimen.amount.unit) == (cap.max_single.value, cap.max_single.unit)
    return not (daily or (regimen.interval_h is None and same))


def _is_of_phase(cap: Regimen, regimen: Regimen) -> bool | None:
    """Tell whether a maximum of a phase ("max loading dose 2 g") is of a dose; None where the dose names no phase."""
    named = phases_of(limit_clause(cap.verbatim) or cap.verbatim)
    said = (*regimen.notes, regimen.schedule or "", regimen.indication or "", regimen.infusion or "")
    own = phases_of(" ; ".join(said)) or phases_of(regimen.section.rpartition(" > ")[2])
    return True if not named else bool(named & own) if own else None


def _unread(regimen: Regimen, cap: Regimen) -> Regimen:
    return replace(regimen, unparsed=(*regimen.unparsed, cap.verbatim))


def _spread_unread(found: list[Regimen]) -> list[Regimen]:
    """Keep a maximum that fits no field ("Do not exceed 30 mg on day 1.") with the doses before it."""
    for cap in [regimen for regimen in found if _is_unread(regimen)]:
        held = [at for at, regimen in enumerate(found) if regimen.amount and _holds(cap, regimen, None)]
        for at in held:
            found[at] = _unread(found[at], cap)
        if held:
            found.remove(cap)
    return found


def _is_unread(regimen: Regimen) -> bool:
    stated = regimen.max_single or regimen.max_daily or regimen.max_doses
    bare = regimen.from_text and not (regimen.amount or stated or regimen.condition or regimen.evidence)
    return bool(bare and regimen.unparsed and opens_limit(regimen.verbatim))


def _is_general(regimen: Regimen) -> bool:
    own = regimen.amount or regimen.condition or regimen.unparsed or regimen.evidence
    return regimen.from_text and not own


def _holds(cap: Regimen, regimen: Regimen, lines: Lines | None) -> bool:
    """Tell whether a maximum is of this dose; one in a bullet with doses (`lines`) is of those only."""
    if lines is not None and regimen.lines != lines:
        return False
    if not regimen.from_text or regimen.amount is None or regimen.evidence or regimen.lines > cap.lines:
        return False
    if (regimen.drug, regimen.section) != (cap.drug, cap.section) or cap.setting not in (None, regimen.setting):
        return False
    if _is_of_phase(cap, regimen) is False or (cap.route and regimen.route and not {*cap.route} & {*regimen.route}):
        return False
    clash = any(getattr(cap, name) and getattr(regimen, name) for name in _MAXIMA)
    return (
        not clash
        and _bounds(cap, regimen)
        and cap.severity in (None, regimen.severity)
        and cap.population in (None, regimen.population)
    )


def _bounds(cap: Regimen, regimen: Regimen) -> bool:
    """Tell whether a maximum can be of this dose: one of a rate alone is of what runs at a rate in such a unit."""
    return not _is_of_rate_alone(cap) or _is_of_rate(cap, regimen)


def _is_of_rate(cap: Regimen, regimen: Regimen) -> bool:
    rate, amount = cap.max_rate, regimen.amount
    if rate is None or amount is None:
        return False
    sized, unit = rate.unit.partition("/")[2], rate.unit.partition("/")[0]
    runs = rate_limit(rate, cap.per_time, regimen.per_time) is not None and sized in ("", regimen.per)
    return runs and convert(rate.value, unit, amount.unit) is not None


def _maxima(cap: Regimen, regimen: Regimen) -> dict[str, Any]:
    """Give what a maximum states, a rate per the time of the dose that it bounds."""
    stated = {name: getattr(cap, name) for name in _MAXIMA if getattr(cap, name) and name != "max_rate"}
    if cap.max_rate and _is_of_rate(cap, regimen):
        stated["max_rate"] = rate_limit(cap.max_rate, cap.per_time, regimen.per_time)
    return stated


def bind_limits(regimens: Sequence[Regimen]) -> list[Regimen]:
    """Give the maxima that sentences state to the table rows of the same drug that they govern.

    They govern the rows of their own section, by a route that is not another one, and are shown with those of the
    sections below. A maximum for some patients only is shown with the row, and holds for them; it is shown with the
    doses of running text before it too. One that binds no dose stays by itself. One that names its drug and stands
    before all its doses, or in a section of maxima alone, governs those of running text as well.
    """
    found = list(regimens)
    for cap in [regimen for regimen in regimens if _is_limit(regimen)]:
        heads = _heads(cap, regimens)
        held = [at for at, regimen in enumerate(found) if _governs(cap, regimen, heads)]
        for at in held:
            found[at] = _limited(found[at], cap)
        if held or _is_of_rate_alone(cap):
            found.remove(cap)
    return found


def _is_of_rate_alone(cap: Regimen) -> bool:
    """Tell whether a sentence states how fast at most and nothing else: beside no infusion it is of no dose."""
    return cap.max_rate is not None and not any(getattr(cap, name) for name in _MAXIMA if name != "max_rate")


def _is_limit(regimen: Regimen) -> bool:
    return bool(regimen.from_text and regimen.amount is None and not regimen.evidence)


_LIMITS = lazy_regex(
    r"\W*(?:[\d.]+\s+)?(?:(?:dose|dosing|safe|safety|absolute|daily|single|and|of|the|all|for)\s+)*"
    r"(?:max(?:imum|ima|imal|\.)?|limits?|ceilings?|caps?)"
    r"(?:\s+(?:(?:daily|single|adult|and)\s+)*(?:dos(?:es?|ing|age)|limits?))?\W*"
)
"""A heading that says of its section that it holds maxima ("Dose limits")."""


def _is_apart(cap: Regimen) -> bool:
    return _LIMITS.fullmatch(uniform(cap.section.rpartition(" > ")[2])) is not None


def _heads(cap: Regimen, regimens: Sequence[Regimen]) -> bool:
    """Tell whether a maximum for all names its drug and stands before its doses, or in a section of maxima."""
    plain = not (cap.condition or cap.population or cap.severity or cap.unparsed or cap.setting)
    if not plain or cap.drug not in uniform(cap.verbatim) or limit_clause(_behind(cap)) is None:
        return False
    return _is_apart(cap) or not any(
        each.amount and (each.drug, each.section) == (cap.drug, cap.section) and each.lines <= cap.lines
        for each in regimens
    )


def _behind(cap: Regimen) -> str:
    """Give the words of a maximum without the drug that it opens with ("X: maximum 160 mg")."""
    return re.sub(rf"^\W*{re.escape(cap.drug)}\W*", "", cap.verbatim, flags=re.IGNORECASE)


def _governs(cap: Regimen, regimen: Regimen, heads: bool) -> bool:
    if regimen.amount is None or regimen.drug != cap.drug or regimen.evidence:
        return False
    some = cap.condition or (cap.population and cap.population != regimen.population)
    behind = some and regimen.section == cap.section and regimen.lines <= cap.lines
    if regimen.from_text and not (behind or (heads and regimen.per)):
        return False
    if not _bounds(cap, regimen):
        return False
    within = cap.section in ("", regimen.section) or regimen.section.startswith(f"{cap.section} > ")
    within = within or (heads and _is_apart(cap))
    route = not cap.route or not regimen.route or bool(set(cap.route) & set(regimen.route))
    phase = _is_of_phase(cap, regimen) is not False
    return within and route and phase and cap.setting in (None, regimen.setting)


def _limited(regimen: Regimen, cap: Regimen) -> Regimen:
    """Apply a maximum that holds for all to a row without one of its own; another one is only shown with it."""
    stated = _maxima(cap, regimen)
    if stated and all(value == getattr(regimen, name) for name, value in stated.items()):
        return regimen
    own: dict[str, Any] = {}
    said = Stated(cap.section, cap.lines, cap.verbatim)
    if cap.condition and not (cap.population or cap.severity or cap.unparsed):
        said = replace(said, condition=cap.condition, max_single=cap.max_single, max_daily=cap.max_daily)
    elif cap.route and not regimen.route:
        own = {}  # by which route the row gives it is not said: the maximum of one is only shown with it
    elif (cap.section == regimen.section or _is_apart(cap)) and not (cap.condition or cap.population or cap.severity):
        own = {name: getattr(regimen, name) or value for name, value in stated.items()}
        if cap.unparsed or not _is_of_phase(cap, regimen):
            own = {"unparsed": (*regimen.unparsed, cap.verbatim)}
    return replace(regimen, **own, limited_by=(*regimen.limited_by, said))


def _joined(regimen: Regimen, cap: Regimen) -> Regimen:
    stated = {name: getattr(regimen, name) or value for name, value in _maxima(cap, regimen).items()}
    return replace(
        regimen,
        **stated,
        notes=(*regimen.notes, cap.verbatim),
        lines=(min(regimen.lines[0], cap.lines[0]), max(regimen.lines[1], cap.lines[1])),
    )
