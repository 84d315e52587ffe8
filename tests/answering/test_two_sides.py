"""Two drugs, or one drug in two situations, each asked for alone."""

import pytest

from answering.made import DRUGS, ask
from wardbook.answering.two_sides import alone


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("anakinra or tocilizumab dose in CRS", "anakinra dose in CRS", "tocilizumab dose in CRS"),
        ("anakinra vs tocilizumab dose in CRS?", "anakinra dose in CRS?", "tocilizumab dose in CRS?"),
        ("anakinra and tocilizumab in CRS, how much", "anakinra in CRS, how much", "tocilizumab in CRS, how much"),
        ("anakinra/tocilizumab CRS dose", "anakinra CRS dose", "tocilizumab CRS dose"),
        ("anakinra & tocilizumab dose side by side", "anakinra dose", "tocilizumab dose"),
        ("compare anakinra dose in CRS vs ICANS", "anakinra dose in CRS", "anakinra dose in ICANS"),
        ("anakinra first dose for CRS versus in ICANS", "anakinra first dose for CRS", "anakinra first dose for ICANS"),
        ("anakinra in grade 2 vs grade 3 CRS", "anakinra in grade 2 CRS", "anakinra in grade 3 CRS"),
        ("anakinra dose in CRS compared with ICANS?", "anakinra dose in CRS?", "anakinra dose in ICANS?"),
    ],
)
def test_each_side_alone(question: str, first: str, second: str) -> None:
    assert [words for _, words in alone(ask(question), DRUGS)] == [first, second]


@pytest.mark.parametrize(
    "question",
    [
        "anakinra dose in CRS",
        "anakinra dose in CRS or ICANS",
        "dexamethasone with anakinra and tocilizumab, dose of dexamethasone",
        "tocilizumab then anakinra dose",
        "anakinra not tocilizumab dose in CRS",
    ],
)
def test_no_two_sides(question: str) -> None:
    assert alone(ask(question), DRUGS) == ()
