"""Doses told to have been given before: where the page allows no more, or not so soon, that is said, no amount."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGE = """# Zelumab

## Storm
Zelumab 8 mg/kg IV over 1 hour. Repeat after 8 hours if no better.

No more than 3 doses of zelumab in 24 h and 4 in all.

## Itch

| Indication | Dose | Maximum |
|---|---|---|
| itch | otrimab 5 mg/kg SC | 1 dose in total |

Otrimab is not recommended if zelumab was given < 12 h ago.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("before")
    return assistant_over(folder, {"zelumab": PAGE})


@pytest.mark.parametrize(
    "question",
    [
        "5th dose of zelumab, storm, 70 kg",
        "zelumab for storm 70 kg, she had four doses already",
        "zelumab storm 70 kg, 3 doses since this morning, can I give a 4th now",
        "zelumab storm 70 kg again after 4 hours",
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


@pytest.mark.parametrize(
    ("question", "dose"),
    [
        ("zelumab for storm 70 kg", "560 mg"),
        ("second dose of zelumab, storm, 70 kg", "560 mg"),
        ("otrimab for itch 70 kg", "350 mg"),
        ("otrimab itch 70 kg after 4 doses of zelumab", "350 mg"),
    ],
)
def test_an_amount_where_it_does(made: Assistant, question: str, dose: str) -> None:
    answer = made.ask(question)
    assert "read this first" not in answer.text
    assert dose in answer.text


def test_a_dose_that_is_not_too_soon_is_not_said_to_be(made: Assistant) -> None:
    assert "read this first" not in made.ask("zelumab storm 70 kg again after 9 hours").text
