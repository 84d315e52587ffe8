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
        (
            "fludarabine cyclophosphamide before axi-cel",
            "fludarabine before axi-cel",
            "cyclophosphamide before axi-cel",
        ),
        ("anakinra/tocilizumab CRS dose", "anakinra CRS dose", "tocilizumab CRS dose"),
        ("anakinra & tocilizumab dose side by side", "anakinra dose", "tocilizumab dose"),
        ("compare anakinra dose in CRS vs ICANS", "anakinra dose in CRS", "anakinra dose in ICANS"),
        ("anakinra first dose for CRS versus in ICANS", "anakinra first dose for CRS", "anakinra first dose for ICANS"),
        ("anakinra in grade 2 vs grade 3 CRS", "anakinra in grade 2 CRS", "anakinra in grade 3 CRS"),
        ("anakinra dose in CRS compared with ICANS?", "anakinra dose in CRS?", "anakinra dose in ICANS?"),
        (
            "anakinra dose prophylaxis: adults vs kids",
            "anakinra dose prophylaxis: adults",
            "anakinra dose prophylaxis: kids",
        ),
        ("anakinra dose CRS vs ICANS", "anakinra dose CRS", "anakinra dose ICANS"),
        ("Is the anakinra dose for CRS lower than for ICANS?", "anakinra dose for CRS?", "anakinra dose for ICANS?"),
        ("is anakinra dose in CRS different from in ICANS", "anakinra dose in CRS", "anakinra dose in ICANS"),
        ("does the anakinra dose differ between CRS and ICANS?", "anakinra dose in CRS?", "anakinra dose in ICANS?"),
        ("is the anakinra dose the same in CRS and ICANS", "anakinra dose in CRS", "anakinra dose in ICANS"),
        ("anakinra dose, CRS compared with ICANS", "anakinra dose, CRS", "anakinra dose, ICANS"),
        (
            "is the fludarabine dose the same before axi-cel and liso-cel",
            "fludarabine dose before axi-cel",
            "fludarabine dose before liso-cel",
        ),
        (
            "is the anakinra dose in kids under 30 kg higher than for adults",
            "anakinra dose in kids under 30 kg",
            "anakinra dose in adults",
        ),
    ],
)
def test_each_side_alone(question: str, first: str, second: str) -> None:
    assert [words for _, words in next(alone(ask(question), DRUGS))] == [first, second]


@pytest.mark.parametrize(
    "question",
    [
        "anakinra dose in CRS",
        "anakinra dose in CRS or ICANS",
        "dexamethasone with anakinra and tocilizumab, dose of dexamethasone",
        "tocilizumab then anakinra dose",
        "anakinra not tocilizumab dose in CRS",
        "is the anakinra dose in CRS higher than 400 mg",
        "anakinra dose if ferritin is higher than before",
    ],
)
def test_no_two_sides(question: str) -> None:
    assert not list(alone(ask(question), DRUGS))


def test_where_the_first_situation_begins_is_left_open() -> None:
    found = list(alone(ask("is the anakinra dose for gout in general lower than in CRS"), DRUGS))
    assert [sides[0][0] for sides in found] == ["general", "gout in general", "for gout in general"]
    assert found[1][1] == ("CRS", "anakinra dose for CRS")
