"""What one stretch of a text says of its one dose: each phrase put in its place, the rest kept as words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from wardbook.dosing.aimed_at import keep_aims
from wardbook.dosing.amount import Figure
from wardbook.dosing.band import Band, read_bands
from wardbook.dosing.bare_step import bare_steps
from wardbook.dosing.continued import continued
from wardbook.dosing.course import Course
from wardbook.dosing.cue import cue
from wardbook.dosing.draft import Draft, Mention
from wardbook.dosing.frequency import Frequency, read_frequencies
from wardbook.dosing.leftover import keep_leftovers, tidy
from wardbook.dosing.limit import banded_caps, bound_words, caps_of_bands, for_some, step_begin
from wardbook.dosing.maximum_taken import take_maximum
from wardbook.dosing.next_step import next_step
from wardbook.dosing.notation import uniform
from wardbook.dosing.other_item import other_items
from wardbook.dosing.phrase import Phrase
from wardbook.dosing.regimen import Condition
from wardbook.dosing.rhythm import is_of_course_beside, of_other_figure, per_day, splits_the_day
from wardbook.dosing.route import Route
from wardbook.dosing.separator import SEPARATORS, within, without
from wardbook.dosing.subject import (
    ambiguous_before,
    has_unknown_drug,
    is_companion,
    is_diluent,
    is_of_fluid,
    other_drug,
    others_before,
    subject_of,
)
from wardbook.dosing.volume import may_be_by_volume
from wardbook.dosing.way import is_of_drug_beside, take_band, take_route
from wardbook.lazy_regex import lazy_regex

_STOPS = lazy_regex(r"\b(?:stop(?:ped|s)?|end(?:ed|s)?|discontinued?|off)\s+(?:on|at|by|from|after)?\s*$")
_BY_NAME = lazy_regex(r"sc-?ig\b")
"""The one product whose name tells that it is not given as the others of its drug are."""
_CHECKS = lazy_regex(
    r"\b(?:check|recheck|monitor\w*|measure|assess\w*|reassess\w*|trend|vitals|draw|obtain|labs?|levels?|"
    r"neuro ?checks?)\b[^;.,]*$"
)
# "Max 16 g of piperacillin/day": what it is of may stand before the day.
_DAILY_OF = lazy_regex(
    r"\s*(?:of\s+)?[a-z-]{4,}(?:\s+[a-z-]+)?\s*(?:/\s*(?:day|24\s?h)|\b(?:per|a|each)\s+day|\bdaily"
    r"|\b(?:in|per|within)\s+(?:24[\s-]*(?:hours?|hrs?|h)|(?:a|one|any) day))\b"
)
_OF_CAP = lazy_regex(r"\b(?:daily|single)(?: (?:iv|po|im|sc|oral))?(?: dose)?[\s:]*$")


def fill(
    draft: Draft, text: str, phrases: Sequence[Phrase], roles: dict[Phrase, str], mentions: Sequence[Mention]
) -> None:
    """Give a draft what its stretch of the text says."""
    named = [mention for mention in mentions if draft.begin <= mention.begin < draft.end]
    anchor = next((p for p in phrases if p.value is draft.figure and draft.figure is not None), None)
    subject = subject_of(text, named, phrases, anchor)
    narrowed = _for_some(text, draft, phrases, roles)
    draft.words = without(draft.words, [(begin - draft.begin, end - draft.begin) for begin, end in narrowed])
    draft.caps_for_some += _caps_for_some(text, phrases, narrowed)
    others = _foreign(text, draft, named, subject, anchor)
    beside = [] if anchor is None else list(_of_other_items(draft, text, phrases, subject, anchor, others))
    draft.words = without(draft.words, [(begin - draft.begin, end - draft.begin) for begin, end in beside])
    foreign = [*others, *beside, *_cue_stretches(text, draft, phrases, roles), *narrowed]
    phrases = [p for p in phrases if p.kind != "route" or not is_of_drug_beside(text, p, mentions, subject, anchor)]
    if (later := continued(text, draft, phrases, anchor)) is not None:
        foreign.append((later, draft.end))
        draft.unparsed.append(tidy(text[later : draft.end]))
    used: list[tuple[int, int]] = [*beside] if later is None else [(later, draft.end), *beside]
    if later is None and anchor is not None and (step := next_step(text, draft.end, phrases, anchor)):
        begin, end, kind = step
        foreign.append((begin, end))
        used.append((begin, end))
        if kind == "step":
            draft.goes_on = begin, end
        else:
            (draft.notes if kind == "note" else draft.unparsed).append(tidy(text[begin:end]))
    left = [] if anchor is None else bare_steps(text, draft.end, phrases, anchor)
    steps = [each for each in left if not within(each[0], foreign)]
    draft.unparsed += [tidy(text[begin:end]) for begin, end in steps]
    foreign += steps
    used += steps
    for at, phrase in enumerate(phrases):
        if phrase is not anchor and within(phrase.begin, foreign):
            continue
        span = _take(draft, text, phrase, phrases[at - 1] if at else None, roles)
        if span:
            used.append(span)
    draft.other_drug = other_drug(text, named, anchor)
    draft.others = others_before(text, named, anchor)
    draft.unsure = subject is None and has_unknown_drug(draft.words, mentions, draft.begin)
    if subject is None and anchor is not None and ambiguous_before(text, mentions, anchor.begin):
        draft.other_drug, draft.unsure = None, True
    by_volume = anchor and any(each.end <= anchor.begin and may_be_by_volume(each.drug) for each in named)
    diluent = anchor is not None and is_diluent(text, anchor) and not by_volume
    if anchor is not None and (diluent or (subject is None and is_of_fluid(text, anchor))):
        draft.other_drug, draft.unsure, draft.fluid = None, True, True
    if subject:
        draft.drug, draft.named = subject.drug, True
        draft.routes = ["SC"] if _BY_NAME.match(uniform(text[subject.begin :])) else draft.routes
        used.append((subject.begin, subject.end))
    before = [(m.begin, m.end) for m in named if m is not subject and (subject is None or m.drug != subject.drug)]
    keep_leftovers(draft, text, phrases, used, before)
    keep_aims(draft, text, phrases, subject)


def _foreign(
    text: str, draft: Draft, named: Sequence[Mention], subject: Mention | None, anchor: Phrase | None
) -> list[tuple[int, int]]:
    """Give the stretches that may be about another drug: before the dose's own name, and behind another one."""
    if anchor is None:
        return []
    others = [mention for mention in named if subject is None or mention.drug != subject.drug]
    found = []
    before = [m for m in others if subject and m.end <= subject.begin and not is_companion(text, m)]
    if subject and before:
        gap = text[before[-1].end : subject.begin]
        ends = [match.end() for _, pattern in SEPARATORS for match in pattern.finditer(gap)]
        found.append((draft.begin, before[-1].end + max(ends) if ends else subject.begin))
    for mention in others:
        if mention.begin >= anchor.end and not _MOMENT.search(uniform(text[anchor.end : mention.begin])):
            closing = text.find(")", mention.end)
            bracket = text.rfind("(", anchor.end, mention.begin) > text.rfind(")", anchor.end, mention.begin)
            found.append((mention.begin, closing if bracket and closing >= 0 else draft.end))
    return found


def _of_other_items(
    draft: Draft,
    text: str,
    phrases: Sequence[Phrase],
    subject: Mention | None,
    anchor: Phrase,
    left_out: Sequence[tuple[int, int]],
) -> Iterator[tuple[int, int]]:
    """Give the clauses that are of something else, kept as notes; one that may be of the dose is not understood."""
    start = subject.begin if subject and subject.end <= anchor.begin else anchor.begin
    for begin, end, sure in other_items(text, (draft.begin, draft.end), phrases, (start, anchor.end), left_out):
        (draft.notes if sure else draft.unparsed).append(tidy(text[begin:end]))
        yield begin, end


_MOMENT = lazy_regex(
    r"\b(?:hours?|h|days?|weeks?|min(?:utes?)?)\s*[+-]?\d*\s*(?:after|before|from|following|post)\s+"
    r"(?:the\s+)?(?:(?:start|end|beginning|infusion|(?:first |last )?dose)(?:\s+of)?\s+)?(?:the\s+)?$"
)
"""Before a drug by which only a moment is told ("from hour 36 after the start of ")."""


def _cue_stretches(
    text: str, draft: Draft, phrases: Sequence[Phrase], roles: Mapping[Phrase, str]
) -> list[tuple[int, int]]:
    """Give the words before each cap and total that are part of it ("maximum single dose" is no single dose)."""
    found = []
    for phrase in phrases:
        if (role := roles.get(phrase)) in ("cap", "total"):
            before = uniform(text[draft.begin : phrase.begin])
            if (at := _cue_begin(before, role)) < len(before):
                found.append((draft.begin + at, phrase.begin))
    return found


def _cue_begin(before: str, role: str) -> int:
    """Give where the words right before a cap or total that are part of it begin ("single IV dose never above")."""
    said = cue(role).search(before)
    begin = said.start() if said else len(before)
    of = _OF_CAP.search(before[:begin]) if role == "cap" else None
    return of.start() if of else begin


def _caps_for_some(
    text: str, phrases: Sequence[Phrase], narrowed: Sequence[tuple[int, int]]
) -> Iterator[tuple[Figure, str, Condition]]:
    """Give the maxima for some patients whose one band is all that their words say of whom."""
    for begin, end in narrowed:
        words = text[begin:end]
        figure = next(p.value for p in phrases if begin <= p.begin < end and isinstance(p.value, Figure))
        bands = read_bands(words)
        if isinstance(figure, Figure) and len(bands) == 1 and not re.search(r"\b(?:or|and)\b", uniform(words)):
            yield figure, words, bands[0].condition


def _for_some(text: str, draft: Draft, phrases: Sequence[Phrase], roles: Mapping[Phrase, str]) -> list[tuple[int, int]]:
    """Give each amount that narrows a maximum for some patients, with the words behind it ("(80 mg if ascites)")."""
    found = [*banded_caps(text, phrases, roles), *caps_of_bands(text, phrases, roles)]
    for phrase in phrases:
        if roles.get(phrase) == "aside" and for_some(uniform(text[phrase.end :])):
            end = re.search(r"[);\n]|\.\s|$", text[phrase.end : draft.end])
            found.append((phrase.begin, phrase.end + (end.start() if end else 0)))
    return found


def _take(
    draft: Draft, text: str, phrase: Phrase, last: Phrase | None, roles: dict[Phrase, str]
) -> tuple[int, int] | None:
    """Put one phrase in its place; give the stretch of text that it accounts for, or None where it stays words."""
    value = phrase.value
    if isinstance(value, Figure):
        return _take_amount(draft, text, phrase, value, roles[phrase])
    if isinstance(value, Frequency):
        return _frequency(draft, text, phrase, last, roles)
    if isinstance(value, Course):
        return _course(draft, text, phrase, value)
    if isinstance(value, Route):
        return take_route(draft, text, phrase, last, value.code)
    if isinstance(value, Band):
        return take_band(draft, text, phrase, value)
    if phrase.kind == "number" and last is not None and _is_daily(last.value):
        return _take_times(draft, text, phrase, last)
    return None


def _frequency(
    draft: Draft, text: str, phrase: Phrase, last: Phrase | None, roles: Mapping[Phrase, str]
) -> tuple[int, int] | None:
    """Keep how often the dose is given; what says how often a maximum, a change or a check is stays with that."""
    value = phrase.value
    assert isinstance(value, Frequency)
    behind = roles.get(last) if last is not None and not text[last.end : phrase.begin].strip() else None
    if _CHECKS.search(uniform(text[draft.begin : phrase.begin])):
        return None
    if behind == "total" and last is not None and _is_change(text, draft, last):
        return phrase.begin, phrase.end
    if of_other_figure(text, draft, phrase.begin):
        return None
    capped = behind == "cap" or (behind == "aside" and draft.frequencies and value.interval_h == (Decimal(24),) * 2)
    return (phrase.begin, phrase.end) if capped else _take_frequency(draft, text, phrase, value)


def _course(draft: Draft, text: str, phrase: Phrase, course: Course) -> tuple[int, int] | None:
    """Keep a piece of the course, unless it is one of something else."""
    if is_of_course_beside(text, draft, phrase):
        return None
    if course.kind == "schedule" and _STOPS.search(uniform(text[draft.begin : phrase.begin])):
        return None  # no dose of that day
    if splits_the_day(text, draft, phrase):
        per_day(draft)
    begins = draft.figure.begin if draft.figure else phrase.end
    if course.kind == "duration" and phrase.end < begins and ";" in text[phrase.end : begins]:
        return None  # of another clause: "Hold for 3 days; restart at 9 mg"
    return _take_course(draft, phrase, course, text[phrase.begin : phrase.end])


def _is_change(text: str, draft: Draft, phrase: Phrase) -> bool:
    """Tell whether an amount is by how much the dose is changed."""
    figure = phrase.value
    return isinstance(figure, Figure) and step_begin(figure, uniform(text[draft.begin : phrase.begin])) is not None


def _take_frequency(draft: Draft, text: str, phrase: Phrase, frequency: Frequency) -> tuple[int, int]:
    """Keep how often; the words too where they say "divided", or where they are not even in hours."""
    divided = re.search(
        r"(?:in )?(?:divided|split) (?:(?:in|into) )?(?:doses )?(?:(?:and )?given )?$", uniform(text[: phrase.begin])
    )
    begin = divided.start() if divided else phrase.begin
    if divided:
        per_day(draft)
    draft.frequencies.append(frequency)
    draft.often.append(text[phrase.begin : phrase.end])
    if divided or frequency.interval_h is None:
        draft.schedule.append(text[begin : phrase.end])
    return begin, phrase.end


def _is_daily(value: object) -> bool:
    """Tell whether a phrase says one dose a day (a week): then "x 3" is three days and three doses alike."""
    if isinstance(value, Figure):
        return value.per_time == "d"
    return isinstance(value, Frequency) and value.interval_h in ((Decimal(24),) * 2, (Decimal(168),) * 2)


def _take_times(draft: Draft, text: str, phrase: Phrase, last: Phrase) -> tuple[int, int] | None:
    """Read the "x 3" right behind "daily" or "mg/day"; with any other rate it stays open."""
    between = text[last.end : phrase.begin]
    if not re.fullmatch(r"\s*x\s*", uniform(between)):
        return None
    begin = last.end + len(between) - len(between.lstrip())
    draft.duration.append(text[begin : phrase.end])
    return begin, phrase.end


def _take_course(draft: Draft, phrase: Phrase, course: Course, words: str) -> tuple[int, int] | None:
    if course.kind in ("time", "no dose"):
        return None
    if course.kind == "duration":
        draft.duration.append(words)
    elif course.kind == "infusion":
        draft.infusion.append(words)
    else:
        draft.schedule.append(words)
        draft.once = draft.once or course.kind in ("once", "repeat")
        if course.most is not None:
            draft.max_doses = course.most
    return phrase.begin, phrase.end


def _take_amount(draft: Draft, text: str, phrase: Phrase, figure: Figure, role: str) -> tuple[int, int] | None:
    begin, end = phrase.begin, phrase.end
    if role == "dose" and figure is draft.figure:
        return begin, end
    if role in ("level", "derived", "aside"):
        return None
    before = uniform(text[draft.begin : begin])
    kind = "cap" if role == "cap" else "total"
    begin = draft.begin + _cue_begin(before, kind)
    after = cue(f"{kind} after").match(uniform(text[end:]))
    if role == "total" and not after:
        after = cue("reached after").match(uniform(text[end:]))
    if after and not cue(kind).search(before):
        end += after.end()
    if role == "cap":
        daily = _DAILY_OF.match(uniform(text[end:])) or cue("daily after").match(uniform(text[end:]))
        end += daily.end() if daily else 0
        begin, end = take_maximum(draft, text, figure, begin, end)
    elif role == "total":
        step = step_begin(figure, before)
        begin = begin if step is None else min(begin, draft.begin + step)
        often = read_frequencies(text[end : draft.end]) if step is not None else ()
        if often and not text[end : end + often[0].begin].strip():
            end += often[0].end  # "up by 50 mg every 2 weeks" says how often it is changed
        draft.notes.append(tidy(text[begin:end]))
    elif role == "ratio":
        begin = draft.begin + len(text[draft.begin : begin].rstrip())
        begin = text.rfind(" ", draft.begin, begin) + 1
        draft.unparsed.append(text[begin:end])
    else:
        draft.bounds += 1
        at = bound_words(before)
        begin = begin if at is None else draft.begin + at
        draft.unparsed.append(text[begin:end])
    return begin, end
