from dataclasses import replace
from decimal import Decimal

import pytest

from wardbook.answering.bars import bars
from wardbook.answering.levels import speaks_of_level
from wardbook.corpus.unit import Unit
from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.forbidden import Asked
from wardbook.dosing.patient import Patient
from wardbook.dosing.regimen import Amount, Condition, Regimen

DOSE = Regimen("valproic acid", Amount(Decimal(40), Decimal(40), "mg"), "40 mg/kg", "p", "s", (1, 1), per="kg")
UNDER_TWO = Patient(weight_kg=Decimal(12), age_y=Decimal("1.5"))
OLD = Patient(weight_kg=Decimal(80), age_y=Decimal(70))


def asked_of(patient: Patient, asked: str) -> Asked:
    query = DoseQuery(DOSE.drug, asked, weight_kg=patient.weight_kg, age_y=patient.age_y, crcl=patient.crcl)
    return Asked(replace(query, measured=patient.said or asked, part=asked), asked)


def against(words: str, patient: Patient = OLD, asked: str = "", *, own: bool = True, row: Regimen = DOSE) -> list[str]:
    lines = (1, 1) if own else (2, 2)
    first = Unit("s", (1, 1), "bullet", "Valproic acid 40 mg/kg IV.", "")
    units = (Unit("s", lines, "bullet", words, words),)
    return [bar.words for bar in bars(row, asked_of(patient, asked), units if own else (first, *units))]


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize(
    ("words", "patient", "asked"),
    [
        ("Not < 2 y, not in liver disease.", UNDER_TWO, ""),
        ("Not under 24 months.", UNDER_TWO, ""),
        ("Avoid if < 15 kg.", UNDER_TWO, ""),
        ("Over 60 years start 25 mg.", OLD, ""),
        ("20 mg/kg if >65.", OLD, ""),
        ("Load 40 mg/kg over 30 min (8 mg/kg if age >65 or liver disease).", OLD, ""),
        ("Max 3 g/day if < 90 kg.", OLD, ""),
        ("Not in neonates.", UNDER_TWO, "valproate neonate 3 kg"),
        ("Avoid in dialysis.", OLD, "valproate in dialysis 80 kg"),
        ("Do NOT start if K <3.3; replete first.", OLD, "valproate 80 kg K 3.0"),
        ("Hold if QTc is above 500 ms.", OLD, "valproate QTc 510"),
    ],
)
def test_what_the_unit_or_the_next_one_says_of_this_patient_is_a_bar(
    words: str, patient: Patient, asked: str, own: bool
) -> None:
    assert against(words, patient, asked, own=own)


@pytest.mark.parametrize(
    ("words", "patient", "asked"),
    [
        ("Not < 2 y, not in liver disease.", OLD, ""),
        ("Avoid if < 15 kg.", OLD, ""),
        ("Avoid if < 15 kg.", Patient(), ""),
        ("Over 75 years start 25 mg.", OLD, ""),
        ("Licensed for patients over 18 years.", OLD, ""),
        ("Over 18 years: 40 mg/kg.", OLD, ""),
        ("Not in neonates.", UNDER_TWO, "valproate child 12 kg"),
        ("Avoid in dialysis.", OLD, "valproate, not on dialysis, 80 kg"),
        ("Do NOT start if K <3.3.", OLD, "valproate 80 kg K 4.1"),
        ("Do NOT start if K <3.3.", OLD, "valproate 80 kg glucose 3.0"),
        ("Phenytoin: not over 65 years.", OLD, ""),
    ],
)
def test_what_it_says_of_others_is_none(words: str, patient: Patient, asked: str) -> None:
    assert against(words, patient, asked, own=False) == []


def test_a_regimen_chosen_by_its_own_band_is_not_barred_by_another_of_the_same_kind() -> None:
    band = Condition("age", Decimal(65), False, None, False, "a")
    row = Regimen("valproic acid", Amount(Decimal(8), Decimal(8), "mg"), "", "p", "s", (1, 1), per="kg", condition=band)
    assert against("40 mg/kg over 18 years; 8 mg/kg over 65 years.", row=row) == []


def test_rows_of_a_table_that_are_not_the_regimens_own_are_alternatives() -> None:
    other = Unit(
        "s", (3, 3), "row", "> 60 years — Dose: 10 mg/kg", "", values=(("Age", "> 60 years"), ("Dose", "10 mg/kg"))
    )
    assert bars(DOSE, asked_of(OLD, ""), (other,)) == ()


@pytest.mark.parametrize(
    ("words", "asked", "told"),
    [
        ("if potassium is below 3.3", "K 3.0", True),
        ("if K < 3.3", "K is 3.3", False),
        ("if K <= 3.3", "potassium 3.3", True),
        ("if platelets < 50", "plt 40", True),
        ("if ANC less than 0.5", "ANC 0.5", False),
        ("if over 65", "age over 70", False),
    ],
)
def test_a_level_is_held_against_the_bound_of_its_own_name(words: str, asked: str, told: bool) -> None:
    assert speaks_of_level(words, asked) is told


def test_a_dose_for_a_measured_value_that_the_patient_has_is_a_bar() -> None:
    words = "When glucose is below 14 mmol/L give 20 mg/kg and stop the fluids."
    low, high = (Patient(weight_kg=Decimal(80), said=f"valproate 80 kg glucose {value}") for value in (12, 20))
    assert against(words, low, own=False) == [words]
    assert against(words, high, own=False) == []


def test_an_exclusion_of_a_kidney_function_that_the_patient_does_not_have_is_no_bar() -> None:
    words = "CrCl < 40 — do not give; other regimen."
    asked = "valproate 80 kg crcl {}"
    good, bad = (Patient(weight_kg=Decimal(80), crcl=Decimal(crcl), said=asked.format(crcl)) for crcl in (60, 30))
    assert against(words, good, asked.format(60)) == []
    assert against(words, bad, asked.format(30)) == [words]


def test_a_sentence_that_names_the_drug_and_calls_its_dose_another_is_a_bar() -> None:
    words = "Reduced valproic acid: age over 68, or CrCl below 40."
    weak = Patient(weight_kg=Decimal(80), crcl=Decimal(30))
    assert against(words, OLD, own=False) == [words]
    assert against(words, weak, own=False) == [words]
    assert against(words, Patient(age_y=Decimal(50)), own=False) == []
    assert against(words, OLD, own=False, row=replace(DOSE, indication="reduced")) == []


def test_another_weight_for_a_body_mass_that_the_patient_has_is_a_bar() -> None:
    words = "Obese (BMI over 30): adjusted weight = ideal + 0.25 × (actual − ideal)."
    stout, lean = (Patient(weight_kg=Decimal(110), said=f"valproate 110 kg BMI {value}") for value in (38, 24))
    assert against(words, stout, own=False) == [words]
    assert against(words, lean, own=False) == []


def test_a_bare_bound_that_heads_another_dose_may_be_an_age() -> None:
    words = "Valproic acid 40 mg/kg IV; over 75: 20 mg/kg."
    assert against(words, Patient(age_y=Decimal(80))) == [words]
    assert against(words, Patient(age_y=Decimal(60))) == []
