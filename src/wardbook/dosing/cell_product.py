"""Products of cells beside which a drug is dosed: a row "after axi-cel or brexu-cel" is none for who had tisa-cel."""

from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.binding import mentions_of
from wardbook.dosing.fit import Fit
from wardbook.dosing.regimen import Regimen

_OF_CELLS = ("leucel", "temcel")
"""Ends of the names of products of cells (INN stem -cel)."""


def fits_product(regimen: Regimen, query: DoseQuery) -> Fit:
    """Compare the product of cells that a question names beside its drug with those that the row's own words name."""
    asked = {drug for _, drug in query.other_drugs if drug.endswith(_OF_CELLS)}
    if not asked:
        return Fit.SAYS
    own = " ; ".join(filter(None, (regimen.indication, regimen.severity, regimen.setting, regimen.population)))
    named = {mention.drug for mention in mentions_of(own) if mention.drug.endswith(_OF_CELLS)}
    if not named:
        return Fit.OPEN
    return Fit.SAYS if asked & named else Fit.AGAINST
