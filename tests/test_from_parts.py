"""A question of two parts is answered for the part that the pages hold, and says which that was."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.from_parts import parts_of

PAGE = """# Zelumab

## Monitoring
Aim at a C9 level below 12% of normal on zelumab: above it the next dose comes 4 days earlier.

## Storage
Zelumab is kept in the blue fridge.
"""


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("what C9 level on zelumab and what if not reached", ("what C9 level on zelumab", "what if not reached")),
        ("where is zelumab kept? who opens the fridge?", ("where is zelumab kept", "who opens the fridge")),
        ("ferritin 9000 on zelumab, what do we do", ()),  # the first part is told of the patient
        ("what C9 level if on dialysis and what", ()),
        ("what about fever and rash", ()),
    ],
)
def test_a_question_is_split_where_another_one_begins(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question) == parts


def test_a_part_that_the_pages_hold_is_answered_and_the_other_named(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, {"zelumab": PAGE}).ask
    found = ask("what C9 level on zelumab and what if unreached or unobtainable")
    assert "below 12% of normal" in found.text
    assert any("unobtainable" in warning for warning in found.warnings)
    assert ask("who pays for zelumab and where do unicorns graze").status == "not_found"
