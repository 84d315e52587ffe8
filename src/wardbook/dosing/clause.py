"""Clauses: one cell or sentence cut into the doses it gives, each with the words that belong to it alone.

A dose is an amount that is neither a maximum, a total nor a threshold. The text between two doses is cut at its
strongest separator, so that what stands on one side is never given to the other dose, drug or band. Words that are no
phrase become notes; words that hold a number and were not understood become `unparsed`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from wardbook.dosing.amount import Figure
from wardbook.dosing.band import Band
from wardbook.dosing.course import Course
from wardbook.dosing.cue import cue
from wardbook.dosing.draft import Draft, Mention
from wardbook.dosing.frequency import Frequency
from wardbook.dosing.limit import role_of_amount
from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import Phrase, read_phrases
from wardbook.dosing.route import Route
from wardbook.dosing.subject import AFTER_GAP, has_unknown_drug, is_companion, other_drug, subject_of

_SEPARATORS = (
    (6, re.compile(r"\n")),
    (5, re.compile(r"(?<=[a-z\d)\]%])\.(?=\s+[A-Z(])|•")),
    (4, re.compile(r";|\s\|\s")),
    (3, re.compile(r",?\s*\b(?:then|followed by|thereafter|or|alternatively|otherwise)\b|→|->|⇒", re.IGNORECASE)),
    (2, re.compile(r",(?!\d{3}\b)")),
    (1, re.compile(r"\b(?:and|plus|with)\b|\+|&|\s/\s", re.IGNORECASE)),
)
_SEQUENCE = re.compile(r"\b(?:then|followed by|thereafter|subsequently)\b|→|->|⇒", re.IGNORECASE)
_STOP = frozenset(
    "a an the of at to be is are as by in per or and then for on with give given giving administer administered dose "
    "doses dosing dosage start use may can should iv total mg each day it this that if from recommended recommendation "
    "usually typical typically usual regimen therapy treatment via weight".split()
)


def read_clauses(text: str, mentions: Sequence[Mention], *, maximum: bool = False, cells: bool = False) -> list[Draft]:
    """Cut a text into its doses; where it gives none, one draft stands for the whole of it.

    `maximum` says that the place itself (a "Maximum" column) makes every amount a cap; `cells` that a bare power of
    ten ("2 x 10^6") counts cells.
    """
    phrases = read_phrases(text)
    if cells or any(isinstance(p.value, Figure) and p.value.amount.unit == "cells" for p in phrases):
        phrases = tuple(_counted(phrase) for phrase in phrases)
    roles: dict[Phrase, str] = {}
    for phrase in phrases:
        if phrase.kind == "amount":
            roles[phrase] = role_of_amount(text, phrase, maximum, roles)
    asides = _asides(text, phrases, roles)
    drafts = _stretch(_blanked(text, asides), [p for p in phrases if not _within(p.begin, asides)], roles, mentions)
    for begin, end in asides:
        inside = [phrase for phrase in phrases if begin <= phrase.begin < end]
        inner = _stretch(_blanked(text, [(0, begin + 1), (end - 1, len(text))]), inside, roles, mentions)
        host = [draft for draft in drafts if draft.figure and draft.figure.begin < begin][-1]
        _inherit(host, inner)
        _share(host, [draft for draft in inner if not draft.conditions])
        drafts += inner
    return sorted(drafts, key=lambda draft: draft.figure.begin if draft.figure else 0)


def _asides(text: str, phrases: Sequence[Phrase], roles: Mapping[Phrase, str]) -> list[tuple[int, int]]:
    """Give the brackets that hold a dose of their own behind a dose outside ("2 g q8h (1 g if CrCl < 30) x7d")."""
    doses = [phrase.begin for phrase in phrases if roles.get(phrase) == "dose"]
    brackets = [(match.start(), match.end()) for match in re.finditer(r"\([^()]*\)", text)]
    return [
        (begin, end)
        for begin, end in brackets
        if any(begin < dose < end for dose in doses) and any(d < begin and not _within(d, brackets) for d in doses)
    ]


def _within(offset: int, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(begin <= offset < end for begin, end in stretches)


def _blanked(text: str, stretches: Sequence[tuple[int, int]]) -> str:
    """Give the text with these stretches blank, so that every offset stays what it was."""
    for begin, end in stretches:
        text = text[:begin] + " " * (end - begin) + text[end:]
    return text


def _stretch(
    text: str, phrases: Sequence[Phrase], roles: dict[Phrase, str], mentions: Sequence[Mention]
) -> list[Draft]:
    """Cut a text without asides into its doses."""
    mentions = [mention for mention in mentions if text[mention.begin : mention.end].strip()]
    anchors = [phrase for phrase in phrases if roles.get(phrase) == "dose"]
    cuts = [0, *(_cut(text, phrases, mentions, a, b) for a, b in pairwise(anchors)), len(text)]
    drafts = []
    for at, (begin, end) in enumerate(pairwise(cuts)):
        draft = Draft(begin, end, words=text[begin:end])
        if anchors:
            figure = anchors[at].value
            assert isinstance(figure, Figure)
            draft.figure = figure
        _fill(draft, text, [phrase for phrase in phrases if begin <= phrase.begin < end], roles, mentions)
        drafts.append(draft)
    if len(drafts) > 1:
        _relate(text, drafts, anchors)
    return drafts


def _counted(phrase: Phrase) -> Phrase:
    """Give a bare power of ten the unit of its place."""
    figure = phrase.value
    if not isinstance(figure, Figure) or not figure.bare_scale or figure.per not in (None, "kg"):
        return phrase
    counted = replace(figure, amount=replace(figure.amount, unit="cells"), bare_scale=False)
    return replace(phrase, value=counted)


def _cut(text: str, phrases: Sequence[Phrase], mentions: Sequence[Mention], first: Phrase, second: Phrase) -> int:
    """Find where the words of one dose end and those of the next begin."""
    begin, end = first.end, second.begin
    named = [mention for mention in mentions if begin <= mention.begin < end]
    after = next((m for m in named if AFTER_GAP.fullmatch(uniform(text[begin : m.begin]))), None)
    own = next((m for m in reversed(named) if m is not after), None)
    limit = own.begin if own else end
    places = _separators(text, phrases, begin, limit, second.begin)
    if places:
        rank = max(place[0] for place in places)
        return max(place[1] for place in places if place[0] == rank)
    return limit if own else max([begin, *(p.end for p in phrases if begin <= p.begin < end and p.kind != "band")])


def _separators(text: str, phrases: Sequence[Phrase], begin: int, end: int, anchor: int) -> list[tuple[int, int]]:
    """Give (rank, offset) of each separator in a stretch, those within phrases or a closed bracket left out."""
    inside = [(p.begin, p.end) for p in phrases]
    inside += [(a.end, b.begin) for a, b in pairwise(phrases) if a.kind == b.kind != "amount"]
    open_bracket = text[begin:anchor].rfind("(")
    if open_bracket >= 0 and ")" in text[begin + open_bracket : anchor]:
        open_bracket = -1
    inside += [(m.start() + begin, m.end() + begin) for m in re.finditer(r"\([^()]*\)", text[begin:end])]
    found = []
    for rank, pattern in _SEPARATORS:
        for match in pattern.finditer(text, begin, end):
            if not any(a <= match.start() and match.end() <= b for a, b in inside):
                found.append((rank, match.end() if rank in (2, 4, 5, 6) else match.start()))
    return found


def _fill(
    draft: Draft, text: str, phrases: Sequence[Phrase], roles: dict[Phrase, str], mentions: Sequence[Mention]
) -> None:
    """Give a draft what its stretch of the text says."""
    named = [mention for mention in mentions if draft.begin <= mention.begin < draft.end]
    anchor = next((p for p in phrases if p.value is draft.figure and draft.figure is not None), None)
    subject = subject_of(text, named, phrases, anchor)
    foreign = _foreign(text, draft, named, subject, anchor)
    used: list[tuple[int, int]] = []
    for at, phrase in enumerate(phrases):
        if phrase is not anchor and _within(phrase.begin, foreign):
            continue
        span = _take(draft, text, phrase, phrases[at - 1] if at else None, roles)
        if span:
            used.append(span)
    draft.other_drug = other_drug(text, named, anchor)
    draft.unsure = subject is None and has_unknown_drug(draft.words, mentions, draft.begin)
    if subject:
        draft.drug = subject.drug
        used.append((subject.begin, subject.end))
    _leftovers(draft, text, phrases, used)


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
        ends = [match.end() for _, pattern in _SEPARATORS for match in pattern.finditer(gap)]
        found.append((draft.begin, before[-1].end + max(ends) if ends else subject.begin))
    for mention in others:
        if mention.begin >= anchor.end:
            closing = text.find(")", mention.end)
            bracket = text.rfind("(", anchor.end, mention.begin) > text.rfind(")", anchor.end, mention.begin)
            found.append((mention.begin, closing if bracket and closing >= 0 else draft.end))
    return found


def _take(
    draft: Draft, text: str, phrase: Phrase, last: Phrase | None, roles: dict[Phrase, str]
) -> tuple[int, int] | None:
    """Put one phrase in its place; give the stretch of text that it accounts for, or None where it stays words."""
    words = text[phrase.begin : phrase.end]
    value = phrase.value
    if isinstance(value, Figure):
        return _take_amount(draft, text, phrase, value, roles[phrase])
    if isinstance(value, Frequency):
        capped = last is not None and roles.get(last) == "cap" and not text[last.end : phrase.begin].strip()
        return (phrase.begin, phrase.end) if capped else _take_frequency(draft, text, phrase, value)
    if isinstance(value, Course):
        return _take_course(draft, phrase, value, words)
    if isinstance(value, Route):
        if draft.routes and re.search(r"[;\n]|\.\s", text[last.end if last else draft.begin : phrase.begin]):
            return None
        draft.routes.append(value.code)
    elif isinstance(value, Band):
        draft.conditions.append(value.condition)
        if len(draft.conditions) > 1:
            draft.unparsed.append(words)
    elif phrase.kind == "number" and last is not None and _is_daily(last.value):
        return _take_times(draft, text, phrase, last)
    else:
        return None
    return phrase.begin, phrase.end


def _take_frequency(draft: Draft, text: str, phrase: Phrase, frequency: Frequency) -> tuple[int, int]:
    """Keep how often; the words too where they say "divided", or where they are not even in hours."""
    draft.frequencies.append(frequency)
    draft.often.append(text[phrase.begin : phrase.end])
    divided = re.search(r"(?:in )?divided (?:doses )?(?:(?:and )?given )?$", uniform(text[: phrase.begin]))
    begin = divided.start() if divided else phrase.begin
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
    if course.kind == "time":
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
    said = cue("cap" if role == "cap" else "total").search(before)
    if said:
        begin = draft.begin + said.start()
    after = cue("cap after" if role == "cap" else "total after").match(uniform(text[end:]))
    if after and not said:
        end += after.end()
    if role == "cap":
        daily = cue("daily after").match(uniform(text[end:]))
        end += daily.end() if daily else 0
        draft.caps.append((figure, text[begin:end]))
    elif role == "total":
        draft.notes.append(text[begin:end])
    else:
        draft.bounds += 1
        draft.unparsed.append(text[begin:end])
    return begin, end


def _leftovers(draft: Draft, text: str, phrases: Sequence[Phrase], used: list[tuple[int, int]]) -> None:
    """Keep what no field took: words as notes, words with a number that is no known phrase as `unparsed`."""
    at = draft.begin
    for begin, end in [*sorted(used), (draft.end, draft.end)]:
        if begin > at:
            _leftover(draft, text, at, begin, phrases)
        at = max(at, end)


def _leftover(draft: Draft, text: str, begin: int, end: int, phrases: Sequence[Phrase]) -> None:
    inside = [phrase for phrase in phrases if begin <= phrase.begin < end]
    if any(phrase.kind == "number" for phrase in inside):
        draft.unparsed.append(_tidy(text[begin:end]))
        return
    words = _tidy(re.sub(r"\s*\[\^?\w{1,4}(?:[,-]\s*\w{1,4})*\]", "", text[begin:end]))
    words = _tidy(re.sub(r"^(?:or|and|then|OR)\b|\b(?:or|and|then|OR|for|if)$", "", words))
    meaning = [word for word in re.findall(r"[a-z\d%≥≤<>~]+", uniform(words)) if word not in _STOP]
    if meaning:
        draft.notes.append(words)


def _tidy(words: str) -> str:
    """Cut off the blanks, signs and unpaired brackets around a piece of text."""
    words = words.strip(" \n,;:.-–—/+&|")
    for _ in range(2):
        if words.startswith(")") or (words.startswith("(") and ")" not in words):
            words = words[1:].lstrip(" \n,;:.-–—/+&|")
        if words.endswith("(") or (words.endswith(")") and "(" not in words):
            words = words[:-1].rstrip(" \n,;:.-–—/+&|")
    pair = words.startswith("(") and words.endswith(")") and words.count("(") == 1
    return words[1:-1].strip() if pair else words


def _relate(text: str, drafts: list[Draft], anchors: Sequence[Phrase]) -> None:
    """Let doses of one text share what stands for all of them, and number those that follow one another."""
    for last, draft in pairwise(drafts):
        _inherit(last, [draft])
    gaps = [text[a.end : b.begin] for a, b in pairwise(anchors)]
    _number_steps(drafts, gaps)
    one_drug = len({draft.drug for draft in drafts}) == 1
    stepped = any(draft.step for draft in drafts)
    if not stepped and ((one_drug and all(draft.conditions for draft in drafts)) or _parallel(drafts)):
        _share(drafts[-1], drafts[:-1])
    if one_drug and not stepped and re.search(r":\s*\D{0,40}$", text[: anchors[0].begin]):
        for draft in drafts[1:]:
            draft.routes = draft.routes or list(drafts[0].routes)
            draft.infusion = draft.infusion or list(drafts[0].infusion)


def _inherit(giver: Draft, takers: Sequence[Draft]) -> None:
    """Let a dose without a drug be of the drug before it, unless its own words may name another."""
    for draft in takers:
        if draft.drug is None and (giver.unsure or draft.unsure or draft.other_drug not in (None, giver.drug)):
            draft.unsure = True
        elif draft.drug is None:
            draft.drug = giver.drug


def _number_steps(drafts: Sequence[Draft], gaps: Sequence[str]) -> None:
    """Give numbers to the doses of one drug that follow one another; a semicolon or a full stop ends a run."""
    runs: list[list[int]] = [[0]]
    for at, gap in enumerate(gaps, 1):
        ends = re.search(r"[;\n]|\.\s", gap) and not _SEQUENCE.search(gap)
        if ends or drafts[at].drug != drafts[at - 1].drug:
            runs.append([])
        runs[-1].append(at)
    for run in runs:
        if any(_SEQUENCE.search(gaps[at - 1]) for at in run[1:]):
            for number, at in enumerate(run, 1):
                drafts[at].step = number


def _parallel(drafts: list[Draft]) -> bool:
    """Tell whether doses of several drugs are given in one breath, all by surface ("x 30 mg/m2 and y 500 mg/m2")."""
    shapes = {(d.figure.amount.unit, d.figure.per, d.figure.per_time) for d in drafts if d.figure}
    return len(shapes) == 1 and next(iter(shapes))[1] == "m2" and all(d.drug for d in drafts)


def _share(giver: Draft, takers: Sequence[Draft]) -> None:
    """Give routes, frequency, duration and infusion time to doses that say nothing of how often or how long."""
    for taker in takers:
        if taker.frequencies or taker.duration or taker.schedule:
            continue
        taker.routes = taker.routes or list(giver.routes)
        taker.infusion = taker.infusion or list(giver.infusion)
        taker.frequencies, taker.often = list(giver.frequencies), list(giver.often)
        taker.duration = list(giver.duration)
        taker.schedule = list(giver.schedule)
