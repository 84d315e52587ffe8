"""Where pages have no dose for what is asked: what they say of it in words, and nothing said of another drug."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGE = """# Ruxolitinib

## Dosing

### HLH
- Dose: 10 mg PO twice daily

### Prophylaxis
No prophylactic dose is recommended. The HERON trial uses itacitinib, not ruxolitinib.
"""
VALUES = """# Filgrastim

## Dosing

### Delayed use
| Parameter | Recommendation |
|---|---|
| Start | Not before day +7; ANC <300/uL or febrile neutropenia |
| Dose | filgrastim 3 ug/kg SC every other day |
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("made"), {"rux": PAGE, "gcsf": VALUES})


def test_that_there_is_no_dose_for_a_setting_goes_before_the_doses_of_another(made: Assistant) -> None:
    answer = made.ask("Which prophylactic dose of ruxolitinib do we use?")
    assert answer.status == "answered"
    assert "No prophylactic dose is recommended" in answer.text
    assert "10 mg" not in answer.text
    assert "10 mg" in made.ask("ruxolitinib dose in HLH").text


def test_words_that_deny_another_drug_say_nothing_of_the_dose_of_this_one(made: Assistant) -> None:
    assert made.ask("itacitinib dose used in HERON?").status == "not_found"


def test_a_value_that_stands_in_the_row_of_the_dose_brings_the_dose(made: Assistant) -> None:
    assert "3 ug/kg" in made.ask("filgrastim dose delayed use, day +8, ANC 200").text
