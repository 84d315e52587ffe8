"""Why no regimen fits, and what those that fit leave open: in words, without a figure that is not the question's."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from wardbook.dosing.against import without_before
from wardbook.dosing.amount import word
from wardbook.dosing.asked_words import (
    LIGHTEST_ADULT_KG,
    PHASES,
    DoseQuery,
    TermMatcher,
    content,
    context_words,
    positive,
    words_of,
    written,
)
from wardbook.dosing.bare_band import as_written
from wardbook.dosing.fitting import asked_groups, asked_severity, own_severity
from wardbook.dosing.not_given import excludes
from wardbook.dosing.notation import uniform
from wardbook.dosing.numbered import later_dose
from wardbook.dosing.patient import holds
from wardbook.dosing.patient_disease import not_named
from wardbook.dosing.patient_group import SPECIAL, own_groups
from wardbook.dosing.phase import LOADS, has_phase, may_be_load
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.sameness import states
from wardbook.dosing.step_order import is_placed
from wardbook.dosing.told import values_given
from wardbook.dosing.told_range import HEAVIER_THAN_KG, told_range
from wardbook.dosing.unstated import is_by_route, speaks_of
from wardbook.lazy_regex import lazy_regex

PARTS = {"max": "maximum", "duration": "duration", "route": "route", "interval": "interval"}


def excluded_words(left: Sequence[Regimen], query: DoseQuery, same: TermMatcher) -> str:
    """Say with the page's words that whom the question names is excluded."""
    by_route = [row for row in left if query.route is None or not row.route or query.route in row.route]
    said = ((excludes(regimen, query, same), regimen.verbatim) for regimen in by_route)
    words = dict.fromkeys(as_written(each, verbatim) for each, verbatim in said if each)
    quoted = " and ".join(f"'{' '.join(each.split())}'" for each in words)
    return f"not covered: the page says {quoted}" if words else ""


def reason(name: str, query: DoseQuery, left: Sequence[Regimen], usable: Sequence[Regimen]) -> str:
    """Say in words which part of the question no regimen covers; without a figure that is not the question's."""
    drug = query.drug
    if name == "indication":
        return f"no regimen of {drug} that could be read is for what is asked ('{query.words}')"
    if name in ("disease", "product"):
        return f"no regimen of {drug} is for patients with what is named ('{query.words}')"
    if name == "part":
        return f"no regimen of {drug} that could be read is for that part of its schedule"
    if name == "setting":
        settings = sorted({regimen.setting for regimen in left if regimen.setting})
        return _only(f"no regimen of {drug} is given for {query.setting or 'that setting'}", "for", settings)
    if name == "severity" and any(_is_of_this_grade(row, query) for row in usable):
        return f"no regimen of {drug} for all that is asked ('{query.words}') is given for {_asked_severity(query)}"
    if name == "severity":
        return _only(f"no regimen of {drug} is given for {_asked_severity(query)}", "for", _severities(left))
    if name == "population":
        return _population_reason(query, left, usable)
    if name == "kidney":
        return f"no band of kidney function that the pages have for {drug} holds {_given_clearance(query)}"
    if name == "route":
        routes = dict.fromkeys(route for regimen in left for route in regimen.route)
        asked = f"the route {query.route}" if query.route else "another route than the one that there is not"
        return _only(f"no regimen of {drug} is given by {asked}", "by", routes)
    given = values_given(query, left)
    return f"no regimen of {drug} has a band that holds for {given or 'this patient'}"


def _is_of_this_grade(row: Regimen, query: DoseQuery) -> bool:
    """Tell whether a row is of the grade asked, for one of several things that the question names."""
    named = words_of(positive(row.indication or "")) & content(query)
    return bool(named and asked_severity(query)[0] & own_severity(row)[0])


def _severities(left: Sequence[Regimen]) -> list[str]:
    """Name the grades that regimens are for, else their words for severity."""
    stated = sorted(frozenset[int]().union(*(own_severity(regimen)[0] for regimen in left)))
    words = sorted(frozenset[str]().union(*(own_severity(regimen)[1] for regimen in left)))
    return [f"grade {grade}" for grade in stated] + words


def _only(reason: str, word: str, listed: Iterable[str]) -> str:
    others = ", ".join(listed)
    return f"{reason}, only {word} {others}" if others else reason


def _asked_severity(query: DoseQuery) -> str:
    grades, words = asked_severity(query)
    listed = [f"grade {'-'.join(str(grade) for grade in sorted(grades))}"] if grades else sorted(words)
    return ", ".join(listed)


def _population_reason(query: DoseQuery, left: Sequence[Regimen], usable: Sequence[Regimen]) -> str:
    asked = asked_groups(query)
    special = sorted(asked & set(SPECIAL)) or sorted(asked)
    if query.age_y is not None and any(asked & own_groups(regimen) for regimen in left):
        of = f"an age of {word(query.age_y)} years" if query.age_y >= 2 else "this age"
        return f"no regimen of {query.drug} holds for {of}"
    for_this = (
        f" and what is asked ('{query.words}')"
        if any(asked & own_groups(row) for row in usable) and content(query)
        else ""
    )
    light = " (a weight that only children have is taken for a child's)" if _is_light(query) else ""
    return f"no dose of {query.drug} for {' or '.join(special)}{for_this} could be read from the pages{light}"


def _is_light(query: DoseQuery) -> bool:
    """Tell whether only the weight says that the patient is a child."""
    return "children" in asked_groups(query) and "children" not in asked_groups(replace(query, weight_kg=None))


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a question asks of a dose and the rows that fit do not say; "" where they say it, or it is not asked."""

    route: str = ""
    """The route asked that no row states."""
    phase: str = ""
    """The phases asked that no row is called, as the question words them."""
    uncalled: str = ""
    """The same where the rows may be just that: a load given by weight, over minutes; then `phase` is empty."""
    severity: str = ""
    """The grade asked, where no row shown goes by any and others for the same thing do, for other grades."""

    @property
    def load(self) -> str:
        """The phase that is lacking where it is a load: what goes on may be taken for it."""
        return self.phase if self.phase.startswith(("load", "bolus")) else ""


NOTHING_LACKING = Lacking()
"""Where the rows say all that is asked of a dose."""


def lacking_of(query: DoseQuery, fits: Sequence[Regimen], alike: Sequence[Regimen] = ()) -> Lacking:
    """Give what a question asks of a dose and the rows that fit do not say; `alike` are all rows for the same thing."""
    return replace(_lacking(query, fits), severity=_other_severity(query, fits, alike))


def _other_severity(query: DoseQuery, fits: Sequence[Regimen], alike: Sequence[Regimen]) -> str:
    asked = asked_severity(query)[0]
    if not asked or any(regimen.severity or "grade" in context_words(regimen) for regimen in fits):
        return ""
    graded = [own for row in alike if row.amount and (own := _up_from(row))]
    return _asked_severity(query) if graded and not any(asked & own for own in graded) else ""


_UP_FROM = lazy_regex(r"\b(?:from|at least|above|over)\b|≥|>=|\+|\b(?:or|and) (?:more|higher|above|worse|over)\b")


def _up_from(row: Regimen) -> frozenset[int]:
    """Give the grades of a row, with all those above where it is for these too ("from grade 2")."""
    own = own_severity(row)[0]
    open_ended = own and _UP_FROM.search(uniform(row.severity or row.indication or ""))
    return frozenset(range(min(own), MOST_GRADE + 1)) if open_ended else own


MOST_GRADE = 5
"""The highest grade that there is."""


def _lacking(query: DoseQuery, fits: Sequence[Regimen]) -> Lacking:
    route = query.route if query.route and not any(is_by_route(each, query.route) for each in fits) else ""
    phases = _phases(query, fits)
    if all(any(has_phase(phase, regimen, query.said(regimen)) for regimen in fits) for phase in phases):
        return Lacking(route)
    named = " ".join(written(frozenset(phases), query) or phases)
    uncalled = frozenset(phases) <= LOADS and all(may_be_load(regimen, query.said(regimen)) for regimen in fits)
    return Lacking(route, uncalled=named) if uncalled else Lacking(route, named)


def open_notes(query: DoseQuery, fits: Sequence[Regimen]) -> tuple[str, ...]:
    """Say what the question names and the regimens that fit do not."""
    notes = [f"its row states no {PARTS[query.wants or '']} for it"] if _is_unstated(query, fits) else []
    if all(regimen.evidence for regimen in fits):
        notes.append("the pages only describe what a study gave")
    grades, words = asked_severity(query)
    if (grades or words) and not any(regimen.severity or "grade" in context_words(regimen) for regimen in fits):
        notes.append(f"its row does not give this dose by severity ({_asked_severity(query)} was asked)")
    lacking, phases = lacking_of(query, fits), _phases(query, fits)
    named = " ".join(written(frozenset(phases), query) or phases)
    if lacking.route:
        notes.append(f"its row does not state the route ({lacking.route} was asked)")
    if lacking.uncalled:
        notes.append(f"its row does not call it a {lacking.uncalled} dose: it is given by weight, over minutes")
    elif lacking.phase:
        notes.append(f"no {lacking.phase} dose of its own could be read: this is the dose that its row gives")
    elif phases and all(regimen.amount is None or _only_noted(phases, regimen) for regimen in fits):
        notes.append(f"the page mentions a {named} dose without a figure of its own: read the row's words")
    if others := not_named(query, fits):
        notes.append(f"the page gives it for other diseases than {' or '.join(sorted(others))}")
    if is_not_to_prevent(query, fits):
        notes.append("the page does not say that it is for prophylaxis")
    notes += _of_patient(query, fits)
    return tuple(notes)


def _of_patient(query: DoseQuery, fits: Sequence[Regimen]) -> list[str]:
    """Say what was taken for granted of the patient."""
    notes = []
    if not asked_groups(query) and all(own_groups(regimen) == {"children"} for regimen in fits):
        notes.append("this dose is for children")
    if _is_light(query) and any("children" in own_groups(regimen) for regimen in fits):
        notes.append(f"a weight under {word(LIGHTEST_ADULT_KG)} kg is taken for a child's")
    if _is_by_weight_of_adults(query, fits):
        notes.append(f"an adult is taken to weigh more than {word(HEAVIER_THAN_KG)} kg")
    if "older people" in asked_groups(query) and not any("older people" in own_groups(regimen) for regimen in fits):
        notes.append(f"the pages give no dose of {query.drug} for older people of their own")
    return notes


def _is_by_weight_of_adults(query: DoseQuery, fits: Sequence[Regimen]) -> bool:
    """Tell whether rows hold for a weight that the question does not give, as the patient is an adult."""
    banded = any(band.quantity == "weight" and holds(band, query.patient) for row in fits for band in row.bands)
    return banded and query.weight_kg is None and told_range("weight", query.patient.said) is None


def is_not_to_prevent(query: DoseQuery, fits: Sequence[Regimen]) -> bool:
    """Tell whether prevention is asked, and no row that fits says that it is for that."""
    return query.setting == "prophylaxis" and not any(
        regimen.setting == query.setting or _PREVENTS.search(_said_to_prevent(regimen)) for regimen in fits
    )


_PREVENTS = lazy_regex(r"prophyla|prevent", re.IGNORECASE)
_ALSO_TREATS = lazy_regex(r"\b(?:treat|therap|manag|disease)", re.IGNORECASE)


def _said_to_prevent(regimen: Regimen) -> str:
    """Give the words that may say that a dose prevents; a title that is on treatment as well says that of no row."""
    if _ALSO_TREATS.search(regimen.title):
        regimen = replace(regimen, indication=(regimen.indication or "").removeprefix(regimen.title), title="", page="")
    return context_words(regimen)


def _phases(query: DoseQuery, fits: Sequence[Regimen]) -> list[str]:
    """Give the phases that a question names, less the place in the order of doses where that is what fits."""
    told = later_dose(query.part) in {regimen.step for regimen in fits} - {None} or is_placed(fits, query)
    placed = {"first", "second", "initial"} if told else set()
    return sorted((words_of(without_before(query.for_text)) & PHASES) - {"statu"} - placed)


def _only_noted(phases: Sequence[str], regimen: Regimen) -> bool:
    """Tell whether a phase stands in the notes of a row only, and no figure beside it."""
    noted = [note for note in regimen.notes if any(phase in words_of(note) for phase in phases)]
    rest = replace(regimen, notes=())
    return bool(noted) and not re.search(r"\d", " ".join(noted)) and not any(has_phase(phase, rest) for phase in phases)


def _is_unstated(query: DoseQuery, fits: Sequence[Regimen]) -> bool:
    part = query.wants
    if part not in ("max", "duration", "route", "interval"):
        return False
    return not any(states(row, part) or speaks_of(row, part) for row in fits)


def _given_clearance(query: DoseQuery) -> str:
    """Word the kidney function that the question gives; a range is told by the words of the question itself."""
    return f"CrCl {query.patient.crcl}" if query.patient.crcl is not None else "what is asked"
