"""Questions in a ward's own words: what is not used, what counts as what, why it was dropped, who wrote it."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant
from wardbook.whole_question import WITHOUT_SETTING

NOTES = """# Ward drug notes

Last updated: 2024-09-01 | Dr L. Osterman (haematology) | evidence: low

## Fever

- **Fever**: one ear temperature ≥ 38.2 °C.
- **Prolonged fever**: longer than 4 days.
- Armpit temperatures do not count on this ward.

## Catheter lock

### Don't use urokinase

- recent stroke
- line sepsis
- platelets < 25

## Events that stop the trial

A stopping event is any of these:

- death from the product
- grade 4 TMA

## Ruxolitinib

### Monitoring

CMV PCR weekly and a full blood count twice weekly.

## Outcome

Heparin as prophylaxis: no longer given since 2021 (the ORCHID trial was negative).

Colchicine 0.5 mg PO once has been tried for pericarditis; dapsone 50 mg PO likewise. Both rest on case series.
"""
RESCUE = """# High-dose methotrexate and rescue

## Urine pH falls below 7

Sodium bicarbonate 20 mmol/m2 IV over 30 min. No acidic juice.

## Fluids

Adults 2 L/m2/day. No bicarbonate in them on other days.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("made"), {"notes": NOTES, "rescue": RESCUE})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("what counts as fever on our ward (temp?)", "38.2"),
        ("define prolonged fever", "longer than 4 days"),
        ("when must we NOT use urokinase in a catheter", "recent stroke"),
        ("Which events count as a stopping event?", "grade 4 TMA"),
        ("Which PCRs need checking while a patient is on ruxolitinib?", "CMV PCR weekly"),
        ("Why was heparin prophylaxis dropped?", "ORCHID"),
        ("evidence for dapsone in pericarditis?", "case series"),
        ("Who wrote the ward drug notes page?", "Osterman"),
        ("urine pH 6.5 during HD MTX what now", "20 mmol/m2"),
        ("bicarb in the fluids?", "No bicarbonate"),
        ("how oftn shud we be doing CMV PCR on ruxolitinib", "CMV PCR weekly"),
    ],
)
def test_words_of_asking_are_met_by_those_of_the_page(made: Assistant, question: str, said: str) -> None:
    answer = made.ask(question)
    assert answer.status == "answered"
    assert said in answer.text


def test_a_label_that_is_asked_for_defines_before_a_line_that_only_holds_its_words(made: Assistant) -> None:
    assert made.ask("what counts as fever on our ward (temp?)").text.startswith(("Fever", "- Fever"))


def test_what_is_found_without_the_procedure_asked_says_so(tmp_path: Path) -> None:
    pages = {
        "car-t": "# CAR-T\n\n## Overview\n\nCAR-T is given once.\n",
        "crs": "# CRS\n\n## Onset\n\nCRS begins 3 days after CAR-T.\n",
        "icans": "# ICANS\n\n## Onset\n\nICANS begins 5 days after CAR-T.\n",
        "home": "# Going home\n\n## Advice\n\n- No driving for 6 weeks.\n- Ring for a fever of 38 or more.\n",
    }
    answer = assistant_over(tmp_path, pages).ask("how long no driving after car t")
    assert "No driving for 6 weeks" in answer.text
    assert WITHOUT_SETTING in answer.warnings
