"""Doses told to have been given before: where the page allows no more, or not so soon, that is said, no amount."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGE = """# Zelumab

## Storm
Zelumab 8 mg/kg IV over 1 hour. Repeat after 8 hours if no better.

No more than 3 doses of zelumab in 24 h and 4 in all.

## Rust

| Step | Do |
|---|---|
| 1 | uralimab 4 mg/kg IV |
| 2 | uralimab 4 mg/kg IV once more. Not a third. |

Rules: minimum interval 6 h.

## Itch

| Indication | Dose | Maximum |
|---|---|---|
| itch | otrimab 5 mg/kg SC | 1 dose in total |

Otrimab is not recommended if zelumab was given < 12 h ago.
"""

OWN = """# Xolumab

| | |
|---|---|
| For | ants |
| Dose | 2 mg/kg IV |
| Repeat | ≥ 8 h apart |
| Limit | 2 in 24 h, 3 in total |
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("before")
    return assistant_over(folder, {"zelumab": PAGE, "xolumab": OWN})


@pytest.mark.parametrize(
    "question",
    [
        "5th dose of zelumab, storm, 70 kg",
        "zelumab for storm 70 kg, she had four doses already",
        "zelumab storm 70 kg, 3 doses since this morning, can I give a 4th now",
        "zelumab storm 70 kg again after 4 hours",
        "zelumab storm x4 given, 70 kg",
        "zelumab for storm given three times today, 70 kg",
        "zelumab 5 hours ago, storm, 70 kg, again?",
        "xolumab for ants 70 kg, 3 given",
        "xolumab for ants 70 kg, given twice today",
        "xolumab 3 h ago, ants, 70 kg",
        "uralimab for rust, third dose, 70 kg",
        "otrimab itch 70 kg second dose",
        "otrimab for itch again, 70 kg",
        "otrimab itch 70 kg, got zelumab 6 hours ago",
    ],
)
def test_no_amount_where_the_page_allows_no_further_dose(made: Assistant, question: str) -> None:
    answer = made.ask(question)
    assert "read this first" in answer.text or answer.text.startswith("Read first")
    assert not answer.computed
    assert "560 mg" not in answer.text
    assert "350 mg" not in answer.text
    assert "140 mg" not in answer.text
    assert "280 mg" not in answer.text


@pytest.mark.parametrize(
    ("question", "dose"),
    [
        ("zelumab for storm 70 kg", "560 mg"),
        ("second dose of zelumab, storm, 70 kg", "560 mg"),
        ("otrimab for itch 70 kg", "350 mg"),
        ("xolumab for ants 70 kg, x2 given", "2 mg/kg"),
        ("xolumab 9 h ago, ants, 70 kg", "2 mg/kg"),
        ("uralimab for rust, second dose, 70 kg", "280 mg"),
        ("otrimab itch 70 kg after 4 doses of zelumab", "350 mg"),
    ],
)
def test_an_amount_where_it_does(made: Assistant, question: str, dose: str) -> None:
    answer = made.ask(question)
    assert "read this first" not in answer.text
    assert dose in answer.text


def test_a_dose_that_is_not_too_soon_is_not_said_to_be(made: Assistant) -> None:
    assert "read this first" not in made.ask("zelumab storm 70 kg again after 9 hours").text
