"""A part of a dose, a day behind its course, a grade that no row is for: said, and nothing is worked out."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGES = {
    "storm": """# Storm

## Doses

| Patient | Dose |
|---|---|
| Under 30 kg | zelumab 12 mg/kg IV |
| 30 kg and over | zelumab 8 mg/kg IV |

## Steroid

| Grade | Dose |
|---|---|
| Grade 4 | otrimab 10 mg/kg IV daily x3 |
""",
    "unit": """# Storm on the day unit

Zelumab 8 mg/kg IV from grade 2.
""",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("told")
    return assistant_over(folder, PAGES)


@pytest.mark.parametrize(
    "question",
    [
        "half dose of zelumab for storm 70 kg",
        "zelumab storm double dose 70 kg",
        "otrimab storm grade 4 day 5, 70 kg",
        "zelumab storm grade 1, 70 kg",
    ],
)
def test_what_no_row_speaks_of_is_said_and_nothing_is_worked_out(made: Assistant, question: str) -> None:
    answer = made.ask(question)
    assert answer.status == "not_found" or "Not compared" in answer.text or "Not said to be for" in answer.text
    assert not answer.computed


@pytest.mark.parametrize(
    ("question", "dose"),
    [
        ("zelumab for storm 70 kg", "560 mg"),
        ("zelumab dose storm grade 3, 70 kg", "560 mg"),
        ("otrimab storm grade 4 day 2, 70 kg", "700 mg"),
    ],
)
def test_what_rows_hold_is_worked_out(made: Assistant, question: str, dose: str) -> None:
    assert dose in made.ask(question).text
