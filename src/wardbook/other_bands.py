"""What a drug's page gives by another measure of the patient than the one that chose the dose: read before it.

"40 mg by platelets of 15 to 29" of one table and "below 50 kg: 20 mg", "only if platelets are above 30" of the section
beside it are about one patient, and no row knows of the others.
"""

from collections.abc import Iterator
from dataclasses import replace

from wardbook.answering.answer import Answer
from wardbook.answering.compose import cite_unit, marked, plain_words
from wardbook.answering.reference_marks import without_references
from wardbook.corpus.unit import Unit
from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.band import RENAL, SIZES
from wardbook.dosing.patient import holds
from wardbook.dosing.quantity import is_measured
from wardbook.dosing.regimen import Condition, Regimen
from wardbook.dosing.regimens import gathered
from wardbook.opened import Opened

MOST = 3
"""Lines that are put before a dose."""


def with_other_bands(opened: Opened, answer: Answer, query: DoseQuery) -> Answer:
    """Put before a dose that a measured value chose what its page gives by the patient's other measures."""
    shown = [each.regimen for each in answer.regimens]
    chosen = [row for row in shown if any(is_measured(band) and holds(band, query.patient) for band in row.bands)]
    if not chosen or len(chosen) < len(shown):
        return answer
    citations = opened.citations()
    citations.listed.extend(answer.citations)
    lines: list[str] = []
    for row in _others(opened, chosen, query):
        for unit in _units(opened, row):
            words = f"Read first: {without_references(plain_words(unit))}"
            if (
                plain_words(unit) not in answer.text
                and len(lines) < MOST
                and (numbers := cite_unit(row.page, unit, words, citations))
            ):
                lines.append(marked(words, *numbers))
    lines = list(dict.fromkeys(lines))
    text = "\n\n".join([*lines, answer.text])
    return replace(answer, text=text, citations=tuple(citations.listed)) if lines else answer


def _others(opened: Opened, chosen: list[Regimen], query: DoseQuery) -> Iterator[Regimen]:
    """Yield the rows of other sections of the pages that are for the same aim and go by what else is told."""
    places = {(row.page, row.section) for row in chosen}
    pages, settings = {page for page, _ in places}, {row.setting for row in chosen}
    known = {band.quantity for row in chosen for band in row.bands}
    for row in gathered(opened.regimens).by_drug.get(query.drug, ()):
        if row.page not in pages or (row.page, row.section) in places or row.evidence or row.setting not in settings:
            continue
        sized = [band for band in row.bands if band.quantity in (*SIZES, *RENAL) and band.quantity not in known]
        told = sized and all(holds(band, query.patient) for band in sized)
        fails = any(_is_bound(band) and holds(band, query.patient) is False for band in row.bands) and not sized
        if told or (fails and any(row.amount == each.amount for each in chosen)):
            yield row


def _is_bound(band: Condition) -> bool:
    """Tell whether a band is a bound on a measured value ("only above 30"), and none of a ladder of ranges."""
    return is_measured(band) and (band.low is None or band.high is None)


def _units(opened: Opened, row: Regimen) -> list[Unit]:
    units = opened.units(row.page, row.section)
    return [unit for unit in units if unit.lines[0] <= row.lines[0] <= row.lines[1] <= unit.lines[1]]
