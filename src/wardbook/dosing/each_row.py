"""A proposed amount against each of several rows that may be meant: what all of them say holds whichever is meant.

A row that was not understood wholly says nothing, and then there is no verdict of all. Rows of a table that is worked
out from the dose per kg beside it are no doses of their own: the rule speaks for them.
"""

from collections.abc import Sequence
from decimal import Decimal

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked import Asked
from wardbook.dosing.check import Verdict, check
from wardbook.dosing.patient import Patient, holds
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.unit import convert
from wardbook.dosing.weight_table import works_out

ROUNDED = Decimal("0.02")
"""Share by which a table may round what its rule makes, where the rule alone is to judge."""
Judged = tuple[Regimen, Verdict | None]
"""A row, and what it says of the amount: None where it cannot be compared."""


def judged_each(asked: Asked, rows: Sequence[Regimen], patient: Patient) -> list[Judged]:
    """Judge a proposed amount by each row that may hold for the patient, alone."""
    left = [row for row in rows if not any(holds(band, patient) is False for band in row.bands)]
    return [(row, _by(asked, row, patient)) for row in left]


def _by(asked: Asked, row: Regimen, patient: Patient) -> Verdict | None:
    """Judge by one row; one that was not understood wholly may only say that its maximum is passed."""
    outcome = check(asked, [row], patient) if row.amount else None
    if not isinstance(outcome, Verdict) or outcome.result == "not_covered":
        return None
    return outcome if outcome.result == "exceeds" or not row.unparsed else None


def agreed(each: Sequence[Judged], remarks: Sequence[Regimen]) -> list[Verdict]:
    """Give the verdicts of all rows where they say the same; [] where they do not, or one of them says nothing.

    `remarks` are sentences beside the rows that were not wholly understood: a figure of theirs may allow the amount.
    """
    judged = [verdict for row, verdict in each if not _is_of_table(row, [other for other, _ in each])]
    verdicts = [verdict for verdict in judged if verdict is not None]
    if not verdicts or len(verdicts) < len(judged) or len({verdict.result for verdict in verdicts}) > 1:
        return []
    if any(_may_allow(row, verdicts[0].asked) for row in remarks):
        return []
    return verdicts


def _may_allow(row: Regimen, asked: Asked) -> bool:
    """Tell whether a sentence holds a figure by the same measure that is as high as the amount asked."""
    figures = (each for each in read_amounts(row.verbatim) if each.is_dose and each.per == asked.per)
    values = (convert(each.amount.high, each.amount.unit, asked.unit) for each in figures)
    return any(value is not None and value >= asked.low for value in values)


def _is_of_table(row: Regimen, rows: Sequence[Regimen]) -> bool:
    """Tell whether a row gives for a band of weights just what the dose per kg of its page makes of them."""
    band = row.condition
    if band is None or band.high is None or row.also or row.per is not None:
        return False  # heavier than the last weight of a table, the rule may make more than that row
    if (band.quantity, band.unit) != ("weight", "kg"):
        return False
    rules = (each for each in rows if each.page == row.page and each.per == "kg" and not (each.bands or each.unparsed))
    return any(works_out(row, rule, ROUNDED) for rule in rules)
