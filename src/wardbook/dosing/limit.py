"""What an amount is: a dose, a maximum, a total or a threshold; and of what time a maximum is."""

import re
from collections.abc import Mapping
from decimal import Decimal

from wardbook.dosing.amount import Figure
from wardbook.dosing.band import comparator_pattern
from wardbook.dosing.cue import cue
from wardbook.dosing.draft import Draft
from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import Phrase
from wardbook.dosing.regimen import Limit

# What may stand between an amount and the one worked out of it: "5 mg/kg q8h, which is about".
_REST = re.compile(
    r"(?:[^\w]|\b(?:which|that|this|it|e\.?g|i\.?e|then|about|approximately|is|are|equals?|equal to|makes|or about|"
    r"corresponds to|every|daily|once|twice|q\d*h?|h|hours?|\d+|iv|sc|po|per|day|bid|tid|qid|ibw|bw|for|a|an|the|"
    r"body|weight|adult|preferred|divided)\b)*"
)
_MINIMUM = re.compile(
    r"(?:(?<![/\w])minimum(?: (?:single |daily )?dose)?|(?:^|[(,;])\s*min\.?(?: dose)?)(?: of| is)?[\s:=]*$"
)
_FURTHER = re.compile(
    r"\s*,?\s*(?:(?:and )?up to|to an? max(?:imum)? of|but not (?:more than|exceeding))\s*(?:a |an )?"
)
_NAMED_MAXIMUM = re.compile(r"(?:^|[.;:(]\s*)max(?:imum)?(?:\s+[a-z-]+){1,2}[\s:]*$")
# What bounds more or less than one dose or one day: it fits neither field.
_WHOLE_COURSE = re.compile(
    r"\b(?:lifetime|life-time|cumulative|per course|(?:per|a|each) (?:course|cycle|week|month|year|episode)|in total"
    r"|for this purpose|overall|weekly)\b|\btotal\b(?! daily)"
)
_SOME_DAYS = re.compile(r"\b(?:on|for|in) (?:the )?(?:day \d|first\b|initial\b)|\b(?:first|initial) (?:day|dose|24)")
_NARROWED = re.compile(r"\s*(?:\(|[,;]|\bor\b)\s*(?:or\s+)?")
_BOUND = re.compile(rf"(?:{comparator_pattern()}|±)\s*$")


def role_of_amount(text: str, phrase: Phrase, maximum: bool, earlier: Mapping[Phrase, str]) -> str:
    """Tell what an amount is: "dose" | "cap" | "total" | "aside" | "bound" | "level".

    An aside is worked out of an amount before it, narrows a cap before it, or is the fluid that a dose is in.
    """
    figure = phrase.value
    assert isinstance(figure, Figure)
    before, after = uniform(text[: phrase.begin]), uniform(text[phrase.end :])
    if not figure.is_dose and not figure.bare_scale:
        return "level"
    cap = cue("cap").search(before) or cue("cap after").match(after)
    total = cue("total").search(before)
    if (total and not cap and not re.search(r"daily\s*$", before[: total.start()])) or cue("total after").match(after):
        return "total"
    if earlier and cap and earlier[last := list(earlier)[-1]] == "cap" and _FURTHER.fullmatch(before[last.end :]):
        return "bound"
    if maximum or cap:
        return "cap"
    if _MINIMUM.search(before) or _NAMED_MAXIMUM.search(before):
        return "bound"
    if earlier and _is_aside(figure, before, earlier):
        return "aside"
    return "bound" if _BOUND.search(before) or figure.bare_scale else "dose"


def bound_words(before: str) -> int | None:
    """Give where the words that make the amount behind them a bound begin ("minimum", "up to"), or None."""
    said = _MINIMUM.search(before) or _NAMED_MAXIMUM.search(before) or cue("cap").search(before)
    return said.start() if said else None


def _is_aside(figure: Figure, before: str, earlier: Mapping[Phrase, str]) -> bool:
    last = list(earlier)[-1]
    between = before[last.end :]
    if earlier[last] == "cap" and _NARROWED.fullmatch(between):
        return True
    if re.search(r"[;\n]|(?<!\be\.g)(?<!\bi\.e)\.\s", between):
        return False
    diluent = figure.amount.unit in ("mL", "L") and re.search(r"(?:\bin|@|\bat)\s*$", between)
    return bool((cue("derived").search(before) and _REST.fullmatch(between)) or diluent)


def settle_caps(draft: Draft, figure: Figure | None, interval_h: tuple[Decimal, Decimal] | None) -> None:
    """Type each maximum as of one dose or of a day; one that could be either is not understood and says so."""
    for cap, words in draft.caps:
        plain = uniform(words)
        daily = cap.per_time == "d" or cue("daily").search(plain)
        single = cap.per_dose or cue("single").search(plain)
        unit = f"{cap.amount.unit}/{cap.per}" if cap.per else cap.amount.unit
        limit = Limit(cap.amount.high, unit)
        rate = figure is not None and figure.per_time not in (None, "d")
        if _WHOLE_COURSE.search(plain):
            draft.notes.append(words)
        elif _SOME_DAYS.search(plain) or cap.amount.low != cap.amount.high or (daily and single) or cap.bare_scale:
            draft.unparsed.append(words)
        elif cap.per_time not in (None, "d") or (rate and not daily and not single):
            (draft.unparsed if figure and figure.per else draft.notes).append(words)
        elif daily or (not single and figure is not None and figure.per_time == "d"):
            _limit(draft, "max_daily", limit, words)
        elif single or _is_per_dose(figure, interval_h, cap):
            _limit(draft, "max_single", limit, words)
        else:
            draft.unparsed.append(words)
    draft.caps.clear()


def _limit(draft: Draft, name: str, limit: Limit, words: str) -> None:
    known = getattr(draft, name)
    if known is not None and known != limit:
        draft.unparsed.append(words)
    else:
        setattr(draft, name, limit)


def _is_per_dose(figure: Figure | None, interval_h: tuple[Decimal, Decimal] | None, cap: Figure) -> bool:
    """Tell whether a bare "max 800 mg" must be of one dose.

    It must beside a dose by weight or surface, one dose a day, cells, or where it tops a dose without interval.
    """
    if (
        figure is None
        or figure.per is not None
        or interval_h == (Decimal(24), Decimal(24))
        or cap.amount.unit == "cells"
    ):
        return True
    return interval_h is None and (figure.amount.high, figure.amount.unit) == (cap.amount.high, cap.amount.unit)
