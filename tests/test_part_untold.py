"""What is asked by a word of its own, and no line tells, is not answered by lines that hold all else."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGE = """# Virus

## Treatment

- Zeldofovir 5 mg/kg IV weekly.
- Boldofovir 4 mg/kg IV weekly for 3 weeks.

## Worms

Ivermectin 200 µg/kg before steroid, if lived in the tropics (vit D as well).

## Products

| Product | Onset | CRS |
| --- | --- | --- |
| zelta-cel | D7 | 84 % |
| bolta-cel | D3, 2 x 10^6 cells/kg | 70 % |
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("untold"), {"virus": PAGE})


@pytest.mark.parametrize(
    "question",
    [
        "ivermectin how many days",
        "how much saline with zeldofovir",
        "zeldofovir premed needed?",
        "zelta-cel how many cells per kg",
    ],
)
def test_what_no_line_tells_is_declined(question: str, assistant: Assistant) -> None:
    assert assistant.ask(question).status == "not_found"


def test_what_a_row_tells_is_given(assistant: Assistant) -> None:
    answer = assistant.ask("boldofovir how many weeks")
    assert answer.status == "answered"
    assert "3 weeks" in answer.text


def test_a_dose_that_is_asked_is_looked_up_all_the_same(assistant: Assistant) -> None:
    assert "5 mg/kg" in assistant.ask("zeldofovir dose").text


def test_how_often_something_comes_with_a_drug_is_no_dose_of_it(assistant: Assistant) -> None:
    answer = assistant.ask("how often crs with zeldofovir")
    assert answer.status == "not_found"
    assert not answer.regimens
