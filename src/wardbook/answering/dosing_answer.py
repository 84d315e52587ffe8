"""Answers to questions about a dose: regimens looked up and worked out, each with the row that it stands in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from wardbook.answering.answer import Answer, CitedRegimen, Clarification, Conflict, Side
from wardbook.answering.citation import Citations
from wardbook.answering.compose import MOST_TEXT, marked
from wardbook.answering.dose_draft import Draft, lines_of, worked_out
from wardbook.answering.dose_question import KINDS as KINDS
from wardbook.answering.dose_question import asked_drug as asked_drug
from wardbook.answering.dose_question import dose_query as dose_query
from wardbook.answering.drug_lookup import Bounded as Bounded
from wardbook.answering.drug_lookup import is_banded, look_up, with_said
from wardbook.answering.each_row_said import said_of_each
from wardbook.answering.part_untold import part_untold
from wardbook.answering.regimen_words import UnitsOf, headings_of, situation
from wardbook.answering.withheld import withheld
from wardbook.dosing.amount import word
from wardbook.dosing.binding import mentions_of
from wardbook.dosing.compute import FIXED, Computed, NotComputed, compute
from wardbook.dosing.each_row import Judged
from wardbook.dosing.group_limit import GroupLimit, by_route, group_limits
from wardbook.dosing.in_place import in_place
from wardbook.dosing.lookup import DoseQuery, Found, TermMatcher
from wardbook.dosing.measured import read_measured
from wardbook.dosing.numbered import numbered
from wardbook.dosing.patient import Patient
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import gathered
from wardbook.dosing.settling import told_by_row
from wardbook.dosing.unsaid import tells_apart
from wardbook.lazy_regex import lazy_regex

MOST_SHOWN = 24
"""Regimens that are shown side by side."""


def warnings_of(draft: Draft, cited: Sequence[CitedRegimen], found: Found) -> tuple[str, ...]:
    """Say what was not covered, which part of a row was not understood, and what only describes a study."""
    notes = [f"{note[:1].upper()}{note[1:]}." for note in found.not_covered]
    for each in cited:
        pieces = dict.fromkeys(
            piece for beside in (each.regimen, *draft.beside(each.regimen)) for piece in beside.unparsed
        )
        if pieces:
            notes.append(f"Part of row [{each.citation}] was not understood ({'; '.join(pieces)}): read it as quoted.")
        if each.regimen.from_text and each.regimen.evidence:
            notes.append(f"[{each.citation}] describes what a study gave, not a recommended regimen.")
    return tuple(dict.fromkeys(notes))


def _conflicts(draft: Draft, found: Found) -> tuple[Conflict, ...]:
    conflicts = []
    for sides in found.conflicts:
        cited = draft.cited(sides)
        if len({each.regimen.page for each in cited}) > 1:
            what = f"{sides[0].drug}: {situation(sides[0])}"
            conflicts.append(Conflict(what, tuple(Side(draft.words(each.regimen), each.citation) for each in cited)))
    return tuple(conflicts)


ONE_ROW = "All stand in one row, whose words say when each holds:"
"""What stands above the doses of one row: the usual one and those of exceptions that it names."""
USUAL_FIRST = "The usual dose, and then what the pages give for kidneys that are not well:"
"""What stands above doses of which all but the first are for impaired kidneys, where none were told."""
NAMED_AMOUNT = "All of these give the amount that is asked about:"
"""What stands above rows that give, each for something else, the amount that the question itself names."""
SAME_AMOUNT = "All of these give the same amount; when and how often stands with each:"
"""What stands above rows, each for something else, by which the amount for the patient is the same."""
OTHERWISE = "For others the pages give:"
"""What stands above doses that the pages forbid for what is asked."""
EACH_OF = "Each that fits:"
"""What stands above doses of which all are asked for."""
_EACH_ASKED = lazy_regex(
    r"\b(?:both|all|each)(?: of)?(?: the)? (?:\w+ ){0,2}?(?:bands?|weights?|ages?|groups?|doses|rows|options|regimens?|"
    r"schedules?|grades)\b|\b(?:dos(?:e|es|ing)|regimens?|schedules?) (?:for|in|by|at) (?:each|every)\b",
    re.IGNORECASE,
)
"""Asks for all doses that a drug has for something, and for no one of them."""
_SCHEDULE = lazy_regex(
    r"\b(?:schedules?|step(?:ping|ped|s)?[ -]?up|steps|titrations?|titrate|ramp(?:ing)?(?:[ -]up)?|taper(?:ing|s)?|"
    r"wean(?:ing)?)\b",
    re.IGNORECASE,
)
"""Asks for a course with all of its steps."""
SPEAKS_OTHERWISE = "the page says otherwise for what you named"
"""Why a row is no answer where words of its page speak against it."""


def _begins_row(draft: Draft, found: Found) -> bool:
    """Tell whether the first dose that fits is the first that its row gives of the drug: that was not turned away."""
    own = [row for row in draft.beside(found.fits[0]) if row.amount]
    return not own or own[0] == found.fits[0]


def several_doses(draft: Draft, found: Found, each: Sequence[Judged] = ()) -> Answer:
    """Put the regimens that fit side by side; `each` is what they say of an amount that is to be judged."""
    cited = draft.cited(found.fits[:MOST_SHOWN])
    told = any(map(tells_apart, found.unsaid)) or part_asked(draft, found) or found.lacking.severity
    computed = [] if told else worked_out(draft, cited)
    conflicts = _conflicts(draft, found)
    at_odds = {id(regimen) for sides in found.conflicts for regimen in sides}
    pages = {regimen.page for regimen in found.fits}
    only_conflict = len(found.conflicts) == 1 and len(pages) > 1 and all(id(each) in at_odds for each in found.fits)
    of_row = _begins_row(draft, found) and told_by_row(found.fits) and not unspoken(draft, found)
    of_row = of_row and not read_measured(
        draft.query.measured, values=True
    )  # a value asks for the dose that it decides
    usual = bool(found.usual) and not conflicts and not unspoken(draft, found)
    summed = _is_sum_of_named(draft, found, computed)
    of_all = not conflicts and not unspoken(draft, found) and _is_one_sum(draft, found, computed)
    schedule = _SCHEDULE.search(draft.standalone) and len({(row.page, row.section) for row in found.fits}) == 1
    each_asked = bool(_EACH_ASKED.search(draft.standalone) or schedule) and not _not_compared(draft, found)
    settled = each_asked or only_conflict or draft.query.forbidden or of_row or usual or summed or of_all
    opening = "The pages disagree:" if only_conflict else f"{len(found.fits)} regimens fit; none is chosen for you:"
    in_one = len({(row.page, row.lines) for row in found.fits}) == 1
    opening = EACH_OF if each_asked and not only_conflict else opening
    opening = NAMED_AMOUNT if summed else SAME_AMOUNT if of_all else opening
    opening = ONE_ROW if of_row or (usual and in_one) else USUAL_FIRST if usual else opening
    opening = OTHERWISE if draft.query.forbidden else opening
    opening = "\n\n".join([*draft.read_first(cited), *_not_compared(draft, found), opening])
    more = len(found.fits) - len(cited)
    closing = f"\n\n{more} more are not shown." if more > 0 else ""
    closing = _most_elsewhere(draft, cited) + closing
    room = MOST_TEXT - len(opening) - len(closing) - 2
    judged = said_of_each(each, [one.regimen for one in cited])
    answer = draft.answer(
        "answered" if settled else "needs_clarification",
        f"{opening}\n\n{lines_of(draft, cited, computed, room, judged)}{closing}",
    )
    clarification = None if settled else Clarification(found.prompt or "Which is meant?", found.options)
    return replace(
        answer,
        regimens=tuple(cited),
        computed=tuple(computed),
        conflicts=conflicts,
        clarification=clarification,
        warnings=warnings_of(draft, cited, found) + _barred(draft, cited),
    )


def _is_sum_of_named(draft: Draft, found: Found, computed: Sequence[tuple[int, Computed]]) -> bool:
    """Tell whether an amount that the question names is to be worked out, and each row that fits gives that amount.

    Then the sum is the same whichever row is meant.
    """
    named = draft.query.named
    amounts = [(row.amount.low, row.amount.high, row.amount.unit, row.per) for row in found.fits if row.amount]
    given = len(amounts) == len(found.fits) and len(set(amounts)) == 1
    return bool(named and computed) and given and amounts[0][0] == amounts[0][1] and named[0] == amounts[0][1:]


def _is_one_sum(draft: Draft, found: Found, computed: Sequence[tuple[int, Computed]]) -> bool:
    """Tell whether only the amount is asked, and each row that fits makes the same one of the patient's measure."""
    if draft.query.wants not in (None, "dose") or len(computed) < len(found.fits):
        return False
    rows = {(row.amount, row.per, row.per_time, row.interval_h, bool(row.bands)) for row in found.fits}
    made = {(each.low, each.high, each.unit, each.capped) for _, each in computed}
    return len(rows) == 1 and len(made) == 1 and not any(row.unparsed or row.bands for row in found.fits)


def _one(draft: Draft, found: Found) -> Answer:
    cited = draft.cited(found.fits)
    told = part_asked(draft, found) or beyond_course(draft, found) or found.lacking.severity
    computed = [] if told else worked_out(draft, cited)
    first = "".join(f"{line}\n\n" for line in (*draft.read_first(cited), *_not_compared(draft, found)))
    lines = lines_of(draft, cited, computed)
    after = _read_with(draft, found) + _elsewhere(draft, found) + _by_weight(draft, found)
    after = _most_elsewhere(draft, cited) + after
    if len(first) + len(lines) + len(after) > MOST_TEXT:
        lines = lines_of(draft, cited, computed, MOST_TEXT - len(first) - len(after))
    answer = draft.answer("answered", f"{first}{lines}{after}")
    return replace(
        answer,
        regimens=tuple(cited),
        computed=tuple(computed),
        warnings=warnings_of(draft, cited, found) + _needs(draft, cited) + _barred(draft, cited),
    )


def unspoken(draft: Draft, found: Found) -> list[str]:
    """Give the words of the question that may make another dose of it, and that no line shown has."""
    words = [word for word in found.unsaid if tells_apart(word)]
    shown = " ".join(draft.words(row) for row in found.fits).casefold() if words else ""
    return [*(word for word in words if word.casefold() not in shown), *part_asked(draft, found)]


_PART = lazy_regex(
    r"\b(?:(?P<part>half|quarter|double|triple|twice)(?: of)?(?: (?:the|a|his|her|usual|normal|full|standard))*|"
    r"(?P<less>halved|doubled|reduced)) dos(?:e|ing)\b",
    re.IGNORECASE,
)
_SAYS_PART = {"half": "hal[fv]|50 ?%", "halved": "hal[fv]|50 ?%", "quarter": "quarter|25 ?%", "reduced": "reduc|lower"}


def part_asked(draft: Draft, found: Found) -> list[str]:
    """Give the part of the dose that is asked ("half dose"), where no row shown speaks of one."""
    asked = _PART.search(draft.standalone)
    if asked is None:
        return []
    word = (asked["part"] or asked["less"]).casefold()
    shown = " ".join(draft.lines(row) for row in (*found.fits, *found.remarks))
    said = re.search(_SAYS_PART.get(word, re.escape(word[:5])), shown, re.IGNORECASE)
    return [] if said else [" ".join(asked[0].split())]


def _not_compared(draft: Draft, found: Found) -> list[str]:
    """Say before a dose what of the question no row shown speaks of, and that it is no loading dose."""
    words = ", ".join(f"“{word}”" for word in unspoken(draft, found))
    lacking, said = found.lacking, list[str]()
    if day := beyond_course(draft, found):
        said.append(f"Not said to be for {day}: its row gives it for fewer days, if these are counted from its start.")
    if lacking.severity:
        said.append(f"Not said to be for {lacking.severity}: rows that go by severity are for another one.")
    if lacking.load:
        said.append(
            f"No {lacking.load} dose of {draft.query.drug} could be read: what its row gives is not said to be one."
        )
    if lacking.uncalled:
        said.append(f"Not said to be a {lacking.uncalled} dose: its row gives it by weight, over minutes.")
    if lacking.route in _PARENTERAL:
        said.append(f"Not said to be {lacking.route}: its row does not tell the route.")
    return [*said, *([f"Not compared: {words}. No row shown speaks of it."] if words else [])]


_COURSE = lazy_regex(r"(?:\bx|\bfor|×)\s*(\d{1,2})\b(?:\s*(?:days?|d)\b)?|\b(\d{1,2})\s*(?:days?|d)\b")


def beyond_course(draft: Draft, found: Found) -> str:
    """Give the day that is asked where every dose shown is given daily for fewer days than that, else ""."""
    days = numbered(draft.query.part).get("day", ())
    if len(days) != 1 or days[0][0] != days[0][1] or not found.fits:
        return ""
    for row in found.fits:
        lasts = [int(a or b) for a, b in _COURSE.findall(row.duration or "")]
        daily = row.interval_h is not None and row.interval_h[1] <= _DAY_H
        if len(lasts) != 1 or not daily or row.schedule or row.step is not None or days[0][0] <= lasts[0]:
            return ""
    return f"day {days[0][0]}"


_DAY_H = 24
_PARENTERAL = frozenset({"IV", "SC", "IM"})
"""Routes by which a dose that is meant to be taken by mouth would be another one."""


def _read_with(draft: Draft, found: Found) -> str:
    """Give the sentences beside the rows that may hold an exception ("100 mg/m2 if older than 65")."""
    lines = [draft.statement(each, "Read with it: ") for each in draft.cited(found.remarks[:2])]
    return "".join(f"\n\n{line}" for line in dict.fromkeys(lines) if found.kind == "one")


def _most_elsewhere(draft: Draft, cited: Sequence[CitedRegimen]) -> str:
    """Give the rows not shown that give a dose shown with a maximum that it would pass for the patient."""
    shown = [each.regimen for each in cited]
    rows: dict[int, Regimen] = {}
    for each in shown:
        done = compute(each, draft.patient)
        if isinstance(done, Computed):
            rows |= {id(row): row for row in draft.bounded_elsewhere(each, done.high, done.unit) if row not in shown}
    lines = [
        draft.statement(each, "Read with it, for the same dose: ") for each in draft.cited(list(rows.values())[:2])
    ]
    return "".join(f"\n\n{line}" for line in dict.fromkeys(lines))


def _elsewhere(draft: Draft, found: Found) -> str:
    """Name the rows of other pages that give the same, and those that give it for another time."""
    pages = {each.page for each in found.fits}
    aged = any(_is_aged(each) for each in found.fits)  # of children of an age it is not the same, where that is untold
    same = [each for each in found.supporting if not each.evidence and (aged or not _is_aged(each))]
    others = {each.page: each for each in reversed(same) if each.page not in pages}
    cited = draft.cited(list(others.values())[:MOST_ELSEWHERE])
    longer = [each for each in cited if any(_lasts_otherwise(each.regimen, own) for own in found.fits)]
    named = "; ".join(
        f"{situation(each.regimen) or each.regimen.drug} [{each.citation}]" for each in cited if each not in longer
    )
    text = f"\n\nThe same stands in: {named}." if named else ""
    for each in longer:
        text += f"\n\n{draft.statement(each, 'The same dose, otherwise in how long: ')}"
    return text


def _is_aged(row: Regimen) -> bool:
    return any(band.quantity == "age" for band in row.bands)


def _by_weight(draft: Draft, found: Found) -> str:
    """Name the table that works the dose out by weight."""
    tables = draft.cited(list({row.section: row for row in reversed(found.worked)}.values()))
    named = "; ".join(f"{headings_of(each.regimen)[-1] or each.regimen.title} [{each.citation}]" for each in tables)
    return f"\n\nA table works it out by weight: {named}." if named else ""


def _lasts_otherwise(left: Regimen, right: Regimen) -> bool:
    """Tell whether two regimens state durations none of whose figures is the other's ("7 days", "14 days")."""
    figures = [set(re.findall(r"\d+", each.duration or "")) for each in (left, right)]
    return all(figures) and not figures[0] & figures[1]


MOST_ELSEWHERE = 3
"""Further pages that are named as giving the same dose."""


def _needs(draft: Draft, cited: Sequence[CitedRegimen]) -> tuple[str, ...]:
    """Say what is missing for an amount, where the question gave some measure of the patient."""
    if draft.patient == Patient() or draft.query.forbidden:
        return ()
    outcomes = (compute(each.regimen, draft.patient) for each in cited if not draft.bars(each.regimen))
    reasons = [f"No amount was worked out: {each.reason}." for each in outcomes if isinstance(each, NotComputed)]
    return tuple(dict.fromkeys(reason for reason in reasons if FIXED not in reason))


def _barred(draft: Draft, cited: Sequence[CitedRegimen]) -> tuple[str, ...]:
    """Say why a dose that could be worked out was not."""
    found: dict[str, None] = {}
    for each in cited:
        done = compute(each.regimen, draft.patient)
        if not isinstance(done, Computed):
            continue
        if draft.query.forbidden or draft.bars(each.regimen):
            reason = f"{SPEAKS_OTHERWISE}: read these words first"
        elif why := withheld(each.regimen, draft, [one.regimen for one in cited]):
            reason = why
        elif draft.is_bounded(each.regimen, done):
            reason = "a maximum that the pages state for it, or for all its parts together, would be passed"
        else:
            continue
        found[f"No amount was worked out of [{each.citation}]: {reason}."] = None
    return tuple(found)


def no_dose(draft: Draft, drug: str, found: Found) -> Answer:
    """Say that no regimen fits; name what the drug has on the pages, without a figure."""
    reason = "; ".join(found.not_covered) or f"the pages give no regimen of {drug} for this"
    reason = f"{reason[:1].upper()}{reason[1:]}"
    numbers = dict.fromkeys(each.citation for each in draft.cited(found.because))
    markers = "".join(f"[{number}]" for number in numbers)
    if markers:
        return draft.answer("answered", f"{reason} {markers}.")  # that the page excludes this patient is what it says
    text = f"{reason}."
    listed: dict[str, int] = {}
    for each in draft.cited(found.existing[:MOST_SHOWN]):
        listed.setdefault(draft.named(each), each.citation)
    exists = "; ".join(f"{words} [{number}]" for words, number in listed.items())
    return draft.answer("not_found", f"{text} The pages have {drug} for: {exists}." if exists else text)


def _without(draft: Draft, drug: str, found: Found, reason: str) -> Answer:
    """Say that what is asked of a dose does not stand; a dose shown in its place could be taken for the answer."""
    return no_dose(draft, drug, Found("none", (), existing=found.fits, not_covered=(reason,)))


def answer_dose(
    asked: str,
    standalone: str,
    query: DoseQuery,
    regimens: Iterable[Regimen],
    names: TermMatcher,
    citations: Citations,
    units_of: UnitsOf,
    bound: Bounded | None = None,
) -> Answer:
    """Answer a question about one drug's dose from its regimens; `bound` is a weight given as "under 30 kg"."""
    listed = gathered(regimens)
    most = query.wants == "max"
    draft = Draft(asked, standalone, citations, query, units_of, listed.by_place, most)
    found = look_up(query, listed, names, units_of, bound)
    if found.kind == "none":
        own, asking = listed.by_drug.get(query.drug, ()), with_said(query, units_of)
        said = _for_group(draft, list(group_limits(asking, own, names)))
        said = said or _for_group(draft, list(by_route(asking, own, names)), f"By the route {query.route} its row says")
        said = said or _in_place(draft, query, found, in_place(asking, listed, names))
        return said or no_dose(draft, query.drug, found)
    if bound is not None and any(is_banded(each) for each in found.fits):
        note = f"only bands that reach {'over' if bound[0] else 'under'} {word(bound[1])} kg are shown"
        found = replace(found, not_covered=(*found.not_covered, note))
    if reason := part_untold(draft, query, found.fits):
        return _without(draft, query.drug, found, reason)
    answer = replace(_one(draft, found) if found.kind == "one" else several_doses(draft, found), unsaid=found.unsaid)
    return answer if answer.regimens else no_dose(draft, query.drug, found)


def _in_place(draft: Draft, query: DoseQuery, found: Found, rows: Sequence[Regimen]) -> Answer | None:
    """Name the drug that the same table has for the grade asked; its dose only where the drug was carried along.

    Who asks on with "and grade 4?" is told the row of grade 4; who names a drug gets no other drug's figure.
    """
    numbers = "".join(f"[{each.citation}]" for each in draft.cited(rows))
    if not numbers:
        return None
    words = f"for what is asked the same table gives {rows[0].drug} {numbers}."
    if draft.asked == draft.standalone or query.drug in {each.drug for each in mentions_of(draft.asked)}:
        answer = no_dose(draft, query.drug, found)
        return replace(answer, text=f"{answer.text} {words[:1].upper()}{words[1:]}")
    answer = _one(draft, Found("one", tuple(rows), not_covered=found.not_covered))
    return replace(answer, text=f"Not {query.drug}: {words}\n\n{answer.text}")


def _for_group(
    draft: Draft, limits: Sequence[GroupLimit], opening: str = "For this patient its row says"
) -> Answer | None:
    """Give what rows say of the patients asked about, where no row is for them: the words, and no dose of others."""
    lines = []
    for each in limits:
        (cited,) = draft.cited([each.regimen]) or (None,)
        if cited is not None:
            lines += [marked(f"{opening}: “{each.words}”", cited.citation), draft.statement(cited)]
    text = "\n\n".join(dict.fromkeys(lines))
    return draft.answer("answered", text) if text else None


def as_decimal(value: str | float | Decimal | None) -> Decimal | None:
    """Give an option's number as an exact decimal."""
    return None if value is None else Decimal(str(value))
