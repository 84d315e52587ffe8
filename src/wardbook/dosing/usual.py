"""The usual dose beside those for kidneys that are not well: who names no kidneys is told it first, then the others."""

from collections.abc import Sequence
from dataclasses import replace

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import DoseQuery, TermMatcher
from wardbook.dosing.band import RENAL
from wardbook.dosing.fitting import asked_groups
from wardbook.dosing.measured import read_measured
from wardbook.dosing.not_given import is_dialysed, is_for_well_kidneys, tells_clearance
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient_group import on_dialysis
from wardbook.dosing.refusal import refuses
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.sameness import courses, distinct
from wardbook.lazy_regex import lazy_regex

_NAMES_CLEARANCE = lazy_regex(r"^\W*(?:cr ?cl|clcr|e?gfr|creatinine clearance)\b.*\d")
"""A label that begins with a kidney function whose bounds were not read ("CrCl: 40-59 (50-69)")."""


def usual_of(fits: Sequence[Regimen], query: DoseQuery, same: TermMatcher) -> tuple[Regimen, ...]:
    """Give the rows of the usual dose, where all others that fit are for kidneys that are not well; () where open.

    It is open where the question tells of kidneys or gives a measured value, and where the rest is more than one dose
    or goes by another band.
    """
    told = tells_clearance(query) or "renal impairment" in asked_groups(query) or on_dialysis(query.part)
    if told or read_measured(query.measured, values=True):  # a creatinine of 300 tells of kidneys, without a clearance
        return ()
    usual = tuple(row for row in fits if not _is_for_poor_kidneys(row))
    renal_only = all(band.quantity in RENAL for row in usual for band in row.bands)
    plain = all(row.amount and not row.or_else for row in usual)
    pages = {row.page for row in usual}
    beside = all(row.page in pages for row in fits)  # those for poor kidneys are exceptions from a dose of their page
    if not usual or len(usual) == len(fits) or not (renal_only and plain and beside):
        return ()
    return usual if len(distinct(courses(usual), query.wants, same)) == 1 else ()


def refusing_beside(usual: Sequence[Regimen], fitting: Sequence[Regimen]) -> list[Regimen]:
    """Give the rows that refuse the drug to kidneys that are not well: they stand with the doses of the others."""
    return [row for row in fitting if usual and not row.amount and refuses(row) and _is_for_poor_kidneys(row)]


def _is_for_poor_kidneys(row: Regimen) -> bool:
    """Tell whether a row is for kidneys that are not well; a note with an amount is the exception from its dose."""
    labels = [note for note in row.notes if not read_amounts(uniform(note))]
    plain = replace(row, notes=tuple(labels))
    banded = any(band.quantity in RENAL for band in row.bands)
    return (
        not is_for_well_kidneys(plain)
        or is_dialysed(plain)
        or (not banded and any(_NAMES_CLEARANCE.search(uniform(label)) for label in labels))
    )
