"""Why an amount of a dose that fits is not worked out: it may not be the one that is asked, or not this patient's."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from wardbook.answering.regimen_words import UnitsOf
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import DoseQuery, words_of
from wardbook.dosing.band import RENAL
from wardbook.dosing.fitting import asked_groups
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient_group import on_dialysis, on_filtration
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.unit import convert
from wardbook.lazy_regex import lazy_regex

WELL = Decimal(60)
"""mL/min of clearance from which kidneys are well enough for the usual dose."""


class Drafted(Protocol):
    """What has to be known of the answer that is made."""

    @property
    def query(self) -> DoseQuery:
        """What was asked."""

    @property
    def standalone(self) -> str:
        """The question as understood."""

    @property
    def units_of(self) -> UnitsOf:
        """(page, section) to what can be quoted from it."""

    def beside(self, regimen: Regimen) -> Sequence[Regimen]:
        """Give the drug's regimens in the same lines."""


def withheld(regimen: Regimen, draft: Drafted, listed: Sequence[Regimen]) -> str:
    """Say why the amount of a regimen is not worked out, or ""; `listed` are all regimens that are shown."""
    query, beside = draft.query, draft.beside(regimen)
    if _is_not_named(regimen, query):
        return "the question names another amount"
    if _PER_KG.search(uniform(draft.standalone)) and not any(band.quantity in RENAL for band in regimen.bands):
        return "the clearance per kg that is told was not compared with it"
    if all(map(_is_for_bad_kidneys, listed)) and not _tells_kidneys(query):
        return "the rows found are for kidneys that are not well, and nothing is told of these"
    if _is_for_bad_kidneys(regimen) and not _tells_kidneys(query) and any(map(_is_usual_unread, beside)):
        return "it is for kidneys that are not well, and the usual dose beside it was not understood whole"
    if _BY_IDEAL.match(uniform(_behind(regimen))):
        return "its row goes by the ideal weight"
    if regimen.verbatim.startswith("(") and _is_beside_unread(regimen, draft):
        return "it stands in brackets beside a dose that was not read"
    if words := _of_other_dose(regimen, query, beside):
        return f"“{words}” stands beside another dose of the row"
    return ""


_BY_IDEAL = lazy_regex(r"[\s(]*(?:of )?(?:ibw|ideal(?: body)?(?: weight)?)\b(?!\s+if)")


def _behind(regimen: Regimen) -> str:
    """Give the words behind the amount of a regimen by weight."""
    own = [each for each in read_amounts(regimen.verbatim) if each.amount == regimen.amount and each.per == "kg"]
    return regimen.verbatim[own[0].end :] if own else ""


def _is_beside_unread(regimen: Regimen, draft: Drafted) -> bool:
    """Tell whether the lines of a regimen give the drug another dose by weight or surface that no regimen has."""
    known = [each.amount for each in draft.beside(regimen)]
    units = draft.units_of(regimen.page, regimen.section)
    words = [each.text for each in units if regimen.lines[0] <= each.lines[0] <= regimen.lines[1]]
    figures = [each for text in words for each in read_amounts(text) if each.is_dose and each.per == regimen.per]
    return regimen.per is not None and any(each.amount not in known for each in figures)


_PER_KG = lazy_regex(r"\d\s*ml/min/kg\b")


def _is_not_named(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether a question names amounts by weight or surface, and none that a row has by the same."""
    dose = regimen.amount
    named = [(value, unit) for value, unit, per in query.named if per in ("kg", "m2") and per == regimen.per]
    if dose is None or not named:
        return False
    values = [convert(value, unit, dose.unit) for value, unit in named]
    return all(value is not None and not dose.low <= value <= dose.high for value in values)


def _is_for_bad_kidneys(regimen: Regimen) -> bool:
    return any(band.quantity in RENAL and band.high is not None and band.high < WELL for band in regimen.bands)


def _is_usual_unread(regimen: Regimen) -> bool:
    return regimen.amount is not None and bool(regimen.unparsed) and not _is_for_bad_kidneys(regimen)


def _tells_kidneys(query: DoseQuery) -> bool:
    told = query.patient.crcl is not None or "renal impairment" in asked_groups(query)
    return told or on_dialysis(query.words) or on_filtration(query.words) or _KIDNEYS.search(query.words) is not None


_KIDNEYS = lazy_regex(r"\b(?:kidneys?|renal\w*|cr ?cl|e?gfr|creat\w*|aki|ckd|cr)\b", re.IGNORECASE)


def _of_other_dose(regimen: Regimen, query: DoseQuery, beside: Sequence[Regimen]) -> str:
    """Give a word of the question that stands right behind an amount of the row that is not this regimen's alone."""
    others = [each for each in beside if each.unparsed and each.amount and each.amount != regimen.amount]
    if not others or not regimen.from_text:
        return ""
    asked = words_of(query.words) - words_of(regimen.drug) - _SMALL
    for each in others:
        told = words_of(" ; ".join(each.unparsed)) - words_of(_before_others(regimen, each))
        if found := sorted(word for word in asked & told if word.isalpha()):
            return found[0]
    return ""


_SMALL = frozenset("max maximum cap dose doses and the for with per".split())


def _before_others(regimen: Regimen, other: Regimen) -> str:
    """Give the words of a sentence up to the amount of another dose in it."""
    figures = [each for each in read_amounts(regimen.verbatim) if each.amount == other.amount]
    return regimen.verbatim[: figures[0].begin] if figures else regimen.verbatim
