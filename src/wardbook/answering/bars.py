"""Bars: what stands beside a dose and keeps this patient from it, or gives another dose or maximum instead.

A row's reading is of the row alone. The sentence behind it ("Not in neonates. Over 60 years start 25 mcg.") may be
about the very patient asked about: then it is shown, and nothing is worked out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from wardbook.corpus.unit import Unit, sentences
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import ADULT_Y
from wardbook.dosing.band import RENAL, Band, read_bands
from wardbook.dosing.binding import mentions_of
from wardbook.dosing.forbidden import Asked, forbids
from wardbook.dosing.forbidden_thing import younger
from wardbook.dosing.governed import deciding
from wardbook.dosing.measured import read_measured
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient import Patient, holds
from wardbook.dosing.patient_group import groups_of
from wardbook.dosing.quantity import is_measured
from wardbook.dosing.regimen import Condition, Regimen
from wardbook.dosing.route import read_routes
from wardbook.lazy_regex import lazy_regex

_CHANGED = lazy_regex(
    r"\b(?:half|halve[ds]?|reduce[ds]?|reduction|lower(?:ed)?|decrease[ds]?|double[ds]?|avoid|hold|omit)\b"
)
_BARE_AGE = lazy_regex(
    r"\b(?:if|age[ds]?)\s*(?P<sign>[<>≤≥]=?|over|under|above|below)\s*(?P<years>\d{1,2})(?=\s*(?:$|[):;,.]|or\b|and\b))"
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One sentence or cell."""

    words: str
    """As a person reads it."""
    unit: Unit
    """The unit that holds it."""


def bars(regimen: Regimen, asked: Asked, units: Sequence[Unit]) -> tuple[Bar, ...]:
    """Give what the units of a regimen's section say against it, or otherwise than it, for this patient.

    A sentence that names other drugs only, or follows one that does, is about these; so is a
    row of a table that is not the regimen's own.
    """
    found: dict[str, Bar] = {}
    for unit, words in _about(regimen, units, asked.query.patient):
        own = unit.lines[0] <= regimen.lines[1] and regimen.lines[0] <= unit.lines[1]
        routes = {route.code for route in read_routes(words)}
        elsewhere = (
            regimen.route and routes and not routes & set(regimen.route)
        )  # "SC is not recommended" of an IV dose
        if (not elsewhere and forbids(words, asked)) or _gives_other(words, regimen, asked.query.patient, own):
            found.setdefault(words, Bar(words, unit))
    return tuple(found.values())


def _about(regimen: Regimen, units: Sequence[Unit], patient: Patient) -> Iterator[tuple[Unit, str]]:
    """Yield the statements of a section that are about the regimen's drug, in order; no cell that is for other ages."""
    titled = {mention.drug for mention in mentions_of(f"{regimen.title} ; {regimen.section}")}
    about, last, block = titled if titled and regimen.drug not in titled else {regimen.drug}, "", -1
    for unit in units:
        own = regimen.lines[0] <= unit.lines[0] <= unit.lines[1] <= regimen.lines[1]
        named_above = ({mention.drug for mention in mentions_of(text)} for text in reversed(unit.lead))
        led = next(filter(None, named_above), set())
        about = {regimen.drug} if own else led or about
        if unit.kind == "row":
            named = {mention.drug for mention in mentions_of(unit.text)}
            about = about | named
            if own:
                yield from ((unit, cell) for header, cell in unit.values if not _is_of_other_age(header, patient))
            continue
        for begin, end in sentences(unit.text):
            words = unit.text[begin:end].strip()
            told = list(mentions_of(words))
            doses = any(each.is_dose for each in read_amounts(words))
            last = last if unit.block == block else ""
            if not told and last and doses:
                about = {last}  # a dose behind those of several drugs goes on from the last of them
            about = {mention.drug for mention in told} or about
            last, block = (told[-1].drug if len(told) > 1 and doses else "" if told else last), unit.block
            if any(_is_same(drug, regimen.drug) for drug in about):
                yield unit, words


def _is_of_other_age(header: str, patient: Patient) -> bool:
    """Tell whether a column is for children alone or adults alone, and the patient is none."""
    named = groups_of(header) & {"children", "adults"}
    adult = patient.is_adult or (patient.age_y is not None and patient.age_y >= ADULT_Y)
    child = patient.age_y is not None and not adult
    return (adult and named == {"children"}) or (child and named == {"adults"})


def _is_same(named: str, drug: str) -> bool:
    """Tell whether a name is the drug's or a part of it ("insulin" of "insulin regular")."""
    return named == drug or set(named.split()) <= set(drug.split())


def _gives_other(words: str, regimen: Regimen, patient: Patient, own: bool) -> bool:
    """Tell whether a sentence gives those whose age or weight the patient has another amount or maximum."""
    for clause in _clauses(words, regimen):
        for band in stated_bands(clause):
            if not _decides(band.condition, regimen, patient) or clause in _own_words(regimen):
                continue
            amounts = [each for each in read_amounts(clause) if each.is_dose and _outside(band, each.begin)]
            if amounts or _changes(clause, regimen, own):
                return True
    return regimen.per == "kg" and bool(_OTHER_WEIGHT.search(words)) and _has_value(words, patient)


_OTHER_WEIGHT = lazy_regex(r"\b(?:ideal|adjusted|lean)\b", re.IGNORECASE)


def _has_value(words: str, patient: Patient) -> bool:
    """Tell whether words draw a band of a measured value that the patient has ("BMI over 30: adjusted weight")."""
    return any(holds(band.condition, patient) for band in read_measured(words))


def _changes(clause: str, regimen: Regimen, own: bool) -> bool:
    """Tell whether a clause of a row's own words, or one that names its drug, says that its dose is another.

    "Reduced X: age over 68" speaks of the rows for X that are not called reduced.
    """
    changed = {match[0] for match in _CHANGED.finditer(uniform(clause))}
    named = any(_is_same(mention.drug, regimen.drug) for mention in mentions_of(clause))
    called = uniform(" ; ".join([_own_words(regimen), *regimen.notes]))
    return (own or named) and any(not re.search(rf"\b{word}\b", called) for word in changed)


def _outside(band: Band, begin: int) -> bool:
    return not band.begin <= begin < band.end


def _decides(band: Condition, regimen: Regimen, patient: Patient) -> bool:
    """Tell whether a band holds for the patient, and neither the regimen nor a maximum beside it was read with one."""
    if not (band.quantity in ("age", "weight", *RENAL) or is_measured(band)) or not holds(band, patient):
        return False
    read = [regimen.condition, *(stated.condition for stated in regimen.limited_by)]
    held = [each.condition for each in read_bands(regimen.population or "")]
    same = RENAL if band.quantity in RENAL else (band.quantity,)
    return not any(each and each.quantity in same for each in [*read, *held])


def _own_words(regimen: Regimen) -> str:
    return " ; ".join(filter(None, (regimen.population, regimen.indication, regimen.severity)))


def _clauses(words: str, regimen: Regimen) -> Iterator[str]:
    """Yield the clauses of a sentence that do not give the regimen's own amount."""
    for clause in re.split(r"[;()]", words):
        parts = re.split(r",\s(?!or\b|and\b)", clause) if _gives(clause, regimen) else [clause]
        yield from (part for part in parts if not _gives(part, regimen))


def _gives(clause: str, regimen: Regimen) -> bool:
    dose = regimen.amount
    return dose is not None and any(
        (each.amount.low, each.amount.high, each.amount.unit, each.per) == (dose.low, dose.high, dose.unit, regimen.per)
        for each in read_amounts(clause)
    )


def stated_bands(words: str) -> list[Band]:
    """Read the bands, also an age in months or weeks, or a bare one ("8 mg/kg if > 65")."""
    found = [*read_bands(words), *deciding(words)]
    found += [each for each in younger(words) if all(each.begin >= b.end or b.begin >= each.end for b in found)]
    for match in _BARE_AGE.finditer(uniform(words)):
        if any(match.start() < band.end and band.begin < match.end() for band in found):
            continue
        condition = Condition("age", Decimal(match["years"]), "=" in match["sign"], None, False, "a")
        if match["sign"][0] in "<≤" or match["sign"] in ("under", "below"):
            condition = replace(condition, low=None, high=condition.low, high_inclusive="=" in match["sign"])
        found.append(Band(condition, match.start(), match.end()))
    return found or [Band(_old(match), *match.span()) for match in _OLD.finditer(uniform(words))]


_OLD = lazy_regex(r"(?<![\w-])(?:over|above|older than)\s*(?P<years>[5-9]\d)(?=\s*(?::|or\b))")
"""A bare bound that heads a dose and names no quantity: it may be an age ("over 75: 200 mg")."""


def _old(match: re.Match[str]) -> Condition:
    return Condition("age", Decimal(match["years"]), False, None, False, "a")
