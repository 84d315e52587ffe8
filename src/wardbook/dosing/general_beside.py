"""Doses for no disease beside those for one that is not asked, which only their page makes ones for the patient asked.

On a page "Late effects, adults + children" the dose for a rare event is said to be for children as all of the page is.
It is not what "X, child" asks for, and does not turn away the general dose of X by weight, whose page names nobody.
"""

from collections.abc import Sequence

from wardbook.dosing.asked_words import DoseQuery, words_of
from wardbook.dosing.fitting import asked_groups
from wardbook.dosing.patient_group import own_groups, stated_groups
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.unopposed import names_disease


def general_beside(rows: Sequence[Regimen], said: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Give the doses by size that are for nobody in particular and no disease, where `said` are all as above."""
    asked = asked_groups(query)
    dosed = [row for row in said if row.amount]
    if not asked or not dosed or asked - {"children", "adults"} or len(dosed) < len(said):
        return []
    if any(stated_groups(row) or not _diseases(row) or _diseases(row) & words_of(query.words) for row in dosed):
        return []
    settings = {None, query.setting}
    return [
        row
        for row in rows
        if row.amount
        and row.per
        and row.setting in settings
        and not own_groups(row)
        and not row.bands
        and not _diseases(row)
    ]


def _diseases(row: Regimen) -> set[str]:
    own = (row.indication or "").removeprefix(row.title)
    return {word for word in words_of(own) if names_disease(word)}
