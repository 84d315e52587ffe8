"""Doses whose row is told by its grade, its patients' values or the name of the drug: never the dose of another row."""

from decimal import Decimal
from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

EMAPALUMAB = """# Emapalumab

## Dosing Regimens by Indication

### IEC-HS

| Severity | Adults | Route | Interval |
|---|---|---|---|
| Grade 1-2 | 50 mg | SC | every 72 hours |
| Grade 3 | 100 mg | IV | every 72 hours |
| Grade 4 | 6 mg/kg | IV | every 48 hours |

### Refractory CRS

| Parameter | Recommendation |
|---|---|
| **Dose (walking)** | 200 mg IV every 12 hours |
| **Dose (intubated)** | 4 mg/kg IV every 8 hours |
| **Maximum** | 700 mg/day |
"""
STEROIDS = """# Glucocorticoids

## Colitis

| Colitis grade | Drug | Dose | Frequency |
|---|---|---|---|
| 1 | none | - | - |
| 2 | Budesonide | 9 mg PO | once daily |
| 3 | Prednisolone | 70 mg PO | once daily |
| 4 | Methylprednisolone | 130 mg IV | once daily |
"""
COLITIS = """# Colitis

## Rare forms

- Microscopic colitis: prednisolone 15 mg PO once daily for 3 weeks.
"""
FEDRATINIB = """# Fedratinib

## Dosing

### Skin disease

| Patient | Starting dose | Frequency |
|---|---|---|
| Adults, platelets ≥ 60 | 400 mg PO | once daily |
| Adults with platelets 30-59 | 300 mg PO | once daily |
| Adults (platelets < 30) | 200 mg PO | once daily |
"""
IMMUNOGLOBULIN = """---
title: Immunoglobulin replacement
aliases: [IVIG, SCIG, immunoglobulins]
---

## Dosing Regimens

| Regimen | Population | Dose | Interval |
|---|---|---|---|
| IVIG loading | adults | 0.7 g/kg IV | once |
| IVIG maintenance | adults | 0.4 g/kg IV | every 4 weeks |
| SCIG maintenance | adults | 0.15 g/kg SC | every week |
"""
INFECTIONS = """# Infections and antimicrobial prophylaxis

## Prophylaxis

| Target | Drug | Dose |
|---|---|---|
| HSV | Famciclovir | 250 mg PO BID |

## Candida

Caspofungin 55 mg IV once daily for 14 days.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {
        "mitigations/emapalumab": EMAPALUMAB,
        "mitigations/steroids": STEROIDS,
        "adverse-events/colitis": COLITIS,
        "mitigations/fedratinib": FEDRATINIB,
        "mitigations/factor": IMMUNOGLOBULIN,
        "adverse-events/infections": INFECTIONS,
    }
    return assistant_over(tmp_path_factory.mktemp("made"), pages)


def _doses(assistant: Assistant, question: str) -> list[str]:
    regimens = [each.regimen for each in assistant.ask(question).regimens]
    return [f"{each.drug} {each.amount.low} {each.amount.unit}" for each in regimens if each.amount]


@pytest.mark.parametrize(
    ("question", "doses"),
    [
        ("Adult with grade 3 IEC-HS - which dose of emapalumab?", ["emapalumab 100 mg"]),
        ("emapalumab dose grade 1 IEC-HS adult", ["emapalumab 50 mg"]),
        ("emapalumab dose for IEC-HS in an adult?", ["emapalumab 50 mg", "emapalumab 100 mg", "emapalumab 6 mg"]),
        ("emapalumab dose refractory CRS, intubated", ["emapalumab 4 mg"]),
        ("fedratinib start dose skin disease adult, platelets 45", ["fedratinib 300 mg"]),
        ("fedratinib start dose skin disease, platelets of 20", ["fedratinib 200 mg"]),
        ("SCIG weekly dose?", ["immunoglobulin 0.15 g"]),
        ("IVIG maintenance dose", ["immunoglobulin 0.4 g"]),
        ("immunoglobulin maintenance dose", ["immunoglobulin 0.4 g", "immunoglobulin 0.15 g"]),
        ("caspofungin treatment dose for candida", ["caspofungin 55 mg"]),
        ("famciclovir treatment dose for HSV", []),
    ],
)
def test_the_rows_that_hold_are_shown_and_no_other(made: Assistant, question: str, doses: list[str]) -> None:
    assert _doses(made, question) == doses


def test_the_maximum_below_doses_for_two_cases_bounds_both(made: Assistant) -> None:
    answer = made.ask("is emapalumab 400 mg IV q12h ok for refractory CRS, walking?")
    assert answer.verdict is not None
    assert answer.verdict[0].result == "exceeds"
    (shown,) = made.ask("emapalumab dose refractory CRS, intubated, 60 kg").computed
    assert shown[1].low == Decimal(240)


@pytest.mark.parametrize(
    ("question", "drug"),
    [
        ("prednisolone dose in grade 4 colitis", "methylprednisolone"),
        ("prednisolone dose grade 2 colitis", "budesonide"),
        ("budesonide dose for grade 3 colitis", "prednisolone"),
    ],
)
def test_for_the_grade_of_another_drug_that_is_named_without_its_dose(
    made: Assistant, question: str, drug: str
) -> None:
    answer = made.ask(question)
    assert answer.status == "not_found"
    assert f"the same table gives {drug} [" in answer.text
    assert _doses(made, question) == []


def test_who_asks_on_with_another_grade_is_told_its_row(made: Assistant) -> None:
    history = [("user", "prednisolone dose in grade 3 colitis"), ("assistant", "")]
    answer = made.ask("and grade 4?", history=history)
    assert answer.text.startswith("Not prednisolone: for what is asked the same table gives methylprednisolone [")
    assert [each.regimen.drug for each in answer.regimens] == ["methylprednisolone"]


def test_a_grade_without_any_drug_gives_no_dose(made: Assistant) -> None:
    assert _doses(made, "prednisolone dose grade 1 colitis") == []


def test_a_row_without_a_grade_for_just_what_is_asked_stands(tmp_path: Path) -> None:
    plain = COLITIS.replace("Microscopic colitis", "Colitis")
    assistant = assistant_over(tmp_path, {"adverse-events/colitis": plain})
    assert _doses(assistant, "prednisolone dose in grade 4 colitis") == ["prednisolone 15 mg"]


def test_two_names_of_one_row_are_of_one_thing_and_hide_no_other_row(tmp_path: Path) -> None:
    page = (
        "# Infection\n\n## Prophylaxis\n\n| Drug | Dose |\n| --- | --- |\n"
        "| Co-trimoxazole (Septrin) | 480 mg PO daily |\n"
        "\n## Treatment\n\nCo-trimoxazole 30 mg/kg IV q6h for 21 days.\n"
    )
    told = assistant_over(tmp_path, {"infection": page}).ask("septrin dose")
    assert "480 mg" in told.text and "30 mg/kg" in told.text


STEPS = """# Schedules

| Drug | Step 1 | Step 2 | Full |
|---|---|---|---|
| Zelumab | D1 0.06 mg/kg SC | D3 0.3 mg/kg | D5 1.5 mg/kg weekly |
| Vorimab | D1 12 mg | D4 32 mg | D8 76 mg |
"""


def test_the_steps_of_a_row_are_one_course_and_one_that_is_named_is_worked_out_alone(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, {"steps": STEPS}).ask
    whole = ask("zelumab step up doses")
    assert whole.status == "answered"
    assert [each.regimen.schedule for each in whole.regimens] == ["D1", "D3", "D5"]
    named = ask("zelumab 1.5 mg/kg 64 kg how many mg")
    assert "96 mg" in named.text
    assert "3.84" not in named.text


ONE_ROW = """# Skin disease

## Treatment

| Line | What |
|---|---|
| First | Fedratinib 400 mg PO once daily (300 mg if CrCl < 30). Hold if pregnant. |
| Not settled at day 3 | Budesonide 9 mg PO once daily |
"""


def test_a_dose_with_its_exceptions_in_one_row_answers_in_the_words_of_the_row(tmp_path: Path) -> None:
    told = assistant_over(tmp_path, {"skin": ONE_ROW}).ask("fedratinib dose in skin disease")
    assert told.status == "answered"
    assert "300 mg if CrCl < 30" in told.text
    assert told.clarification is None


def test_who_says_that_a_drug_has_failed_gets_what_comes_next(tmp_path: Path) -> None:
    told = assistant_over(tmp_path, {"skin": ONE_ROW}).ask("skin disease still not settled day 3 on fedratinib")
    assert told.status == "answered"
    assert "Budesonide 9 mg" in told.text.split("400 mg")[0]


LADDER = """# Glow syndrome

## First line

- Grade 3: dexamethasone 10 mg IV 6-hourly, HDU
- Grade 1: dexamethasone 10 mg IV once

## Refractory

- No better after 48 h: anakinra 100 mg SC 6-hourly
"""


@pytest.mark.parametrize("question", ["dex not working glow syndrome", "glow syndrome not better day 3 on dex"])
def test_a_drug_that_has_failed_is_known_by_its_short_name_too(tmp_path: Path, question: str) -> None:
    told = assistant_over(tmp_path, {"glow": LADDER}).ask(question)
    assert told.status == "answered"
    assert "anakinra 100 mg SC" in told.text
    assert "10 mg IV" not in told.text


AZOLES = """# Antifungals

## Treatment

Isavuconazole – long QT, liver

- 200 mg 8-hourly x 6 doses, then 200 mg OD (start 12 h after the last load).

Fluconazole – stop before isavuconazole

- 600 mg OD

## Interactions

| With | Posaconazole | Isavuconazole |
|---|---|---|
| Venetoclax | 70 mg | 400 mg |
"""
OPIOIDS = """# Pain

## Conversions

| Drug | IV | PO |
|---|---|---|
| Morphine | 10 mg | 25 mg |
| Oxycodone | - | 20 mg |
"""


@pytest.fixture(scope="module")
def of_others(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("others"), {"azoles": AZOLES, "opioids": OPIOIDS})


def test_a_row_that_opens_with_another_drug_gives_no_dose(of_others: Assistant) -> None:
    assert "70 mg" not in of_others.ask("posaconazole load").text
    assert "70 mg" not in of_others.ask("posaconazole dose").text
    assert "70 mg" in of_others.ask("venetoclax with posaconazole").text


def test_what_one_drug_comes_to_in_another_is_no_dose_to_give(of_others: Assistant) -> None:
    for question in ("oxycodone dose", "max oxycodone", "oxycodone for knee pain"):
        assert "20 mg" not in of_others.ask(question).text


def test_a_drug_with_its_reasons_behind_a_dash_heads_the_list_below(of_others: Assistant) -> None:
    assert "200 mg 8-hourly" in of_others.ask("isavuconazole dose").text
    assert all("600 mg" not in of_others.ask(f"{drug} dose").text for drug in ("isavuconazole", "fluconazole"))


@pytest.mark.parametrize("question", ["isavuconazole load", "isavuconazole maintenance"])
def test_what_goes_on_after_the_last_load_is_none(of_others: Assistant, question: str) -> None:
    text = of_others.ask(question).text
    assert "200 mg 8-hourly x 6 doses, then 200 mg OD" in text
    assert "isavuconazole 200 mg daily" not in text
