"""A step that goes on with the amount before it at another rhythm ("10 mg once, then 12-hourly")."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from wardbook.dosing.course import Course
from wardbook.dosing.draft import Draft
from wardbook.dosing.frequency import Frequency
from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import Phrase
from wardbook.dosing.route import Route
from wardbook.dosing.separator import without
from wardbook.lazy_regex import lazy_regex

_THEN = lazy_regex(r",?\s*\b(?:and\s+)?(?:then|followed by|thereafter)\b", re.IGNORECASE)
_STOP = lazy_regex(r"[,;:\n()](?!\d)|\.(?=\s|$)")
_CHANGE = lazy_regex(r"\s*(?:halv|taper|wean|reduc|decreas|lower|step(?:ped|ping)? down|cut|stop)")
"""Opens a step that makes less of the dose: what is given first is clear all the same."""
_SMALL = lazy_regex(r"(?:[^\w]|\b(?:and|continued?|continue|on|it|given|give|the|same|dose|at|a|by)\b)*")
_RHYTHM = frozenset({"frequency", "once"})
_TOLD = frozenset({"frequency", "route", "duration", "schedule"})


def next_step(
    text: str, end: int, phrases: Sequence[Phrase], anchor: Phrase
) -> tuple[int, int, Literal["step", "note", "unparsed"]] | None:
    """Give where such a step stands behind a dose, and what becomes of it; None where none does.

    Both it and the words before it say how often, and not the same. It is a step of its own where all of its words are
    understood, and a note where it makes less of the dose.
    """
    for then in _THEN.finditer(text, anchor.end, end):
        first = [p for p in phrases if anchor.end <= p.begin < then.start() and p.kind in _RHYTHM]
        behind = [p for p in phrases if then.end() <= p.begin < end]
        often = next((p for p in behind if p.kind == "frequency"), None)
        if not first or often is None or any(p.kind == "amount" and p.begin < often.begin for p in behind):
            continue
        if re.search(r"[;\n]|\.\s", text[then.end() : often.begin]) or any(_alike(often, each) for each in first):
            continue
        stop = _STOP.search(text, often.end, end)
        last = stop.start() if stop else end
        told = [(p.begin, p.end) for p in behind if p.kind in _TOLD]
        rest = uniform(without(text, told)[then.end() : last])
        if _CHANGE.match(uniform(text[then.end() : last])):
            return then.start(), last, "note"
        one = len({text[p.begin : p.end] for p in first}) == 1 and not re.search(
            r"\bor\b", uniform(text[anchor.end : then.start()])
        )
        return then.start(), last, "step" if one and _SMALL.fullmatch(rest) else "unparsed"
    return None


def _alike(one: Phrase, other: Phrase) -> bool:
    return (
        isinstance(one.value, Frequency)
        and isinstance(other.value, Frequency)
        and one.value.interval_h == other.value.interval_h
    )


def gone_on(draft: Draft, text: str, phrases: Sequence[Phrase]) -> Draft | None:
    """Give the next step of a dose that has one; both then say which they are."""
    if draft.goes_on is None or draft.step is not None:
        if draft.goes_on is not None:
            draft.unparsed.append(text[slice(*draft.goes_on)].strip(" ,"))
        return None
    begin, end = draft.goes_on
    inside = [phrase for phrase in phrases if begin <= phrase.begin < end]
    draft.step = 1
    other = replace(
        draft, begin=begin, end=end, words=text[begin:end], step=2, once=False, goes_on=None, max_doses=None,
        frequencies=[p.value for p in inside if isinstance(p.value, Frequency)],
        often=[text[p.begin : p.end] for p in inside if p.kind == "frequency"],
        routes=[p.value.code for p in inside if isinstance(p.value, Route)] or list(draft.routes),
        schedule=[text[p.begin : p.end] for p in inside if p.kind == "schedule"],
        duration=[text[p.begin : p.end] for p in inside if isinstance(p.value, Course) and p.kind == "duration"],
        infusion=list(draft.infusion), caps=list(draft.caps), caps_for_some=list(draft.caps_for_some),
        conditions=list(draft.conditions), or_else=list(draft.or_else), notes=list(draft.notes),
        excluded=list(draft.excluded), unparsed=list(draft.unparsed),
    )  # fmt: skip
    other.schedule += [words for p, words in zip(other.frequencies, other.often, strict=True) if p.interval_h is None]
    return other
