"""The course before another treatment is asked about, and not that treatment: the doses of all its drugs are given."""

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

COURSE = """# Before the cells

| Drug | Indication | Dose | Route | Interval |
|---|---|---|---|---|
| Fludarabine | lymphodepletion before axi-cel | 31 mg/m2 | IV | daily |
| Cyclophosphamide | lymphodepletion before axi-cel | 510 mg/m2 | IV | daily |
| Fludarabine | lymphodepletion before ide-cel | 32 mg/m2 | IV | daily |
| Cyclophosphamide | lymphodepletion before ide-cel | 320 mg/m2 | IV | daily |
"""
CELLS = """# Products

| Product | Indication | Dose |
|---|---|---|
| axi-cel | lymphoma | 2.1 x 10^6 cells/kg |
| ide-cel | myeloma | 310 x 10^6 cells |
| cilta-cel | myeloma | 0.7 x 10^6 cells/kg |
"""
BISPECIFICS = """# Talquetamab

| Drug | Indication | Dose | Route |
|---|---|---|---|
| Talquetamab | myeloma, first dose | 0.01 mg/kg | SC |
| Dexamethasone | premedication before talquetamab | 17 mg | PO |
| Dexamethasone | nausea | 7 mg | PO |
"""


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"course": COURSE, "cells": CELLS, "bispecifics": BISPECIFICS}
    return assistant_over(tmp_path_factory.mktemp("course"), pages)


@pytest.mark.parametrize(
    ("question", "amounts"),
    [
        ("LD dose before axi-cel", [31, 510]),
        ("lymphodepletion for Yescarta", [31, 510]),
        ("flucy before abecma", [32, 320]),
        ("which chemo before ide-cel", [32, 320]),
        ("axi-cel LD doses", [31, 510]),
        ("premed dose before talquetamab", [17]),
    ],
)
def test_the_doses_of_the_course_are_given(ward: Assistant, question: str, amounts: list[float]) -> None:
    answer = ward.ask(question)
    assert [float(row.regimen.amount.low) for row in answer.regimens if row.regimen.amount] == amounts, answer.text


@pytest.mark.parametrize("question", ["LD dose before cilta-cel", "conditioning chemo before cilta-cel"])
def test_the_dose_of_the_cells_is_none_of_what_goes_before_them(ward: Assistant, question: str) -> None:
    assert not ward.ask(question).regimens


@pytest.mark.parametrize(
    ("question", "amounts"),
    [
        ("axi-cel dose after lymphodepletion", [2_100_000]),
        ("talquetamab first dose", [0.01]),
        ("fludarabine dose before axi-cel", [31]),
    ],
)
def test_what_is_asked_otherwise_is_looked_up_as_ever(ward: Assistant, question: str, amounts: list[float]) -> None:
    answer = ward.ask(question)
    assert [float(row.regimen.amount.low) for row in answer.regimens if row.regimen.amount] == amounts, answer.text


LUPUS = """# Programme

## Before collection

| Drug | Stop before apheresis |
|---|---|
| Prednisolone | down to 9 mg, then none for 6 days |

## Later

Flare of grade 3: prednisolone 0.45 mg/kg for 7 days.

## Numbers

Prednisolone before the cells, cohort of 41: flare rate ratio 0.31 (0.11-0.83).
"""


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("how long off prednisolone before apheresis?", "none for 6 days"),
        ("how much do flares drop with prednisolone before the cells, rate ratio", "0.31"),
    ],
)
def test_time_without_a_drug_and_a_statistic_are_no_dose(
    tmp_path_factory: pytest.TempPathFactory, question: str, words: str
) -> None:
    answer = assistant_over(tmp_path_factory.mktemp("lupus"), {"programme": LUPUS}).ask(question)
    assert words in answer.text
    assert not answer.regimens
