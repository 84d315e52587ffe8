"""Maxima in words beside a dose that its own arithmetic does not apply: of all its parts together, or of a sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from wardbook.corpus.unit import Unit
from wardbook.dosing.amount import Figure, read_amounts
from wardbook.dosing.band import RENAL
from wardbook.dosing.compute import Computed
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient import Patient
from wardbook.dosing.patient_group import own_groups
from wardbook.dosing.regimen import Regimen, Stated
from wardbook.dosing.size_cap import sized
from wardbook.dosing.unit import convert
from wardbook.lazy_regex import lazy_regex

_WHOLE_BEHIND = lazy_regex(r"\s*(?:in )?(?:total|altogether|in all|overall|combined)\b")
_WHOLE_BEFORE = lazy_regex(
    r"\b(?:total|overall|combined)\s*(?:dose\s*)?(?:max(?:imum)?\.?|limit)\W*(?:of |is )?$|"
    r"\bmax(?:imum)?\.?\s*(?:total|overall|combined)(?: dose)?\W*(?:of |is )?$"
)
_MOST = lazy_regex(
    r"(?:\bmax(?:imum)?\.?|\bcap(?:ped)?|\bup to|\bat most|\bnot? (?:more|above|over)|\bexceed)[^.;\d]{0,25}$"
)


def is_bounded(regimen: Regimen, done: Computed, patient: Patient, units: Sequence[Unit]) -> bool:
    """Tell whether a stated maximum lies below the amount worked out, or below all parts of its row together.

    Only maxima that the arithmetic does not know: a bound with a band or figure of its own was applied by it.
    """
    unit = done.unit.partition("/")[0]
    known = {limit.value for limit in (regimen.max_single, regimen.max_daily) if limit}
    unread = [stated.words for stated in regimen.limited_by if not _is_applied(stated, patient)]
    if any(most < done.high and most not in known for words in unread for most in _maxima(words, unit)):
        return True
    own = [each for each in units if regimen.lines[0] <= each.lines[0] and each.lines[1] <= regimen.lines[1]]
    return any(_parts(each.text, regimen, patient, unit) > most for each in own for most in _totals(each.text, unit))


def with_maximum(regimen: Regimen, own: Iterable[Regimen]) -> list[Regimen]:
    """Give the rows, of all of the drug, that give the same dose by weight or surface and state its maximum.

    None where the row states one itself; none for other ages, another setting or by another route.
    """
    if regimen.per is None or regimen.amount is None or regimen.max_single or regimen.max_daily:
        return []
    dose = (regimen.drug, regimen.amount, regimen.per, regimen.per_time)
    return [
        row
        for row in own
        if (row.drug, row.amount, row.per, row.per_time) == dose
        and row.max_single is not None
        and not (row.evidence or row.retired)
        and row.setting in (None, regimen.setting)
        and (not row.route or not regimen.route or set(row.route) & set(regimen.route))
        and own_groups(row) & _AGES in (frozenset(), own_groups(regimen) & _AGES)
    ]


_AGES = frozenset({"children", "adults"})


def passes(amount: Decimal, unit: str, row: Regimen) -> bool:
    """Tell whether an amount is above the most at once that a row states."""
    limit = row.max_single
    most = convert(limit.value, limit.unit, unit) if limit and "/" not in limit.unit else None
    return most is not None and amount > most


def _is_applied(stated: Stated, patient: Patient) -> bool:
    """Tell whether the arithmetic did what a sentence says; sound kidneys are supposed where none are named."""
    band = stated.condition
    if band and band.quantity in RENAL and band.low is not None and patient.crcl is None:
        return False
    return bool(band or stated.max_single or stated.max_daily or stated.max_size)


def _fixed(text: str, unit: str) -> Iterator[tuple[Figure, Decimal]]:
    for figure in read_amounts(text):
        if figure.is_dose and figure.per is None:
            value = convert(figure.amount.high, figure.amount.unit, unit)
            if value is not None:
                yield figure, value


def _maxima(text: str, unit: str) -> Iterator[Decimal]:
    plain = uniform(text)
    return (value for figure, value in _fixed(text, unit) if _MOST.search(plain[: figure.begin]))


def _totals(text: str, unit: str) -> Iterator[Decimal]:
    """Yield the maxima of the whole ("90 mg total") that a row states."""
    plain = uniform(text)
    for figure, value in _fixed(text, unit):
        if _WHOLE_BEFORE.search(plain[: figure.begin]) or (
            _WHOLE_BEHIND.match(plain[figure.end :]) and re.search(r"\bmax[^.;]*$", plain[: figure.begin])
        ):
            yield value


def _parts(text: str, regimen: Regimen, patient: Patient, unit: str) -> Decimal:
    """Give all amounts of a row by the same measure of the patient together."""
    counted = sized(regimen, patient)
    size = {"kg": counted.weight_kg, "m2": counted.bsa_m2}.get(regimen.per or "")
    total = Decimal(0)
    for figure in read_amounts(text):
        value = convert(figure.amount.high, figure.amount.unit, unit) if figure.per == regimen.per else None
        if size is not None and figure.per and value is not None:
            total += value * size
    return total
