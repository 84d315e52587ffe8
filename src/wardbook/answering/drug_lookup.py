"""Looking one drug up among the regimens of the pages: by its whole name, by parts of it, within a bound on weight."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from wardbook.answering.dose_question import KINDS as KINDS
from wardbook.answering.dose_question import asked_drug as asked_drug
from wardbook.answering.dose_question import dose_query as dose_query
from wardbook.answering.regimen_words import UnitsOf, row_said
from wardbook.dosing.lookup import DoseQuery, Found, TermMatcher, lookup
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import gathered

Bounded = tuple[bool, Decimal]
"""(True for above, False for below; kg)."""


def within_bound(regimens: Iterable[Regimen], bound: Bounded | None) -> Iterable[Regimen]:
    """Give the regimens that a bound on the weight ("under 30 kg") leaves.

    Where rows have bands of weight, only those whose band reaches to that side of the bound are left of their drug: as
    with a weight, a row that knows no weight does not stand beside those that do.
    """
    if bound is None:
        return regimens
    listed = list(regimens)
    above, kg = bound
    reaching = [each for each in listed if is_banded(each) and _reaches(each, above, kg)]
    drugs, kept = {each.drug for each in reaching}, {id(each) for each in reaching}
    return [each for each in listed if id(each) in kept or (not is_banded(each) and each.drug not in drugs)]


def is_banded(regimen: Regimen) -> bool:
    """Tell whether a regimen holds in a band of weight."""
    return regimen.condition is not None and regimen.condition.quantity == "weight" and regimen.condition.unit == "kg"


def _reaches(regimen: Regimen, above: bool, kg: Decimal) -> bool:
    """Tell whether a band of weight holds weights beyond a bound."""
    band = regimen.condition
    assert band is not None  # only banded rows are asked
    end = band.high if above else band.low
    return end is None or (end > kg if above else end < kg)


def look_up(
    query: DoseQuery,
    regimens: Sequence[Regimen],
    names: TermMatcher,
    units_of: UnitsOf,
    bound: Bounded | None = None,
) -> Found:
    """Look a drug's dose up; a name that is only a part of several drugs' ("insulin") asks which of them is meant."""
    query = with_said(query, units_of)
    regimens = gathered(regimens)
    own = regimens.by_drug.keys()
    parts = parts_named(query.drug, own)
    exact = fuller_name(query, own)
    if any(not each.evidence for each in regimens.by_drug.get(exact, ())) or (exact in own and not parts):
        return lookup(replace(query, drug=exact), within_bound(regimens, bound), names)
    if len(own) == 1 and next(iter(own)) in parts:
        return lookup(replace(query, drug=next(iter(own))), within_bound(regimens, bound), names)
    left = within_bound(regimens, bound)
    found = {drug: lookup(replace(query, drug=drug), left, names) for drug in parts}
    fitting = {drug: each for drug, each in found.items() if each.fits}
    if not fitting:
        return lookup(query, regimens, names)
    if len(fitting) == 1:
        ((drug, only),) = fitting.items()
        return replace(only, not_covered=(f"“{query.drug}” is given here as {drug}", *only.not_covered))
    return Found(
        "several",
        tuple(regimen for each in fitting.values() for regimen in each.fits),
        prompt=f"The pages give {query.drug} as {' or '.join(fitting)}: which is meant?",
        offered=tuple((drug, (*each.fits, *each.supporting)) for drug, each in fitting.items()),
        not_covered=(f"the pages give no dose of {query.drug} under that name alone",),
    )


def with_said(query: DoseQuery, units_of: UnitsOf) -> DoseQuery:
    """Give a question what rows say of their situation beyond the typed reading."""
    return replace(query, said=cache(lambda regimen: row_said(regimen, units_of(regimen.page, regimen.section))))


def parts_named(drug: str, own: Iterable[str]) -> list[str]:
    """Give the drugs of whose name another one is a part ("insulin" of "insulin glargine"), in order."""
    words = set(drug.split())
    return sorted(each for each in own if words < set(re.split(r"[\s-]+", each)))


def fuller_name(query: DoseQuery, own: Iterable[str]) -> str:
    """Give the drug with the longest name that the question names, in any order ("benzathine penicillin")."""
    said = {word for word in re.split(r"[\s,-]+", f"{query.drug} {query.words}".casefold()) if len(word) > 1}
    fuller = [
        each
        for each in own
        if set(query.drug.split()) <= set(each.split()) and {word for word in each.split() if len(word) > 1} <= said
    ]
    return max(fuller, key=len, default=query.drug)
