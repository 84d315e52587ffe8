"""How and when a drug is stopped, where no row tells it."""

from pathlib import Path

import pytest

from real_index import assistant_over

PAGE = """# Zelumab

## Dosing
| Indication | Dose |
| --- | --- |
| Ward fever | 30 mg IV every 4 weeks |

## Dose in renal impairment
Halve the dose of zelumab where the clearance is low.

## Stop
- Six months after the last fever, with two normal levels.

## Problems
- Headache on zelumab: slow the infusion.
"""


@pytest.mark.parametrize("question", ["when stop zelumab", "when can we stop zelumab?", "stop zelumab when"])
def test_when_a_drug_is_stopped_is_told_by_the_section_of_that(tmp_path: Path, question: str) -> None:
    told = assistant_over(tmp_path, {"zelumab": PAGE}).ask(question)
    assert told.status == "answered"
    assert "Six months after the last fever" in told.text
    assert "Headache" not in told.text


def test_how_long_is_told_by_a_sentence_where_no_row_states_it(tmp_path: Path) -> None:
    page = PAGE.replace("## Stop\n- Six", "## Later\n- Zelumab is continued until six")
    told = assistant_over(tmp_path, {"zelumab": page}).ask("how long do we continue zelumab")
    assert told.status == "answered"
    assert "until six months after the last fever" in told.text


def test_a_row_that_states_how_long_is_the_answer(tmp_path: Path) -> None:
    page = PAGE.replace("every 4 weeks |", "every 4 weeks for 6 months |").replace("## Stop", "## Later")
    told = assistant_over(tmp_path, {"zelumab": page}).ask("how long do we continue zelumab")
    assert "for 6 months" in told.text
    assert told.regimens


SEVERAL = """# Zelumab

## Dosing
| Indication | Dose |
| --- | --- |
| Ward fever | 30 mg IV every 4 weeks |
| Hall fever | 20 mg IV every 4 weeks |

## Repeating
- Zelumab: no more than 2 doses in 24 hours, 3 doses in all.
- Quenlimab: at most 7 doses.
"""


@pytest.mark.parametrize(
    "question", ["how many zelumab doses can i give", "max number of zelumab doses", "how many doses of zelumab max"]
)
def test_how_many_doses_there_may_be_is_told_by_the_line_that_counts_them(tmp_path: Path, question: str) -> None:
    told = assistant_over(tmp_path, {"zelumab": SEVERAL}).ask(question)
    assert told.status == "answered"
    assert "3 doses in all" in told.text
    assert "30 mg" not in told.text
    assert "7 doses" not in told.text


def test_how_many_doses_is_not_told_where_no_line_counts_them(tmp_path: Path) -> None:
    page = SEVERAL.split("## Repeating")[0]
    told = assistant_over(tmp_path, {"zelumab": page}).ask("how many zelumab doses can i give")
    assert told.status != "answered"


def test_how_long_an_event_lasts_is_no_dose_of_the_drug_beside_it(tmp_path: Path) -> None:
    fever = "# Ward fever\n\nWard fever under zelumab: median duration 9 days.\n"
    ward = assistant_over(tmp_path, {"zelumab": PAGE, "ward-fever": fever})
    assert "9 days" in ward.ask("how long does ward fever go on for with zelumab in adults").text
    assert "30 mg" in ward.ask("zelumab dose for ward fever").text
