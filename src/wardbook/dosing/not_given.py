"""Whom a row leaves out: patients that its words exclude, and kidney functions that its bands do not reach."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from wardbook.dosing.asked_words import (
    NORMAL_ORGANS,
    REDUCED,
    DoseQuery,
    TermMatcher,
    content,
    holds_word,
    positive,
)
from wardbook.dosing.band import RENAL, read_bands
from wardbook.dosing.exclusion import read_exclusions
from wardbook.dosing.fit import Fit
from wardbook.dosing.fitting import asked_groups
from wardbook.dosing.forbidden import Asked, forbids
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient import holds
from wardbook.dosing.patient_group import denied_groups, on_dialysis, on_filtration
from wardbook.dosing.phase import asked_phases
from wardbook.dosing.regimen import Condition, Regimen
from wardbook.dosing.route import read_routes
from wardbook.dosing.told_range import told_range
from wardbook.lazy_regex import lazy_regex


def excludes(regimen: Regimen, query: DoseQuery, same: TermMatcher) -> str | None:
    """Give the words of the row that exclude whom or what is asked, or None."""
    heading = regimen.section.rpartition(" > ")[2]
    headed = {**denied_groups(regimen.indication or ""), **denied_groups(heading)}
    asked = asked_groups(query)
    denied = (words for words, groups in headed.items() if groups & asked)
    return next((words for words in regimen.excluded if _meets(words, query, same)), None) or next(denied, None)


def _meets(words: str, query: DoseQuery, same: TermMatcher) -> bool:
    """Tell whether words of a row that say whom it excludes are of what is asked, by route or by a name as well."""
    if query.route and query.route in {route.code for route in read_routes(words)}:
        bands = read_bands(_WHEN.sub("", words))  # "avoid IV if CrCl < 50" is of those alone
        return not bands or any(holds(band.condition, query.patient) for band in bands)
    situation = positive(query.for_text)
    known = same.keys(situation) - same.keys(query.drug)
    return bool(known & same.keys(words)) or forbids(words, Asked(query, query.part or query.for_text))


_WHEN = lazy_regex(r"^.*?\b(?:if|when|in|with|for|where)\b|\s*\([^()]*\)|\b(?:unless|except)\b.*", re.IGNORECASE)
"""What stands around the patients whom an exclusion is of."""
_RENAL_NOTE = lazy_regex(
    r"^(cr ?cl|clcr|e?gfr|creatinine clearance)\b\s*(?:\([^()]*\))?[\s/:,]*([<>≤≥]=?\s*\d+|\d+\s*[-–]\s*\d+)$",
    re.IGNORECASE,
)


def with_band(regimen: Regimen) -> Regimen:
    """Take the kidney function that heads a row's column for its band ("CrCl (mL/min) / 30-60")."""
    notes = (_RENAL_NOTE.match(note.strip()) for note in regimen.notes if regimen.condition is None)
    match = next(filter(None, notes), None)
    bands = read_bands(f"{match[1]} {match[2]}") if match else ()
    return replace(regimen, condition=bands[0].condition) if bands else regimen


def fits_kidney(regimen: Regimen, query: DoseQuery, left: Sequence[Regimen]) -> Fit:
    """Compare the kidney function with the row's band.

    A row without one stands only where the patient's is above every band that the drug has, else the dose of healthy
    kidneys would be given below them. Normal kidneys are in no band that ends below their clearance; where rows are for
    dialysis, no other is.
    """
    crcl = query.patient.crcl
    told = told_range(RENAL[0], query.patient.said) if crcl is None else None
    if is_filtered(regimen) and not on_filtration(query.part):
        return Fit.AGAINST
    if any(map(_DIALYSED_ALONE.fullmatch, map(uniform, regimen.notes))) and not on_dialysis(query.part):
        return Fit.AGAINST
    if dialysed := _dialysed(left, query):
        return Fit.SAYS if regimen in dialysed else Fit.AGAINST
    if not tells_clearance(query) and on_dialysis(query.part) and _is_above_failure(regimen.condition):
        return Fit.AGAINST
    if not tells_clearance(query) and _has_normal_kidneys(query):
        return _of_normal(regimen)
    own = [row for row in left if row.condition and row.condition.quantity in RENAL]
    chosen = [row for row in own if not _only_excludes(row)]
    bands = [row.condition for row in chosen or own if row.condition]
    if not tells_clearance(query) or not bands:
        return Fit.OPEN
    if regimen not in own and is_unreduced(regimen, query):
        return Fit.SAYS
    if regimen in (chosen or own) and regimen.condition:
        held = holds(regimen.condition, query.patient)
        return Fit.OPEN if held is None else Fit.SAYS if held else Fit.AGAINST
    least = crcl if told is None else told.low
    above = least is not None and all(
        band.high is not None and holds(band, query.patient) is False and least >= band.high for band in bands
    )
    return Fit.OPEN if above else Fit.AGAINST


def for_kidneys(regimens: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Give the rows of a table by kidney function that says not what its doses are for, and hold for the patient.

    What a drug is given for to prevent or maintain is seldom said there; a load stands at any kidney function.
    """
    phases = asked_phases(query)
    dialysed = on_dialysis(query.part)
    if query.patient.crcl is None and not dialysed:
        return []
    if not (query.setting == "prophylaxis" or phases) or phases - {"maintenance"}:
        return []

    def holds_here(row: Regimen) -> bool:
        if dialysed:
            return any(map(on_dialysis, row.notes))
        banded = any(band.quantity in RENAL for band in row.bands)
        return banded and all(holds(band, query.patient) for band in row.bands)

    return [
        row
        for row in regimens
        if row.amount
        and row.setting in (None, query.setting)
        and row.indication in (None, row.section.rpartition(" > ")[2])
        and not row.from_text
        and holds_here(row)
        and (query.route is None or not row.route or query.route in row.route)
    ]


_UNREDUCED = lazy_regex(
    r"\b(?:whatever|regardless of|irrespective of|independent of|at any)\b[^.;]*"
    r"\b(?:cr ?cl|clcr|e?gfr|clearance|renal|kidneys?)\b|"
    r"\b(?:no|without) (?:renal|kidney) (?:dose )?(?:adjust\w*|reduc\w*)"
)
"""Words by which a dose stands at any kidney function."""


def is_unreduced(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether a dose stands at any kidney function and is for what the question names ("in meningitis")."""
    named = any(holds_word(word, regimen.indication or "", query) for word in content(query))
    return named and _UNREDUCED.search(uniform(" ; ".join((regimen.verbatim, *regimen.notes)))) is not None


def tells_clearance(query: DoseQuery) -> bool:
    """Tell whether the question gives the kidney function, as a figure or as a range."""
    return query.patient.crcl is not None or told_range(RENAL[0], query.patient.said) is not None


def _dialysed(left: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Give the rows labelled for patients on dialysis, or whose blood is filtered, where these are asked about.

    Where some doses of a row are labelled so, the words of the whole row tell nothing of the others.
    """
    if on_filtration(query.part):
        return [row for row in left if is_filtered(row) or on_filtration(query.said(row))]
    if not on_dialysis(query.part):
        return []
    own = [row for row in left if is_dialysed(row)]
    return own or [row for row in left if on_dialysis(query.said(row))]


def is_filtered(row: Regimen) -> bool:
    """Tell whether a row is headed or labelled for patients on continuous renal replacement, and for no others."""
    named = on_filtration(" ; ".join(filter(None, (row.section.rpartition(" > ")[2], row.indication, *_labels(row)))))
    return named and not any(band.quantity in RENAL for band in row.bands)


_DIALYSED_ALONE = lazy_regex(
    r"(?:cr ?cl|clcr|e?gfr|creatinine clearance|renal|kidney)[^:]*:\s*(?:on )?(?:i?hd|ha?emo-?dialysis|dialysis)\W*"
)
"""A row by kidney function that is for those on dialysis and has no band."""


def is_dialysed(row: Regimen) -> bool:
    """Tell whether a row is labelled for patients on dialysis."""
    return on_dialysis(" ; ".join(filter(None, _labels(row))))


FAILURE = Decimal(15)
"""mL/min below which kidneys have failed (KDIGO 2012, G5): who is on dialysis has no more."""


def _is_above_failure(band: Condition | None) -> bool:
    """Tell whether a band of kidney function is of those whose kidneys have not failed."""
    return band is not None and band.quantity in RENAL and band.low is not None and band.low >= FAILURE


def _labels(row: Regimen) -> tuple[str | None, ...]:
    own = (row.indication or "").removeprefix(row.section.rpartition(" > ")[2])
    return (own, row.population, row.or_else, *row.notes)


def _has_normal_kidneys(query: DoseQuery) -> bool:
    """Tell whether the kidneys are said to be normal, without a figure."""
    said = re.findall(NORMAL_ORGANS, uniform(query.part or query.for_text))
    return any(re.search(r"renal|kidney|creatin|cr ?cl|clcr|gfr", words) for words in said)


_KIDNEYS_NOT_WELL = (
    r"\b(?:renal|kidney)s? (?:impairment|failure|insufficiency|disease|dysfunction|injury|risk)\b|"
    r"\b(?:impaired|reduced|poor|bad|abnormal|failing|worse(?:ning)?) (?:renal|kidney)|"
    r"\b(?:raised|high|elevated|rising) creatinine\b|\b(?:ckd|aki|dialysis)\b"
)
_IMPAIRED = lazy_regex(_KIDNEYS_NOT_WELL)
"""Words for kidneys that are not well."""
_LABEL_OF_IMPAIRED = lazy_regex(rf"(?:\W|\b(?:in|for|with|if|when|patients?|those)\b)*(?:{_KIDNEYS_NOT_WELL})\W*")
"""A note that is nothing but that: what else it says ("reduce in renal impairment") is of the dose of all."""


def _is_of_impaired(row: Regimen) -> bool:
    """Tell whether a row's own words are that it is for impaired kidneys, and not for normal ones as well."""
    labels = (note for note in row.notes if _LABEL_OF_IMPAIRED.fullmatch(uniform(note)))
    own = uniform(" ; ".join(filter(None, (row.indication, row.population, row.exception, *labels))))
    return _IMPAIRED.search(positive(own)) is not None and re.search(NORMAL_ORGANS, own) is None


def _of_normal(row: Regimen) -> Fit:
    """Compare normal kidneys with those that a row is for, by its band or by its own words."""
    if _is_of_impaired(row) or is_dialysed(row):
        return Fit.AGAINST
    band = row.condition
    if band is None or band.quantity not in RENAL:
        return Fit.OPEN
    return Fit.AGAINST if band.high is not None and band.high <= NORMAL else Fit.OPEN


NORMAL = Decimal(90)
"""mL/min from which kidney function is normal (KDIGO 2012, G1)."""


def is_for_well_kidneys(row: Regimen) -> bool:
    """Tell whether a row may be for kidneys that are well, by its band and by its own words."""
    return _of_normal(row) is not Fit.AGAINST


def _only_excludes(row: Regimen) -> bool:
    """Tell whether a row's band is only what its exclusion leaves ("do not use below 30"): it chooses no dose."""
    return any(found.outside == row.condition for words in row.excluded for found in read_exclusions(words))


def tells_kidney(query: DoseQuery, left: Sequence[Regimen]) -> bool:
    """Tell whether the kidney function is known, and the rows are chosen by it or it is not reduced."""
    if _dialysed(left, query):
        return True
    crcl = query.patient.crcl
    banded = any(row.condition and row.condition.quantity in RENAL for row in left)
    least = told.low if crcl is None and (told := told_range(RENAL[0], query.patient.said)) else crcl
    return tells_clearance(query) and (banded or (least is not None and least >= REDUCED))
