"""A page that no longer holds gives no dose, and is warned of where it is cited."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

OLD = """---
status: withdrawn 2024-01-01
---
# Marrow fever 2019

## Treatment

- Zelovir 90 mg IV once a day for marrow fever
- Quelamab 12 mg IV once for marrow fever
- The scale of Teller graded marrow fever from 1 to 4 by the spleen.
"""
NEW = """# Marrow fever

## Treatment

- Zelovir 40 mg IV once a day for marrow fever
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("retired"), {"marrow fever 2019": OLD, "marrow fever": NEW})


def test_the_dose_is_that_of_the_page_that_holds(assistant: Assistant) -> None:
    answer = assistant.ask("zelovir dose marrow fever")
    assert answer.status == "answered"
    assert "40 mg" in answer.text
    assert "90 mg" not in answer.text


def test_a_drug_of_the_old_page_alone_has_no_dose(assistant: Assistant) -> None:
    answer = assistant.ask("quelamab dose marrow fever")
    assert answer.status == "not_found"
    assert "12 mg" not in answer.text


def test_an_amount_asked_about_is_not_held_against_the_old_page(assistant: Assistant) -> None:
    assert "90 mg once" not in assistant.ask("zelovir 90 mg ok for marrow fever?").text


def test_what_only_the_old_page_tells_is_told_with_a_warning(assistant: Assistant) -> None:
    answer = assistant.ask("what is the scale of Teller for marrow fever?")
    assert "spleen" in answer.text
    assert any("no longer holds" in each and "withdrawn 2024-01-01" in each for each in answer.warnings)
