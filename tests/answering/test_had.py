"""Drugs that a patient has had are none that a grade's criteria have to name."""

import pytest

from answering.made import ask
from wardbook.answering.had import came_before, had, patient_has


@pytest.mark.parametrize(
    ("question", "drugs"),
    [
        ("fever after anakinra, one pressor: what grade?", {"anakinra"}),
        ("39 C on tocilizumab and post anakinra. CRS grade?", {"tocilizumab", "anakinra"}),
        ("on anakinra plus tocilizumab: so that is grade 4, right?", {"anakinra", "tocilizumab"}),
        ("tocilizumab added to anakinra - does that make it grade 4?", {"anakinra", "tocilizumab"}),
        ("anakinra and tocilizumab: which grade?", set()),
        ("anakinra grade?", set()),
        ("rash on anakinra: at which grade do we stop it?", set()),
        ("dose after anakinra", set()),
    ],
)
def test_a_drug_that_the_patient_has_had_is_told_where_a_grade_is_asked(question: str, drugs: set[str]) -> None:
    assert had(ask(question)) == drugs


@pytest.mark.parametrize(
    ("question", "drugs"),
    [
        ("rash on anakinra: what do we do", {"anakinra"}),
        ("fever with tocilizumab on board", {"tocilizumab"}),
        ("how to reverse anakinra", set()),
        ("anakinra in fever", set()),
    ],
)
def test_a_drug_that_the_patient_has_beside_is_told_apart_from_what_is_asked_about(
    question: str, drugs: set[str]
) -> None:
    assert patient_has(ask(question)) == drugs


def test_a_drug_after_which_something_was_found_came_before_it() -> None:
    assert came_before(ask("face drooping 3 wks after anakinra, treatment?")) == {"anakinra"}
    assert not came_before(ask("face drooping, treatment with anakinra?"))
    assert not came_before(ask("anakinra after the meal: what is the dose"))
