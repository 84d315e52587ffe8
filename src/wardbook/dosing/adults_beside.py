"""Doses for adults beside those for children, where a question does not say for whom it asks."""

from collections.abc import Sequence

from wardbook.dosing.against import denies, rivals
from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.fitting import asked_groups
from wardbook.dosing.patient_group import own_groups
from wardbook.dosing.regimen import Regimen


def is_of_children(row: Regimen) -> bool:
    """Tell whether a row is for children only."""
    own = own_groups(row)
    return "children" in own and "adults" not in own


def adults_beside(rows: Sequence[Regimen], said: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Give the rows for adults of the sections whose rows for what is asked, `said`, are all for children.

    "Children at risk of X: 10 mg/kg" above "Adults: 500 mg" is not for whoever asks about X without saying for whom.
    """
    if not said or asked_groups(query) or not all(map(is_of_children, said)):
        return []
    places = {(row.page, row.section, row.setting) for row in said if row.amount}
    return [
        row
        for row in rows
        if "adults" in own_groups(row)
        and (row.page, row.section, row.setting) in places
        and not denies(row, query)
        and not rivals(row, query)
    ]
