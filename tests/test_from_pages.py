"""What pages say of two things compared: of each what it is, and not what is said of both alike."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.answering.confidence import DOUBTFUL
from wardbook.from_pages import NEAREST_ONLY

ONE = """# Zelumab

## Overview
Zelumab is an antibody against interleukin-9.

## Storage
While zelumab and velumab are both kept cold, only the box of zelumab is dark.
Zelumab is kept longer than others; both boxes differ.
Zelumab boxes are lighter than others; both differ in weight.
"""
OTHER = """# Velumab

## Overview
Velumab is an antibody against interleukin-8.
"""


def test_of_each_of_two_compared_what_it_is_comes_first(tmp_path: Path) -> None:
    text = assistant_over(tmp_path, {"zelumab": ONE, "velumab": OTHER}).ask("zelumab vs velumab mechanism").text
    assert "interleukin-9" in text
    assert "interleukin-8" in text


FALLS = """# Falls

## Rates (per 100 bed-days)
- zelumab 6.1
- velumab 2.2

## Rash
Rash in 4% on zelumab.
"""


def test_which_of_two_has_more_sets_the_figures_of_both_side_by_side_with_their_heading(tmp_path: Path) -> None:
    pages = {"zelumab": ONE, "velumab": OTHER, "falls": FALLS}
    ask = assistant_over(tmp_path, pages).ask
    for question in ("which has more falls, zelumab or velumab?", "falls zelumab vs velumab"):
        text = ask(question).text
        assert "| zelumab | velumab |" in text
        assert "Rates (per 100 bed-days): zelumab 6.1" in text
        assert "Rates (per 100 bed-days): velumab 2.2" in text
    assert ask("which has more rash, zelumab or velumab?").status == "not_found"


CELLS = """# Rese-cel

## Doses
| Disease | Dose (cells) |
|---|---|
| Systemic sclerosis (SSc) | 0.8 x10^6/kg IV once |
| Multiple sclerosis | not established |

## Rates
| Event | SLE (n=39) | SSc (n=14) |
|---|---|---|
| CRS of any grade | 64% | 71% |
| ICANS of any grade | 8% | 0% |
"""


def test_a_dose_is_that_of_the_disease_whose_whole_name_is_asked(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"rese-cel": CELLS})
    text = asked.ask("rese-cel systemic sclerosis dose").text
    assert "0.8" in text
    assert "not established" not in text
    assert "71%" not in asked.ask("rese-cel SSc dose").text


def test_a_letter_alone_asks_nothing(tmp_path: Path) -> None:
    assert assistant_over(tmp_path, {"rese-cel": CELLS}).ask("x").status == "not_found"


LYSIS = """# Lysis syndrome

## Definition

**Laboratory lysis:** two or more of these:

| Test | Threshold |
|---|---|
| Urate | >= 8 mg/dL |
| Potassium | >= 6 mmol/L |

**Clinical lysis:** laboratory lysis plus arrhythmia or seizure.

## First 10 minutes
- Stop the infusion.
- Fetch the blue kit.

## Do not give
- Cola drinks
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How do we define clinical lysis?", "arrhythmia or seizure"),
        ("list the steps in the first 10 min of lysis syndrome", "Fetch the blue kit"),
        ("lysis syndrom, what first in the first 10 mins", "Stop the infusion"),
    ],
)
def test_the_line_that_says_it_is_not_lost_behind_its_section(tmp_path: Path, question: str, told: str) -> None:
    assert told in assistant_over(tmp_path, {"lysis": LYSIS}).ask(question).text


def test_a_doubtful_answer_says_so(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"lysis": LYSIS, "zelumab": ONE, "velumab": OTHER})
    for question in ("lysis syndrome potassium cutoff", "lysis syndrome potassium chart colour of the border"):
        answer = asked.ask(question)
        assert (NEAREST_ONLY in answer.warnings) is (
            answer.status == "answered" and (answer.confidence or 0) < DOUBTFUL
        )


TAPER = """# Zelumab

## Dosing

| Indication | Dose |
| --- | --- |
| CRS | zelumab 3 mg/kg IV daily until better, then taper |

## Taper after CRS

- Full dose every 24 hours for 3 days
- Half of it for 3 days
- Stop.
"""


def test_how_a_drug_is_tapered_is_told_by_the_section_of_that(tmp_path: Path) -> None:
    asked = assistant_over(tmp_path, {"zelumab": TAPER})
    told = asked.ask("how do we taper zelumab in CRS?").text
    assert all(words in told for words in ("Full dose", "Half of it", "Stop."))
    assert "3 mg/kg" in asked.ask("zelumab dose in CRS").text


def test_words_that_give_a_value_leave_nothing_unspoken_of(tmp_path: Path) -> None:
    page = "# Ward\n\n## Problems\n\n| Problem | Do |\n| --- | --- |\n| Hypotension < 90 | 250 mL saline |\n"
    assert "250 mL" in assistant_over(tmp_path, {"ward": page}).ask("systolic 80 on the ward, what do I do").text


CARE = """# Line care

## Dressing
Change the dressing of the line each week.

## Locks
Lock each lumen with 5 mL of zelumab 10 mg/mL.
"""


def test_a_question_that_is_declined_cites_the_nearest_lines_and_none_that_gives_a_dose(tmp_path: Path) -> None:
    answer = assistant_over(tmp_path, {"line-care": CARE}).ask("who pays for the dressing and lumen warranty abroad?")
    assert answer.status == "not_found"
    assert [each.quote for each in answer.citations] == ["Change the dressing of the line each week."]
    assert "Line care > Dressing [1]" in answer.text
    assert "Line care > Locks" in answer.text
    assert "10 mg" not in answer.text


GAPS = """# Bispecific antibodies

## Missed doses
| Last dose given | Gap | Restart with |
|---|---|---|
| Step-up 1 | over 9 days | step-up 1 |
| Full dose | over 30 days | step-up 1 |

## Premedication
Before each step-up dose: paracetamol 1 g PO.

## Key
Reference: Rivers K, Brook A, Lake P, et al. VEXATOR.
"""


def test_a_missed_dose_of_what_no_list_of_drugs_knows_asks_for_no_amount(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, {"bispecifics": GAPS}).ask
    assert "over 9 days" in ask("missed dose of bispecific, how do we restart?").text
    assert "paracetamol" in ask("which premeds before step-up doses of bispecifics?").text


def test_an_entry_of_references_among_other_lines_answers_nothing_but_who_wrote_it(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, {"bispecifics": GAPS}).ask
    assert ask("K 2.9 how fast can I run potassium").status == "not_found"
    assert "Key [1]" in ask("reference for VEXATOR").text


CRITERIA = """# Rust storm

## Diagnosis

**All of:**
- ferrin above 700
- onset after the graft

**and two or more of:**
- leaves brown
- stem hollow
- roots soft

## Watch

**In children:**
- heart rate every hour

**In adults:**
- heart rate every 4 hours
"""


def test_criteria_in_two_lists_of_which_one_counts_come_together(tmp_path: Path) -> None:
    ask = assistant_over(tmp_path, {"storm": CRITERIA}).ask
    text = ask("list the diagnostic criteria of rust storm").text
    assert "ferrin above 700" in text
    assert "two or more of: stem hollow" in text


def test_lists_whose_leads_say_for_whom_stay_apart(tmp_path: Path) -> None:
    text = assistant_over(tmp_path, {"storm": CRITERIA}).ask("list what to watch in children with rust storm").text
    assert "every hour" in text
    assert "every 4 hours" not in text


NOT_SO = """# Line care

## Dressing
Never do at the dressing change:

- wash the dressing of the line with soap
"""


def test_a_line_whose_lead_turns_its_sense_is_not_quoted_without_it(tmp_path: Path) -> None:
    answer = assistant_over(tmp_path, {"line-care": NOT_SO}).ask("who pays for the dressing and soap warranty abroad?")
    assert answer.status == "not_found"
    assert not any("soap" in each.quote for each in answer.citations)
