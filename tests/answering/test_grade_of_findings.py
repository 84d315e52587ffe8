"""Which grade findings make is told by the rows of the table of grades that hold them."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

PAGES = {
    "GLOW": """# Glow syndrome (GLOW)

## Grading

| Finding | Grade 1 | Grade 2 | Grade 3 | Grade 4 |
| --- | --- | --- | --- | --- |
| Fever | ≥ 38 °C | ≥ 38 °C | ≥ 38 °C | ≥ 38 °C |
| Pressure | none | low, no vasopressor needed | one vasopressor, with or without vasopressin | two vasopressors |
| Oxygen | none | low-flow nasal cannula | facemask | CPAP, BiPAP or intubation |

## Management

| Grade | What to do |
| --- | --- |
| 1 | cool, bed rest |
| 4 | intensive care, BiPAP trial, give zelumab |
""",
    "DIM": """# Dim syndrome

## Stages

| Stage | Skin | Sees |
| --- | --- | --- |
| 1 | pale | shadows |
| 2 | grey, itching | light only |
""",
}


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("grades"), PAGES)


@pytest.mark.parametrize(
    ("text", "said", "never"),
    [
        ("on bipap, febrile, no pressor. glow grade?", "Grade 4: CPAP, BiPAP or intubation", "one vasopressor"),
        ("norepi plus vasopressin, nasal prongs 2 L - what glow grade", "Grade 3: one vasopressor", "zelumab"),
        ("norepi plus vasopressin, nasal prongs 2 L - what glow grade", "low-flow nasal cannula", "bed rest"),
        ("no fever but on 2 vasopressors and nasal cannula, glow grade?", "two vasopressors", "zelumab"),
        ("glow grade if on a facemask now, hungry", "Grade 3: facemask", "zelumab"),
    ],
)
def test_the_rows_that_hold_the_findings_tell_the_grade(ward: Assistant, text: str, said: str, never: str) -> None:
    answer = ward.ask(text)
    assert answer.status == "answered"
    assert said in answer.text
    assert never not in answer.text


@pytest.mark.parametrize("text", ["cant get out of bed, glow grade?", "hungry, glow grade?"])
def test_a_finding_of_no_grade_and_one_of_another_table_tell_none(ward: Assistant, text: str) -> None:
    assert ward.ask(text).status == "not_found"


def test_the_table_is_that_of_what_is_asked(tmp_path: Path) -> None:
    answer = assistant_over(tmp_path, PAGES).ask("itching all night, dim syndrome stage?")
    assert "2" in answer.text
    assert "vasopressor" not in answer.text


BY_ROW = """# Blue syndrome

## Grades

| Grade | Pressure | Oxygen |
| --- | --- | --- |
| 2 | responds to fluid, no pressor | nasal cannula |
| 3 | one pressor ± vasopressin | facemask |
| 4 | more than one pressor (not counting vasopressin) | CPAP |
"""


def test_every_grade_that_names_the_class_of_a_drug_is_shown(tmp_path: Path) -> None:
    answer = assistant_over(tmp_path, {"blue": BY_ROW}).ask("blue syndrome grade needing noradrenaline only")
    assert "one pressor ± vasopressin" in answer.text
    assert "more than one pressor" in answer.text
    assert "responds to fluid" not in answer.text


def test_findings_alone_are_graded_by_the_table_that_speaks_of_them(ward: Assistant) -> None:
    answer = ward.ask("bp dropping and now on one pressor, what grade is that?")
    assert "Grade 3: one vasopressor" in answer.text
    assert "itching" not in answer.text


def test_the_findings_of_another_disease_are_not_graded_so(ward: Assistant) -> None:
    assert "one vasopressor" not in ward.ask("bp dropping in malaria, what grade is that?").text
