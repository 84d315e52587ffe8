"""A young child's dose by weight is not shown without what the pages say of its age."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGES = {
    "flares": """# Flares

## Dose

| Weight | Rituximab |
|---|---|
| < 30 kg | 11 mg/kg IV |
| >= 30 kg | 7 mg/kg IV |
""",
    "rituximab": """# Rituximab

### Flares, children under 2 years

No licensed dose. We have used 11 mg/kg twice; decide with the consultant.
""",
    "infliximab": """# Infliximab

| Indication | Population | Weight | Dose |
|---|---|---|---|
| Flares | Child aged at least 2 years | under 30 kg | 13 mg/kg IV |

## What others give

| Source | Dose |
|---|---|
| Label | 14 mg/kg |

## Uses

- Flares
""",
    "orders": """# Order set for adults

## As required, ADULT

- Paracetamol 1 g PO/IV every 6 hours, max 4 g/24 h (<50 kg: 15 mg/kg).
""",
    "moulds": """# Moulds

- Micafungin 110 mg IV once daily (adults); children 3 mg/kg once daily, 1-3 months and >24 months
""",
    "alemtuzumab-children": """# Alemtuzumab

## Dose

| Indication | >= 45 kg | < 45 kg |
|---|---|---|
| Flares | 9 mg/day | 5 mg/m2/day |
""",
}


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("at_this_age"), PAGES)


@pytest.mark.parametrize("who", ["baby of 18 months", "infant", "1 year old"])
def test_what_holds_at_the_age_is_read_first_and_nothing_is_worked_out(unit: Assistant, who: str) -> None:
    text = unit.ask(f"rituximab for flares, {who}, 9 kg, dose").text
    assert text.index("children under 2 years: No licensed dose.") < text.index("11 mg/kg IV")
    assert "99 mg" not in text


def test_who_may_be_as_young_is_told_it_beside_the_dose(unit: Assistant) -> None:
    text = unit.ask("rituximab for flares, toddler, 11 kg, dose").text
    assert "No licensed dose." in text
    assert "121 mg" in text


@pytest.mark.parametrize("who", ["3 year old", "child"])
def test_older_children_have_the_dose_of_their_weight_alone(unit: Assistant, who: str) -> None:
    text = unit.ask(f"rituximab for flares, {who}, 20 kg, dose").text
    assert "220 mg" in text
    assert "No licensed dose" not in text


def test_a_baby_is_of_no_row_from_two_years_on(unit: Assistant) -> None:
    text = unit.ask("infliximab for flares, baby 9 kg, dose").text
    assert "117 mg" not in text and "14 mg/kg" not in text
    assert "260 mg" in unit.ask("infliximab for flares, child of 3 years, 20 kg, dose").text


def test_a_page_whose_file_is_named_for_children_has_no_dose_of_adults(unit: Assistant) -> None:
    assert unit.ask("alemtuzumab for flares, adult of 60 kg, dose").status == "not_found"
    assert "9 mg/day" in unit.ask("alemtuzumab for flares, child of 50 kg, dose").text


@pytest.mark.parametrize(("age", "given"), [("18 months", False), ("3 years", True), ("2 months", True)])
def test_ages_that_are_listed_behind_a_childs_dose_are_its_own(unit: Assistant, age: str, given: bool) -> None:
    assert ("3 mg/kg" in unit.ask(f"micafungin dose, child of {age}").text) is given


def test_an_age_that_someone_turned_is_read(unit: Assistant) -> None:
    assert "99 mg" not in unit.ask("rituximab for flares, my daughter turned one in March, 9 kg, dose").text


def test_a_light_adults_dose_in_the_words_of_a_row_is_no_childs(unit: Assistant) -> None:
    assert "For this patient" not in unit.ask("paracetamol 20 kg iv dose").text
    assert "15 mg/kg" in unit.ask("paracetamol adult 45 kg iv dose").text
