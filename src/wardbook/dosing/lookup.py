"""Regimens that answer a question about one drug: the one that fits, or all that fit and what would settle it, or none.

Never a default: where the question leaves open which regimen is meant, all stand side by side. Never another drug's
dose, nor another indication's; what exists for the drug is only listed as such.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from wardbook.dosing.adults_beside import adults_beside
from wardbook.dosing.asked_words import (
    PHASES,
    DoseQuery,
    TermMatcher,
    Wants,
    content,
    context_words,
    denied,
    holds_word,
    positive,
    words_of,
    written,
)
from wardbook.dosing.by_name import called_so, headed_so, sectioned_so
from wardbook.dosing.context import says
from wardbook.dosing.either import is_unasked, once
from wardbook.dosing.exception import is_below, is_for_unasked
from wardbook.dosing.fit import Fit
from wardbook.dosing.fitting import (
    asked_groups,
    asked_severity,
    fits_severity,
    for_others,
    is_graded_so,
    own_severity,
    speaks_otherwise,
)
from wardbook.dosing.for_what import fits_indication
from wardbook.dosing.interaction import is_dose_beside_unasked
from wardbook.dosing.narrowing import narrow
from wardbook.dosing.nested import innermost
from wardbook.dosing.not_given import excludes, for_kidneys, is_dialysed, with_band
from wardbook.dosing.of_column import of_column
from wardbook.dosing.patient import holds
from wardbook.dosing.patient_group import SPECIAL, on_dialysis, stated_groups
from wardbook.dosing.phase import (
    HOW_FAST,
    asked_phases,
    in_phase,
    lacks_load,
    of_phases,
    running,
    starting,
    tapering,
    without_flow,
)
from wardbook.dosing.product_form import is_of_other_form, of_form
from wardbook.dosing.quantity import is_measured
from wardbook.dosing.refusal import refuses
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import of_drug
from wardbook.dosing.sameness import Course, courses, distinct, is_conflict, states
from wardbook.dosing.set_aside import set_aside, whole
from wardbook.dosing.settling import grade_words, settle
from wardbook.dosing.told import untelling, values_given, without_unasked
from wardbook.dosing.unit import convert
from wardbook.dosing.unsaid import unsaid_words
from wardbook.dosing.usual import refusing_beside, usual_of
from wardbook.dosing.weight_table import with_rates, without_weight_table
from wardbook.dosing.why_not import NOTHING_LACKING, PARTS, Lacking, excluded_words, lacking_of, open_notes
from wardbook.dosing.wording import describe as describe

__all__ = ["DoseQuery", "Found", "TermMatcher", "Wants", "describe", "lookup"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a lookup came to."""

    kind: Literal["one", "several", "none"]
    """One regimen answers; several fit and the question does not tell which; none fits."""
    fits: tuple[Regimen, ...]
    """The answer (all its steps in order where doses follow one another), or all that fit side by side, best first."""
    supporting: tuple[Regimen, ...] = ()
    """Further rows that say the same as the answer."""
    existing: tuple[Regimen, ...] = ()
    """Where none fits, the regimens that the pages give for this drug."""
    prompt: str | None = None
    """Where several fit, the one question that would settle it."""
    offered: tuple[tuple[str, tuple[Regimen, ...]], ...] = ()
    """Answers to it, each with the regimens that it leaves: fewer than all, and each regimen in one of them."""
    conflicts: tuple[tuple[Regimen, ...], ...] = ()
    """Rows that give different figures for the same thing."""
    not_covered: tuple[str, ...] = ()
    """What the question names and no regimen covers, each as one clause for a person."""
    remarks: tuple[Regimen, ...] = ()
    """Sentences of the same sections on the drug's dose that were not wholly understood, to be read with the rest."""
    because: tuple[Regimen, ...] = ()
    """The regimens whose own words `not_covered` quotes, to be cited behind it."""
    unsaid: tuple[str, ...] = ()
    """Words of the question for its situation that no row of the answer holds."""
    lacking: Lacking = NOTHING_LACKING
    """What is asked of the dose itself that its rows do not say."""
    usual: tuple[Regimen, ...] = ()
    """Where several fit, those of the usual dose if all others are for kidneys that are not well; they stand first."""
    worked: tuple[Regimen, ...] = ()
    """Rows of a table that works the answer out by weight."""

    @property
    def options(self) -> tuple[str, ...]:
        """Answers to the prompt, each of which settles it or narrows it."""
        return tuple(words for words, _ in self.offered)


def lookup(query: DoseQuery, regimens: Iterable[Regimen], same: TermMatcher) -> Found:
    """Find the regimens of one drug that fit the question; see the module for what is never done."""
    own = [with_band(regimen) for regimen in of_drug(regimens, query.drug)]
    own = [regimen for regimen in own if not (regimen.retired or says("retired", regimen.section))]
    usable = [regimen for regimen in own if not regimen.evidence] or own
    of_this_form = of_form(usable, query)
    if usable and not of_this_form:
        return _none(query, usable, (f"no dose of {query.drug} in the form that is asked could be read",))
    usable = of_this_form
    usable = of_column(headed_so(called_so(without_unasked(query, usable), query), query), query)
    usable = running(usable, query) if words_of(query.part) & HOW_FAST else without_flow(usable, query)
    of_phase = in_phase(usable, query)
    if usable and not of_phase:
        return _none(
            query, usable, (f"no {' or '.join(sorted(asked_phases(query)))} dose of {query.drug} could be read",)
        )
    general, usable = usable, tapering(of_phase, query)
    if of_phase and not usable:
        return _none(query, of_phase, (f"no taper of {query.drug} could be read",))
    query = replace(query, told=untelling(query, usable))
    fits, lost = narrow(usable, query, same)
    reduced = for_kidneys(general, query)
    if reduced and (not fits or (on_dialysis(query.part) and not any(row in reduced for row in fits))):
        fits, lost = reduced, None
    fits = innermost(once(fits), query.patient)
    fits, lost = ([], lost or _nothing_holds(query)) if _are_remarks(fits, usable, query) else (fits, lost)
    fits = _refused(fits, query)
    if _are_for_others(fits, usable, query, same):
        fits, lost = [], f"no regimen of {query.drug} that could be read holds for this patient"
    if not fits:
        excluding = [regimen for regimen in usable if excludes(regimen, query, same)]
        said = excluded_words(excluding, query, same)
        return replace(_none(query, usable, tuple(filter(None, [said or lost]))), because=tuple(excluding))
    if lacks_load(fits, query):
        load = " or ".join(written(asked_phases(query), query))
        return _none(query, usable, (f"no {load} dose of {query.drug} could be read",))
    unasked = [row for row in fits if is_for_unasked(row, query)]
    if len(unasked) == len(fits) and values_given(query, usable):
        return _none(query, usable, (_nothing_holds(query),))  # the value turned the general dose away
    all_fitting = fits
    beside = [
        row for row in fits if row in unasked or is_below(row, fits, query) or is_dose_beside_unasked(row, fits, query)
    ]
    fits = [row for row in fits if row not in beside] or fits
    fits = _without_remarks(fits, query)
    fits = sectioned_so(with_rates(_by_words(fits, query, same), fits, query), query, same)
    remarks = _remarks([*all_fitting, *(row for row in usable if is_unasked(row, query))], fits)
    shown = {(row.page, row.lines) for row in fits}
    remarks = (*(row for row in beside if (row.page, row.lines) not in shown), *remarks)
    fits, worked = without_weight_table(fits, query)
    fits, aside = set_aside(fits, query, same)
    remarks = (*aside, *remarks)
    groups = distinct(courses(fits), query.wants, same)
    groups = [group for group in groups if any(_is_named(row, query) for row in group[0])] or groups
    groups = [[_named_steps(course, query) for course in group] for group in groups]
    if len(groups) == 1:
        found = replace(
            _noted(_one(whole(groups[0], query, same), query, usable, same), fits, query),
            remarks=remarks,
            worked=worked,
        )
        return _with_gap(_with_unsaid(found, query, same), query, usable)
    wanted = query.wants if query.wants == "max" else None  # alike in how often, doses may differ: each is shown
    groups = distinct((course for group in groups for course in group), wanted, same, apart=True)
    conflicts = _conflicts([group[0] for group in groups], same)
    prompt, offered = settle(groups, query, same, bool(conflicts))
    several = tuple(regimen for group in groups for regimen in group[0])
    usual = usual_of(several, query, same)
    beside = refusing_beside(usual, [row for row in all_fitting if row not in several])
    several = (*usual, *(row for row in several if row not in usual), *beside)
    notes, lacking = open_notes(query, fits), lacking_of(query, fits, _alike(usable, query, same))
    found = Found(
        "several", several, (), (), prompt, offered, conflicts, notes, lacking=lacking, usual=usual, worked=worked
    )
    return _with_gap(_with_unsaid(found, query, same), query, usable)


def _with_gap(found: Found, query: DoseQuery, usable: Sequence[Regimen]) -> Found:
    """Say so where rows go by a value that the question gives, and none of the answer is known to hold for it."""
    given = values_given(query, usable)
    bands = [band for row in found.fits for band in row.bands if is_measured(band)]
    if not given or any(holds(band, query.patient) for band in bands):
        return found
    note = f"no row of {query.drug} is known to hold for {given}"
    return replace(found, not_covered=(*found.not_covered, note))


def _with_unsaid(found: Found, query: DoseQuery, same: TermMatcher) -> Found:
    """Name the words of the question that no row of the answer holds: the rows may be for something else too."""
    words = unsaid_words(found.fits, query, same)
    note = f"the question also says '{', '.join(words)}': not compared"
    return replace(found, not_covered=(*found.not_covered, note), unsaid=words) if words else found


def _remarks(whole: Sequence[Regimen], kept: Sequence[Regimen]) -> tuple[Regimen, ...]:
    """Give the sentences that stand back behind rows of their section and name the drug: they may hold an exception."""
    places = {(row.page, row.section) for row in kept}
    shown = {(row.page, row.lines) for row in kept}
    return tuple(
        row
        for row in whole
        if not (row in kept or (row.or_else and (row.page, row.lines) in shown))
        and row.from_text
        and (row.unparsed or row.or_else)
        and row.amount
        and (row.page, row.section) in places
        and row.drug in row.verbatim.casefold()
    )


def _is_named(row: Regimen, query: DoseQuery) -> bool:
    """Tell whether a row gives an amount that the question names."""
    dose = row.amount
    return dose is not None and any(
        per == row.per and convert(value, unit, dose.unit) in (dose.low, dose.high) for value, unit, per in query.named
    )


def _named_steps(course: Course, query: DoseQuery) -> Course:
    """Give of a course over the cells of a row the steps alone whose amount the question names, where it names any."""
    named = tuple(row for row in course if _is_named(row, query))
    of_cells = len({row.verbatim for row in course}) == len(course) and not any(row.from_text for row in course)
    return named if named and of_cells else course


def _are_remarks(fits: Sequence[Regimen], usable: Sequence[Regimen], query: DoseQuery) -> bool:
    """Tell whether only sentences are left that were not understood and name no drug, beside rows turned away.

    One of the band that the patient is in is no remark.
    """
    if not fits or not all(
        each.from_text and each.unparsed and each.drug not in each.verbatim.casefold() for each in fits
    ):
        return False
    if any(each.bands and all(holds(band, query.patient) for band in each.bands) for each in fits):
        return False
    rows = {(row.page, row.section) for row in usable if row not in fits and row.amount and not row.from_text}
    return all((each.page, each.section) in rows for each in fits)


def _refused(fits: list[Regimen], query: DoseQuery) -> list[Regimen]:
    """Where a row of the severity asked refuses the drug, leave out the rows that do not say for which they are.

    One for patients whose weight or the like is told stands beside it.
    """
    refusing = any(refuses(row) and own_severity(row) != _UNSAID for row in fits)
    if not refusing or asked_severity(query) == _UNSAID:
        return fits
    banded = [row for row in fits if row.bands and all(holds(band, query.patient) for band in row.bands)]
    return [row for row in fits if row in banded or fits_severity(row, query) is Fit.SAYS]


_UNSAID = (frozenset[int](), frozenset[str]())


def _is_of_asked(row: Regimen, query: DoseQuery) -> bool:
    """Tell whether a row is for the grade, the measure or the dialysis of the question."""
    if asked_severity(query) != _UNSAID or (is_dialysed(row) and on_dialysis(query.part)):
        return True
    return bool(row.bands) and all(holds(band, query.patient) for band in row.bands)


_OTHER_PATIENTS = frozenset(SPECIAL) - {"children"}


def _are_for_others(fits: Sequence[Regimen], usable: Sequence[Regimen], query: DoseQuery, same: TermMatcher) -> bool:
    """Tell whether only rows for bad kidneys and the like are left, unasked, and the standing ones were turned away.

    Above every band of weight, the dose for bad kidneys is not the one that is meant.
    """
    others = _OTHER_PATIENTS - asked_groups(query)
    return (
        bool(fits)
        and all(stated_groups(row) & others and not row.or_else for row in fits)
        and any(
            row.amount and not stated_groups(row) & others and fits_indication(row, query, same) is Fit.SAYS
            for row in usable
        )
    )


def _nothing_holds(query: DoseQuery) -> str:
    return f"no regimen of {query.drug} that could be read holds for this"


def _noted(found: Found, fits: Sequence[Regimen], query: DoseQuery) -> Found:
    """Say so where the wanted part is stated by some only of the regimens that fit, and these differ otherwise."""
    silent = [row for row in fits if not states(row, query.wants)]
    if found.kind != "one" or not silent or len(silent) == len(fits) or len(distinct(courses(fits), None)) == 1:
        return found
    note = f"other regimens of {query.drug} that fit state no {PARTS.get(query.wants or '', 'start')}"
    return replace(found, not_covered=(*found.not_covered, note))


def _without_remarks(regimens: list[Regimen], query: DoseQuery) -> list[Regimen]:
    """Drop rows without a readable amount, and sentences not understood, where better rows fit.

    A row for a group of patients that is not asked, as for bad kidneys, is no better one; nor are those for treatment
    better ones than a sentence on prevention.
    """
    readable = [row for row in regimens if row.amount or (refuses(row) and _is_of_asked(row, query))]
    whole = [regimen for regimen in readable if not (regimen.from_text and regimen.unparsed)]
    # a dose that was not understood stays beside the one of its own sentence, which may hold in some case only
    places = {(regimen.page, regimen.lines) for regimen in whole}
    bands = {row.condition for row in whole if row.condition or not for_others(row, query)}
    settings = {None, *(row.setting for row in whole)}
    sections = {(row.page, row.section) for row in whole}
    kept = [
        row
        for row in readable
        if row in whole
        or row.condition not in bands
        or (row.page, row.lines) in places
        or row.setting not in settings
        # one of a section of its own is for what that is headed by
        or (row.page, row.section) not in sections
        or _is_wider(row, whole)
    ]
    kept = _without_exceptions(kept, query)
    # what is not understood of another form stands beside: the dose of one form is none of the others
    forms = [row for row in regimens if row not in kept and row.bands and kept]
    return [*kept, *(row for row in forms if all(is_of_other_form(row, each) for each in kept))] or regimens


def _is_wider(row: Regimen, whole: Sequence[Regimen]) -> bool:
    """Tell whether the sentences of a row's section that were understood are all for a part of what it is for."""
    beside = [each for each in whole if (each.page, each.section) == (row.page, row.section)]
    return all(each.from_text and (each.indication or "").startswith(f"{row.indication}: ") for each in beside)


def _without_exceptions(rows: list[Regimen], query: DoseQuery) -> list[Regimen]:
    """Drop the sentences below a table that are for either of two reasons, where the question gives none of them."""
    places = {(row.page, row.section) for row in rows if not row.from_text}
    return [row for row in rows if not (row.from_text and (row.page, row.section) in places and is_unasked(row, query))]


def _by_words(regimens: list[Regimen], query: DoseQuery, same: TermMatcher) -> list[Regimen]:
    """Let further words of the question choose ("refractory", "loading"), where some rows have them and others not.

    A word that the question denies chooses the rows that deny it too.
    """
    denied_words = words_of(denied(query.words))
    phases = asked_phases(query)
    regimens = of_phases(starting(running(regimens, query), query), phases, query)
    words = content(query) | (words_of(query.for_text) & _TELLING - PHASES)
    telling = [each for each in words if not same.keys(each)]
    held = [
        sum(_has(word, regimen, query, denied if word in denied_words else positive) for word in telling)
        for regimen in regimens
    ]
    kept = [regimen for regimen, count in zip(regimens, held, strict=True) if count == max(held)]
    return [*kept, *(row for row in adults_beside(regimens, kept, query) if row not in kept)]


def _has(telling: str, regimen: Regimen, query: DoseQuery, turn: Callable[[str], str]) -> bool:
    """Tell whether a row's words hold a word of the question: what they affirm, or what they deny."""
    return holds_word(telling, turn(f"{context_words(regimen)} ; {query.said(regimen)}"), query)


_TELLING = PHASES | frozenset("refractory third rescue relapsed repeat label standard".split())


def _one(group: Sequence[Course], query: DoseQuery, usable: Sequence[Regimen], same: TermMatcher) -> Found:
    answer = group[0]
    notes: tuple[str, ...] = ()
    if speaks_otherwise(answer[0], query):
        if not is_graded_so(answer[0], query):
            return _none(query, usable, (f"the page gives it for {answer[0].severity}, which is not what is asked",))
        notes = (f"the page gives it for {grade_words(answer[0])}, and does not say what it calls {query.grade}",)
    supporting = tuple(regimen for course in group[1:] for regimen in course)
    told = [*answer, *supporting]
    notes = (*notes, *open_notes(query, told))
    return Found(
        "one", answer, supporting, not_covered=notes, lacking=lacking_of(query, told, _alike(usable, query, same))
    )


def _alike(usable: Sequence[Regimen], query: DoseQuery, same: TermMatcher) -> list[Regimen]:
    """Give the rows that are for what is asked, whatever grade they are for."""
    return [row for row in usable if fits_indication(row, query, same) is Fit.SAYS] if asked_severity(query)[0] else []


def _none(query: DoseQuery, usable: Sequence[Regimen], reasons: tuple[str, ...]) -> Found:
    groups = distinct(courses(_without_remarks(list(usable), query)), None) if usable else []
    return Found("none", (), existing=tuple(row for group in groups for row in group[0]), not_covered=reasons)


def _conflicts(candidates: Sequence[Course], same: TermMatcher) -> tuple[tuple[Regimen, ...], ...]:
    """Gather the regimens that give different figures for the same thing."""
    found: list[list[Regimen]] = []
    for course in candidates:
        side = next((sides for sides in found if all(is_conflict(course[0], other, same) for other in sides)), None)
        if side is None:
            found.append([course[0]])
        else:
            side.append(course[0])
    return tuple(tuple(sides) for sides in found if len(sides) > 1)
