"""Who tells findings and asks what to do gets, beside the rows of grades that hold them, what is done for these."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGE = """# Glow syndrome

## Grading

| Grade | Blood pressure | Oxygen |
|---|---|---|
| 1 | normal | none |
| 2 | low, answers to fluid | up to 6 L/min |
| 3 | one vasopressor | mask |

## What we do

| Grade | Drugs | Where |
|---|---|---|
| 1 | paracetamol 1 g PO | ward |
| 2 | zelumab 7 mg/kg IV | ward, outreach told |
| 3 | zelumab 7 mg/kg IV and dexamethasone 11 mg IV | HDU |
"""
APART = {
    "glow": PAGE.split("## What we do")[0].replace("Glow syndrome", "GLOW: what it is"),
    "steroids": "# Steroids\n\n## GLOW\n\n| GLOW grade | Dose |\n|---|---|\n| 2 | dexamethasone 9 mg IV |\n"
    "| 3 | dexamethasone 11 mg IV |\n\n## Rash\n\n| Rash grade | Dose |\n|---|---|\n| 3 | dexamethasone 2 mg IV |\n",
}


@pytest.fixture(scope="module")
def one_page(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("one"), {"glow": PAGE})


def test_what_is_done_for_the_grade_stands_behind_its_row(one_page: Assistant) -> None:
    told = one_page.ask("glow syndrome, bp low on one vasopressor, what do i do").text
    assert "one vasopressor" in told
    assert "dexamethasone 11 mg IV" in told
    assert told.index("one vasopressor") < told.index("dexamethasone 11 mg IV")


def test_who_asks_for_the_grade_is_told_no_treatment(one_page: Assistant) -> None:
    told = one_page.ask("glow syndrome on one vasopressor, what grade").text
    assert "dexamethasone" not in told


def test_what_is_done_may_stand_on_another_page_that_names_the_same(tmp_path: Path) -> None:
    told = assistant_over(tmp_path, APART).ask("GLOW, bp low on one vasopressor, what do i do").text
    assert "dexamethasone 11 mg IV" in told
    assert "dexamethasone 2 mg" not in told


SCORED = """# GLOW

GLOW begins as confusion; the LUX is scored each shift.

## Grade

| | Gr 1 | Gr 2 | Gr 3 |
|---|---|---|---|
| LUX | 7-9 | 3-6 | 0-2 |
| Looks | awake | to voice | to touch |

## What to do

- All grades: nil by mouth.
- Grade 1: watch, lamp off
- Grade 2: dexamethasone 9 mg IV 12-hourly
- Grade 3: dexamethasone 11 mg IV 6-hourly
"""


@pytest.mark.parametrize(("score", "dose", "other"), [("5", "9 mg", "11 mg"), ("LUX score 1", "11 mg", "9 mg")])
def test_the_grade_is_that_of_the_column_in_which_the_score_falls(
    tmp_path: Path, score: str, dose: str, other: str
) -> None:
    asked = score if score.startswith("LUX") else f"LUX {score}"
    told = assistant_over(tmp_path, {"glow": SCORED}).ask(f"GLOW, {asked}, confused what do i do").text
    assert f"dexamethasone {dose} IV" in told
    assert other not in told


def test_what_else_is_found_may_make_the_grade_worse_than_the_score_does(tmp_path: Path) -> None:
    page = SCORED.replace("| Looks | awake | to voice | to touch |", "| Seizure | - | - | any |")
    told = assistant_over(tmp_path, {"glow": page}).ask("GLOW, LUX 5, confused, had a seizure, what do i do").text
    assert "dexamethasone 11 mg IV" in told
    assert "lamp off" not in told


def test_what_takes_from_the_treatment_of_a_grade_stands_behind_it(tmp_path: Path) -> None:
    page = SCORED.replace("9 mg IV 12-hourly", "9 mg IV 12-hourly. Not in children.")
    told = assistant_over(tmp_path, {"glow": page}).ask("GLOW, LUX 5, confused, what do i do").text
    assert "dexamethasone 9 mg IV" in told
    assert "Not in children" in told
    apart = SCORED.replace("- Grade 2: dexamethasone 9 mg IV 12-hourly\n", "").replace(
        "- All grades: nil by mouth.\n",
        "- All grades: nil by mouth.\n\n### Grade 2\n\nGive dexamethasone 9 mg IV. Not in children.\n\n### Others\n\n",
    )
    told = assistant_over(tmp_path / "apart", {"glow": apart}).ask("GLOW, LUX 5, confused, what do i do").text
    assert "Give dexamethasone 9 mg IV" in told
    assert "Not in children" in told
