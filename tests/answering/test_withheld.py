"""An amount is not worked out where the dose may be another than the one asked, or another patient's."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGES = {
    "cidofovir": "# Cidofovir\n\n5 mg/kg weekly x2, probenecid 2 g PO 3 h before. (Modified: 1 mg/kg 3x/week.)\n",
    "enoxaparin": "# Enoxaparin\n\nCrCl 15-30: 1 mg/kg SC once daily. < 15: none.\n",
    "fondaparinux": "# Fondaparinux\n\n| CrCl | Dose |\n|---|---|\n| > 60 | 2 mg/kg OD |\n| 30-60 | 1 mg/kg OD |\n",
    "heparin": "# Heparin\n\nStart 12 units/kg/h (max 900 at low intensity; 18 units/kg/h standard cap 2,000).\n",
    "vancomycin": "# Vancomycin\n\nLoad 25 mg/kg IV, then 15 mg/kg IV q12h (q8h if young).\n",
    "foscarnet": "# Foscarnet\n\nFoscarnet 60 mg/kg IV q8h.\n",
    "busulfan": "# Busulfan\n\nBusulfan 3 mg/kg (IBW, or actual if lower) IV once daily.\n",
    "amikacin": "# Amikacin\n\nAmikacin 15 mg/kg IV once daily (IBW if BMI > 30).\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("withheld"), PAGES)


@pytest.mark.parametrize(
    "question",
    [
        "cidofovir 70 kg",
        "enoxaparin 78 kg",
        "heparin standard 70 kg",
        "vancomycin 15 mg/kg 70 kg",
        "foscarnet 0.9 mL/min/kg 70 kg",
        "busulfan 70 kg",
    ],
)
def test_an_amount_that_may_be_of_another_dose_is_not_worked_out(made: Assistant, question: str) -> None:
    answer = made.ask(question)
    assert "×" not in answer.text
    assert any(note.startswith("No amount was worked out") for note in answer.warnings)


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("enoxaparin 78 kg CrCl 20", "78 mg"),
        ("enoxaparin renal impairment 78 kg", "78 mg"),
        ("fondaparinux 50 kg", "100 mg"),
        ("heparin 70 kg", "840 units"),
        ("vancomycin 25 mg/kg 70 kg", "1,750 mg"),
        ("foscarnet 70 kg", "4,200 mg"),
        ("amikacin 70 kg", "1,050 mg"),
    ],
)
def test_an_amount_that_is_asked_is(made: Assistant, question: str, amount: str) -> None:
    assert amount in made.ask(question).text
