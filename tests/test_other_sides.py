"""Two pages that give a fact of a drug another figure for one event are both told."""

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


AIMED = """# Zelumab

## Prophylaxis
| Who | Dose | Start | Stop |
|---|---|---|---|
| Adults | 500 mg PO BID | day +2 | day +35 if no marsh fever |
"""
DISCHARGE = """# After discharge

- Weigh daily
- Stop zelumab at day +28 if there was no marsh fever
- Stop quenlimab at day +7
"""
FEVER = "# Marsh fever\n\nPreventing it: see [[zelumab]]. Prophylaxis stops on day +35.\n"


def test_another_day_to_stop_on_another_page_is_told(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"drugs/zelumab": AIMED, "ward/discharge": DISCHARGE, "fever": FEVER})
    answer = asked.ask("when do we stop zelumab prophylaxis?")
    assert "day +35" in answer.text
    assert "day +28" in answer.text
    assert "day +7" not in answer.text
    assert [len(each.sides) for each in answer.conflicts] == [2]


def test_the_same_day_and_a_question_for_something_else_are_no_disagreement(tmp_path: Path) -> None:
    same = DISCHARGE.replace("+28", "+35")
    asked = assistant_over(tmp_path, {"drugs/zelumab": AIMED, "ward/discharge": same, "fever": FEVER})
    assert asked.ask("when do we stop zelumab prophylaxis?").conflicts == ()
    assert asked.ask("zelumab prophylaxis dose?").conflicts == ()


BARE = """# Zelumab

## CRS grade 2 or above
| Weight | Dose |
|---|---|
| 30 kg and above | 7 mg/kg IV |

- No more than 3 doses in 24 hours
- May be repeated after 9 hours
- Quenlimab: at most 2 doses
"""


def test_what_the_row_of_a_dose_does_not_say_and_is_asked_is_quoted_from_beside_it(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"drugs/zelumab": BARE, "crs": "# Cytokine release syndrome (CRS)\n\nFever.\n"})
    most = asked.ask("how many zelumab doses at most in CRS grade 2, 60 kg?").text
    assert "No more than 3 doses in 24 hours" in most
    assert "Quenlimab" not in most
    assert "after 9 hours" in asked.ask("how soon can zelumab be repeated in CRS grade 2, 60 kg?").text
    dose = asked.ask("zelumab dose in CRS grade 2, 60 kg?").text
    assert "No more than 3 doses in 24 hours" in dose  # what limits a dose stands with it, asked or not
    assert "Quenlimab" not in dose
