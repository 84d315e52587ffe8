"""Doses of one row in the columns of several settings: the one that is asked, judged by its own cell alone."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PREVENTION = """# Prevention: allo, auto, CAR-T

| | Allo | Auto | CAR-T |
|---|---|---|---|
| Herpes | zelumab 800 mg PO BID | zelumab 400 mg PO BID | zelumab 400 mg PO BID |
| Yeast | see table | otrimab 400 mg daily | otrimab 200 mg daily |

Nothing by mouth: xanumab 250 mg/m2 IV q12h (pharmacy rounds to 50 mg).

## Second line
Anakinra 60 mg/kg IV q8h or 90 mg/kg q12h; 1 L NS pre (500 mL with each after).
"""
LOADS = """# Loads

Line infection: vancomycin 25 mg/kg load.
"""
KIDNEYS = """# Kidneys

| Drug | Dose |
|---|---|
| Vancomycin | load 25 mg/kg (max 2 g) whatever the kidney, then per level of 15 mg/L |
"""
CHILDREN = """# Storm

| Indication | Population | Dose | Maximum |
|---|---|---|---|
| storm | Child aged at least 2 years, under 30 kg | zelumab 12 mg/kg IV | 800 mg per dose |
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("columns")
    return assistant_over(folder, {"prevention": PREVENTION, "loads": LOADS, "kidneys": KIDNEYS})


@pytest.mark.parametrize(
    ("question", "dose"),
    [("zelumab allo herpes", 800), ("zelumab auto herpes", 400), ("otrimab yeast CAR-T", 200), ("otrimab auto", 400)],
)
def test_the_dose_is_that_of_the_column_asked(made: Assistant, question: str, dose: int) -> None:
    answer = made.ask(question)
    assert [each.regimen.amount.low for each in answer.regimens if each.regimen.amount] == [dose]


def test_where_no_column_is_asked_all_stand(made: Assistant) -> None:
    answer = made.ask("otrimab dose yeast")
    assert {int(each.regimen.amount.low) for each in answer.regimens if each.regimen.amount} == {200, 400}
    assert "CAR-T: otrimab 200 mg" in answer.text


def test_a_verdict_is_that_of_the_column_asked(made: Assistant) -> None:
    assert "ithin" not in made.ask("zelumab 400 mg bid ok for an allo, herpes?").text
    assert "ithin" in made.ask("zelumab 800 mg bid ok for an allo, herpes?").text


def test_a_row_of_which_one_dose_allows_and_another_does_not_says_nothing(made: Assistant) -> None:
    text = made.ask("zelumab 800 mg bid ok?").text
    assert not ("within" in text and "exceeds" in text)


def test_a_maximum_of_another_row_for_the_same_dose_keeps_it_from_being_worked_out(made: Assistant) -> None:
    assert "3,000 mg" not in made.ask("vancomycin load 120 kg").text
    assert "1,500 mg" in made.ask("vancomycin load 60 kg").text
    assert "max 2 g" in made.ask("vancomycin load 120 kg").text
    assert "Within" not in made.ask("vancomycin 3 g load ok for 120 kg?").text
    assert "Within" in made.ask("vancomycin 1.5 g load ok for 60 kg?").text


def test_what_it_is_rounded_to_and_fluid_beside_it_are_no_doses(made: Assistant) -> None:
    amounts = [(int(each.amount.low), each.amount.unit) for each in made._opened.regimens if each.amount]
    assert (50, "mg") not in amounts
    assert (500, "mL") not in amounts
    assert (60, "mg") in amounts


def test_a_row_for_children_is_not_said_to_be_for_adults(tmp_path: Path) -> None:
    text = assistant_over(tmp_path, {"storm": CHILDREN}).ask("zelumab child 29 kg storm").text
    assert "12 mg/kg" in text
    assert "No dose shown" not in text


EVENTS = """# Steroids

| Indication | Grade | Dose |
|---|---|---|
| CRS | grade 2 | dexamethasone 8 mg IV once |
| CRS and ICANS | grade 2 | dexamethasone 9 mg IV once |
| ICANS | grade 3 | dexamethasone 10 mg IV every 6 hours |
"""


def test_what_the_patient_had_before_is_not_what_is_there_now(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"CRS": "# CRS\n\nSee.\n", "ICANS": "# ICANS\n\nSee.\n", "steroids": EVENTS})
    answer = asked.ask("he had CRS yesterday, now ICANS grade 3, how much dexamethasone")
    assert [each.regimen.amount.low for each in answer.regimens if each.regimen.amount] == [10]
    assert "only for grade 2" not in asked.ask("CRS and ICANS grade 3, how much dexamethasone").text


def test_a_choice_of_two_schedules_is_told_by_no_word_of_the_row(made: Assistant) -> None:
    answer = made.ask("anakinra second line dose")
    assert answer.status == "needs_clarification"
    assert "60 mg/kg" in answer.text
    assert "90 mg/kg" in answer.text


MAXIMA = """# Kidneys

| CrCl | Prevention | Treatment, usual max |
|---|---|---|
| > 80 | zelumab 500 mg BID | zelumab 1500 mg BID |
| < 30 | zelumab 250 mg BID | zelumab 500 mg BID |
"""


def test_a_row_with_a_dose_that_may_allow_it_does_not_forbid_it(tmp_path: Path) -> None:
    text = assistant_over(tmp_path, {"kidneys": MAXIMA}).ask("zelumab 1500 mg bid ok?").text
    first = text.partition("250 mg")[0]
    assert "exceeds" not in first


def test_the_reference_marks_of_a_limit_are_no_citations(tmp_path: Path) -> None:
    table = "| Patient | Dose |\n|---|---|\n| adult | zelumab 8 mg/kg IV |\n"
    page = f"# Storm\n\n{table}\nNever exceed 800 mg of zelumab [2][13].\n"
    text = assistant_over(tmp_path, {"storm": page}).ask("zelumab dose for storm, adult").text
    assert "800 mg" in text
    assert "[13]" not in text
