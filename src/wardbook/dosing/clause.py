"""Clauses: one cell or sentence cut into the doses it gives, each with the words that belong to it alone.

A dose is an amount that is neither a maximum, a total nor a threshold. The text between two doses is cut at its strongest
separator, so that what stands on one side is never given to the other dose, drug or band. Words that are no phrase become
notes; words that hold a number and were not understood become `unparsed`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from wardbook.dosing.amount import Figure
from wardbook.dosing.band import Band, comparator_pattern
from wardbook.dosing.course import Course
from wardbook.dosing.frequency import Frequency
from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import Phrase, read_phrases
from wardbook.dosing.regimen import Condition, Limit
from wardbook.dosing.route import Route


class Mention(Protocol):
    """A drug named in a text."""

    @property
    def drug(self) -> str: ...  # noqa: D102
    @property
    def begin(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


@dataclass(slots=True)
class Draft:
    """One dose of a text while its regimen is being put together."""

    begin: int
    """Offset of the first character of its stretch of the text."""
    end: int
    """Offset behind the last."""
    figure: Figure | None = None
    """The dose."""
    drug: str | None = None
    """The drug that its own words surely name, or None."""
    other_drug: str | None = None
    """A drug that stands before the dose with other words between, where none is sure."""
    routes: list[str] = field(default_factory=list)
    """Route codes."""
    frequencies: list[Frequency] = field(default_factory=list)
    """How often."""
    once: bool = False
    """True where the words say that it is given once, or only repeated on a condition."""
    schedule: list[str] = field(default_factory=list)
    """Verbatim."""
    duration: list[str] = field(default_factory=list)
    """Verbatim."""
    infusion: list[str] = field(default_factory=list)
    """Verbatim."""
    caps: list[tuple[Figure, str]] = field(default_factory=list)
    """Maxima with their words."""
    max_single: Limit | None = None
    """Most at once."""
    max_daily: Limit | None = None
    """Most in 24 hours."""
    max_doses: int | None = None
    """Most doses in all."""
    conditions: list[Condition] = field(default_factory=list)
    """Bands."""
    notes: list[str] = field(default_factory=list)
    """Verbatim."""
    unparsed: list[str] = field(default_factory=list)
    """Verbatim, each with a number that was not understood."""
    step: int | None = None
    """1, 2, ... where doses follow one another."""
    bounds: int = 0
    """How many amounts are only thresholds ("at least 20 mcg/min")."""

    @property
    def interval_h(self) -> object:
        """Hours between doses where all frequencies agree and nothing says "once", else None."""
        pairs = {frequency.interval_h for frequency in self.frequencies}
        return next(iter(pairs)) if len(pairs) == 1 and not self.once else None


_CAP = re.compile(
    r"(?:max(?:imum|imal|\.)?|not (?:to )?exceed(?:ing)?|no more than|not more than|never more than|up to|capp?(?:ed)?(?: at)?|"
    r"limit(?:ed)?(?: to)?|nte|ceiling|at most|≤|<=)"
    r"(?:[\s:=,(]|\b(?:dos(?:e|age)s?|daily|single|of|is|per|day|infusion|injection|each|a|an|the|to|at|recommended|adult|"
    r"usual|total|in|24|h|hours?|individual|absolute)\b)*$"
)
_CAP_AFTER = re.compile(
    r"\s*[(,]?\s*max(?:imum)?\b(?=\s*(?:[).,;]|$|per\b|(?:single |daily )?dose\s*(?:[).,;]|$)|daily|a day))"
)
_TOTAL = re.compile(r"(?:total|cumulative)(?:[\s:=(]|\b(?:doses?|of|is|course|lifetime)\b)*$")
_TOTAL_AFTER = re.compile(
    r"\s*[(,]?\s*(?:(?:in\s+)?(?:total|cumulative)(?:ly)?\b(?! daily| dose per day)|both\b|together|combined|per course)"
)
_DAILY = re.compile(r"\bdaily\b|\bper day\b|/\s?day|\ba day\b|\b24\b|\beach day\b")
_DAILY_AFTER = re.compile(r"\s*(?:daily|(?:per|in|/|a|each|within)\s*(?:24|day))")
_SINGLE = re.compile(r"\bsingle\b|\bper dose\b|\bper infusion\b|\beach\b|\bindividual\b|/\s?dose")
_DERIVED = re.compile(
    r"(?:\bis|=|\bequals?|\bequal to|\bmakes|\bi\.e\.,?|\bor about|\bcorresponds to|\bare)\s*(?:then |about |~|≈)?$"
)
_BOUND = re.compile(rf"(?:{comparator_pattern()}|±)\s*$")
_PER_TIME_COUNT = re.compile(r"\b(?:per|in|/|within|a)\s*(?:\d|h|day|week|episode|course)")
_SEPARATORS = (
    (6, re.compile(r"\n")),
    (5, re.compile(r"(?<=[a-z\d)\]%])\.(?=\s+[A-Z(])|•")),
    (4, re.compile(r";|\s\|\s")),
    (3, re.compile(r",?\s*\b(?:then|followed by|thereafter|or|alternatively|otherwise)\b|→|->|⇒", re.IGNORECASE)),
    (2, re.compile(r",(?!\d{3}\b)")),
    (1, re.compile(r"\b(?:and|plus|with)\b|\+|&|\s/\s", re.IGNORECASE)),
)
_SEQUENCE = re.compile(r"\b(?:then|followed by|thereafter|subsequently)\b|→|->|⇒", re.IGNORECASE)
_CO_MEDICATION = re.compile(
    r"(?:refractory to|after|no response to|not respond\w* to|resistant to|in addition to|with(?: or without)?|without|instead of|"
    r"intoleran\w* (?:of|to)|failed|failure of|post|following|alternative to|in place of|than|before|prior to|despite|\+/-|±|"
    r"combination with|plus|and|concurrent\w* with|to|on)\s*(?:\w+\s+)?$"
)
_SOURCE_AFTER = re.compile(
    r"[)\s]*(?:-?\s?(?:refractory|resistant|induced|associated|naive)|label|labels|labell?ing|package|prescribing|smpc|product"
    r"|trial|study|recipients?|treated|level|levels|trough|failure|fails|failed|is not|ineffective|unavailable)\b"
)
_PLAIN_GAP = re.compile(
    r"(?:[^\w.]|\b(?:at|of|is|dose|dosed|dosing|loading|maintenance|starting|initial|to|a|an|by|infusion|given|be|as|if|in|for|use|"
    r"therapy|treatment|low-dose|high-dose|low|high|single|first|second|about|approximately|injection|adults?|child(?:ren)?|"
    r"patients?|pediatric|paediatric|weight|weighing|then|or|and|max|maximum|may|can|should|start|begin|with|usual|"
    r"standard|pulse|total|dosage|the|sodium|succinate|phosphate|hydrochloride|acetate)\b)*"
)
_CUED_GAP = re.compile(r"\s*(?:\(?dose )?")
_AFTER_GAP = re.compile(
    r"(?:\s|\b(?:of|dose|doses|the|daily|once|twice|per|day|equivalent|divided|body|weight|or)\b|/)*"
)
_STOP = frozenset(
    "a an the of at to be is are as by in per or and then for on with give given giving administer administered dose doses dosing dosage "
    "start use may can should iv total mg each day it this that if from recommended recommendation usually typical typically usual "
    "regimen therapy treatment via weight".split()
)


def read_clauses(text: str, mentions: Sequence[Mention], *, maximum: bool = False, cells: bool = False) -> list[Draft]:
    """Cut a text into its doses; where it gives none, one draft stands for the whole of it.

    `maximum` says that the place itself (a "Maximum" column) makes every amount a cap; `cells` that a bare power of
    ten ("2 x 10^6") counts cells.
    """
    phrases = tuple(_counted(phrase) if cells else phrase for phrase in read_phrases(text))
    roles: dict[Phrase, str] = {}
    for phrase in phrases:
        if phrase.kind == "amount":
            roles[phrase] = _role(text, phrase, maximum, [other for other in roles if other.end <= phrase.begin])
    anchors = [phrase for phrase in phrases if roles.get(phrase) == "dose"]
    cuts = [0, *(_cut(text, phrases, mentions, a, b) for a, b in zip(anchors, anchors[1:], strict=False)), len(text)]
    drafts = []
    for at, (begin, end) in enumerate(zip(cuts, cuts[1:], strict=False)):
        draft = Draft(begin, end)
        if anchors:
            figure = anchors[at].value
            assert isinstance(figure, Figure)
            draft.figure = figure
        inside = [phrase for phrase in phrases if begin <= phrase.begin < end]
        _fill(draft, text, inside, roles, mentions)
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


def _role(text: str, phrase: Phrase, maximum: bool, earlier: Sequence[Phrase]) -> str:
    """Tell what an amount is: "dose" | "cap" | "total" | "derived" (worked out of one before) | "bound" | "level"."""
    figure = phrase.value
    assert isinstance(figure, Figure)
    before, after = uniform(text[: phrase.begin]), uniform(text[phrase.end :])
    if not figure.is_dose and not figure.bare_scale:
        return "level"
    cap = _CAP.search(before) or _CAP_AFTER.match(after)
    if (_TOTAL.search(before) and not cap and not _DAILY.search(before[-20:])) or _TOTAL_AFTER.match(after):
        return "total"
    if maximum or cap:
        return "cap"
    if earlier and _DERIVED.search(before) and not re.search(r"[.;\n]\s", before[earlier[-1].end :]):
        return "derived"
    return "bound" if _BOUND.search(before) or figure.bare_scale else "dose"


def _cut(text: str, phrases: Sequence[Phrase], mentions: Sequence[Mention], first: Phrase, second: Phrase) -> int:
    """Find where the words of one dose end and those of the next begin."""
    begin, end = first.end, second.begin
    named = [mention for mention in mentions if begin <= mention.begin < end]
    after = next((m for m in named if _AFTER_GAP.fullmatch(uniform(text[begin : m.begin]))), None)
    own = next((m for m in reversed(named) if m is not after), None)
    limit = own.begin if own else end
    places = _separators(text, phrases, begin, limit, second.begin)
    if places:
        rank = max(place[0] for place in places)
        return max(place[1] for place in places if place[0] == rank)
    return limit if own else max([begin, *(p.end for p in phrases if begin <= p.begin < end and p.kind != "band")])


def _separators(text: str, phrases: Sequence[Phrase], begin: int, end: int, anchor: int) -> list[tuple[int, int]]:
    """Give (rank, offset behind it) of each separator in a stretch, those within phrases or a closed bracket left out."""
    inside = [(p.begin, p.end) for p in phrases]
    inside += [(a.end, b.begin) for a, b in zip(phrases, phrases[1:], strict=False) if a.kind == b.kind != "amount"]
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
    used: list[tuple[int, int]] = []
    for at, phrase in enumerate(phrases):
        span = _take(draft, text, phrase, phrases[at - 1] if at else None, roles)
        if span:
            used.append(span)
    named = [mention for mention in mentions if draft.begin <= mention.begin < draft.end]
    anchor = next((p for p in phrases if p.value is draft.figure and draft.figure is not None), None)
    subject = subject_of(text, named, phrases, anchor)
    draft.other_drug = _other_drug(text, named, anchor)
    if subject:
        draft.drug = subject.drug
        used.append((subject.begin, subject.end))
    _leftovers(draft, text, phrases, used)


def subject_of(text: str, named: Sequence[Mention], phrases: Sequence[Phrase], anchor: Phrase | None) -> Mention | None:
    """Tell which of the drugs named in a stretch the dose is surely of.

    It stands right before the amount, with nothing but routes, bands, times and small words between, or right behind it.
    """
    if anchor is None:
        drugs = {mention.drug for mention in named}
        return named[0] if len(drugs) == 1 and not _cued(text, named[0]) else None
    for mention in reversed([mention for mention in named if mention.end <= anchor.begin]):
        gap = uniform(text[mention.end : anchor.begin])
        if _CUED_GAP.fullmatch(gap) if _cued(text, mention) else _is_plain(text, phrases, mention.end, anchor.begin):
            return mention
    for mention in named:
        if mention.begin >= anchor.end and _follows(text, anchor.end, mention.begin):
            return mention
    return None


def _is_plain(text: str, phrases: Sequence[Phrase], begin: int, end: int) -> bool:
    """Tell whether only phrases, brackets and small words stand between a drug and an amount."""
    gap = list(uniform(text[begin:end]))
    for phrase in phrases:
        if begin <= phrase.begin and phrase.end <= end:
            gap[phrase.begin - begin : phrase.end - begin] = " " * (phrase.end - phrase.begin)
    words = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", "".join(gap))
    return _PLAIN_GAP.fullmatch(words) is not None


def _other_drug(text: str, named: Sequence[Mention], anchor: Phrase | None) -> str | None:
    """Give the one drug that stands before a dose without being cued as another's companion."""
    before = {m.drug for m in named if anchor is None or m.end <= anchor.begin if not _cued(text, m)}
    return before.pop() if len(before) == 1 else None


def _cued(text: str, mention: Mention) -> bool:
    """Tell whether the words around a drug say that the dose is of another ("refractory to x", "x label")."""
    before, after = uniform(text[: mention.begin]), uniform(text[mention.end :])
    return (_CO_MEDICATION.search(before) or _SOURCE_AFTER.match(after)) is not None


def _follows(text: str, end: int, begin: int) -> bool:
    """Tell whether only routes, frequencies and small words stand between an amount and a drug ("1 mg/kg IV of x")."""
    gap = text[end:begin]
    for phrase in reversed(read_phrases(gap)):
        if phrase.kind in ("route", "frequency"):
            gap = gap[: phrase.begin] + " " + gap[phrase.end :]
    return _AFTER_GAP.fullmatch(uniform(gap)) is not None


def _take(
    draft: Draft, text: str, phrase: Phrase, last: Phrase | None, roles: dict[Phrase, str]
) -> tuple[int, int] | None:
    """Put one phrase in its place; give the stretch of text that it accounts for, or None where it stays with its words."""
    words = text[phrase.begin : phrase.end]
    value = phrase.value
    if isinstance(value, Figure):
        return _take_amount(draft, text, phrase, value, roles[phrase])
    if isinstance(value, Frequency):
        draft.frequencies.append(value)
        divided = re.search(r"(?:in )?divided (?:doses )?(?:(?:and )?given )?$", uniform(text[: phrase.begin]))
        if divided:
            draft.schedule.append(text[divided.start() : phrase.end])
            return divided.start(), phrase.end
        if value.interval_h is None:
            draft.schedule.append(words)
    elif isinstance(value, Route):
        draft.routes.append(value.code)
    elif isinstance(value, Band):
        draft.conditions.append(value.condition)
        if len(draft.conditions) > 1:
            draft.unparsed.append(words)
    elif isinstance(value, Course):
        return _take_course(draft, phrase, value, words)
    elif phrase.kind == "number" and last and isinstance(last.value, Frequency):
        return _take_times(draft, text, phrase, last)
    else:
        return None
    return phrase.begin, phrase.end


def _take_times(draft: Draft, text: str, phrase: Phrase, last: Phrase) -> tuple[int, int] | None:
    """Read the "x 3" of "daily x 3": with one dose a day, days and doses are the same; with any other rate it stays open."""
    frequency = last.value
    assert isinstance(frequency, Frequency)
    once_a_day = frequency.interval_h is not None and set(frequency.interval_h) == {24}
    if once_a_day and re.fullmatch(r"\s*x\s*", uniform(text[last.end : phrase.begin])):
        begin = last.end + len(text[last.end : phrase.begin]) - len(text[last.end : phrase.begin].lstrip())
        draft.duration.append(text[begin : phrase.end])
        return begin, phrase.end
    return None


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
    if role in ("level", "derived"):
        return None
    before = uniform(text[draft.begin : begin])
    cue = (_CAP if role == "cap" else _TOTAL).search(before)
    if cue:
        begin = draft.begin + cue.start()
    after = (_CAP_AFTER if role == "cap" else _TOTAL_AFTER).match(uniform(text[end:]))
    if after and not cue:
        end += after.end()
    if role == "cap":
        daily = _DAILY_AFTER.match(uniform(text[end:]))
        words = (
            text[begin : end + (re.match(r"\s*(?:\w+\s*){0,2}", text[end:]) or after).end()]
            if daily
            else text[begin:end]
        )  # type: ignore[union-attr]
        draft.caps.append((figure, words))
    elif role == "total":
        draft.notes.append(text[begin:end])
    else:
        draft.bounds += 1
        draft.unparsed.append(text[begin:end])
    return begin, end


def settle_caps(draft: Draft, figure: Figure | None, interval_h: object) -> None:
    """Type each maximum as of one dose or of a day; one that could be either is not understood and says so."""
    for cap, words in draft.caps:
        plain = uniform(words)
        daily = cap.per_time == "d" or _DAILY.search(plain)
        single = cap.per_dose or _SINGLE.search(plain)
        unit = f"{cap.amount.unit}/{cap.per}" if cap.per else cap.amount.unit
        limit = Limit(cap.amount.high, unit)
        rate = figure is not None and figure.per_time not in (None, "d")
        if cap.amount.low != cap.amount.high or (daily and single) or cap.bare_scale:
            draft.unparsed.append(words)
        elif cap.per_time not in (None, "d") or (rate and not daily and not single):
            draft.notes.append(words)
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


def _is_per_dose(figure: Figure | None, interval_h: object, cap: Figure) -> bool:
    """Tell whether a bare "max 800 mg" must be of one dose.

    It must beside a dose by weight or surface, one dose a day, cells, or where it is the top of a dose without interval.
    """
    if figure is None or figure.per is not None or interval_h == (24, 24) or cap.amount.unit == "cells":
        return True
    return interval_h is None and (figure.amount.high, figure.amount.unit) == (cap.amount.high, cap.amount.unit)


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
        draft.unparsed.append(text[begin:end].strip(" \n,;:()."))
        return
    words = re.sub(r"\s*\[\^?\w{1,4}(?:[,-]\s*\w{1,4})*\]", "", text[begin:end]).strip(" \n,;:().-–—/+&|")
    words = re.sub(r"^(?:or|and|then|OR)\b[\s,:]*|[\s,:(]*\b(?:or|and|then|OR|for|if)$", "", words).strip(" \n,;:(-–")
    meaning = [word for word in re.findall(r"[a-z\d%≥≤<>~]+", uniform(words)) if word not in _STOP]
    if meaning:
        draft.notes.append(words)


def _relate(text: str, drafts: list[Draft], anchors: Sequence[Phrase]) -> None:
    """Let doses of one text share what stands for all of them, and number those that follow one another."""
    for last, draft in zip(drafts, drafts[1:], strict=False):
        if draft.drug is None:
            draft.drug = last.drug
    one_drug = len({draft.drug for draft in drafts}) == 1
    gaps = [text[a.end : b.begin] for a, b in zip(anchors, anchors[1:], strict=False)]
    if one_drug and any(_SEQUENCE.search(gap) for gap in gaps):
        for number, draft in enumerate(drafts, 1):
            draft.step = number
    elif (one_drug and all(draft.conditions for draft in drafts)) or _parallel(drafts):
        _share(drafts[-1], drafts[:-1])
    head = text[: anchors[0].begin]
    if one_drug and re.search(r":\s*\D{0,40}$", head):
        _share(drafts[0], drafts[1:], own_only=False)


def _parallel(drafts: list[Draft]) -> bool:
    """Tell whether doses are given in one breath, all by surface or all by weight ("x 30 mg/m2 and y 500 mg/m2 daily")."""
    shapes = {(d.figure.amount.unit, d.figure.per, d.figure.per_time) for d in drafts if d.figure}
    return len(shapes) == 1 and next(iter(shapes))[1] == "m2" and all(d.drug for d in drafts)


def _share(giver: Draft, takers: Sequence[Draft], own_only: bool = True) -> None:
    """Give routes, frequency, duration and infusion time to doses that have none of these at all."""
    for taker in takers:
        if own_only and (taker.frequencies or taker.duration or taker.schedule):
            continue
        taker.routes = taker.routes or list(giver.routes)
        taker.infusion = taker.infusion or list(giver.infusion)
        if own_only:
            taker.frequencies = list(giver.frequencies)
            taker.duration = list(giver.duration)
            taker.schedule = list(giver.schedule)
