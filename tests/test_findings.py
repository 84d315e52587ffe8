"""A finding that the question names in other words than the page is what the row is for; a narrower disease is not."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

CYTOPENIA = """# Cytopenia Support

## Growth Factors

- **Filgrastim** 6 mcg/kg SC daily for ANC < 500/uL after day 7

## Thrombopoietin Agonists

- **Romiplostim** 4 mcg/kg SC once weekly, raise by 1 mcg/kg weekly to max 8 mcg/kg
- **Eltrombopag** 75 mg PO daily from day +21 for platelets < 20 x10^9/L

## Immunoglobulin Replacement

| Parameter | Recommendation |
|-----------|---------------|
| **Trigger** | IgG < 380 mg/dL and one serious infection |
| **Dose** | IVIG 0.35 g/kg IV every 4 weeks |

## Hair loss

- Baricitinib 3 mg PO daily for alopecia, hold if platelets < 50, monitor ANC < 1000
"""
POTASSIUM = """# Hyperkalaemia

| Severity | K | Drug | Dose |
|---|---|---|---|
| Moderate | 6.0-6.4 | Salbutamol | 15 mg neb |
| Severe | >= 6.5 or ECG changes | Calcium gluconate | 25 mL of 10% IV over 5 min |
"""


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("findings"), {"cytopenia": CYTOPENIA, "potassium": POTASSIUM})


@pytest.mark.parametrize(
    ("question", "dose"),
    [
        ("What dose of IVIG do we use for a low IgG, and how often? Thanks", "0.35 g/kg"),
        ("ivig dose for hypogammaglobulinaemia", "0.35 g/kg"),
        ("ivig dose for low immunoglobulins", "0.35 g/kg"),
        ("romiplostim start dose post cart thrombocytopenia", "4 mcg/kg"),
        ("romiplostim dose for low platelets", "4 mcg/kg"),
        ("eltrombopag dose for thrombocytopenia", "75 mg"),
        ("filgrastim dose for neutropenia", "6 mcg/kg"),
        ("filgrastim for low neutrophils, dose", "6 mcg/kg"),
        ("K 6.9 with broad QRS. How much calcium gluconate?", "25 mL"),
        ("calcium gluconate dose K 7.1, tented T waves", "25 mL"),
        ("how many mg of eltrombopag for low platelets", "75 mg"),
    ],
)
def test_a_finding_is_known_by_its_other_words(ward: Assistant, question: str, dose: str) -> None:
    answer = ward.ask(question)
    assert answer.status == "answered" and dose in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "romiplostim dose for immune thrombocytopenia",
        "romiplostim dose for neonatal alloimmune thrombocytopenia",
        "eltrombopag dose for aplastic anaemia",
        "eltrombopag dose for inherited thrombocytopenia",
        "filgrastim dose for congenital neutropenia",
        "filgrastim dose for clozapine neutropenia",
        "filgrastim dose for anaemia",
        "ivig dose for thrombocytopenia",
        "ivig dose for neutropenia",
        "ivig dose for parvovirus anaemia",
        "baricitinib dose for thrombocytopenia",
        "baricitinib dose for neutropenia",
        "calcium gluconate dose for low calcium",
        "salbutamol dose for low glucose",
    ],
)
def test_another_finding_or_a_narrower_disease_finds_nothing(ward: Assistant, question: str) -> None:
    answer = ward.ask(question)
    assert answer.status == "not_found" and not answer.regimens
