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
