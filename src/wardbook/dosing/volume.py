"""Amounts that no dose can be: volumes of fluids, what a drug is diluted in, a kidney function; masses of cells."""

from functools import cache

from wardbook.dosing.draft import Draft
from wardbook.dosing.drug_vocabulary import key, published
from wardbook.dosing.notation import uniform
from wardbook.dosing.vocabulary import rows
from wardbook.lazy_regex import lazy_regex

_OF_CELLS = ("leucel", "-cel")
"""How names of cells end, which are counted and not weighed: a mass in their row is of what is given before them."""

_WHEN = lazy_regex(r"\b(?:if|when|once|unless|until|for)\b[^;:.\d]*$")


@cache
def _by_volume() -> frozenset[str]:
    return frozenset(row[0] for row in rows("given_by_volume.tsv"))


def may_be_by_volume(drug: str) -> bool:
    """Tell whether a drug may be given by the litre or by mL per kg: a solution, or one that is only known by name."""
    generic = published().names.get(key(drug), drug)
    return generic in _by_volume() or generic not in published().common


def is_of_cells(drug: str) -> bool:
    """Tell whether a drug is a product of cells, by how such names end."""
    return drug.endswith(_OF_CELLS)


def is_no_dose(draft: Draft, drug: str, named: bool) -> bool:
    """Tell whether the amount of a draft is a volume that no dose of a drug can be.

    `named` says that its own words or its row name the drug; so it may be by mL per kg of a syrup.
    """
    figure = draft.figure
    if figure and is_of_cells(drug) and (figure.per == "m2" or figure.amount.unit in ("mg", "g", "ug")):
        return True
    if figure is None or figure.amount.unit not in ("mL", "L") or may_be_by_volume(drug):
        return False
    cleared = figure.per is None and figure.per_time == "min"
    pumped = figure.per is None and figure.per_time == "h" and not named  # how fast what was made up runs
    by_size = figure.per == "m2" or (figure.per and not named)
    whole = figure.amount.unit == "L" or (figure.per is None and figure.amount.low >= OF_FLUID_ML)
    return bool(draft.fluid or cleared or pumped or whole or by_size)


OF_FLUID_ML = 250
"""mL from which a volume is a bag of fluid, and no dose of a drug that is not given by the litre."""


def goes_on_with(words: str, draft: Draft, drug: str) -> bool:
    """Tell whether a volume that is no dose says when the dose before it is given ("if +1.5 L"), or goes on with it."""
    figure = draft.figure
    if goes_on_by_volume(words, draft, drug) or figure is None:
        return goes_on_by_volume(words, draft, drug)
    bounds = _WHEN.search(uniform(words[: figure.begin]))
    return bool(bounds) and figure.amount.unit in ("mL", "L") and not draft.fluid


def goes_on_by_volume(words: str, draft: Draft, drug: str) -> bool:
    """Tell whether a volume by weight that is taken for no dose may go on with the dose before it ("..., 5 mL/kg/h").

    Fluids, what a drug is diluted in and a kidney function do not; one in a bracket is of what stands before that.
    """
    figure = draft.figure
    if figure is None or figure.amount.unit != "mL" or figure.per != "kg":
        return False
    inside = words.rfind("(", 0, figure.begin) > words.rfind(")", 0, figure.begin)
    return not inside and not draft.fluid and not draft.unsure and is_no_dose(draft, drug, draft.named)
