"""How long ago a dose was vomited or missed chooses the line that holds it."""

from decimal import Decimal
from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.answering.elapsed import _spans, told_elapsed

PAGE = """# Sirolimus

## Doses missed or lost

Less than 6 h late: take it. 7 h or more: leave it out.
Vomited within 30 min: repeat the full dose. 30-60 min: half. After 60 min: nothing.
"""


@pytest.mark.parametrize(
    ("question", "minutes"),
    [
        ("vomited sirolimus 45 min ago", 45),
        ("vomited sirolimus 2 h after the dose", 120),
        ("sirolimus vomited 40 min", 40),
        ("sirolimus infusion over 45 min", None),
        ("sirolimus 45 min ago, vomited 20 min later", None),
    ],
)
def test_the_one_time_that_is_told_is_read(question: str, minutes: int | None) -> None:
    assert told_elapsed(question) == (None if minutes is None else Decimal(minutes))


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("vomited sirolimus 45 min ago", "30-60 min: half"),
        ("vomited sirolimus 20 min ago", "Vomited within 30 min"),
        ("vomited sirolimus 2 h after dose", "After 60 min: nothing"),
    ],
)
def test_the_line_that_holds_it_comes_first(tmp_path: Path, question: str, first: str) -> None:
    text = assistant_over(tmp_path, {"sirolimus": PAGE}).ask(question).text
    assert text.lstrip("- ").startswith(first)
    assert "late: take it" not in text


@pytest.mark.parametrize(
    "question",
    ["vomited sirolimus, fever for 3 h", "sirolimus vomited, started 6 h ago", "vomited sirolimus fever for 3 h"],
)
def test_a_time_of_another_thing_is_none_since(question: str) -> None:
    assert told_elapsed(question) is None


@pytest.mark.parametrize(
    ("head", "minutes", "holds"),
    [
        ("30 min to 2 h", 45, True),
        ("30 min - 2 h", 20, False),
        ("30 min - 2 h", 121, False),
        ("after 60 min", 60, False),
        ("> 60 min", 60, False),
        ("> 60 min", 61, True),
        (">= 60 min", 60, True),
        ("60 min or more", 60, True),
        ("less than 60 min", 60, False),
        ("within 60 min", 60, True),
        ("over 60 min", 90, False),
    ],
)
def test_bounds_hold_as_they_are_written(head: str, minutes: int, holds: bool) -> None:
    assert _spans(head, Decimal(minutes)) is holds
