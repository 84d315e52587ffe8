"""A situation told in the words of the bedside is answered by the section on it, and another's is not."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGES = {
    "lines": """# Central lines (Hickman, PICC)

## Flushing

10 mL saline after each use.

## No blood return

- Reposition, cough, raise the arm.
- Brakinase 5,000 units per lumen for one hour.

## Suspected line infection

- Culture each lumen and a vein at the same time.
- Take the line out for a tunnel infection.
""",
    "neuro": """# Neurotoxicity after cells (ICANS)

## Grades

| Grade | ICE | Action |
|---|---|---|
| 1 | 7-9 | observe, MRI |
| 2 | 3-6 | zelumab 10 mg IV |

## How often

Any grade in 43% of patients, confusion in most.
""",
    "discharge": """# Going home

## Ready when

- No fever for 48 hours
- Lives within an hour
""",
    "sepsis": """# Neutropenic sepsis

## First hour

- Blood cultures from every lumen.
- First antibiotic within 60 minutes of the first temperature of 38 or more.
""",
    "seizures": """# Seizures

## Prophylaxis

Trevacetam 500 mg BD from day 0 to day 30 prevents seizures.

## 0-5 min

- Call for help, airway, oxygen.
- Trazepam 4 mg IV.
""",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    where: Path = tmp_path_factory.mktemp("told")
    return assistant_over(where, PAGES)


def test_a_blocked_line_told_by_what_it_does_not_do(assistant: Assistant) -> None:
    answer = assistant.ask("hickman wont bleed back")
    assert answer.status == "answered"
    assert "Reposition" in answer.text


def test_a_finding_told_by_what_the_patient_cannot_do_leads_to_what_is_done(assistant: Assistant) -> None:
    answer = assistant.ask("pt confused, cant write his name")
    assert answer.status == "answered"
    assert "observe, MRI" in answer.text


def test_a_fever_is_no_line_of_who_has_none(assistant: Assistant) -> None:
    answer = assistant.ask("temp 38.5 what do i do first")
    assert answer.status == "answered"
    assert "antibiotic" in answer.text
    assert "No fever for 48" not in answer.text


def test_who_has_a_seizure_gets_no_line_that_prevents_it_first(assistant: Assistant) -> None:
    answer = assistant.ask("pt fitting now")
    assert answer.status == "answered"
    assert "Call for help" in answer.text
    first = answer.text.splitlines()[0]
    assert "prevents" not in first


def test_a_situation_of_which_no_page_speaks_is_declined(assistant: Assistant) -> None:
    assert assistant.ask("chickenpox contact what do i do").status == "not_found"
    assert assistant.ask("needlestick what do i do").status == "not_found"


def test_who_reacts_to_a_drug_is_not_given_its_dose(tmp_path: Path) -> None:
    page = """# Zelumab

## Dose

Zelumab 15 mg/kg IV every 6 hours, max 750 mg.
"""
    answer = assistant_over(tmp_path, {"zelumab": page}).ask("wheezy after zelumab")
    assert "15 mg/kg" not in answer.text
