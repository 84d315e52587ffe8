"""Verdicts: none rests on a dose whose own condition the question does not meet or does not tell."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

WARD = """# Medicines of the ward

## Gut

Cholestyramine 4.1 g OD; 4.1 g TID for bile salt diarrhoea.

C. difficile: vancomycin 130 mg PO q6h; fulminant 510 mg PO q6h with metronidazole 520 mg IV q8h.

Ileus, lactate > 4: fidaxomicin 210 mg PO q12h.

## Infection

| Why | First | Second (or non-severe penicillin allergy) | Severe penicillin allergy |
|---|---|---|---|
| Fever | Meropenem 1.1 g IV q8h | Cefepime 2.1 g IV q8h | Aztreonam 2.2 g IV q8h |

Clarithromycin IV for pneumonia: 510 mg q12h. Age > 60: 260 mg. > 70: 130 mg.

## Pain

| | Start | Step | Max |
|---|---|---|---|
| Nortriptyline | 11 mg nocte | +11 mg weekly | 77 mg nocte |

| Drug | Load | Then |
|---|---|---|
| Isavuconazole | 210 mg q8h x 6 | 210 mg OD |

## Immunoglobulin

- Start: IVIG 0.41 g/kg every 4 weeks (use adjusted body weight if BMI is over 33). Aim for a trough of 5-7 g/L. If the
  trough stays below 5, go up to 0.61 g/kg every 4 weeks. Never more than 61 g in one infusion.
- Subcutaneous: SCIG 0.11 g/kg weekly, starting one week after the last IVIG. No loading is needed when they come over
  from IVIG; those who have had none get 0.11 g/kg daily for 5 days first.

## Step-up

Cycles are of 21 days.

| Cycle | Day | Glofitamab IV | Infusion time |
|---|---|---|---|
| 1 | 8 | 2.6 mg | 4 h |
| 1 | 15 | 11 mg | 4 h |
| 2 | 1 | 31 mg | 4 h |

If CRS of grade 2 or more with the 11 mg dose, the 31 mg dose runs over 8 h.

## Steroids

- Grade 1: none (prednisolone 21 mg once if on product Q)
- Grade 2: prednisolone 1.1 mg/kg OD
- Grade 3: prednisolone 2.1 mg/kg OD
"""


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("ward"), {"Medicines of the ward": WARD})


@pytest.mark.parametrize(
    "question",
    [
        "cholestyramine 4.1 g tds ok",
        "vancomycin 130 mg qds ok in fulminant c diff",
        "vancomycin 510 mg po q6h ok",
        "fidaxomicin 210 mg q12h ok",
        "cefepime 2.1 g q8h ok in severe penicillin allergy",
        "nortriptyline 55 mg ok to start",
        "isavuconazole 210 mg od ok on day 1",
        "prednisolone 21 mg ok in grade 1",
    ],
)
def test_a_dose_of_another_case_is_no_verdict(ward: Assistant, question: str) -> None:
    answer = ward.ask(question)
    verdict = answer.verdict[0].result if answer.verdict else None
    assert verdict not in ("within", "exceeds", "below"), answer.text


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("cholestyramine 4.1 g od ok", "within"),
        ("clarithromycin 260 mg ok 75 y", "exceeds"),
        ("cholestyramine 4.1 g tds ok for bile salt diarrhoea", "within"),
        ("nortriptyline 55 mg ok", "within"),
        ("nortriptyline 88 mg ok to start", "exceeds"),
        ("cefepime 3 g q8h ok for fever", "exceeds"),
        ("prednisolone 2.1 mg/kg ok in grade 2", "exceeds"),
        ("prednisolone 2.1 mg/kg ok in grade 3", "within"),
        ("start IVIG at 0.2 g/kg every 4 weeks, ok?", "below"),
        ("glofitamab 31 mg on c1d15, ok?", "exceeds"),
    ],
)
def test_a_dose_of_the_case_asked_is_judged(ward: Assistant, question: str, verdict: str) -> None:
    answer = ward.ask(question)
    assert answer.verdict is not None, answer.text
    assert answer.verdict[0].result == verdict, answer.text


OWN_SHORT = """# CRS

## Management

- Grade 2: tocilizumab 8 mg/kg IV over 60 min (max 800 mg). No better 4 h after toci: dexamethasone 10 mg IV once.
"""


def test_a_drugs_own_shorthand_behind_a_no_rules_nothing_out(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, {"crs": OWN_SHORT}).ask
    verdict = ask("toci 800 mg for 110 kg right?").verdict
    assert verdict is not None
    assert verdict[0].result == "within"
    assert "→ 800 mg, the maximum single dose" in ask("toci dose 110 kg").text


def test_a_dose_that_another_section_gives_only_above_a_value_is_not_judged_below_it(tmp_path: Path) -> None:
    page = (
        "# Clots\n\n## Tinzaparin by platelets, treatment\n\n| Platelets (x10^9/L) | Tinzaparin |\n|---|---|\n"
        "| >= 50 | 175 units/kg SC daily |\n| 20-49 | 3500 units SC daily, prophylactic only |\n"
        "\n## Prophylaxis\n\nTinzaparin 3500 units SC daily if platelets > 30.\n"
    )
    asked = assistant_over(tmp_path, {"clots": page})
    below, above = (asked.ask(f"tinzaparin 3500 units prophylaxis platelets {count} ok?").verdict for count in (25, 60))
    assert below is not None
    assert below[0].result == "not_covered"
    assert above is not None
    assert above[0].result == "within"
