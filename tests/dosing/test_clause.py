import re
from dataclasses import dataclass

import pytest

from wardbook.dosing.clause import read_clauses
from wardbook.dosing.draft import Draft

_DRUGS = r"tocilizumab|dexamethasone|prednisone|fludarabine|cyclophosphamide|anakinra"


@dataclass(frozen=True)
class Named:
    drug: str
    begin: int
    end: int


def clauses(text: str) -> list[Draft]:
    return read_clauses(text, [Named(m.group().lower(), *m.span()) for m in re.finditer(_DRUGS, text, re.IGNORECASE)])


def dose(draft: Draft) -> str:
    figure = draft.figure
    return "-" if figure is None else f"{figure.amount.low:f} {figure.amount.unit}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tocilizumab 8 mg/kg IV OR dexamethasone 10 mg", [("tocilizumab", "8 mg"), ("dexamethasone", "10 mg")]),
        ("up to 1 mg/kg prednisone", [("prednisone", "-")]),
        ("1 mg/kg of IV prednisone", [("prednisone", "1 mg")]),
        ("refractory to tocilizumab: 100 mg q6h", [(None, "100 mg")]),
        ("100 mg daily with tocilizumab", [(None, "100 mg")]),
        ("after dexamethasone 10 mg, anakinra 100 mg", [("dexamethasone", "10 mg"), ("anakinra", "100 mg")]),
        ("tocilizumab label: 12 mg/kg", [(None, "12 mg")]),
        ("dexamethasone 10 mg; if no better 20 mg", [("dexamethasone", "10 mg"), ("dexamethasone", "20 mg")]),
        ("dexamethasone 10 mg; zyxoprimab 20 mg", [("dexamethasone", "10 mg"), (None, "20 mg")]),
        ("5 mg/kg, which is 350 mg at 70 kg", [(None, "5 mg")]),
        ("0.4 g/kg x5 days (total 2 g/kg)", [(None, "0 g")]),
    ],
)
def test_each_dose_is_of_the_drug_that_stands_right_beside_it(
    text: str, expected: list[tuple[str | None, str]]
) -> None:
    found = [(draft.drug, dose(draft)) for draft in clauses(text)]
    assert found == [(drug, "0.4 g" if figure == "0 g" else figure) for drug, figure in expected]


def test_attributes_stay_on_their_side_of_the_separator() -> None:
    first, second = clauses("dexamethasone 10 mg IV q6h, anakinra 100 mg SC daily x 3 days")
    assert (first.routes, first.duration, second.routes, second.duration) == (["IV"], [], ["SC"], ["x 3 days"])


def test_what_stands_behind_another_drug_is_not_of_this_dose() -> None:
    (draft,) = clauses("dexamethasone 10 mg IV plus tocilizumab q8h")
    assert draft.interval_h is None and draft.notes == ["plus tocilizumab q8h"]


def test_a_bracket_with_its_own_dose_does_not_take_what_follows_it() -> None:
    first, second = clauses("anakinra 4 mg q6h (3 mg q8h if CrCl < 40) for 7 days")
    assert first.duration == ["for 7 days"] and second.duration == []
    assert not first.conditions and second.conditions[0].quantity == "creatinine clearance"


def test_bands_share_what_stands_behind_them_all_but_no_maximum() -> None:
    first, second = clauses("12 mg/kg (< 30 kg); 8 mg/kg (>= 30 kg, max 800 mg) IV q8h")
    assert first.routes == second.routes == ["IV"] and first.interval_h == second.interval_h
    assert not first.caps and len(second.caps) == 1


def test_drugs_given_together_by_surface_share_their_days_and_alternatives_do_not() -> None:
    together = clauses("fludarabine 30 mg/m2 and cyclophosphamide 500 mg/m2 IV daily x 3 days")
    assert [draft.duration for draft in together] == [["x 3 days"], ["x 3 days"]]
    either = clauses("fludarabine 30 mg/m2 or cyclophosphamide 500 mg/m2 IV daily x 3 days")
    assert [draft.duration for draft in either] == [[], ["x 3 days"]]


def test_steps_are_numbered_and_alternatives_are_not() -> None:
    assert [draft.step for draft in clauses("10 mg, then 5 mg, followed by 2 mg")] == [1, 2, 3]
    assert [draft.step for draft in clauses("10 mg or 5 mg")] == [None, None]


def test_a_frequency_of_checking_is_none_of_dosing() -> None:
    (draft,) = clauses("0.1 units/kg/h; check glucose q1h")
    assert draft.frequencies == []
