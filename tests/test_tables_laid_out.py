"""Doses of tables laid out in ways of their own: what is shown of them, and for whom."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

STEPS = """# Bispecifics

## Teclistamab

| Day | mg/kg SC |
|---|---|
| 1 | 0.07 |
| 4 | 0.31 |
| weekly after | 1.6 |

## Defibrotide

| Baseline weight (kg) | Dose (mg), q6h IV | Pump rate |
|---|---|---|
| 60 | 380 | 27 mL/h |
| 70 | 440 | 28 mL/h |
"""
KIDNEYS = """# CMV

## Treatment

| CrCl (mL/min) | Ganciclovir IV | Valganciclovir |
|---|---|---|
| ≥ 70 (valganciclovir ≥ 60) | 5 mg/kg q12h | 900 mg BID |
| 50–69 (valganciclovir 40–59) | 2.5 mg/kg q12h | 450 mg BID |

## Lymphodepletion

| | Axi-cel | Tisa-cel |
|---|---|---|
| Fludarabine IV (mg/m²/day) | 31 | 26 |
| Fludarabine unavailable / CrCl < 30: bendamustine IV (mg/m²/day ×2) | 91 | 92 |
"""
WARD = """# Ward

## Drugs

- Tocilizumab 12 mg/kg if < 30 kg, 8 mg/kg if ≥ 30 kg (max 800 mg).
- Ursodiol 300 mg PO TID. Patients > 90 kg: 310 mg QAM + 620 mg QHS.
- Dexamethasone for ICANS grade 2: 11 mg IV q12h.
- Dexmedetomidine for agitation in ICANS: 0.4 mcg/kg/h IV.
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"steps": STEPS, "kidneys": KIDNEYS, "ward": WARD}
    return assistant_over(tmp_path_factory.mktemp("laid-out"), pages)


def test_a_figure_is_never_shown_without_the_unit_of_its_header(asked: Assistant) -> None:
    assert "Dose (mg), q6h IV: 440" in asked.ask("defibrotide dose 70 kg").text
    assert "mg/kg SC: 0.07" in asked.ask("teclistamab dose day 1").text


def test_a_schedule_that_is_asked_is_given_whole(asked: Assistant) -> None:
    found = asked.ask("teclistamab step up schedule")
    assert found.status == "answered"
    assert all(f"mg/kg SC: {dose}" in found.text for dose in ("0.07", "0.31", "1.6"))


@pytest.mark.parametrize(
    ("question", "dose", "other"),
    [
        ("ganciclovir dose crcl 65", "2.5 mg/kg", "5 mg/kg q12h ;"),
        ("valganciclovir dose crcl 65", "900 mg", "450 mg BID ;"),
        ("valganciclovir dose crcl 50", "450 mg", "900 mg"),
    ],
)
def test_a_band_in_a_bracket_is_of_the_drug_that_it_names(
    asked: Assistant, question: str, dose: str, other: str
) -> None:
    found = asked.ask(question)
    amounts = {str(each.regimen.amount.high) for each in found.regimens if each.regimen.amount}
    assert amounts == {dose.split()[0]}, found.text
    assert other not in found.text


def test_the_dose_below_a_product_is_of_the_drug_of_its_row(asked: Assistant) -> None:
    found = asked.ask("fludarabine dose before tisa-cel")
    assert {each.regimen.drug for each in found.regimens} == {"fludarabine"}
    found = asked.ask("bendamustine dose for lymphodepletion before axi-cel")
    assert {(each.regimen.drug, str(each.regimen.amount.low)) for each in found.regimens if each.regimen.amount} == {
        ("bendamustine", "91")
    }


def test_below_a_maximum_of_either_dose_the_amount_is_worked_out(asked: Assistant) -> None:
    assert "264 mg" in asked.ask("tocilizumab dose, child of 22 kg").text


def test_morning_and_night_are_told(asked: Assistant) -> None:
    text = asked.ask("ursodiol dose 100 kg").text
    assert "310 mg in the morning" in text
    assert "620 mg at night" in text


def test_shorthand_of_two_drugs_is_the_one_that_has_the_grade(asked: Assistant) -> None:
    found = asked.ask("dex dose icans grade 2")
    assert {each.regimen.drug for each in found.regimens} == {"dexamethasone"}
