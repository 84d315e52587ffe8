"""Phases of a treatment: which of them a row's words name."""

from collections.abc import Sequence
from dataclasses import replace

from wardbook.dosing.against import without_before
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import PHASES, DoseQuery, context_words, words_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.numbered import meet, numbered
from wardbook.dosing.patient import holds
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.unit import convert
from wardbook.dosing.unstated import own_words
from wardbook.lazy_regex import lazy_regex


def has_phase(phase: str, regimen: Regimen, said: str = "") -> bool:
    """Tell whether a row's words hold a phase, "load" and "loading" as one; "12 h after load" is none."""
    if phase in LOADS and _begins_course(regimen):
        return True
    words = words_of(without_before(f"{context_words(regimen)} ; {own_words(regimen)} ; {said}"))
    return phase in words or any(each.startswith(phase[:4]) and each in PHASES for each in words)


_FIRST_DAY = lazy_regex(r"(?:on |for )?(?:d|days?) ?[+-]?1")


def _begins_course(row: Regimen) -> bool:
    """Tell whether a dose of a first day is the largest of its course, or as large and more often than a daily one.

    "300 mg BD D1, then 300 mg OD" gives a load, "1 mg D1, then 10 mg D8" steps up.
    """
    first = row.step == 1 and row.amount is not None and _FIRST_DAY.fullmatch(uniform(row.schedule or "")) is not None
    if not first or row.amount is None or not _THEN.search(uniform(row.verbatim)):
        return False
    doses = [each for each in read_amounts(row.verbatim) if each.is_dose and each.per == row.per]
    others = [convert(each.amount.high, each.amount.unit, row.amount.unit) for each in doses]
    often = row.interval_h is not None and row.interval_h[1] < _DAY_H
    later = [each for each in others[1:] if each is not None]
    return bool(later) and all(row.amount.low > each or (often and row.amount.low == each) for each in later)


_DAY_H = 24
_OVER_MINUTES = lazy_regex(r"\bover (?:at least )?\d+(?:\s*-\s*\d+)? ?min")


_MINUTE = lazy_regex(r"\W*(?:min\w* )?\d+(?:\s*-\s*\d+)?\W*")
"""The time of a step ("15", "20-40"), as a table of what is done minute by minute has it."""


def may_be_load(regimen: Regimen, said: str) -> bool:
    """Tell whether a dose that no word calls a load is one: by weight, over minutes, and nothing says how often.

    `said` are the words of its row and of what leads it in. In seizures or sepsis a page need not call it so.
    """
    timed = regimen.schedule and not _MINUTE.fullmatch(uniform(regimen.schedule))
    again = regimen.interval_h or regimen.per_time or timed or regimen.duration or regimen.step
    sized = regimen.per == "kg" or any(band.quantity == "weight" for band in regimen.bands)
    over = _OVER_MINUTES.search(uniform(f"{regimen.verbatim} ; {said}"))
    return bool(regimen.amount and sized and over) and not again and not has_phase("maintenance", regimen, said)


def lacks_load(regimens: Sequence[Regimen], query: DoseQuery) -> bool:
    """Tell whether a load is asked, and every dose is one that is given again and again and is called no load.

    What goes on is many times less than a load, and was taken for one.
    """
    phases = asked_phases(query)
    dosed = [row for row in regimens if row.amount]
    if not dosed or not phases or not phases <= LOADS:
        return False
    first = any(row.step or row.schedule or row.max_doses or _is_followed(row) for row in dosed)
    named = any(has_phase(each, row, query.said(row)) for each in LOADS for row in dosed)
    return all(row.interval_h for row in dosed) and not (first or named)


def _is_followed(row: Regimen) -> bool:
    """Tell whether a dose lasts some doses, or until another ("for 2 doses, then"); a course of days is no load."""
    return bool(row.duration and (_DOSES.search(uniform(row.duration)) or _THEN.search(uniform(row.verbatim))))


_DOSES = lazy_regex(r"\bdoses?\b")


def asked_phases(query: DoseQuery) -> frozenset[str]:
    """Give the phases that a question names; "status" is none beside another ("load in status")."""
    phases = words_of(without_before(query.words)) & PHASES
    return phases - {"statu"} or phases


HOW_FAST = frozenset({"rate", "fast", "speed"})
"""Words that ask how fast something runs."""
_RUNNING = frozenset({"infusion", "drip", "gtt"}) | HOW_FAST


def running(regimens: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Keep the doses that run by the hour or minute where an infusion or a rate is asked for and some do."""
    rates = [row for row in regimens if row.per_time in ("h", "min")]
    return rates or list(regimens) if words_of(query.part) & _RUNNING else list(regimens)


_FLOW = frozenset({"ml", "hour", "min", "minute", "titrate"}) | _RUNNING


def without_flow(regimens: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Leave out how fast a fluid runs ("0.5 mL/kg/h") where that is not asked and its section gives doses."""
    dosed = {(row.page, row.section) for row in regimens if row.amount and row.amount.unit != "mL"}
    if words_of(query.part) & _FLOW:
        return list(regimens)
    return [
        row
        for row in regimens
        if not (row.amount and row.amount.unit == "mL" and row.per_time in ("h", "min"))
        or (row.page, row.section) not in dosed
    ]


_START = frozenset({"start", "starting", "initial"})


def starting(regimens: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Of the doses of one row, keep the one to start with where that is asked and the page calls one so."""
    if not words_of(query.part) & _START:
        return list(regimens)
    first = [row for row in regimens if words_of(row.schedule or "") & _START]
    places = {(row.page, row.lines) for row in first}
    left = [row for row in regimens if row in first or (row.page, row.lines) not in places]
    return _labelled(left, _START)


_LABEL = lazy_regex(r"\W*(?:\d+[.)]\s*)?[^:;.]{1,40}:")
_OPENING = lazy_regex(r"\W*[A-Za-z-]+\b")
_STEPS = frozenset(
    "add after deescalation escalate escalation followed further increase later maintenance next step subsequent then "
    "thereafter".split()
)
"""Words of a label that make a dose one that comes after another."""


def _label_words(row: Regimen) -> frozenset[str]:
    """Give the words of the labels of a row, and of what its sentence opens with."""
    label = _LABEL.match(row.verbatim) or _OPENING.match(row.verbatim) if row.from_text else None
    return words_of(" ; ".join((*row.notes, label[0] if label else "")))


def _labelled(regimens: list[Regimen], phases: frozenset[str]) -> list[Regimen]:
    """Where a row is labelled by a phase, drop the rows of its section that are labelled as what comes after it."""
    places = {(row.page, row.section) for row in regimens if _label_words(row) & phases}
    return [
        row
        for row in regimens
        if (row.page, row.section) not in places or _label_words(row) & phases or not _label_words(row) & _STEPS
    ]


def of_phases(regimens: list[Regimen], phases: frozenset[str], query: DoseQuery) -> list[Regimen]:
    """Keep the rows that name a phase that is asked; for a load where none does, those that are not given again."""
    naming = [row for row in regimens if any(has_phase(phase, row, query.said(row)) for phase in phases)]
    if naming and phases & LOADS:  # what another page gives over minutes may be a load too, and is not kept from sight
        elsewhere = [row for row in regimens if row.page not in {each.page for each in naming}]
        naming += [row for row in elsewhere if may_be_load(row, query.said(row))]
    if naming or not phases & LOADS:
        kept = _labelled(_stating(naming, phases), _alike(phases)) or regimens
        begins = bool(naming) and phases <= _BEGINS
        return [row for row in regimens if row in kept or (begins and _may_begin(row, naming))]
    once = [row for row in regimens if row.interval_h is None and not (row.per_time or row.bands)] or regimens
    return [row for row in once if may_be_load(row, query.said(row))] or once


_BEGINS = frozenset({"first", "initial"})


def _may_begin(row: Regimen, naming: Sequence[Regimen]) -> bool:
    """Tell whether a dose of a section in which none is called the first is that too, as where there is but one."""
    places = {(each.page, each.section) for each in naming}
    return row.amount is not None and (row.page, row.section) not in places and not _label_words(row) & _STEPS


def in_phase(regimens: list[Regimen], query: DoseQuery) -> list[Regimen]:
    """Keep the doses for going on where a maintenance is asked and rows say so, else those that are no load.

    The other way round no maintenance is given for a load. What the pages give first is many times what goes on.
    """
    asked = asked_phases(query)
    if bool(asked & _GOES_ON) == bool(asked & _GOES_FIRST):
        return regimens
    wanted, other = (_GOES_ON, _GOES_FIRST) if asked & _GOES_ON else (_GOES_FIRST, _GOES_ON)
    own = [row for row in regimens if row.amount and wanted is _GOES_ON and _is_of(wanted, other, row, query)]
    own = own if any(all(holds(band, query.patient) for band in row.bands) for row in own) else []
    left = own or [row for row in regimens if not _is_of(other, wanted, row, query)]
    return _without_first(left) if wanted is _GOES_ON else left


def tapering(regimens: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Keep the doses of a taper where one is asked: what it is tapered from is no step of it, nor is another dose.

    A dose of the day or week that is asked may be a step of one that is not called so.
    """
    if not _TAPER.search(_BESIDE_TAPER.sub(" ", uniform(query.part))):
        return list(regimens)
    asked = numbered(query.part)
    return [
        row
        for row in regimens
        if _TAPER.search(_BESIDE_TAPER.sub(" ", uniform(f"{context_words(row)} ; {row.verbatim} ; {query.said(row)}")))
        or meet(asked, numbered(row.schedule or ""))
    ]


_TAPER = lazy_regex(r"\b(?:taper\w*|wean\w*)")
_BESIDE_TAPER = lazy_regex(
    r"\b(?:then|before|until|till|and|during|on|after|no|without|followed by|start(?:ing)?|begin)\s+"
    r"(?:the |a |any |to |your )?(?:[a-z]+ ){0,2}?(?:taper\w*|wean\w*)"
)
"""A taper that is named beside a dose and not as what it is a step of ("1 mg/kg, then taper")."""


def _without_first(regimens: Sequence[Regimen]) -> list[Regimen]:
    """Leave out the dose of a first day where a later one of the same text goes on ("70 mg day 1, then 50 mg OD")."""
    going = {
        (row.page, row.lines, row.drug, row.verbatim)
        for row in regimens
        if row.step not in (None, 1) and (row.interval_h or row.per_time)
    }
    return [
        row
        for row in regimens
        if row.step != 1 or row.interval_h or (row.page, row.lines, row.drug, row.verbatim) not in going
    ]


def _is_of(phases: frozenset[str], others: frozenset[str], row: Regimen, query: DoseQuery) -> bool:
    """Tell whether a dose is one of these phases and of none of the others: by the words beside it, else by its row."""
    # what is said of both ("loading max 2 g, maintenance max 1 g") tells nothing of either
    notes = tuple(note for note in row.notes if not (words_of(note) & phases and words_of(note) & others))
    row = replace(row, notes=notes)
    own = words_of(without_before(" ; ".join((*row.notes, row.schedule or "", row.indication or ""))))
    if own & (phases | others):
        return bool(own & phases) and not own & others
    said = words_of(without_before(f"{context_words(row)} ; {row.verbatim} ; {query.said(row)}"))
    return bool(said & phases) and not said & others and not (row.from_text and _THEN.search(uniform(row.verbatim)))


_GOES_ON = frozenset({"maintenance"})
_THEN = lazy_regex(r"\b(?:then|thereafter|afterwards|followed by|after that)\b|->|→")


def _stating(naming: list[Regimen], phases: frozenset[str]) -> list[Regimen]:
    """Of the doses of one sentence ("load 6 mg/kg, then 4 mg/kg") keep those beside which the phase stands."""
    own = [
        row
        for row in naming
        if words_of(" ; ".join((*row.notes, row.schedule or "", row.indication or ""))) & _alike(phases)
    ]
    places = {(row.page, row.lines) for row in own}
    return [row for row in naming if row in own or (row.page, row.lines) not in places]


def _alike(phases: frozenset[str]) -> frozenset[str]:
    return phases | (LOADS if phases & LOADS else frozenset())


LOADS = frozenset({"load", "loading", "bolu"})
"""Words for a dose that goes first."""
_GOES_FIRST = LOADS | {"induction"}
