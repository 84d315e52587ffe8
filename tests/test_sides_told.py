"""Who asks for both sides gets what the pages say of views that differ; who does not, does not."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

ZELUMAB = """# Zelumab

## Overview

Zelumab is an antibody against marsh factor. It is given in marsh fever.

## Dosing Regimens

| For | Dose | Maximum |
|---|---|---|
| Marsh fever, adult | 6 mg/kg IV once | 520 mg |

## Where Sources Disagree

**Marsh count at which to give it.** Follow the local protocol.

- Fenland group: below 40 per mL.
- Society of the Moors 2021: below 90 per mL, and only with fever.
- Dyke consortium: at any count.

## References

1. Fen A. Zelumab. 2020.
"""
HUMATE = """# Humate

## Dosing

- Humate 5 g orally once a day in marsh fever

## Conflicting advice

- **Humate and zelumab together.** The label advises against it. The Fenland group gives both.
- **Highest dose of humate.** The label has 480 g; older pages, still copied, have 430 g.
"""


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("sides"), {"drugs/zelumab": ZELUMAB, "drugs/humate": HUMATE})


@pytest.mark.parametrize(
    "question",
    [
        "marsh count to start zelumab, who says what",
        "at which marsh count zelumab? everyone quotes something else",
        "zelumab: marsh count to give it, guidelines dont agree",
        "do the sources agree on the marsh count for zelumab",
        "is there a consensus on the marsh count for zelumab?",
        "marsh count for zelumab, every consultant says something different",
        "zelumab marsh count - conflicting numbers",
        "marsh count 40 or 90 for zelumab, seen both",
    ],
)
def test_all_sides_of_the_list_are_told(ward: Assistant, question: str) -> None:
    answer = ward.ask(question)
    assert answer.status == "answered"
    assert "below 40" in answer.text
    assert "below 90" in answer.text
    assert "Dyke consortium" in answer.text


def test_a_bullet_with_its_own_label_holds_all_its_sides(ward: Assistant) -> None:
    answer = ward.ask("humate highest dose 430 or 480? seen both")
    assert "480 g" in answer.text
    assert "430 g" in answer.text
    assert "advises against" not in answer.text


def test_two_figures_of_which_no_line_tells_both_add_nothing(ward: Assistant) -> None:
    answer = ward.ask("zelumab max 520 or 600 mg?")
    assert "Fenland" not in answer.text
    assert "520 mg" in answer.text


def test_sides_of_another_matter_are_not_those_of_two_figures(ward: Assistant) -> None:
    assert "Fenland" not in ward.ask("zelumab max 520 or 600 mg? seen both").text


def test_a_plain_question_gets_no_sides_and_an_unknown_thing_none(ward: Assistant) -> None:
    assert "Dyke" not in ward.ask("zelumab dose in marsh fever").text
    assert ward.ask("quenlimab in bog disease, who says what").status == "not_found"


def test_sides_stand_before_a_dose(tmp_path: Path) -> None:
    page = ZELUMAB.replace("Marsh count at which to give it", "Maximum of zelumab").replace("below 40 per mL", "520 mg")
    page = page.replace("below 90 per mL", "480 mg")
    answer = assistant_over(tmp_path, {"drugs/zelumab": page}).ask("zelumab max 480 or 520 mg? seen both")
    assert answer.regimens
    assert answer.text.index("480 mg") < answer.text.index("Maximum: 520 mg")


CONDITIONING = """# Conditioning

## Humelan

| Patients | Dose | Day |
|---|---|---|
| Fit, under 66 years | humelan 230 mg/m2 IV | -1 |
| Over 66 years or frail | humelan 170 mg/m2 IV | -1 |
| With kidney disease | humelan 90 mg/m2 IV | -2 |
"""


@pytest.mark.parametrize(
    "question", ["humelan 230 or 170?", "humelan 170 or 230, seen both", "humelan, read 230 and 170"]
)
def test_a_line_for_each_of_two_figures(tmp_path: Path, question: str) -> None:
    answer = assistant_over(tmp_path, {"conditioning": CONDITIONING, "zelumab": ZELUMAB}).ask(question)
    assert "230 mg/m2" in answer.text
    assert "170 mg/m2" in answer.text
    assert "frail" in answer.text


def test_a_figure_that_no_line_has_stands_beside_none(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"conditioning": CONDITIONING, "zelumab": ZELUMAB})
    assert asked.ask("quenlimab 230 or 170, seen both").status == "not_found"
    assert "170 mg/m2" not in asked.ask("humelan 230 or 555?").text


def test_a_dose_that_is_asked_back_for_is_asked_for_beside_the_sides(tmp_path: Path) -> None:
    page = (
        "# Zelumab\n\n## Dosing\n\n| Use | Dose |\n| --- | --- |\n| Treatment of glow | 5 mg/kg IV q12h |\n"
        "| Prophylaxis of glow | 3 mg/kg IV q24h |\n\n## Where sources disagree\n\n"
        "- Maintenance dose of zelumab. One society uses 6 mg/kg and another 5 mg/kg.\n"
    )
    answer = assistant_over(tmp_path, {"zelumab": page}).ask("is zelumab 10 mg/kg q12h right? seen 5 and 10 mg/kg")
    assert "another 5 mg/kg" in answer.text
    assert answer.status == "needs_clarification"
    assert {each.regimen.setting for each in answer.regimens} >= {"treatment", "prophylaxis"}
