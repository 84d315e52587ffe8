"""Whether two regimens say the same, differ because they are for different things, or contradict each other."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from wardbook.dosing.asked_words import TermMatcher, Wants, indication_words, positive, words_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient_group import own_groups
from wardbook.dosing.regimen import Amount, Limit, Regimen
from wardbook.dosing.severity import stated_grades
from wardbook.dosing.unit import convert
from wardbook.lazy_regex import lazy_regex

Course = tuple[Regimen, ...]
"""Doses that follow one another, in order; mostly one."""
_NUMBERS = "first second third fourth fifth sixth".split()
_NUMBERED = lazy_regex(rf"\b({'|'.join(_NUMBERS)}) (?:step|dose|stage|phase|infusion|cycle|course)\b")
_TIMES = lazy_regex(r"once|twice|\d+")
_ON_DAYS = lazy_regex(r"\b(?:days?|d)\s*[-–−+]?\d+(?:(?:\s*(?:,|to|and|through|[-–])\s*)+[-–−+]?\d+)*")
"""On which days a dose is given, which is not how often."""
_DAYS = lazy_regex(r"(?:(?<=day )|(?<=days )|(?<=[,;:] )|(?<=to )|(?<=and )|(?<=through )|^(?=[-–−+]))[-–−+]?\d+")
_ORDINAL = lazy_regex(
    r"\b(?:first|second|third|fourth|fifth|initial|next|loading|maintenance|then|after|step|alternatives?|alternatively|other)\b",
    re.IGNORECASE,
)


def richness(regimen: Regimen) -> tuple[bool, bool, bool, bool, int]:
    """Give a sort key, best highest: not of a study, from a table, wholly understood, with its band, much stated."""
    stated = (
        regimen.amount,
        regimen.interval_h,
        regimen.max_single,
        regimen.max_daily,
        regimen.max_doses,
        regimen.duration,
        regimen.indication,
        regimen.severity,
        regimen.population,
        *regimen.route,
    )
    count = sum(item is not None for item in stated)
    whole = not regimen.unparsed
    return (not regimen.evidence, not regimen.from_text, whole, regimen.condition is not None, count)


def _fullness(regimen: Regimen, wants: Wants | None) -> tuple[int, tuple[bool, bool, bool, bool, int]]:
    """Give a sort key, best highest: where a maximum is asked, that of a dose and of their number count first."""
    maxima = (regimen.max_single, regimen.max_daily, regimen.max_doses) if wants == "max" else ()
    return sum(each is not None for each in maxima), richness(regimen)


def courses(regimens: Iterable[Regimen]) -> list[Course]:
    """Join doses that follow one another: those of one cell, numbered rows ("second dose"), the same on two days."""
    joined: list[Course] = []
    for regimen in regimens:
        if joined and _is_in_single_doses(joined[-1][-1], regimen):
            continue
        if joined and _follows(joined[-1][-1], regimen):
            joined[-1] = (*joined[-1], regimen)
        else:
            joined.append((regimen,))
    return joined


def _follows(last: Regimen, regimen: Regimen) -> bool:
    if (last.page, last.section) != (regimen.page, regimen.section):
        return False
    if last.lines == regimen.lines:
        if last.step is not None or regimen.step is not None:
            return last.step is not None and regimen.step == last.step + 1
        if _is_maintained(last, regimen) or _is_stepped_up(last, regimen) or _is_on_later_day(last, regimen):
            return True
        return last.verbatim == regimen.verbatim and not regimen.condition and bool(_goes_on(last, regimen))
    if _is_on_another_day(last, regimen) or _is_next_in_course(last, regimen):
        return True
    before, number = _number(last), _number(regimen)
    return number > 1 and number == before + 1 and _unnumbered(last) == _unnumbered(regimen)


def _is_on_another_day(last: Regimen, regimen: Regimen) -> bool:
    """Tell whether two rows of a table, one below the other, give the very same dose on days of their own."""
    days = [_DAYS.findall((each.schedule or "").lower()) for each in (last, regimen)]
    apart = all(days) and not set(days[0]) & set(days[1]) and regimen.lines[0] == last.lines[1] + 1
    return apart and replace(last, schedule=None, lines=regimen.lines) == replace(regimen, schedule=None)


def _is_next_in_course(last: Regimen, regimen: Regimen) -> bool:
    """Tell whether two rows, one below the other, are steps of one course: of a later day, or of the next step.

    Behind a numbered one comes what is given from then on ("Full", "weekly after"). Whom they are for is the same.
    """
    if (
        regimen.lines[0] != last.lines[1] + 1
        or last.from_text != regimen.from_text
        or not (last.amount and regimen.amount)
    ):
        return False
    whom = [
        (each.population, each.severity, each.setting, each.bands, each.per, each.per_time) for each in (last, regimen)
    ]
    routes = [set(each.route) for each in (last, regimen)]
    if whom[0] != whom[1] or (all(routes) and not routes[0] & routes[1]) or last.unparsed or regimen.unparsed:
        return False
    before, after = (_place_in_course(each) for each in (last, regimen))
    if before is None:
        return False
    return before < after if after is not None else any(map(_FROM_THEN_ON.match, _labels(regimen)))


def _labels(regimen: Regimen) -> list[str]:
    """Give the words that say when in its course a dose is given."""
    told = [regimen.schedule or "", (regimen.indication or "").rpartition(": ")[2], *regimen.notes]
    return [re.sub(r"^(?:day|step|dose|when|schedule|time|phase)s?: ", "", uniform(words).strip()) for words in told]


def _place_in_course(regimen: Regimen) -> int | None:
    """Give the number of the day or of the step that a row is for, None where it tells none."""
    first = _ROW_DAY.match((regimen.schedule or "").lower())
    if first:
        return int(first[1])
    steps = [match for words in _labels(regimen) if (match := _ROW_STEP.match(words))]
    return int(steps[0][1]) if steps else None


_ROW_DAY = lazy_regex(r"\W*(?:on |from )?(?:d|days?|w|wk|weeks?)\W{0,3}\+?(\d{1,3})\b")
_ROW_STEP = lazy_regex(r"\W*(?:step(?:[ -]?up)?|sud|dose|priming)(?: dose)? ?(\d)\b")
_FROM_THEN_ON = lazy_regex(
    r"\W*(?:full|target|maintenance|treatment dose|(?:(?:weekly|daily|monthly|every \w+(?: weeks?)?),? )?"
    r"(?:after|then|there-?after|afterwards|onwards?|from then on)\b)"
)


def _is_maintained(last: Regimen, regimen: Regimen) -> bool:
    """Tell whether a row gives a dose to load with and then one to maintain, each in its own cell."""
    phases = [words_of(" ; ".join([*each.notes, each.schedule or ""])) & _LOAD_THEN for each in (last, regimen)]
    routes = [set(each.route) for each in (last, regimen)]
    together = not routes[0] or not routes[1] or bool(routes[0] & routes[1])
    first = bool(phases[0]) and "maintenance" not in phases[0] and phases[1] == {"maintenance"}
    return first and together and _for_whom(last) == _for_whom(regimen)


def _is_stepped_up(last: Regimen, regimen: Regimen) -> bool:
    """Tell whether a row gives a dose to start with and then, under another header, one to go up to."""
    starts = words_of(" ; ".join([*last.notes, last.schedule or ""])) & {"start", "starting", "initial"}
    later = any(_STEP.match(uniform(note)) for note in regimen.notes)
    further = (regimen.indication or "").startswith(last.indication or "")
    return bool(starts) and later and further and _for_whom(last)[1:] == _for_whom(regimen)[1:]


_STEP = lazy_regex(
    r"(?:step(?:ped|s|ping)?[ -]?up|increase|titrat|escalat|raise|go up|then|next|"
    r"if (?:no|not|needed|still|inadequate|poor)\b)"
)


def _is_on_later_day(last: Regimen, regimen: Regimen) -> bool:
    """Tell whether the cells of a row give doses for days, or weeks, of their own, one behind the other."""
    days = [_FIRST_DAY.match((each.schedule or "").lower()) for each in (last, regimen)]
    if last.from_text or regimen.from_text or last.verbatim == regimen.verbatim or not (days[0] and days[1]):
        return False
    further = (regimen.indication or "").startswith(last.indication or "")
    later = days[0][1][0] == days[1][1][0] and int(days[0][2]) < int(days[1][2])
    return later and further and _for_whom(last)[1:] == _for_whom(regimen)[1:] and last.also == regimen.also


_FIRST_DAY = lazy_regex(r"\W*(?:on |from )?(d|day|days|w|wk|week|weeks)\s*\+?(\d+)\b")


def _is_in_single_doses(last: Regimen, regimen: Regimen) -> bool:
    """Tell whether a bracket says a daily dose in single ones: "2 mg/kg/day (1 mg/kg twice daily)"."""
    if last.lines != regimen.lines or last.verbatim != regimen.verbatim or last.page != regimen.page:
        return False
    if last.per_time != "d" or regimen.per_time or not regimen.interval_h or not (last.amount and regimen.amount):
        return False
    each, of_day = regimen.amount, last.amount
    if any((regimen.max_single, regimen.max_daily, regimen.max_single_by_size, regimen.max_daily_by_size)):
        return False  # a cap in the bracket is not lost
    same = (each.unit, regimen.per, regimen.condition) == (of_day.unit, last.per, last.condition)
    slow, quick = regimen.interval_h[1], regimen.interval_h[0]
    daily = (each.low * 24, each.high * 24) == (of_day.low * slow, of_day.high * quick)
    bracket = re.search(r"\(([^()]*)\)", last.verbatim)
    return same and slow == quick and daily and bracket is not None and f"{each.low:f}" in bracket[1]


def _for_whom(regimen: Regimen) -> tuple[object, ...]:
    return (regimen.indication, regimen.setting, regimen.severity, regimen.population, regimen.condition)


_LOAD_THEN = frozenset({"load", "loading", "induction", "maintenance"})


_LATER = lazy_regex(
    r"^(?:may (?:go|be raised|be increased|increase|repeat|escalate)|increase|escalate|raise|repeat|then|"
    r"if (?:no|it|not|needed))\b",
    re.IGNORECASE,
)
_DAY = lazy_regex(r"^(?:from |on |starting )?(?:day|days|week|weeks)\b", re.IGNORECASE)


def _goes_on(last: Regimen, regimen: Regimen) -> bool:
    """Tell whether a dose goes on from the one before it in a cell: on later days, or where that one does not do."""
    said = [*filter(None, [regimen.schedule]), *regimen.notes]
    days = [bool(_DAY.match(each.schedule or "")) for each in (last, regimen)]
    return any(_LATER.match(words.strip(" ,;")) for words in said) or (all(days) and last.schedule != regimen.schedule)


def _number(regimen: Regimen) -> int:
    """Give the place in a course that severity or indication state in words; 0 for none."""
    match = _NUMBERED.search(f"{regimen.severity or ''} ; {regimen.indication or ''}".lower())
    return _NUMBERS.index(match[1]) + 1 if match else 0


def _unnumbered(regimen: Regimen) -> tuple[str, ...]:
    texts = (regimen.severity or "", regimen.indication or "")
    return tuple(_NUMBERED.split(text.lower())[0].strip(" ,;(") for text in texts)


def distinct(
    candidates: Iterable[Course], wants: Wants | None, same: TermMatcher | None = None, *, apart: bool = False
) -> list[list[Course]]:
    """Group courses that say the same of what is wanted, the fullest row first in its group; groups as they come.

    A row that does not state the wanted part is left out where another one states it; where none does, the whole
    regimen decides. Where only one of two rows states a maximum, they are one only if they are for the same thing and
    the same patients; `apart` asks that of all rows: an equal dose for something else stands beside the first.
    """
    listed = list(candidates)
    stating = [course for course in listed if any(states(regimen, wants) for regimen in course)]
    wants = wants if stating else None
    groups: list[list[Course]] = []
    for course in sorted(stating or listed, key=lambda course: _fullness(course[0], wants), reverse=True):
        agreeing = (g for g in groups if all(_courses_agree(course, other, wants, same, apart) for other in g))
        home = next(agreeing, None)
        if home is None:
            groups.append([course])
        else:
            home.append(course)
    order = {id(course): at for at, course in enumerate(listed)}
    return sorted(groups, key=lambda group: (group[0][0].from_text, min(order[id(course)] for course in group)))


def _courses_agree(left: Course, right: Course, wants: Wants | None, same: TermMatcher | None, apart: bool) -> bool:
    return len(left) == len(right) and all(
        agrees(*pair, wants) and _may_be_one(*pair, wants, same, apart) for pair in zip(left, right, strict=True)
    )


def _may_be_one(left: Regimen, right: Regimen, wants: Wants | None, same: TermMatcher | None, apart: bool) -> bool:
    """Tell whether rows with equal doses may be shown as one; a row that says nothing of what it is for may be for
    the other's, save where only one of them has a maximum.
    """
    if wants is None and [row.max_single is None and row.max_daily is None for row in (left, right)] in _ONE_CAPPED:
        return _is_for_same(left, right, same)
    unsaid = left.indication is None or right.indication is None
    return not apart or _is_for_same(left, right, None if unsaid else same)


_ONE_CAPPED = ([True, False], [False, True])


def _is_for_same(left: Regimen, right: Regimen, same: TermMatcher | None) -> bool:
    """Tell whether two regimens are for the same thing and patients, in the same band, and by the same route.

    What is for CRS is for CAR-T CRS too, and what names no patients for adults.
    """
    subjects = [subject(row, same) if same else frozenset[str]() for row in (left, right)]
    return (
        (subjects[0] <= subjects[1] or subjects[1] <= subjects[0])
        and own_groups(left) - {"adults"} == own_groups(right) - {"adults"}
        and _same(left.condition, right.condition)
        and _same(left.setting, right.setting)
        and (not left.route or not right.route or bool(set(left.route) & set(right.route)))
    )


def states(regimen: Regimen, wants: Wants | None) -> bool:
    """Tell whether a regimen states the part that is wanted."""
    if wants == "max":
        return bool(regimen.max_single or regimen.max_daily or regimen.max_doses or regimen.max_rate)
    if wants == "duration":
        return regimen.duration is not None
    if wants == "route":
        return bool(regimen.route)
    if wants in ("interval", "start"):
        return regimen.interval_h is not None or regimen.schedule is not None
    return True


def agrees(left: Regimen, right: Regimen, wants: Wants | None = None) -> bool:
    """Tell whether two regimens give the same of what is wanted; what only one of them states does not part them."""
    limits = (
        (left.max_single, right.max_single),
        (left.max_daily, right.max_daily),
        (left.max_rate, right.max_rate),
        (left.max_single_by_size, right.max_single_by_size),
        (left.max_daily_by_size, right.max_daily_by_size),
    )
    if wants == "max":
        return all(_same_limit(*pair) for pair in limits) and _same(left.max_doses, right.max_doses)
    if wants == "duration":
        return words_of(left.duration or "") == words_of(right.duration or "")
    if wants == "route":
        return set(left.route) == set(right.route)
    if wants in ("interval", "start"):
        return _same_times(left, right)
    return (
        _same_amount(left, right)
        and _same_times(left, right)
        and _same_days(left, right)
        and all(_same_limit(*pair) for pair in limits)
        and _same(left.max_doses, right.max_doses)
        and (not left.route or not right.route or bool(set(left.route) & set(right.route)))
        and not left.unparsed
        and not right.unparsed
    )


def _same(left: object, right: object) -> bool:
    return left is None or right is None or left == right


def _same_times(left: Regimen, right: Regimen) -> bool:
    """Compare how often; a row that says nothing of it is parted by nothing, one that says "once" is."""
    if left.interval_h and right.interval_h:
        return left.interval_h == right.interval_h
    figures = [_times(regimen) for regimen in (left, right)]
    if left.interval_h or right.interval_h:
        return not figures[0 if right.interval_h else 1]
    return not figures[0] or not figures[1] or figures[0] == figures[1]


def _times(regimen: Regimen) -> set[str]:
    """Give the figures that a schedule tells how often with; "once" and "1 dose" are one."""
    told = _ON_DAYS.sub(" ", (regimen.schedule or "").lower())
    return {"1" if figure == "once" else figure for figure in _TIMES.findall(told)}


def _same_days(left: Regimen, right: Regimen) -> bool:
    """Tell whether two schedules name the same days ("days -7 to -3"), where both name any."""
    days = [_DAYS.findall((regimen.schedule or "").lower()) for regimen in (left, right)]
    return not days[0] or not days[1] or set(days[0]) == set(days[1])


def _same_limit(left: Limit | None, right: Limit | None) -> bool:
    return left is None or right is None or convert(left.value, left.unit, right.unit) == right.value


def _same_amount(left: Regimen, right: Regimen) -> bool:
    if left.amount is None or right.amount is None:
        return left.amount is right.amount
    if (left.per, left.per_time) != (right.per, right.per_time):
        return False
    return _in(left.amount, right.amount.unit) == (right.amount.low, right.amount.high)


def _in(amount: Amount, unit: str) -> tuple[Decimal | None, Decimal | None]:
    return convert(amount.low, amount.unit, unit), convert(amount.high, amount.unit, unit)


def is_conflict(left: Regimen, right: Regimen, same: TermMatcher) -> bool:
    """Tell whether two regimens with different figures are for the same thing, so that the pages contradict."""
    if (left.page, left.section) == (right.page, right.section) and (
        left.lines == right.lines or not (left.indication and right.indication)
    ):
        return False  # rows of one table that do not say what for differ by something that was not read
    return (
        left.setting == right.setting
        and left.bands == right.bands
        and _levels(left) == _levels(right)
        and own_groups(left) == own_groups(right)
        and (not left.route or not right.route or bool(set(left.route) & set(right.route)))
        and subject(left, same) == subject(right, same)
        and _ordinals(left) == _ordinals(right) == frozenset()
    )


def _levels(regimen: Regimen) -> tuple[frozenset[int], frozenset[str]]:
    """Give the grades and, within one table, the words that qualify them."""
    text = regimen.severity or ""
    return stated_grades(text), words_of(re.sub(r"grades?\s*[\d\s,+/&-]*", " ", text, flags=re.IGNORECASE))


def subject(regimen: Regimen, same: TermMatcher) -> frozenset[str]:
    """Give what a regimen is for: its known terms, else its words."""
    words = positive(indication_words(regimen))
    return same.keys(words) or words_of(words)


def _ordinals(regimen: Regimen) -> frozenset[str]:
    text = " ".join(filter(None, (regimen.severity, regimen.indication, regimen.schedule, *regimen.notes)))
    return frozenset(word.lower() for word in _ORDINAL.findall(text)) | ({"step"} if regimen.step else frozenset())
