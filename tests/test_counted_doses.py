"""Two pages that give a drug another number of doses at most for one event are both told."""

from pathlib import Path

from real_index import assistant_over

DRUG = """# Zelumab

## Treatment
| For | Dose | Max single dose | Max number |
|---|---|---|---|
| CRS grade 2 or above | 7 mg/kg IV | 640 mg | 3 doses in one episode |
"""
EVENT = """# Cytokine release syndrome (CRS)

## Grade 2
1. Fluids.
2. Zelumab: at most two doses per episode, then think again.
"""


def test_another_number_of_doses_on_the_page_of_the_event_is_told(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"drugs/zelumab": DRUG, "crs": EVENT})
    answer = asked.ask("max number of zelumab doses per CRS episode?")
    assert "3 doses" in answer.text
    assert "two doses" in answer.text
    assert [len(each.sides) for each in answer.conflicts] == [2]


def test_the_same_number_and_another_event_are_no_disagreement(tmp_path: Path) -> None:
    same = EVENT.replace("two", "three")
    asked = assistant_over(tmp_path, {"drugs/zelumab": DRUG, "crs": same, "fever": "# Marsh fever\n\nZelumab helps.\n"})
    assert asked.ask("max number of zelumab doses per CRS episode?").conflicts == ()
    assert asked.ask("zelumab dose in CRS").conflicts == ()
