"""How long ago the last dose was, as questions tell it, and what does not tell it."""

from decimal import Decimal

import pytest

from wardbook.answering.gap_told import clauses_for, tells_gap, told_gap
from wardbook.corpus.unit import Unit

DAY = 1440


@pytest.mark.parametrize(
    ("question", "minutes", "amount"),
    [
        ("x last dose was 36 mg 90 days ago", 90 * DAY, 36),
        ("x 36 mg given 6 weeks ago", 42 * DAY, 36),
        ("two weeks ago had 12 mg, what now", 14 * DAY, 12),
        ("x, 45 days since 36 mg", 45 * DAY, 36),
        ("x last dose 3 weeks ago", 21 * DAY, None),
        ("vomited 45 min after x", 45, None),
    ],
)
def test_a_gap_is_told(question: str, minutes: int, amount: int | None) -> None:
    gap = told_gap(question)
    assert gap is not None
    assert gap.minutes == minutes
    assert (gap.figure and gap.figure.amount.low) == (amount and Decimal(amount))


@pytest.mark.parametrize(
    "question",
    [
        "x dose for 3 days",
        "clot 5 days ago, x dose",
        "x 36 mg weekly for 90 days",
        "x 1 g 3 h ago",
        "x dose after 7 days",
    ],
)
def test_no_gap_is_told(question: str) -> None:
    assert not tells_gap(question)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Last dose 36 mg: < 30 days: go on; > 60 days: start anew.", ["Last dose 36 mg: > 60 days: start anew."]),
        ("Last dose 12 mg: > 60 days: start anew.", []),
        ("Missed by 60 days or more: call.", ["Missed by 60 days or more: call."]),
        ("Repeat after 4 days if missed within 30 days; > 60 days: call.",
         ["Repeat after 4 days if missed within 30 days; > 60 days: call."]),
        ("Call where the last dose was missed.", []),
    ],
)  # fmt: skip
def test_a_clause_is_chosen_by_time_and_dose(text: str, expected: list[str]) -> None:
    gap = told_gap("x last dose was 36 mg 90 days ago")
    assert gap is not None
    assert clauses_for(Unit("", (1, 1), "sentence", text, text), gap) == expected
