"""Steps without a unit beside one that has it: they are in that unit where all go up, and else nothing is written."""

import pytest

from wardbook.dosing.step_unit import with_step_unit


@pytest.mark.parametrize(
    ("cells", "at", "text"),
    [
        ((("Step 1", "D1 0.01"), ("Step 2", "D4 0.06"), ("Full", "D7 0.4 mg/kg")), 1, "D4 0.06 mg/kg"),
        ((("Step 1", "d1 0.06 mg/kg"), ("Step 2", "d3–4 0.3"), ("Step 3 / full", "d5–7 1.5")), 2, "d5–7 1.5 mg/kg"),
        ((("Step-up", "0.01, 0.06, 0.4 mg/kg"), ("Full", "0.8 mg/kg weekly")), 0, "0.01 mg/kg, 0.06 mg/kg, 0.4 mg/kg"),
        ((("Step-up", "D1 0.16, D8 0.8"), ("Full", "48 mg weekly")), 0, "D1 0.16 mg, D8 0.8 mg"),
    ],
)
def test_the_unit_of_the_steps_beside(cells: tuple[tuple[str, str], ...], at: int, text: str) -> None:
    assert with_step_unit(cells, at) == text


@pytest.mark.parametrize(
    ("cells", "at"),
    [
        ((("Step 1", "D1 2.5"), ("Full", "D7 0.4 mg/kg")), 0),  # it goes down
        ((("Step 1", "D1 0.01"), ("Step 2", "60 mcg/kg"), ("Full", "0.4 mg/kg")), 0),  # two units
        ((("Step 1", "D1 0.01"), ("Full", "D7 0.4")), 0),  # none
        ((("Factor", "D1 0.01"), ("Full", "D7 0.4 mg/kg")), 0),  # no step
        ((("Step 1", "3"), ("Full", "D7 4 mg")), 0),  # may count anything
        ((("Step 1", "48 h"), ("Full", "D7 76 mg")), 0),
    ],
)
def test_what_may_be_something_else_is_left(cells: tuple[tuple[str, str], ...], at: int) -> None:
    assert with_step_unit(cells, at) == cells[at][1]
