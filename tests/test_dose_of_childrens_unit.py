"""Doses of pages that are a children's unit's: its rows by weight are for children, though none says so."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

HOME = "# Home\n\nHandbook of the Children's and Young Adults' Cancer Unit, ward 4.\n"
ADULTS = "# Home\n\nHandbook of the cancer unit, ward 4.\n"
FEVER = """# Fever

## Antibiotic

| Situation | Give | Dose | Max |
|---|---|---|---|
| Standard | ceftazidime | 50 mg/kg q8h | 2 g |
| Resistant | meropenem | 1 g q8h | |

## Others (young adults only, ≥ 16 y)

Amikacin 15 mg/kg once daily.

## Reaction

| | Do |
|---|---|
| severe | adrenaline IM: < 6 mo 100–150 µg; 6 mo–5 y 150; 6–11 y 300; ≥ 12 y 500 |
"""
PROPHYLAXIS = """# Pneumocystis

## Prophylaxis

| BSA m² | Dose BD, 2 d a week |
|---|---|
| 0.50–0.75 | co-trimoxazole 240 mg |
| 0.76–1.0 | co-trimoxazole 360 mg |
| YA ≥ 16 y | co-trimoxazole 960 mg |
"""


@pytest.fixture(scope="module")
def children(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"home": HOME, "fever": FEVER, "pneumocystis": PROPHYLAXIS}
    return assistant_over(tmp_path_factory.mktemp("children"), pages)


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("others"), {"home": ADULTS, "fever": FEVER})


def test_a_dose_by_weight_is_for_children_there(children: Assistant) -> None:
    answer = children.ask("ceftazidime 20 kg")
    assert answer.status == "answered" and "50 mg/kg × 20 kg = 1,000 mg" in answer.text
    assert "said to be for children" not in answer.text


def test_elsewhere_it_is_not_said_to_be(others: Assistant) -> None:
    assert others.ask("ceftazidime 20 kg").status == "not_found"


@pytest.mark.parametrize("question", ["amikacin 10 year old 30 kg", "amikacin 20 kg"])
def test_one_of_young_adults_is_not(children: Assistant, question: str) -> None:
    assert children.ask(question).status == "not_found"


def test_a_fixed_dose_is_not_said_to_be(children: Assistant) -> None:
    answer = children.ask("meropenem resistant fever 12 kg")
    assert not answer.regimens and "No dose shown is said to be for children" in answer.text


def test_a_row_of_further_ages_is_quoted_and_not_worked_out(children: Assistant) -> None:
    answer = children.ask("adrenaline 7 year old severe reaction")
    assert answer.status == "answered" and "6–11 y 300" in answer.text and not answer.computed


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("co-trimoxazole prophylaxis bsa 0.8", "360 mg", "240 mg"),
        ("co-trimoxazole prophylaxis 17 year old", "960 mg", "240 mg"),
        ("co-trimoxazole prophylaxis 18 kg", "240 mg", "960 mg"),
    ],
)
def test_a_table_by_body_surface(children: Assistant, question: str, said: str, unsaid: str) -> None:
    answer = children.ask(question)
    assert said in answer.text and unsaid not in answer.text


MIDAZOLAM = """# Fits

## Buccal midazolam

| Age | Dose |
|---|---|
| 3–11 mo | 2.5 mg |
| 1–4 y | 5 mg |
| ≥ 10 y | 10 mg |
"""


@pytest.fixture(scope="module")
def fits(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("fits"), {"home": HOME, "fits": MIDAZOLAM})


def test_months_alone_are_a_childs_age_there_and_that_is_told(fits: Assistant) -> None:
    answer = fits.ask("buccal midazolam 11 months")
    assert "2.5 mg" in answer.text and " 5 mg" not in answer.text
    assert "“11 months” understood as the age of the patient." in answer.warnings


@pytest.mark.parametrize("question", ["buccal midazolam for 11 months", "buccal midazolam 3 months after transplant"])
def test_a_time_is_no_age(fits: Assistant, question: str) -> None:
    assert "understood as the age" not in " ".join(fits.ask(question).warnings)


def test_elsewhere_months_alone_are_no_age(tmp_path_factory: pytest.TempPathFactory) -> None:
    pages = {"home": ADULTS, "fits": MIDAZOLAM}
    answer = assistant_over(tmp_path_factory.mktemp("elsewhere"), pages).ask("buccal midazolam 11 months")
    assert "understood as the age" not in " ".join(answer.warnings)
