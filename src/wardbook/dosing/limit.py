"""What an amount is: a dose, a maximum, a total or a threshold; and of what time a maximum is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from wardbook.dosing.amount import Figure
from wardbook.dosing.band import NO_LESS, NO_MORE
from wardbook.dosing.comparator import comparator_pattern
from wardbook.dosing.cue import cue
from wardbook.dosing.day_total import is_day_of
from wardbook.dosing.draft import Draft
from wardbook.dosing.drug_vocabulary import published
from wardbook.dosing.notation import has_digit, uniform
from wardbook.dosing.phrase import Phrase
from wardbook.dosing.regimen import Limit
from wardbook.dosing.route import read_routes
from wardbook.dosing.unit import convert, exact
from wardbook.lazy_regex import lazy_regex

# What may stand between an amount and the one worked out of it: "5 mg/kg q8h, which is about".
_RATIO = lazy_regex(r"\b(?:per|for each|for every|in each|per each)\s+$")
_REST = lazy_regex(
    r"(?:[^\w]|\b(?:which|that|this|it|e\.?g|i\.?e|then|about|approximately|is|are|equals?|equal to|makes|or about|"
    r"corresponds to|every|daily|once|twice|q\d*h?|h|hours?|\d+|iv|sc|po|per|day|bid|tid|qid|ibw|bw|for|a|an|the|"
    r"body|weight|adult|preferred|divided)\b)*"
)
_MINIMUM = lazy_regex(
    r"(?:(?<![/\w])minimum(?: (?:single |daily )?dose)?|(?:^|[(,;])\s*min\.?(?: dose)?)(?: of| is)?[\s:=]*$"
)
_NAMED_MAXIMUM = lazy_regex(r"(?:^|[.;:(]\s*)max(?:imum)?(?:\s+[a-z-]+){1,2}[\s:]*$")
# What bounds more or less than one dose or one day: it fits neither field.
_WHOLE_COURSE = lazy_regex(
    r"\b(?:lifetime|life-time|cumulative|per course|(?:per|a|each) (?:course|cycle|week|month|year|episode)|in total"
    r"|for this purpose|overall|weekly)\b|\btotal\b(?! daily)"
)
_SOME_DAYS = lazy_regex(r"\b(?:on|for|in) (?:the )?(?:day \d|first\b|initial\b)|\b(?:first|initial) (?:day|dose|24)")
# What may stand between a maximum and a further one: "40 mg/kg/day, 600 mg/dose", "100 mg per dose and 200 mg/day".
_BESIDE = lazy_regex(
    r"\s*(?:\)?\s*[(,;/]|\bor\b|\band\b|\bbut\b|&|\+)\s*"
    r"(?:(?:or|and|but|a|an|the|of|also|total|overall|daily|single|dose)\b[\s:]*)*"
)
# What follows a further maximum that holds for some only: "max 160 mg (80 mg if ascites)".
_FOR_SOME = lazy_regex(
    r"[\s,]*(?:(?:per|/|a) ?(?:day|dose)|daily)?[\s,]*"
    r"(?:(?:if|for|when|with|unless|during|under|above|below|aged?|in(?! (?:24|a day|one day|any)))\b|[<>≤≥])"
)
# "Max 0.3 mg in children, 0.5 mg in adults": neither holds for all.
_EACH_FOR_SOME = lazy_regex(
    r"\s*(?:\(?\s*(?:if|in|for|when|with|under|over|above|below)\b|[<>≤≥])[^,;.()]{1,40}[,;)]\s*(?:and|or|but)?\s*"
)
_BOUND = lazy_regex(rf"(?:{comparator_pattern()}|±)\s*$")
# "10 kg and over 400 mg": what ends the band bounds no dose.
_OF_BAND = lazy_regex(rf"\d\s*-?(?:kg|years?|yrs?|y|months?|mo|m2|ml/min)(?: old| of age)? (?:{NO_LESS}|{NO_MORE})\s*$")


def role_of_amount(text: str, phrase: Phrase, maximum: bool, earlier: Mapping[Phrase, str]) -> str:
    """Tell what an amount is: "dose" | "cap" | "total" | "aside" | "ratio" | "bound" | "level".

    A ratio ("1 mg per 100 units of x") tells of what the dose before it is a share: that one is never computed then. An
    aside is worked out of an amount before it, narrows a cap before it, or is the fluid that a dose is in.
    """
    figure = phrase.value
    assert isinstance(figure, Figure)
    before, after = uniform(text[: phrase.begin]), uniform(text[phrase.end :])
    if _is_level(figure, before, after):
        return "level"
    cap = cue("cap").search(before) or cue("cap after").match(after) or _is_run_at(figure, before, earlier)
    if earlier and earlier[list(earlier)[-1]] == "cap" and (further := _further_role(figure, before, after, earlier)):
        return further
    until = cue("reached after").match(after) and re.search(r"\b(?:until|till)\b[^.;\n]*$", before)
    if until or _REPEATED_TO.search(before):
        return "total"
    total = cue("total").search(before)
    if not cap and total and not re.search(r"daily\s*$", before[: total.start()]):
        return "total"
    if (cue("total after").match(after) and not cue("cap").search(before)) or (not cap and _is_step(figure, before)):
        return "total"  # by how much a dose or rate is changed is none to give either
    if maximum or cap:
        return _cap_or_content(before, after, named=bool(cap))
    if _MINIMUM.search(before) or _NAMED_MAXIMUM.search(before):
        return "bound"
    if earlier and _RATIO.search(before):
        return "ratio"
    if earlier and _is_aside(figure, before, after, earlier):
        return "aside"
    bound = (_BOUND.search(before) and not _OF_BAND.search(before)) or _is_of_bound(before, earlier)
    return "bound" if bound or figure.bare_scale else "dose"


_REPEATED_TO = lazy_regex(
    r"\brepeat\w*\b[^.;()]{0,40}\b(?:up )?to (?:a |the )?(?:total |cumulative )?max(?:imum)?(?: (?:dose )?of)?\s*$"
)
"""Before what all doses come to at most ("repeated to a maximum of 10 mg/kg")."""


def _cap_or_content(before: str, after: str, *, named: bool) -> str:
    """Tell a maximum, which words name or its cell is one of, from what a container holds ("Vials hold 1,000")."""
    content = not named and (_HOLDS.search(before) or _CONTAINER.match(after))
    return "aside" if content else "cap"


_HOLDS = lazy_regex(
    r"\b(?:vials?|ampoules?|amps?|syringes?|bags?|pens?|bottles?)\s+"
    r"(?:(?:sizes?|strengths?|holds?|contains?|with|of|is|are|come|comes|in|each|:)\s*)*$"
)
_CONTAINER = lazy_regex(r"\s*-?\s*(?:vials?|ampoules?|amps?|syringes?|bags?|pens?|bottles?)\b")
"""Before and behind what one container holds."""


_OF_BOUND = lazy_regex(r"\s*\(\s*(?:(?:in|for|an?|adults?|child(?:ren)?|infants?|neonates?)\s+)*")
"""Between a bound and the same for others, in a bracket behind it ("< 0.1 mcg/kg/min (adults 10 mcg/min)")."""


def _is_level(figure: Figure, before: str, after: str) -> bool:
    """Tell whether an amount is measured, changes what is, or tells doses apart."""
    if (not figure.is_dose and not figure.bare_scale) or _IF_DOSE.search(before) or _ALREADY_ON.search(before):
        return True
    beside = _AT_DRUG.search(before)
    if beside and (beside[1] in published().names or beside[1] in published().short):
        # told in two steps: one pattern that looks for the digit as well is cubic on a long line
        clause = max(before.rfind(mark, 0, beside.start()) for mark in ";\n") + 1
        if has_digit(before[clause : beside.start()]):
            return True
    return figure.amount.unit in ("mmol", "meq") and _CHANGE.match(after) is not None


_AT_DRUG = lazy_regex(r"\bat\s+([a-z-]{4,})\s+$")
"""Behind a dose: of what the patient has so much when it is given ("glargine 0.3 units/kg at prednisone 1 mg/kg")."""
_CHANGE = lazy_regex(r"\s*(?:rise|fall|correction|(?:increase|drop|change)(?!\s+to\b))\b(?!-)")
"""Behind a figure by which what is measured in the blood may change; "increase to" orders the next dose."""
_ALREADY_ON = lazy_regex(
    r"\b(?:off|tapering|tapered|weaned|weaning|stable|still|remains|remaining|reduced|down)\b"
    r"(?:\s+(?:[a-z]*steroids?|[a-z]+(?:one|ol)|dex|pred|on|to|or|and|at|a|the|daily|dose|doses|of))*\s*[<>≤≥]=?\s*$"
)
"""Before a figure that says what a patient has still ("off steroids or ≤ 10 mg"), and orders none."""
_IF_DOSE = lazy_regex(
    r"\b(?:if|when|where|for|unless|provided)\s+(?:the\s+)?(?:(?:single|daily|total|calculated)\s+)?doses?\s+"
    rf"(?:(?:is|are)\s+)?(?:{comparator_pattern()})\s*$"
)
"""Before a figure that says for which doses something holds ("oral only if dose ≤"), and bounds none."""


def _is_of_bound(before: str, earlier: Mapping[Phrase, str]) -> bool:
    """Tell whether an amount in a bracket behind a bound is that bound for others."""
    last = list(earlier)[-1] if earlier else None
    return last is not None and earlier[last] == "bound" and _OF_BOUND.fullmatch(before[last.end :]) is not None


def _is_step(figure: Figure, before: str) -> bool:
    """Tell whether an amount is by how much a dose or a rate is changed."""
    return step_begin(figure, before) is not None


def step_begin(figure: Figure, before: str) -> int | None:
    """Give where the words begin that make an amount a change of a dose or rate ("rate + "), None where it is none."""
    said = _STEP.search(before) or (_RATE_STEP.search(before) if figure.per_time in ("min", "h") else None)
    return said.start() if said else None


_RUN_AT = lazy_regex(
    r"[\s,]*(?:(?:iv|im|io|by infusion|given|slowly|diluted|undiluted)\b[\s,]*)*\b(?:at|at a rate of|rate(?: of)?)\s*"
)
"""An infusion behind a comma ("20 mg IV, infusion at 10 mg/h") is a dose of its own."""


def _is_run_at(figure: Figure, before: str, earlier: Mapping[Phrase, str]) -> bool:
    """Tell whether an amount an hour or minute is how fast the dose before it runs ("20 mg/kg IV at 50 mg/min")."""
    last = list(earlier)[-1] if earlier else None
    if last is None or figure.per_time not in ("min", "h") or earlier[last] != "dose":
        return False
    known = last.value
    assert isinstance(known, Figure)
    return known.per_time is None and _RUN_AT.fullmatch(before[last.end :]) is not None


def bound_words(before: str) -> int | None:
    """Give where the words that make the amount behind them a bound begin ("minimum", "up to"), or None."""
    said = _MINIMUM.search(before) or _NAMED_MAXIMUM.search(before) or cue("cap").search(before)
    return said.start() if said else None


def _further_role(figure: Figure, before: str, after: str, earlier: Mapping[Phrase, str]) -> str | None:
    """Tell what an amount right behind a maximum is; None where something else stands between.

    It is a maximum too where it says of what time ("max 40 mg/kg/day, 600 mg/dose"), or where neither does and one goes
    by weight ("max 15 mg/kg (1 g)"); an aside where it narrows the first for some or puts it in another unit; else what
    it bounds is not understood.
    """
    last = list(earlier)[-1]
    known = last.value
    assert isinstance(known, Figure)
    between = before[last.end :]
    said = cue("cap").search(between)
    gap = between[: said.start()] if said else between
    if _EACH_FOR_SOME.fullmatch(gap) and for_some(after):
        return "bound"
    beside = _BESIDE.fullmatch(gap) or (said and not gap.strip())
    if not beside or (said and said.group().startswith("max")):
        return None
    if not said and between.lstrip().startswith(")") and _by_a_route(after):
        return None  # "15 mg/kg PO (max 1 g) / 10 mg/kg IV": the next way of giving
    own, theirs = _base(figure, after, between), _base(known, between, "")
    other_unit = convert(figure.amount.high, figure.amount.unit, known.amount.unit) is None
    if other_unit or (for_some(after) and (figure.per, own or theirs) == (known.per, theirs)):
        return "aside"
    alike = figure.per == known.per and own == theirs
    return "cap" if not alike and not for_some(after) and (own or not theirs) else "bound"


def _by_a_route(after: str) -> bool:
    """Tell whether the words right behind an amount say by which route it is given."""
    return any(not after[: route.begin].strip() for route in read_routes(after))


def banded_caps(text: str, phrases: Sequence[Phrase], roles: Mapping[Phrase, str]) -> Iterator[tuple[int, int]]:
    """Give the brackets that hold nothing but a band and a maximum for it ("(CrCl < 50: max 100 mg)").

    With a comma between ("8 mg/kg (≥ 30 kg, max 800 mg)") the band is the dose's.
    """
    for last, phrase in pairwise(phrases):
        if last.kind != "band" or roles.get(phrase) != "cap":
            continue
        said = cue("cap").search(uniform(text[last.end : phrase.begin]))
        opens = re.search(r"\(\s*(?:if |when |in )?$", uniform(text[: last.begin]))
        closes = re.match(r"[^;(\n]{0,20}\)", text[phrase.end :])
        if said and opens and closes and text[last.end : last.end + said.start()].strip() == ":":
            yield last.begin, phrase.end + closes.end() - 1


_FOR_BAND = lazy_regex(
    r"\s*,?\s*(?:(?:in|if|for|when)\b\s*)(?:(?:those|children|patients|adults|aged?|age|weight)\b\s*)*"
)


def caps_of_bands(text: str, phrases: Sequence[Phrase], roles: Mapping[Phrase, str]) -> Iterator[tuple[int, int]]:
    """Give the maxima of a bracket that hold within the band behind them alone ("(max 250 mg/d in > 8 y)")."""
    dosed = False
    for phrase, behind in pairwise(phrases):
        dosed = dosed or roles.get(phrase) == "dose"
        if not dosed or roles.get(phrase) != "cap" or behind.kind != "band":
            continue
        opens = text.rfind("(", 0, phrase.begin)
        inside = opens >= 0 and ")" not in text[opens : behind.end]
        begin = bound_words(uniform(text[: phrase.begin]))
        if (
            inside
            and begin is not None
            and begin > opens
            and _FOR_BAND.fullmatch(uniform(text[phrase.end : behind.begin]))
        ):
            yield begin, behind.end


def for_some(after: str) -> bool:
    """Tell whether the (uniform) words behind an amount say that it holds for some only."""
    return _FOR_SOME.match(after) is not None


def _base(figure: Figure, after: str, before: str) -> str | None:
    """Tell of what time a maximum says that it is: "dose", "d", "h", ...; None where it does not."""
    if figure.per_time or figure.per_dose:
        return figure.per_time or "dose"
    if cue("daily after").match(after) or re.search(r"\b(?:daily|total)\b", before):
        return "d"
    return "dose" if cue("single").match(after.lstrip()) or re.search(r"\bsingle\b", before) else None


_STEP = lazy_regex(
    r"\b(?:rais|increas|reduc|lower|decreas|titrat|adjust|taper|step|go|going|turn|drop|cut|wean)\w*\b[^.;:\n\d]{0,40}"
    r"\bby\s*$|\b(?:up|down) by\s*$|\b(?:steps|increments|decrements) of\s*$"
    r"|\bround(?:s|ed|ing)?\b(?: (?:up|down|off|it|doses?|to|the|a|next|nearest|closest|whole|full|multiples? of))*\s*$"
    r"|\b(?:rate|dose|speed)\s*(?:by\s*)?[+±]\s*$|(?:^|[,;(]\s*|\bthen\s+)rate\s+-\s+$|^\s*[+±]\s*$|\b(?:up|down)\s+$"
)
"""A change of a dose or of a rate ("raise by", "rate + "), or what it is rounded to."""
_RATE_STEP = lazy_regex(
    r"(?:^|[,;(]\s*|\bthen\s+)(?:(?:increase|decrease|reduce|raise|lower)(?: the)?(?: (?:infusion|rate|drip|dose))*\s+"
    r"|[-+]\s*)$"
)
"""A change of what runs, with no "by" ("reduce 2 units/kg/h", "- 2 units/kg/h")."""
_SUGAR = lazy_regex(r"\s*(?:of\s+)?(?:glucose|dextrose)\b")
_JOINED = lazy_regex(r"(?:\b(?:with|in|and|plus)|\+|&)\s*$")
_OPEN_BRACKET = lazy_regex(r"\s*(?:(?:iv|im|io|sc|po|neb\w*)\s*)?\(\s*(?:=|i\.?e\.?,?|that is|equals)?\s*")


def _is_aside(figure: Figure, before: str, after: str, earlier: Mapping[Phrase, str]) -> bool:
    last = list(earlier)[-1]
    between = before[last.end :]
    if re.search(r"[;\n]|(?<!\be\.g)(?<!\bi\.e)\.\s", between):
        return False
    if re.search(r"[(=]\s*=?\s*(?:equivalent to\s*)?$", between) and "=" in between[-12:]:
        return True
    known = last.value
    assert isinstance(known, Figure)
    if known.amount.unit == "[iU]" != figure.amount.unit and _SUGAR.match(after) and _JOINED.search(between):
        return True  # "10 units with 25 g glucose"
    volumes = {figure.amount.unit, known.amount.unit} & {"mL", "L"}
    if is_day_of(figure, known, between, after):
        return True
    if known.amount.unit.startswith("{") and figure.amount.unit in ("mmol", "meq") and _IN_BRACKET.search(between):
        return True  # "2 tablets TDS (24 mmol)": what these hold
    in_brackets = _OPEN_BRACKET.fullmatch(between) and (figure.per, figure.per_time) == (known.per, known.per_time)
    if in_brackets and len(volumes) == 1 and figure.amount.unit != known.amount.unit:
        return True  # "10 mcg/kg (0.1 mL/kg)": what that is of the solution
    diluent = figure.amount.unit in ("mL", "L") and re.search(r"(?:\bin|@|\bat)\s*$", between)
    return bool((cue("derived").search(before) and _REST.fullmatch(between)) or diluent)


_IN_BRACKET = lazy_regex(r"\(\s*(?:=\s*)?$")


def limit_of(cap: Figure) -> Limit:
    """Give an amount as a maximum, per kg or m2 where it is."""
    return Limit(cap.amount.high, f"{cap.amount.unit}/{cap.per}" if cap.per else cap.amount.unit)


def _in_time(cap: Figure, per_time: str | None) -> Limit | None:
    return rate_limit(limit_of(cap), cap.per_time, per_time)


def rate_limit(limit: Limit, per_time: str | None, wanted: str | None) -> Limit | None:
    """Give the maximum of a rate per another time ("36 mg/h" is 0.6 mg/min), or None where that is not exact."""
    if per_time == wanted:
        return limit
    hours = {"min": Fraction(1, 60), "h": Fraction(1)}
    if per_time not in hours or wanted not in hours:
        return None
    value = exact(Fraction(limit.value) * hours[wanted] / hours[per_time])
    return Limit(value, limit.unit) if value is not None else None


def settle_caps(draft: Draft, figure: Figure | None, interval_h: tuple[Decimal, Decimal] | None) -> None:
    """Type each maximum as of one dose or of a day; one that could be either is not understood and says so."""
    for cap, words in draft.caps:
        plain = uniform(words)
        daily = cap.per_time == "d" or cue("daily").search(plain)
        single = cap.per_dose or cue("single").search(plain)
        limit = limit_of(cap)
        rate = figure is not None and figure.per_time not in (None, "d")
        if _WHOLE_COURSE.search(plain) and cap.per_time != "d":
            draft.notes.append(words)
        elif _SOME_DAYS.search(plain) or cap.amount.low != cap.amount.high or (daily and single) or cap.bare_scale:
            draft.unparsed.append(words)
        elif rate and figure is not None and cap.per in (None, figure.per) and (per := _in_time(cap, figure.per_time)):
            _limit(draft, "max_rate", per, words)
        elif figure is None and cap.per_time in ("min", "h") and draft.max_rate is None:
            draft.max_rate, draft.rate_time = limit, cap.per_time
        elif cap.per_time in ("min", "h") and not rate:
            draft.infusion.append(words)
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
    """Keep a maximum; a fixed one and one by weight or surface both hold, two of a kind that differ are no field."""
    known = getattr(draft, name)
    if known is None or known == limit:
        setattr(draft, name, limit)
        return
    sized, fixed = sorted((known, limit), key=lambda each: "/" not in each.unit)
    both = f"{name}_by_size"
    if "/" not in sized.unit or "/" in fixed.unit or getattr(draft, both, sized) not in (None, sized):
        draft.unparsed.append(words)
    else:
        setattr(draft, name, fixed)
        setattr(draft, both, sized)


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
