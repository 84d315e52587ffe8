"""What of the question before a new word may take the place of."""

import pytest

from answering.made import DRUGS, ask
from wardbook.answering.slots import slots_of
from wardbook.answering.targets import targets
from wardbook.answering.turn import Turn


def turn(words: str) -> Turn:
    question = ask(words)
    return Turn(question, slots_of(question, DRUGS))


def places(before: str, now: str) -> list[list[str]]:
    said = turn(now)
    return [[slot.words for slot in target] for target in targets(said.slots[0], said, turn(before))]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("anakinra dose in grade 2 CRS", "grade 4", [["grade 2"]]),
        ("anakinra dose day 1", "day 8", [["day 1"]]),
        ("anakinra dose level 3 at 48 h", "24 h", [["48 h"]]),
        ("anakinra tablet dose", "IV", [["tablet"]]),
        ("anakinra in liver failure", "renal failure", [["liver failure"]]),
        ("anakinra dose, CrCl 20", "liver failure", [[]]),
    ],
)
def test_what_is_of_one_sort_has_one_place(before: str, now: str, expected: list[list[str]]) -> None:
    assert places(before, now) == expected


def test_a_drug_may_be_the_one_asked_about_or_one_beside_it() -> None:
    assert places("tocilizumab dose with fluconazole", "anakinra") == [["tocilizumab"], ["fluconazole"]]


def test_a_drug_of_the_class_of_one_beside_is_that_first() -> None:
    assert places("cut tacrolimus by how much with fluconazole", "posaconazole")[0] == ["fluconazole"]


def test_what_goes_on_top_is_added_first_and_another_condition_replaces_first() -> None:
    assert places("anakinra dose in gout", "heart transplant")[0] == []
    assert places("anakinra dose in gout", "sepsis")[0] == ["gout"]
