"""What a person asks of a thing by its name ("ZELS grading", "grade 2 ZELS what do I do") is told by its heading."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.answering.question import understand
from wardbook.assistant import Assistant
from wardbook.corpus.names import Name, Names
from wardbook.dosing.drug import drug_names

ZELS = """---
title: Zonal effluent laxity syndrome
aliases: [ZELS]
---
# Zonal effluent laxity syndrome (ZELS)

## Overview
A warm swelling after cell infusion.

## ZELS in children
Think of: dust fever first. Mostly grade 1.

## Grading

| | Grade 1 | Grade 2 | Grade 3 |
|---|---|---|---|
| Warmth | yes | yes | yes |
| Swelling | none | of one limb | of two limbs |

## Management by grade

### Grade 1
- Cool the limb
- Draw cultures

### Grade 2
- Raise the limb
- Tell the outreach team

### Grade 3
- Move to intensive care
- As grade 2, with a cast

## Monitoring
Calf girth every shift.

## Work-up at first warmth
Plain film and a girth chart.

## Prophylaxis
Stockings from day -2.

## Differential
Also gout, a clot, a sting.

## Outcome
Of 40 patients 3 lost a toe.

## When to call
Girth over 50 cm, or any blister: bleep 4455.

## Discharge
Two days without warmth.

## Refs
1. Marl K, et al. The lax zone. 2020.
"""
AUDIT = """# Belt audit

## Predictors of ZELS grade ≥ 2

| Factor | RR |
|---|---|
| High belt | 2.1 |
| Old belt | 1.4 |

## Safety
ZELS any grade 12 %.
"""
DRUG = """# Melkinib

## Refractory ZELS
Give the first dose by tube if the patient is asleep. ZELS that lasts is treated with it.

## Mechanism
Blocks the lax kinase.

## Preparation
Shake in 20 mL of saline and swirl.

## Storage
Fridge, on the lower shelf.
"""


@pytest.fixture(scope="module")
def wards(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"zels": ZELS, "audit": AUDIT, "melkinib": DRUG}
    return assistant_over(tmp_path_factory.mktemp("headings"), pages)


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("zels grading", "Grading"),
        ("zels grading table", "Grading"),
        ("how is zels graded", "Grading"),
        ("zels grade 1 what do i do", "Management by grade > Grade 1"),
        ("grade 2 zels management", "Management by grade > Grade 2"),
        ("zels g2 treatment", "Management by grade > Grade 2"),
        ("grade 3 zels management", "Management by grade > Grade 3"),
        ("zels monitoring", "Monitoring"),
        ("zels workup", "Work-up at first warmth"),
        ("how do we prevent zels", "Prophylaxis"),
        ("what else could zels be", "Differential"),
        ("zels prognosis", "Outcome"),
        ("who do i call for zels", "When to call"),
        ("when can zels pt go home", "Discharge"),
    ],
)
def test_a_heading_tells_what_is_asked_of_a_thing(wards: Assistant, question: str, section: str) -> None:
    answer = wards.ask(question)
    assert answer.status == "answered"
    assert (answer.citations[0].page, answer.citations[0].section) == ("zels", section)


@pytest.mark.parametrize(
    ("question", "words"), [("melkinib administration", "20 mL of saline"), ("melkinib storage", "lower shelf")]
)
def test_how_a_drug_is_made_up_and_kept_is_told(wards: Assistant, question: str, words: str) -> None:
    assert words in wards.ask(question).text


def test_a_section_of_a_grade_is_given_whole_and_alone(wards: Assistant) -> None:
    text = wards.ask("zels grade 2 what do i do").text
    assert "Raise the limb" in text
    assert "outreach" in text
    assert "Cool the limb" not in text
    assert "intensive care" not in text


@pytest.mark.parametrize("question", ["melkinib prognosis", "how do we prevent gout", "melkinib grading"])
def test_what_has_no_heading_of_its_own_is_not_made_up(wards: Assistant, question: str) -> None:
    assert wards.ask(question).status == "not_found"


def test_a_name_is_known_in_either_spelling(tmp_path: Path) -> None:
    pages = {
        "dol": "# Dolor tumor laxity\n\n## Prevention\nBlue lamp at night.\n",
        "haem": "# Haemal oedema\n\n## Monitoring\nGirth daily.\n",
    }
    ask = assistant_over(tmp_path, pages).ask
    assert "Blue lamp" in ask("how do we prevent dolor tumour laxity").text
    assert "Girth daily" in ask("hemal edema monitoring").text


def test_a_bare_figure_behind_the_acronym_of_a_page_is_a_grade(wards: Assistant) -> None:
    text = wards.ask("zels 2 what do i do").text
    assert "Raise the limb" in text
    assert "Cool the limb" not in text


def test_a_figure_that_counts_or_measures_something_is_no_grade() -> None:
    names = Names([Name("ZELS", "alias", "zels", "Zonal effluent laxity syndrome")])
    drugs = drug_names([])
    assert understand("zels 2 steroid", names, drugs).grades == (2,)
    for question in ("zels 2 doses", "zels 2 mg", "zels 2 h ago", "zels 2.5", "zels 12", "zels 2 of 3"):
        assert understand(question, names, drugs).grades == ()


def test_a_section_of_what_to_do_is_for_what_its_page_is_on(tmp_path: Path) -> None:
    pages = {
        "zels": "# ZELS\n\n## What to do\n\n**Grade 2**\n- Zelumab 10 mg IV 12-hourly\n\n"
        "**Grade 3**\n- Zelumab 10 mg IV 6-hourly\n",
        "step": "# Step-up dosing\n\n## Side effects\n\n**ZELS**: G1 hold; G2 zelumab 12 mg 12-hourly; G3 hold.\n",
    }
    ask = assistant_over(tmp_path, pages).ask
    assert "10 mg IV 12-hourly" in ask("zelumab dose zels grade 2").text
    assert "10 mg IV 6-hourly" in ask("zels grade 3 zelumab dose").text


def test_a_grade_beside_a_name_and_a_kind_tells_no_more(wards: Assistant) -> None:
    for question in ("zels g3 treatment", "steps for gr3 zels pls"):
        answer = wards.ask(question)
        assert answer.status == "answered"
        assert answer.citations[0].section == "Management by grade > Grade 3"
