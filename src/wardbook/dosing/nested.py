"""Bands of one sentence that lie in one another ("under 30 kg 1 mg; under 10 kg 0.5 mg"): the innermost holds.

So does the band of an age beside the dose of all children.
"""

from collections.abc import Sequence

from wardbook.dosing.patient import Patient, holds
from wardbook.dosing.patient_group import groups_of
from wardbook.dosing.regimen import Condition, Regimen


def innermost(rows: Sequence[Regimen], patient: Patient) -> list[Regimen]:
    """Leave out a dose in whose band that of another dose of the same lines lies, where both hold for the patient."""
    return [row for row in rows if not any(_lies_in(other, row, patient) for other in rows)]


def _lies_in(inner: Regimen, outer: Regimen, patient: Patient) -> bool:
    same = (inner.page, inner.lines, inner.drug, inner.indication) == (
        outer.page,
        outer.lines,
        outer.drug,
        outer.indication,
    )
    if not same or len(inner.bands) != 1 or inner.or_else or outer.or_else:
        return False
    if not outer.bands:
        return _is_of_some_children(inner, outer) and bool(holds(inner.bands[0], patient))
    if len(outer.bands) != 1:
        return False
    one, other = inner.bands[0], outer.bands[0]
    return _is_within(one, other) and bool(holds(one, patient)) and bool(holds(other, patient))


def _is_of_some_children(inner: Regimen, outer: Regimen) -> bool:
    """Tell whether a dose is for children of some age, and another one, reckoned alike, for children as such.

    Only where neither tells anything else of the patient ("child 30 mg/kg daily, 3-24 months 45 mg/kg").
    """
    young = inner.bands[0].quantity == "age" and inner.bands[0].high is not None
    alike = (inner.per, inner.severity, inner.setting) == (outer.per, outer.severity, outer.setting)
    whom = groups_of(outer.population or "") == {"children"}
    return young and alike and whom and groups_of(inner.population or "") <= {"children"}


def _is_within(one: Condition, other: Condition) -> bool:
    """Tell whether a band lies in another of the same quantity and unit, and is not it."""
    if (one.quantity, one.unit, one.low_unit) != (other.quantity, other.unit, other.low_unit) or one == other:
        return False
    below = other.low is None or (one.low is not None and one.low >= other.low)
    above = other.high is None or (one.high is not None and one.high <= other.high)
    return below and above and (one.low, one.high) != (other.low, other.high)
