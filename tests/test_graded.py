"""A grade that is asked for is told by the row that holds the finding, the value or how long it has lasted."""

from pathlib import Path

import pytest

from real_index import assistant_over

ZENS = """# ZENS

## Grade

| Grade | ZEN | Wakes to |
| --- | --- | --- |
| 1 | 7-9 | spontaneously |
| 2 | 3-6 | voice |
| 3 | 0-2 | touch only |

## Driving

No driving for 8 weeks after the beads.
"""
COUNTS = """# Low counts

## Early (day 0-30)

| Grade | ANC 0.5 or less for |
| --- | --- |
| 1 | 1-6 days |
| 2 | 7-13 days |
| 3 | 14 days or more |

## Late (after day +30)

| Grade | ANC |
| --- | --- |
| 1 | ≤ 1.5 |
| 2 | ≤ 1.0 |
| 3 | ≤ 0.5 |
"""
ORGANS = """# Organ stages

## Staging

| Stage | Skin (BSA) | Gut, stool (mL/day) |
| --- | --- | --- |
| 0 | none | < 500 |
| 1 | < 25% | 500-999 |
| 2 | 25-50% | 1000-1500 |
| 3 | > 50% | > 1500 |
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("pt confused, ZEN 5, what grade", ("3-6",)),
        ("ANC 300 for 10 days, what grade", ("7-13 days",)),
        ("How do I stage the gut by stool volume?", ("500-999", "1000-1500")),
    ],
)
def test_a_grade_is_told_by_the_row_that_holds_what_is_given(
    tmp_path: Path, question: str, told: tuple[str, ...]
) -> None:
    found = assistant_over(tmp_path, {"zens": ZENS, "counts": COUNTS, "organs": ORGANS}).ask(question)
    assert found.status == "answered"
    assert all(words in found.text for words in told), found.text


def test_a_value_of_what_no_row_goes_by_has_no_grade(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, {"zens": ZENS, "counts": COUNTS, "organs": ORGANS}).ask
    assert ask("lipase 900, what grade of pancreatitis").status == "not_found"


def test_a_share_of_the_body_is_told_by_the_one_column_of_shares(tmp_path: Path) -> None:
    text = assistant_over(tmp_path, {"organs": ORGANS}).ask("rash on 60% of the body, organ stage").text
    assert "> 50%" in text


def test_the_row_of_a_value_stands_beside_the_lines_on_what_else_is_told(tmp_path: Path) -> None:
    page = ZENS + "\n## Notes\n\nZEN 0 in who is awake and hums can be grade 3 of ZENS; who is awake is asked twice.\n"
    assert "3-6" in assistant_over(tmp_path, {"zens": page}).ask("zen 5/10, awake. zens grade").text
