"""What the pages say of a drug for a group of patients in words that were not read as its dose.

"CrCl 30-49 reduce 40%; <30 do not give" is no regimen; to say that no dose for bad kidneys could be read, and not to
quote it, would hide it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from wardbook.answering.caution import speaks_against
from wardbook.answering.scoring import Evidence, SectionHit
from wardbook.corpus.unit import Unit, sentences
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.band import RENAL, read_bands, read_renal
from wardbook.dosing.context import setting_of
from wardbook.dosing.drug import DrugNames
from wardbook.dosing.fitting import is_replaced, works
from wardbook.dosing.patient import holds
from wardbook.dosing.patient_group import groups_of, on_dialysis, on_filtration
from wardbook.dosing.regimen import Condition
from wardbook.dosing.told_range import told_range
from wardbook.lazy_regex import lazy_regex

GROUPS = frozenset({"renal impairment", "hepatic impairment", "pregnancy", "lactation"})
"""Groups of patients for whom such words are looked for."""
MOST = 5
"""Statements at most."""


def statements(
    query: DoseQuery,
    groups: frozenset[str],
    hits: Iterable[SectionHit],
    drugs: DrugNames,
    is_other: Callable[[str, Unit], bool],
) -> list[Evidence]:
    """Give the rows, bullets and sentences on a drug that name one of the groups of patients, best section first.

    Those of another band of kidney function or class of Child and Pugh than asked are left out, and so is what
    `is_other` tells to be for something else (page, unit). Where dialysis is asked and some name it, the others are;
    where none does, what gives a dose by a band of kidney function is.
    """
    found: list[Evidence] = []
    for hit in hits:
        headed = next(filter(None, map(setting_of, reversed(hit.path))), None)
        if query.setting and headed and headed != query.setting:
            continue
        named = -1
        for unit in _of_drug(query.drug, hit, drugs):
            goes_on = unit.kind != "row" and unit.block == named and _GOES_ON.match(unit.text)
            if not goes_on and not groups & _groups_of(_said(unit)):
                continue
            if not goes_on and not _tells(unit):
                continue
            named = unit.block
            if not _is_of_others(unit, query) and not is_other(hit.page, unit):
                found.append(Evidence(hit, unit, hit.score, 1.0))
    dialysed = [each for each in found if on_dialysis(_said(each.unit))]
    if on_dialysis(query.part):  # a band of clearance gives no dose on dialysis
        return (dialysed or [each for each in found if _may_be_on_dialysis(each.unit)])[:MOST]
    if on_filtration(query.part) and (own := [each for each in found if on_filtration(_said(each.unit))]):
        return own[:MOST]
    return [each for each in found if query.patient.crcl is None or each not in dialysed or _bands(each.unit)][:MOST]


def _groups_of(said: str) -> frozenset[str]:
    replaced = on_dialysis(said) or on_filtration(said)
    return groups_of(said) | ({"renal impairment"} if replaced else frozenset())


def _may_be_on_dialysis(unit: Unit) -> bool:
    """Tell whether words are of no band, speak against the drug, or change its dose by no amount for failing kidneys.

    An amount by a band of clearance is none on dialysis; "CrCl < 30: every other day" is not to be unsaid there.
    """
    failing = any(band.low is None for band in _bands(unit))
    dosed = any(figure.is_dose for figure in read_amounts(unit.text))
    return not _bands(unit) or speaks_against(unit) or (failing and not dosed and _TOLD.search(unit.text) is not None)


def _said(unit: Unit) -> str:
    """Give the words of a unit with those that lead it in: "Do not give." below "CrCl under 15" is of that band."""
    return " ; ".join([*unit.lead[-1:], unit.text])


_TOLD = lazy_regex(
    r"\b(?:reduc|halv|half\b|lower|decreas|doubl|increas|omit|hold\b|withhold|stop\b|replac|instead|switch|adjust|interval|"
    r"every other|alternate|safe\b|unsafe|caution|supplement|after (?:hd|dialysis)|"
    r"no (?:change|dose)|not\b|unchanged|discuss|seek)|\d\s*%",
    re.IGNORECASE,
)


def _tells(unit: Unit) -> bool:
    """Tell whether words on a group of patients say what to do for it: "renally dosed" or a bare band does not."""
    bands = [(band.begin, band.end) for band in read_bands(unit.text) if band.condition.quantity in RENAL]
    if (
        not unit.values
        and len(bands) == 1
        and not re.search(r"\w", unit.text[: bands[0][0]] + unit.text[bands[0][1] :])
    ):
        return False
    known = _bands(unit) or on_dialysis(_said(unit))
    dosed = known and any(figure.is_dose for figure in read_amounts(unit.text))
    return bool(bands) or dosed or speaks_against(unit) or _TOLD.search(unit.text) is not None


_GOES_ON = lazy_regex(r"\W*(?:[<>≤≥]|\d+\s*[-–]\s*\d+\s*:|hd\b|(?:below|above|under|over)\s+\d)", re.IGNORECASE)
"""A sentence that goes on with the next band of the one before it ("CrCl >50: 1 g. 30-50: 500 mg. <30: stop.")."""


def _of_drug(drug: str, hit: SectionHit, drugs: DrugNames) -> Iterator[Unit]:
    """Yield the units of a section that are about a drug: the nearest drugs named in them, or above, hold it."""
    headed = next(filter(None, (_named(level, drugs) for level in [*reversed(hit.path), hit.title])), frozenset())
    about, block = headed, -1
    for unit in hit.units:
        led = next(filter(None, (_named(level, drugs) for level in reversed(unit.lead))), headed)
        if unit.kind == "row":
            if drug in (_named(unit.text, drugs) or led) and (drug in led or not led or _opens_cell(drug, unit, drugs)):
                yield unit
            continue
        about, block = (about if unit.block == block else led), unit.block
        for begin, end in sentences(unit.text):
            about = _named(unit.text[begin:end], drugs) or drugs.labelled(unit.text[begin:end]) or about
            if drug in about:
                yield replace(unit, text=unit.text[begin:end].strip())


def _opens_cell(drug: str, unit: Unit, drugs: DrugNames) -> bool:
    """Tell whether a drug opens a cell: below another heading, a row whose remark names it is not its own."""
    cells = [cell for pair in unit.values for cell in pair]
    firsts = [(cell, mention) for cell in cells for mention in drugs.find(cell)[:1]]
    return any(first.drug == drug and not re.search(r"\w", cell[: first.begin]) for cell, first in firsts)


def _named(text: str, drugs: DrugNames) -> frozenset[str]:
    return frozenset(mention.drug for mention in drugs.find(text))


_CLASS = lazy_regex(r"\bchild[ -]?pugh\s+(?:class\s+|score\s+)?([abc])\b", re.IGNORECASE)


def _is_of_others(unit: Unit, query: DoseQuery) -> bool:
    """Tell whether a unit names another class of the liver, or the band in a row's first cell does not hold."""
    asked, own = ({each.lower() for each in _CLASS.findall(text)} for text in (query.part, unit.text))
    if asked and own and not asked & own:
        return True
    patient = query.patient
    bands = _bands(unit)
    if patient.crcl is None and told_range(RENAL[0], patient.said) is None:
        return is_replaced(query) and works(bands, f"{unit.text} {' '.join(unit.lead)}")
    return bool(bands) and not any(holds(band, patient) for band in bands) and not _lists_more(unit)


def _bands(unit: Unit) -> list[Condition]:
    """Give the bands of kidney function of a unit: of its cells by their headers, of its words, else its lead's."""
    celled = [band for header, cell in unit.values for band in (*read_renal(header, cell), *read_bands(header))]
    lead = read_bands(unit.lead[-1]) if unit.lead else ()
    for bands in ((*celled, *read_bands(unit.text)), read_bands(f"CrCl {_bare(unit)}"), lead):
        if found := [band.condition for band in bands if band.condition.quantity in RENAL]:
            return found
    return []


def _bare(unit: Unit) -> str:
    """Give a sentence that goes on with a band which names no quantity ("Below 10: 5 mg/kg"), else ""."""
    return unit.text if not unit.values and _GOES_ON.match(unit.text) else ""


def _lists_more(unit: Unit) -> bool:
    """Tell whether words go on with bands that name no quantity ("CrCl 30-60: 24 h; below 30: by level")."""
    parts = re.split(r"[;.,]\s", unit.text)[1:]
    return not unit.values and any(_GOES_ON.match(part) for part in parts)
