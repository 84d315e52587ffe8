"""Doses that the pages have, asked for in other words than theirs; rows that are for another case than is asked."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

STEPS = """# Quorimab

Step-up by days.

## Epcoritamab

- Cycle 1 day 1: 0.17 mg
- Cycle 1 day 8: 0.9 mg
- Cycle 1 day 15: 5 mg/kg
- Level 2: 33 mg

## Teclistamab

| Phase | Day | Dose (SC) |
|---|---|---|
| Step-up 1 | 1 | 0.07 mg/kg |
| Step-up 2 | 3 | 0.4 mg/kg |

## Missed or late doses of teclistamab

| Time since | Teclistamab |
|---|---|
| 8-28 days | 0.2 mg/kg |
"""
LEVELS = """# Methotrexate and leucovorin rescue

## Leucovorin, usual course

Leucovorin 14 mg/m2 IV every 6 h.

## Leucovorin by level

| Methotrexate level micromol/L | Leucovorin |
|---|---|
| 1-5 | 35 mg/m2 IV every 6 h |
| > 5 | 110 mg/m2 IV every 6 h |
"""
ANTIEMETICS = """# Antiemetics

| Drug | Dose |
|---|---|
| Dexamethasone, with an NK1 antagonist | 11 mg PO |
| Dexamethasone, no NK1 antagonist | 19 mg PO |
"""
PREVENTION = """# Infections

| For | Drug | Dose |
|---|---|---|
| Pneumocystis | Atovaquone | 1,400 mg PO once daily |
| HBV (anti-HBc pos.) | Entecavir | 0.6 mg PO once daily |
| CMV, pre-emptive | Valganciclovir | 800 mg PO BID |

## Transplant-associated TMA

Eculizumab 850 mg IV weekly.

## Mobilisation

Plerixafor 0.25 mg/kg SC once.
"""
STEP_UP = """# Bispecific antibodies: step-up dosing

Outpatients only.
"""
TOCILIZUMAB = """# Tocilizumab

## CRS

Tocilizumab 9 mg/kg IV once.

## Before bispecific antibodies (prophylaxis)

Tocilizumab 4 mg/kg IV once.
"""
KIDNEYS = """# Anakinra

| For | Dose |
|---|---|
| HLH | 2 mg/kg IV every 6 h |
| CRS | 90 mg SC every 12 h |

## Renal impairment

CrCl < 30 mL/min: the same single dose, every second interval is left out. Dialysis: 80 mg SC every 48 h.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(
        tmp_path_factory.mktemp("turned-away"),
        {
            "steps": STEPS,
            "levels": LEVELS,
            "antiemetics": ANTIEMETICS,
            "prevention": PREVENTION,
            "step-up": STEP_UP,
            "tocilizumab": TOCILIZUMAB,
            "anakinra": KIDNEYS,
        },
    )


@pytest.mark.parametrize(
    ("question", "amounts"),
    [
        ("epcoritamab cycle 1 day 8 dose", [0.9]),
        ("epcoritamab dose on cycle 1 day 15", [5]),
        ("teclistamab step up 2 dose", [0.4]),
        ("second step-up dose of teclistamab", [0.4]),
        ("teclistamab dose, missed for 10 days", [0.2]),
        ("folinic acid dose mtx level 3.2", [35]),
        ("usual leucovorin dose", [14]),
        ("dex dose with vs without an NK1", [11, 19]),
        ("dex dose without an NK1", [19]),
        ("atovaquone pjp prophylaxis dose", [1400]),
        ("entecavir dose anti-HBc positive", [0.6]),
        ("valganciclovir dose given pre-emptively", [800]),
        ("eculizumab dose TATMA", [850]),
        ("plerixafor dose n timming", [0.25]),
        ("prophylactic tocilizumab before 1st bispecific dose", [4]),
    ],
)
def test_a_dose_is_found_by_other_words_than_the_pages(made: Assistant, question: str, amounts: list[float]) -> None:
    answer = made.ask(question)
    assert [float(each.regimen.amount.low) for each in answer.regimens if each.regimen.amount] == amounts, answer.text


@pytest.mark.parametrize(
    "question",
    [
        "epcoritamab cycle 2 day 8 dose",
        "entecavir dose for hepatitis C before CAR-T",
        "eculizumab dose PATMA",
        "tocilizumab dose before surgery for arthritis",
    ],
)
def test_a_dose_for_another_case_is_none(made: Assistant, question: str) -> None:
    assert not made.ask(question).regimens


def test_what_holds_for_bad_kidneys_holds_whatever_the_drug_is_for(made: Assistant) -> None:
    assert "every second interval" in made.ask("anakinra dose in HLH, CrCl 22").text
