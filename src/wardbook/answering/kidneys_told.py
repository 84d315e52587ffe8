"""Kidneys that work badly, told by the urine or the creatinine: for these the usual dose is none.

"His urine stopped" or "creatinine 400" names no clearance, and the dose of the well would be given as though nothing
were told. What is told so is put in the words by which pages and lookups know it.
"""

from decimal import Decimal

from wardbook.dosing.measured import read_values_of
from wardbook.dosing.patient import read_clearance
from wardbook.dosing.patient_group import groups_told, on_dialysis, on_filtration
from wardbook.lazy_regex import lazy_regex

_NO_URINE = lazy_regex(
    r"\burine(?: output)?(?: (?:has|have|is|was|just|now|all|completely|nearly))* (?:stopped|dried up|nil|zero)\b|"
    r"\b(?:no|nil|zero) urine(?: output)?\b|\banuri[ac]\b|"
    r"\b(?:not|stopped|isn['’]?t|hasn['’]?t been) (?:(?:passing|making|producing) (?:any )?(?:urine|wee|pee)|"
    r"(?:pee|wee|urinat)ing)\b"
)
_MOST_MG_DL = Decimal(25)
"""A creatinine without a unit is in milligrams per decilitre up to here, and beyond in micromoles per litre."""
_UMOL_OF_MG = Decimal("88.4")
"""Micromoles per litre in a milligram per decilitre of creatinine."""
_RAISED_UMOL = Decimal(171)
"""Micromoles per litre of creatinine from which kidneys surely work badly (SOFA score, 2 points and more)."""


def bad_kidneys(text: str, by_creatinine: bool) -> tuple[str, str] | None:
    """Give the words of a question that tell of bad kidneys, and the usual words for these; None where it has those.

    `by_creatinine` tells whether doses of its drug go by the creatinine: then that says more than bad kidneys do.
    """
    told = "renal impairment" in groups_told(text) or on_dialysis(text) or on_filtration(text)
    if told or read_clearance(text) is not None:
        return None
    if none := _NO_URINE.search(text.lower()):
        return text[none.start() : none.end()], "renal failure"
    for each in read_values_of("creatinine", text) if not by_creatinine else ():
        value, unit = each.condition.low, each.condition.unit
        if value is None or value != each.condition.high or unit not in ("", "umol/L", "mg/dL"):
            continue
        in_mg = unit == "mg/dL" or (not unit and value <= _MOST_MG_DL)
        if value * (_UMOL_OF_MG if in_mg else 1) >= _RAISED_UMOL:
            return text[each.begin : each.end], "renal impairment"
    return None
