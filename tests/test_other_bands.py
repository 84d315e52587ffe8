"""A dose chosen by a value is not shown without what the page gives by the patient's weight, or only above a bound."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGE = """# Clots

## Enoxaparin by platelets

| Platelets | Enoxaparin |
|---|---|
| >= 50 | 1 mg/kg SC q12h |
| 15-49 | 40 mg SC daily, prophylactic only |

## Prophylaxis

Enoxaparin 40 mg SC daily if platelets > 30.
- < 50 kg: 20 mg SC daily
- > 120 kg: 60 mg SC daily
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("pages"), {"clots": PAGE})


def test_the_band_of_the_weight_and_the_bound_of_the_value_are_read_first(assistant: Assistant) -> None:
    text = assistant.ask("enoxaparin prophylaxis 40 kg platelets 20").text
    assert text.index("< 50 kg: 20 mg") < text.index("prophylactic only")
    assert "Read first: Enoxaparin 40 mg SC daily if platelets > 30." in text
    assert "120 kg" not in text


def test_what_does_not_hold_for_the_patient_is_not(assistant: Assistant) -> None:
    assert "20 mg" not in assistant.ask("enoxaparin prophylaxis 80 kg platelets 20").text
    assert "Read first" not in assistant.ask("enoxaparin treatment 80 kg platelets 60").text
