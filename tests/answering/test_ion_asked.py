"""A salt asked for a level of its ion is looked for by the ion, where that level and no other drug is given."""

from pathlib import Path

import pytest

from real_index import assistant_over

PAGE = """# Replacement

## Potassium

| K (mmol/L) | Oral | IV |
|---|---|---|
| 3.1-3.5 | 2 tablets BD | - |
| 2.6-3.0 | - | 30 mmol in 1 L over 5 h |
| < 2.6 | - | 30 mmol over 3 h, central line |

Max rate 9 mmol/h. Never as a bolus. Check again at noon.

## Zinc
Zinc is checked monthly.
"""


@pytest.mark.parametrize("question", ["kcl replacement k 2.8 how much", "how much potassium chloride for k of 2.8"])
def test_a_salt_is_found_by_the_level_of_its_ion(tmp_path: Path, question: str) -> None:
    answer = assistant_over(tmp_path, {"replacement": PAGE}).ask(question)
    assert answer.status == "answered"
    assert "30 mmol in 1 L over 5 h" in answer.text
    assert "over 3 h" not in answer.text


def test_what_bounds_the_doses_of_the_table_comes_along(tmp_path: Path) -> None:
    text = assistant_over(tmp_path, {"replacement": PAGE}).ask("kcl for k 2.8").text
    assert "Max rate 9 mmol/h" in text
    assert "Never as a bolus" in text
    assert "noon" not in text


@pytest.mark.parametrize("question", ["kcl dose", "kcl for na 131", "kcl 40 mmol ok for k 2.8"])
def test_without_a_level_of_its_ion_a_salt_is_no_ion(tmp_path: Path, question: str) -> None:
    assert assistant_over(tmp_path, {"replacement": PAGE}).ask(question).status != "answered"


LACKS = """# Salts

## Magnesium

- Magnesium sulfate 15 mmol IV over 4 h.

## High potassium

- Calcium gluconate 25 mL of 10% IV over 5 min.
"""


def test_a_lack_of_its_ion_is_what_a_salt_is_for(tmp_path: Path) -> None:
    answer = assistant_over(tmp_path, {"salts": LACKS}).ask("mag sulphate dose low mg")
    assert answer.status == "answered"
    assert "15 mmol" in answer.text


def test_a_salt_that_is_given_for_another_ion_is_not_for_a_lack_of_its_own(tmp_path: Path) -> None:
    assert assistant_over(tmp_path, {"salts": LACKS}).ask("calcium gluconate dose low ca").status == "not_found"
