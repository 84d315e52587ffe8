"""The section for children comes first where it is asked of children, and only there."""

from pathlib import Path

from real_index import assistant_over

PAGE = """# Bog lung (BOL)

## Grading

The MUD score is from the bedside.

### From MUD Score to Grade

| MUD score | BOL grade |
|---|---|
| 8-9 | 1 |
| 5-7 | 2 |
| 0-4 | 3 |

### Children

- Under 11 years the PUDDLE scale replaces the MUD score.
- PUDDLE of 7 or above counts as grade 3 of BOL.

## Management

Call the bog team.
"""


def test_the_section_for_the_group_comes_first(tmp_path: Path) -> None:
    ward = assistant_over(tmp_path, {"bol": PAGE})
    for question in (
        "MUD score how to grade BOL for kids",
        "how to grade BOL in children with the MUD score",
        "BOL grading from MUD score, child",
        "grading of BOL by MUD score, paeds",
    ):
        assert "PUDDLE" in ward.ask(question).text.split("\n")[0], question
    assert "PUDDLE" not in ward.ask("MUD score how to grade BOL").text.split("\n")[0]
    assert "PUDDLE" not in ward.ask("MUD score how to grade BOL in adults").text.split("\n")[0]
    history = [("user", "MUD score how to grade BOL"), ("assistant", "")]
    assert "PUDDLE" in ward.ask("and for kids?", history=history).text
