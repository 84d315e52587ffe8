from decimal import Decimal

import pytest

from wardbook.answering.whole_maximum import is_bounded
from wardbook.corpus.unit import Unit
from wardbook.dosing.compute import Computed, compute
from wardbook.dosing.patient import Patient
from wardbook.dosing.regimen import Amount, Condition, Limit, Regimen, Stated


def bounded(text: str, weight: str, *stated: Stated, single: Limit | None = None) -> bool:
    row = Regimen(
        "alteplase",
        Amount(Decimal("0.09"), Decimal("0.09"), "mg"),
        "0.09 mg/kg",
        "p",
        "s",
        (1, 1),
        per="kg",
        limited_by=stated,
        max_single=single,
    )
    patient = Patient(weight_kg=Decimal(weight))
    done = compute(row, patient)
    assert isinstance(done, Computed)
    return is_bounded(row, done, patient, (Unit("s", (1, 1), "row", text, ""),))


@pytest.mark.parametrize(
    ("text", "weight", "told"),
    [
        ("Stroke — Bolus: 0.09 mg/kg; Infusion: 0.81 mg/kg over 1 h; Max: 90 mg total", "120", True),
        ("Stroke — Bolus: 0.09 mg/kg; Infusion: 0.81 mg/kg over 1 h; Max: 90 mg total", "100", False),
        ("0.09 mg/kg bolus, then 0.81 mg/kg over 1 h, total max 90 mg", "120", True),
        ("0.09 mg/kg bolus, then 0.81 mg/kg over 1 h", "120", False),
        ("0.09 mg/kg bolus, then 0.81 mg/kg; total max 0.9 mg/kg", "120", False),
        ("0.09 mg/kg bolus, then 0.81 mg/kg; total volume 90 mL", "120", False),
    ],
)
def test_a_maximum_of_all_parts_together_bounds_each(text: str, weight: str, told: bool) -> None:
    assert bounded(text, weight) is told


@pytest.mark.parametrize(
    ("words", "told"),
    [("Use adjusted weight if obese; max 10 mg.", True), ("Max 12 mg.", False), ("Usual dose 5 mg.", False)],
)
def test_a_maximum_in_a_sentence_that_was_not_understood_bounds_it(words: str, told: bool) -> None:
    assert bounded("0.09 mg/kg", "120", Stated("s", (3, 3), words)) is told


def test_a_maximum_that_the_arithmetic_knows_is_left_to_it() -> None:
    over = Condition("age", Decimal(75), False, None, False, "a")
    most = Limit(Decimal(8), "mg")
    assert not bounded("0.09 mg/kg", "120", Stated("s", (3, 3), "Over 75 years: max 8 mg.", over, most))
    assert not bounded("0.09 mg/kg", "120", Stated("s", (3, 3), "Max 8 mg."), single=most)


def test_a_maximum_for_sound_kidneys_bounds_a_patient_of_whose_kidneys_nothing_is_said() -> None:
    sound = Condition("creatinine clearance", Decimal(20), True, None, False, "mL/min")
    assert bounded("0.09 mg/kg", "120", Stated("s", (3, 3), "Max 8 mg.", sound, Limit(Decimal(8), "mg")))
