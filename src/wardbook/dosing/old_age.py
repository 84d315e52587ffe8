"""Doses for older people: whose they are by the age that a question gives, and words that change a dose for them."""

from collections.abc import Sequence
from decimal import Decimal

from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.patient_group import own_groups
from wardbook.dosing.refusal import refuses
from wardbook.dosing.regimen import Regimen

OLDER_PEOPLE = "older people"
"""The group, as `groups_of` gives it."""
MAY_BE_Y = Decimal(65)
"""Years from which a patient may be meant by it (ICH E7, geriatric patients)."""
SURELY_Y = Decimal(75)
"""Years from which a patient surely is (ICH E7 asks for patients of 75 and more among them)."""
NOT_Y = Decimal(60)
"""Years below which nobody is."""


def may_be_old(query: DoseQuery) -> bool:
    """Tell whether the patient may be one of those whom pages call elderly."""
    return query.age_y is not None and query.age_y >= MAY_BE_Y


def by_old_age(rows: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Leave out the rows for older people where the patient is none, and those for all where the patient is one.

    Between the two ages both stay: pages differ in whom they mean. A row with a band of its own stays.
    """
    if query.age_y is None:
        return list(rows)
    old = [row for row in rows if OLDER_PEOPLE in own_groups(row)]
    if query.age_y < NOT_Y:
        return [row for row in rows if row not in old]
    pages = {row.page for row in old if row.amount}
    if query.age_y < SURELY_Y or not pages:
        return list(rows)
    return [row for row in rows if row in old or row.page not in pages or row.bands or refuses(row)]
