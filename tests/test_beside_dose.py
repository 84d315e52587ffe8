"""What the question names and no row shown speaks of is said before the dose, and bounds without a unit are read."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

GROWTH = """# Growth factor

| Setting | Drug | Dose |
|---|---|---|
| Autograft, myeloma | Lenograstim | 5 micrograms/kg SC daily |
| Cord | Lenograstim | 10 micrograms/kg SC daily |

Haplo patients: wait for engraftment.
"""
RENAL = """# Renal table

| Drug | CrCl > 50 | CrCl 10-50 | CrCl < 10 |
|---|---|---|---|
| Doripenem | 500 mg IV q8h | 250 mg IV q8h | 250 mg IV q12h |

### Exceptions

- Doripenem in meningitis: 2 g IV q8h whatever the CrCl.
"""
BANDS = """# Bands

## Lysis

- Intermediate: allopurinol 300 mg OD for 7 days. CrCl 10-20: 100 mg OD. CrCl 21-50: 200 mg OD.

## Clots

| Weight | Tinzaparin |
|---|---|
| 80 or more | 14,000 units SC OD |
| 60-79 | 10,000 units SC OD |
| below 60 | 8,000 units SC OD |

## Worms

| Age | Mebendazole |
|---|---|
| 12+ | 400 mg OD |
| 6 to 11 | 200 mg OD |

## Sickness

Olanzapine 5 mg PO nocte. Adults over 75: 2.5 mg.

## Kidneys

| CrCl | Pregabalin |
|---|---|
| 60 and over | 150 mg BID |
| 30-59 | 75 mg BID |

## Platelets

Avatrombopag 40 mg PO daily for platelets < 20. East Asian ancestry: start at 20 mg PO daily.

## Skin

| Grade | Systemic |
|---|---|
| I | none |
| II other, III, IV | methylprednisolone 2 mg/kg/day IV |

## Mould

| Drug | Who | Dose |
|---|---|---|
| Isavuconazole | Adults, and 12-14 y over 50 kg | 200 mg IV q24h |
| Isavuconazole | 2-11 y, and 12-14 y under 50 kg | 5 mg/kg IV q24h |

## Lines

Alteplase 2 mg per lumen; under 30 kg 1 mg per lumen; under 10 kg 0.5 mg per lumen.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("beside"), {"growth": GROWTH, "renal": RENAL, "bands": BANDS})


def test_what_no_row_speaks_of_is_said_first_with_what_its_page_says_and_nothing_is_worked_out(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("lenograstim haplo 70 kg")
    assert answer.text.startswith("Read first: Haplo patients: wait for engraftment.")
    assert "Not compared: “haplo”" in answer.text
    assert not answer.computed


@pytest.mark.parametrize("asked", ["tinzaparin 10000 units for 70 kg monthly", "tinzaparin 70 kg, anti-Xa IU"])
def test_a_rhythm_or_a_unit_is_nothing_that_a_row_must_speak_of(assistant: Assistant, asked: str) -> None:
    assert "Not compared" not in assistant.ask(asked).text


def test_a_bound_of_what_is_named_before_it_is_no_age_or_weight(assistant: Assistant) -> None:
    plain = assistant.ask("tinzaparin anti-Xa: > 80")
    assert "kg are shown" not in " ".join(plain.warnings)


def test_no_amount_is_judged_by_a_row_that_does_not_speak_of_what_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("lenograstim 5 mcg/kg haplo ok?")
    assert answer.text.startswith("Read first: Haplo patients: wait for engraftment.")
    assert answer.verdict is None


def test_a_dose_that_stands_whatever_the_clearance_is_chosen_before_the_bands(assistant: Assistant) -> None:
    verdict = assistant.ask("doripenem 2 g q8h meningitis CrCl 20 ok?").verdict
    assert verdict
    assert verdict[0].result == "within"


@pytest.mark.parametrize(
    ("asked", "result"),
    [
        ("allopurinol 200 mg CrCl 30 ok?", "within"),
        ("allopurinol 300 mg CrCl 30 ok?", "exceeds"),
        ("tinzaparin 8000 units over 80 ok?", "below"),
        ("tinzaparin 8000 units under 60 kg ok?", "within"),
        ("mebendazole 400 mg over 12 ok?", "within"),
        ("alteplase 1 mg 9 kg ok?", "exceeds"),
        ("olanzapine 5 mg over 75 ok?", "exceeds"),
    ],
)
def test_an_amount_is_judged_by_the_band_of_the_patient(assistant: Assistant, asked: str, result: str) -> None:
    verdict = assistant.ask(asked).verdict
    assert verdict
    assert verdict[0].result == result


@pytest.mark.parametrize("asked", ["pregabalin CrCl 59.5", "allopurinol CrCl 20.5", "tinzaparin 79.5 kg"])
def test_a_value_between_two_bands_gets_the_dose_of_neither_and_is_told_so(assistant: Assistant, asked: str) -> None:
    answer = assistant.ask(asked)
    assert answer.status == "not_found"
    assert answer.text.startswith("No ")
    assert "withheld" not in answer.text


def test_the_dose_for_an_ancestry_is_none_where_the_value_given_turns_the_general_one_away(
    assistant: Assistant,
) -> None:
    assert assistant.ask("avatrombopag platelets 40").status == "not_found"
    verdict = assistant.ask("avatrombopag 40 mg platelets 10 ok?").verdict
    assert verdict
    assert verdict[0].result == "within"


def test_a_grade_in_roman_figures_turns_the_rows_of_other_grades_away(assistant: Assistant) -> None:
    assert assistant.ask("methylprednisolone grade I").status != "needs_clarification"
    assert "2 mg/kg" in assistant.ask("methylprednisolone grade IV").text


def test_a_child_of_two_bands_of_weight_is_shown_both(assistant: Assistant) -> None:
    shown = assistant.ask("isavuconazole 13 y").text
    assert "200 mg" in shown
    assert "5 mg/kg" in shown
