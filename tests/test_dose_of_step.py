"""Doses that are stepped up: the one in the place that is asked, or all of them in order."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGE = """# Stepping up

| | Zelumab SC | Otrimab IV |
|---|---|---|
| Step 1 | 12 mg D1 | 1 mg D1 |
| Step 2 | 32 mg D4 | 2 mg D8 |
| Full | 76 mg D8 qwk | 30 mg q21d |

## By row

| | Step 1 | Step 2 | Full |
|---|---|---|---|
| xanotamab | D1 0.01 | D4 0.06 | D8 0.8 mg/kg |

## Trials

| Trial | Arm |
|---|---|
| CORR, ants | xanotamab 0.8 mg/kg q2w |

## Ants
Xolumab 300 mg daily for ants.

Xolumab 600 mg daily for wasps.

## Leukaemia

| For | Dose |
|---|---|
| relapsed leukaemia, cycle 1 days 1-7 | uralimab 9 mg IV daily |
| relapsed leukaemia, cycle 1 days 8-28 | uralimab 28 mg IV daily |
| residual leukaemia, days 1-28 | uralimab 29 mg IV daily |

## Storm
Anakinra 1 mg/kg IV every 12 hours, escalate to 3 mg/kg on day 3, 6 mg/kg day 6, max 10 mg/kg.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("steps")
    return assistant_over(folder, {"steps": PAGE})


@pytest.mark.parametrize(
    ("question", "dose", "others"),
    [
        ("zelumab first dose", "12 mg", ("32 mg", "76 mg")),
        ("zelumab second dose", "32 mg", ("12 mg", "76 mg")),
        ("zelumab third dose", "76 mg", ("12 mg", "32 mg")),
        ("otrimab second dose", "2 mg", ("30 mg",)),
        ("anakinra first dose storm 70 kg", "70 mg", ("420 mg",)),
        ("xanotamab first dose 70 kg", "= 0.7 mg", ("= 56 mg",)),
        ("xanotamab step 2 70 kg", "= 4.2 mg", ("= 56 mg",)),
        ("zelumab 12 mg given, next", "32 mg", ("12 mg", "76 mg")),
        ("zelumab had 32 mg on Monday, next dose", "76 mg", ("12 mg", "32 mg")),
        ("zelumab next dose after 12 mg", "32 mg", ("12 mg", "76 mg")),
        ("otrimab 2 mg given, what now", "30 mg", ("1 mg",)),
        ("xanotamab 0.01 given 3 days ago, 70 kg, next dose", "= 4.2 mg", ("= 56 mg", "= 0.7 mg")),
        ("zelumab first second", "32 mg", ("12 mg", "76 mg")),
        ("uralimab 9 mg for 7 days, next", "28 mg", ("29 mg",)),
        ("uralimab first dose in relapsed leukaemia", "9 mg", ("28 mg", "29 mg")),
        ("uralimab first dose in residual leukaemia", "29 mg", ("28 mg", " 9 mg")),
    ],
)
def test_the_dose_of_a_place_is_that_step(made: Assistant, question: str, dose: str, others: tuple[str, ...]) -> None:
    answer = made.ask(question)
    assert dose in answer.text
    assert "of its own could be read" not in " ".join(answer.warnings)
    assert not any(other in answer.text for other in others)


def test_all_steps_stand_in_order_where_none_is_asked(made: Assistant) -> None:
    text = made.ask("zelumab dose").text
    assert text.index("12 mg") < text.index("32 mg") < text.index("76 mg")
    text = made.ask("anakinra storm 70 kg").text
    assert text.index("= 70 mg") < text.index("= 210 mg") < text.index("= 420 mg")


def test_the_last_step_is_followed_by_itself(made: Assistant) -> None:
    assert "76 mg" in made.ask("zelumab 76 mg given, next dose").text


@pytest.mark.parametrize("question", ["zelumab 12 mg", "zelumab 12 mg to be given", "zelumab dose 12 mg"])
def test_an_amount_that_is_not_told_as_given_is_not_gone_on_from(made: Assistant, question: str) -> None:
    answer = made.ask(question)
    assert "12 mg" in answer.text
    assert "32 mg" not in answer.text


def test_doses_for_different_things_are_no_steps(made: Assistant) -> None:
    assert "300 mg" in made.ask("xolumab for ants, 300 mg given, next dose").text.split("[1]")[0]
