"""A dose is chosen by the patient's age and kidneys, and not by those of someone whom the question tells of."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

ORDERS = """# Rituximab

## Doses in flarescence

| Who | Dose |
|---|---|
| Adults | rituximab 7 mg/kg IV |
| Children under 12 years | rituximab 3 mg/kg IV |
| Severe renal impairment (CrCl < 30) | rituximab 1 mg/kg IV |
"""


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("someone_else"), {"rituximab.md": ORDERS})


def worked(unit: Assistant, question: str) -> tuple[str, set[str]]:
    answer = unit.ask(question)
    return answer.status, {
        each for each in ("70 mg", "210 mg", "490 mg", "60 mg", "140 mg") if f"= {each}" in answer.text
    }


@pytest.mark.parametrize(
    "others",
    ["her husband is on dialysis", "kidney donor", "family history of kidney failure", "she has a toddler at home"],
)
def test_the_usual_dose_stands_beside_what_is_told_of_someone_else(unit: Assistant, others: str) -> None:
    assert "7 mg/kg IV" in unit.ask(f"rituximab for flarescence, 70 kg, {others}, dose").text


def test_what_is_left_out_is_told(unit: Assistant) -> None:
    answer = unit.ask("rituximab for flarescence, adult of 70 kg, his daughter is 7 years old, dose")
    assert any("his daughter is 7 years old" in each for each in answer.warnings)
    assert "490 mg" in answer.text and "210 mg" not in answer.text


def test_the_patients_own_age_chooses_all_the_same(unit: Assistant) -> None:
    assert worked(unit, "rituximab for flarescence, my daughter is 7 years old, 20 kg, dose")[1] == {"60 mg"}


def test_an_age_and_a_weight_of_two_people_are_refused(unit: Assistant) -> None:
    assert worked(unit, "rituximab for flarescence, 8 months old, 70 kg, dose") == ("refused", set())


def test_who_is_called_a_grown_up_has_no_dose_of_children(unit: Assistant) -> None:
    assert "7 mg/kg IV" in (text := unit.ask("rituximab for flarescence, 70 kg man, dose").text)
    assert "3 mg/kg IV" not in text
    assert "3 mg/kg IV" in unit.ask("rituximab for flarescence, this lady's son, 30 kg, dose").text


def test_bad_kidneys_in_a_few_words_choose_the_dose(unit: Assistant) -> None:
    answer = unit.ask("rituximab in a patient with creatinine 380")
    assert "1 mg/kg IV" in answer.text
    assert any("understood as renal impairment" in each for each in answer.warnings)
    assert not unit.ask("rituximab in a patient with creatinine 80").warnings
