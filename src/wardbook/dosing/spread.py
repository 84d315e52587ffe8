"""Maxima that stand in a sentence or bullet of their own, given to the doses of the same drug before them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wardbook.corpus.lines import Lines
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen, Stated

_OPENS = re.compile(
    r"\W*(?:the\s+)?(?:(?:absolute|single|daily|total)\s+)?"
    r"(?:max|(?:do |must |should )?(?:not|never)\s+(?:to )?(?:exceed|give more|go)"
    r"|(?:no|not|never) (?:more|above|over|higher|greater)|at most|limit|total|cap\b|up to \w+ doses)"
)
_MAXIMA = ("max_single", "max_daily", "max_single_by_size", "max_daily_by_size", "max_rate", "max_doses")


def spread_maxima(regimens: Sequence[Regimen]) -> list[Regimen]:
    """Join "maximum single dose 800 mg" with the doses of its section that it holds for; else it stays by itself.

    It holds for doses of the same drug from running text before it, where it names no band or severity of its own and
    they have no such maximum yet. The lines then reach to it, and its words are a note.
    """
    found = list(regimens)
    for cap in [regimen for regimen in regimens if _is_general(regimen)]:
        beside = any(regimen.lines == cap.lines and regimen.amount for regimen in found)
        if not (_OPENS.match(uniform(cap.verbatim)) or (beside and not cap.notes)):
            continue
        held = [at for at, regimen in enumerate(found) if _holds(cap, regimen, cap.lines if beside else None)]
        for at in held:
            found[at] = _joined(found[at], cap)
        if held:
            found.remove(cap)
    return _spread_unread(found)


def _spread_unread(found: list[Regimen]) -> list[Regimen]:
    """Keep a maximum that fits no field ("Do not exceed 30 mg on day 1.") with the doses before it."""
    for cap in [regimen for regimen in found if _is_unread(regimen)]:
        held = [at for at, regimen in enumerate(found) if regimen.amount and _holds(cap, regimen, None)]
        for at in held:
            found[at] = replace(found[at], unparsed=(*found[at].unparsed, cap.verbatim))
        if held:
            found.remove(cap)
    return found


def _is_unread(regimen: Regimen) -> bool:
    stated = regimen.max_single or regimen.max_daily or regimen.max_doses
    bare = regimen.from_text and not (regimen.amount or stated or regimen.condition or regimen.evidence)
    return bool(bare and regimen.unparsed and _OPENS.match(uniform(regimen.verbatim)))


def _is_general(regimen: Regimen) -> bool:
    own = regimen.amount or regimen.condition or regimen.unparsed or regimen.evidence
    return regimen.from_text and not own


def _holds(cap: Regimen, regimen: Regimen, lines: Lines | None) -> bool:
    """Tell whether a maximum is of this dose; one in a bullet with doses (`lines`) is of those only."""
    if lines is not None and regimen.lines != lines:
        return False
    if not regimen.from_text or regimen.amount is None or regimen.evidence or regimen.lines > cap.lines:
        return False
    if (regimen.drug, regimen.section, regimen.setting) != (cap.drug, cap.section, cap.setting):
        return False
    clash = any(getattr(cap, name) and getattr(regimen, name) for name in _MAXIMA)
    return not clash and cap.severity in (None, regimen.severity) and cap.population in (None, regimen.population)


def bind_limits(regimens: Sequence[Regimen]) -> list[Regimen]:
    """Give the maxima that sentences state to the table rows of the same drug that they govern.

    They govern the rows of their own section, by a route that is not another one, and are shown with those of the
    sections below. A maximum for some patients only is shown with the row, and holds for them; it is shown with the
    doses of running text before it too. One that binds no dose stays by itself.
    """
    found = list(regimens)
    for cap in [regimen for regimen in regimens if _is_limit(regimen)]:
        held = [at for at, regimen in enumerate(found) if _governs(cap, regimen)]
        for at in held:
            found[at] = _limited(found[at], cap)
        if held:
            found.remove(cap)
    return found


def _is_limit(regimen: Regimen) -> bool:
    return bool(regimen.from_text and regimen.amount is None and not regimen.evidence)


def _governs(cap: Regimen, regimen: Regimen) -> bool:
    if regimen.amount is None or regimen.drug != cap.drug or regimen.evidence:
        return False
    if regimen.from_text and not (cap.condition and regimen.section == cap.section and regimen.lines <= cap.lines):
        return False
    within = cap.section in ("", regimen.section) or regimen.section.startswith(f"{cap.section} > ")
    route = not cap.route or not regimen.route or bool(set(cap.route) & set(regimen.route))
    return within and route and cap.setting in (None, regimen.setting)


def _limited(regimen: Regimen, cap: Regimen) -> Regimen:
    """Apply a maximum that holds for all to a row without one of its own; another one is only shown with it."""
    stated = [name for name in _MAXIMA if getattr(cap, name)]
    if stated and all(getattr(cap, name) == getattr(regimen, name) for name in stated):
        return regimen
    own: dict[str, Any] = {}
    said = Stated(cap.section, cap.lines, cap.verbatim)
    if cap.condition and not (cap.population or cap.severity or cap.unparsed):
        said = replace(said, condition=cap.condition, max_single=cap.max_single, max_daily=cap.max_daily)
    elif cap.section == regimen.section and not (cap.condition or cap.population or cap.severity or cap.unparsed):
        own = {name: getattr(regimen, name) or getattr(cap, name) for name in stated}
    return replace(regimen, **own, limited_by=(*regimen.limited_by, said))


def _joined(regimen: Regimen, cap: Regimen) -> Regimen:
    stated: dict[str, Any] = {name: getattr(regimen, name) or getattr(cap, name) for name in _MAXIMA}
    return replace(
        regimen,
        **stated,
        notes=(*regimen.notes, cap.verbatim),
        lines=(min(regimen.lines[0], cap.lines[0]), max(regimen.lines[1], cap.lines[1])),
    )
