"""Doses by a route to one place of the body, limits over all courses, and names of findings: never another's figure."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGES = {
    "chemo": """# Chemotherapy

## Methotrexate, high dose
| Protocol | Methotrexate |
|---|---|
| ALL, adult | 3 g/m² over 24 h |
| CNS lymphoma | 3.5 g/m² over 3 h |

## Lumbar puncture
Intrathecal methotrexate: adults 15 mg, weekly. Platelets 50 or more.

## Anthracyclines
Daunorubicin 60 mg/m² IV on days 1 to 3. Lifetime: daunorubicin 550 mg/m² (400 mg/m² after mediastinal RT).
""",
    "salts": """# Salts

## Hypercalcaemia
Zoledronic acid 4 mg IV over 15 minutes, once.

## High potassium
Calcium gluconate 10% 30 mL over 5 minutes.
""",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("route"), PAGES)


@pytest.mark.parametrize(
    "question", ["intrathecal methotrexate adult", "methotrexate it dose adult", "it mtx adult", "methotrexate IT dose"]
)
def test_a_dose_into_the_spine_is_none_of_a_row_that_does_not_say_so(made: Assistant, question: str) -> None:
    answer = made.ask(question)
    assert "15 mg" in answer.text
    assert "g/m²" not in answer.text


BY_AGE = """# Lumbar puncture

Intrathecal cytarabine: < 1 y 21 mg; 1-2 y 31 mg; 3 y and over 71 mg.

## High dose
Cytarabine 3 g/m² IV q12h on days 1, 3 and 5.
"""


@pytest.mark.parametrize(("age", "dose"), [("6 months old", "21 mg"), ("5 y", "71 mg"), ("35 y", "71 mg")])
def test_a_route_that_a_sentence_opens_with_is_that_of_all_its_doses(tmp_path: Path, age: str, dose: str) -> None:
    answer = assistant_over(tmp_path, {"lumbar": BY_AGE}).ask(f"intrathecal cytarabine {age}")
    assert [each.regimen.amount.low for each in answer.regimens if each.regimen.amount] == [int(dose.split()[0])]
    assert "g/m" not in answer.text


def test_a_route_that_a_sentence_opens_with_is_not_that_of_another_drug(tmp_path: Path) -> None:
    page = "# Doses\n\nIntrathecal methotrexate: 12 mg; cytarabine 2 g/m².\n"
    found = assistant_over(tmp_path, {"doses": page})._opened.regimens
    assert [each.route for each in found if each.drug == "cytarabine"] == [()]


def test_it_as_a_word_is_no_route(made: Assistant) -> None:
    assert "15 mg" not in made.ask("is it 3 g/m2 of methotrexate for ALL?").text.partition("[1]")[0]


def test_what_may_be_given_in_a_lifetime_is_no_dose(made: Assistant) -> None:
    answer = made.ask("daunorubicin dose, bsa 2 m2")
    assert "60 mg/m2 × 2 m2 = 120 mg" in answer.text.replace("²", "2")
    assert "1,100" not in answer.text
    assert [each.amount.low for each in made._opened.regimens if each.drug == "daunorubicin" and each.amount] == [60]


@pytest.mark.parametrize("question", ["hyperkalaemia treatment", "hyperkalemia", "hyponatraemia treatment"])
def test_a_finding_is_never_taken_for_another_one(made: Assistant, question: str) -> None:
    assert "oledronic" not in made.ask(question).text


def test_a_finding_is_known_by_what_is_high(made: Assistant) -> None:
    assert made.search("hyperkalaemia")[0]["section"] == "High potassium"


WIDER = """# Toxicities of the cells

## CRS
Second line, no better after 2 tocilizumab: anakinra 2 mg/kg SC q6h (max 100 mg a dose); siltuximab 11 mg/kg IV once.
In HLH-like picture (IEC-HS): anakinra 4 mg/kg IV q12h, ruxolitinib 10 mg PO BID.
"""


def test_a_sentence_not_wholly_understood_stays_beside_one_for_a_part_of_what_it_is_for(tmp_path: Path) -> None:
    text = assistant_over(tmp_path, {"cells": WIDER}).ask("anakinra crs 70 kg").text
    assert text.startswith("2 regimens fit")
    assert "2 mg/kg" in text


BOTH_WAYS = """# Antivirals

## Prophylaxis

**Aciclovir**

- adult 400 mg BD PO
- nil by mouth: 5 mg/kg IV 8-hourly
- CrCl < 25: 200 mg BD

## Home

| Drug | Dose |
|---|---|
| Valganciclovir | 450 mg BD |
"""


def test_a_dose_reckoned_as_those_by_another_route_is_not_offered_for_the_one_asked(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"antivirals": BOTH_WAYS})
    by_vein = asked.ask("aciclovir iv dose 70 kg")
    assert by_vein.status == "answered"
    assert "200 mg" not in by_vein.text
    assert "350 mg" in by_vein.text
    assert "200 mg BD" in asked.ask("aciclovir po crcl 20").text


def test_a_dose_without_a_route_is_not_said_to_be_the_injection_that_is_asked(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"antivirals": BOTH_WAYS})
    assert asked.ask("valganciclovir iv dose").text.startswith("Not said to be IV")
    assert "Not said to be" not in asked.ask("valganciclovir po dose").text
    assert "Not said to be" not in asked.ask("valganciclovir dose").text


REPLACED = """# IVIG

| Item | Value |
|---|---|
| Dose | 400 mg/kg IV every 4 weeks |
| Round | nearest 5 g; cap 40 g |
| SC | 100 mg/kg weekly |
"""


@pytest.mark.parametrize(
    ("question", "dose", "other"),
    [
        ("scig 70 kg", "7,000 mg", "28,000 mg"),
        ("hizentra dose 70 kg", "7,000 mg", "28,000 mg"),
        ("ivig dose 70 kg", "28,000 mg", "7,000 mg"),
        ("ivig dose 120 kg", "40,000 mg", "7,000 mg"),
    ],
)
def test_a_product_of_one_route_is_dosed_by_its_rows(tmp_path: Path, question: str, dose: str, other: str) -> None:
    answer = assistant_over(tmp_path, {"ivig": REPLACED}).ask(question)
    assert f"= {dose}" in answer.text or f"→ {dose}" in answer.text
    assert f"= {other}" not in answer.text


def test_the_dose_of_another_route_is_not_worked_out_for_a_product(tmp_path: Path) -> None:
    page = "# IVIG\n\n## Replacement\nReplacement is 0.4 g/kg monthly.\n"
    answer = assistant_over(tmp_path, {"ivig": page}).ask("scig dose 70 kg")
    assert "28 g" not in answer.text


def test_a_product_that_its_page_names_needs_no_route_in_its_row(tmp_path: Path) -> None:
    page = "# IVIG and low IgG\n\n- Dose: 0.4 g/kg every 4 weeks\n- SC instead: 0.1 g/kg weekly\n"
    answer = assistant_over(tmp_path, {"ivig": page}).ask("ivig dose 70 kg")
    assert "= 28 g" in answer.text
    assert "Not said to be" not in answer.text
    page = "# Immunoglobulins\n\n- Dose: 0.4 g/kg every 4 weeks\n"
    assert "Not said to be IV" in assistant_over(tmp_path / "b", {"low": page}).ask("ivig dose 70 kg").text
