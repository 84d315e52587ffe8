"""Levels of risk: which a question names, by which a row is labelled, and when no row has the one asked."""

import pytest
from made_regimens import amount, regimen

from wardbook.dosing.lookup import DoseQuery
from wardbook.dosing.risk import asked_levels, lacks_level, of_level, own_levels


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("high risk", {"high"}),
        ("moderate-risk patient", {"intermediate"}),
        ("low or intermediate risk", {"low", "intermediate"}),
        ("risk group: low", {"low"}),
        ("high dose", set()),
        ("not high risk", set()),
    ],
)
def test_the_levels_of_a_question(text: str, levels: set[str]) -> None:
    assert asked_levels(text) == levels


@pytest.mark.parametrize(
    ("fields", "levels"),
    [
        ({"indication": "HLH: Risk group: High"}, {"high"}),
        ({"notes": ("Moderate risk",)}, {"intermediate"}),
        ({"verbatim": "Low: somedrug 5 mg daily", "from_text": True}, {"low"}),
        ({"indication": "High fever"}, set()),
        ({"notes": ("High dose",)}, set()),
    ],
)
def test_only_a_label_that_says_nothing_else_is_a_level(fields: dict[str, object], levels: set[str]) -> None:
    assert own_levels(regimen(amount("5"), **fields)) == levels


def test_a_level_without_a_row_is_said_to_have_none_and_one_with_a_row_leaves_out_the_unlabelled() -> None:
    high, other = regimen(amount("5"), notes=("High",)), regimen(amount("9"), lines=(2, 2))
    assert "only for high risk" in lacks_level([high, other], DoseQuery("somedrug", "low risk"))
    assert not lacks_level([high, other], DoseQuery("somedrug", "high risk"))
    assert not lacks_level([other], DoseQuery("somedrug", "low risk"))
    assert of_level([high, other], DoseQuery("somedrug", "high risk")) == [high]
    assert of_level([high, other], DoseQuery("somedrug", "HLH")) == [high, other]
