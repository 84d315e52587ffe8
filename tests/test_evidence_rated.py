"""How good the evidence is, when a page was last seen to, where a figure is from: asked in other words."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

ZELUMAB = """---
title: Zelumab
evidence_level: Low (two series)
last_updated: 2025-03-04
---

# Zelumab

## Overview

Zelumab is an antibody against marsh factor. It is given in marsh fever.

## Mechanism of Action

Zelumab blocks marsh factor, so that fewer beads stick together.

## References

1. Fen A. Zelumab in marsh fever. Bog Med 2020.
"""
SCORES = """---
title: Scores of the marsh (MEX, BOGSCORE)
aliases:
  - MEX
  - BOGSCORE
evidence_level: Moderate
last_updated: 2024-01-02
---

# Scores of the marsh (MEX, BOGSCORE)

## Overview

The Marsh Exposure Index (MEX) and the BOGSCORE are scores from routine values.

| Score | Used for | Source |
|---|---|---|
| MEX | marsh fever [1] | [1] |
| BOGSCORE | bog lung | [2] |

## Formulas

| Score | Formula | Units |
|---|---|---|
| MEX | LDH x beads / platelets | units/L |

## BOGSCORE

| Item | 0 points | 2 points |
|---|---|---|
| Beads | more than 170 | less than 70 |
| Silt | less than 4 | more than 9 |
| Peat | less than 11 | more than 31 |

## References

1. Dyke B, Fen A. The MEX predicts marsh fever. Bog Med 2019;4:11.
2. Moor C. A score for the lung of the bog. Peat J 2021;7:22.
"""


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("rated"), {"drugs/zelumab": ZELUMAB, "models/scores": SCORES})


@pytest.mark.parametrize(
    "question",
    [
        "how good is the evidence behind zelumab here",
        "hows the evidence rated for zelumab",
        "how strong is the evidence for zelumab?",
        "quality of evidence zelumab",
        "what is the certainty of the evidence on zelumab",
        "evidence grade for zelumab?",
        "is the evidence for zelumab weak",
        "how well supported is zelumab",
        "zelumab evidence rating",
        "strength of evidence for zelumab",
        "how robust is the data on zelumab",
    ],
)
def test_the_level_of_evidence_in_other_words(ward: Assistant, question: str) -> None:
    answer = ward.ask(question)
    assert answer.status == "answered"
    assert "Low (two series)" in answer.text


def test_evidence_for_what_no_page_speaks_of_is_not_rated(ward: Assistant) -> None:
    assert ward.ask("how good is the evidence for zelumab in quagmire syndrome").status == "not_found"
    assert ward.ask("how good is the evidence for quenlimab").status == "not_found"


@pytest.mark.parametrize(
    "question",
    [
        "how fresh is the zelumab page",
        "is the zelumab page out of date",
        "when did someone last check the zelumab page",
        "date of the zelumab page",
        "zelumab page still current?",
    ],
)
def test_the_date_of_a_page_in_other_words(ward: Assistant, question: str) -> None:
    assert "2025-03-04" in ward.ask(question).text


@pytest.mark.parametrize(
    "question",
    ["where does the bogscore come from, citation", "reference for the bogscore", "which paper is the BOGSCORE from"],
)
def test_the_paper_is_that_of_the_line_on_the_thing_itself(ward: Assistant, question: str) -> None:
    answer = ward.ask(question)
    assert "Moor C." in answer.text
    assert "Dyke B" not in answer.text


@pytest.mark.parametrize("question", ["mex = ?", "MEX =", "what's mex = what", "formula for mex", "mex formula"])
def test_what_a_score_equals(ward: Assistant, question: str) -> None:
    assert "LDH x beads / platelets" in ward.ask(question).text


@pytest.mark.parametrize(
    "question",
    ["what labs go into bogscore", "which values make up the bogscore", "what do i need to calculate the bogscore"],
)
def test_what_goes_into_a_score(ward: Assistant, question: str) -> None:
    answer = ward.ask(question)
    assert "Silt" in answer.text
    assert "Peat" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "whats the point of zelumab",
        "what is the purpose of zelumab",
        "idea behind zelumab",
        "what is zelumab supposed to do",
        "why bother with zelumab",
    ],
)
def test_what_a_drug_is_to_do(ward: Assistant, question: str) -> None:
    assert "fewer beads" in ward.ask(question).text
