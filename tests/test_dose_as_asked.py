"""Doses as wards ask for them: judged in their own words, all bands at once, a first dose, an event long past."""

from pathlib import Path

import pytest

from real_index import assistant_over
from wardbook.assistant import Assistant

STORM = """# Storm after cells

- Hospital sheet: grade 1 zelumab only if fever lasts 48 hours; in grade 2 zelumab after dexamethasone.

## Dosing Regimens

| Drug | Indication | Severity | Dose | Route | Interval | Maximum |
|---|---|---|---|---|---|---|
| Zelumab | storm, at least 30 kg | grade 2 | 7 mg/kg | IV | every 8 hours | 700 mg per dose |
| Zelumab | storm, under 30 kg | grade 2 | 11 mg/kg | IV | every 8 hours | 700 mg per dose |
| Dexamethasone | storm | grade 3 | 9 mg | IV | every 6-12 hours | |
| Dexamethasone | storm, other source | grade 3 | 9 mg | IV | every 6 hours | |
| Anakinra | storm that does not respond to steroids | grade 3-4 | 130 mg | SC | every 6 hours | |
"""
CELLS = """# Before the cells

## Dosing Regimens

| Drug | Indication | Population | Dose | Route | Duration | Conditions |
|---|---|---|---|---|---|---|
| Fludarabine | lymphodepletion before obe-cel (ALL) | up to 25 years | 31 mg/m2 | IV | 4 days | |
| Cyclophosphamide | lymphodepletion before obe-cel (ALL) | adult | 910 mg/m2 | IV | 1 day | day -2 only, once |
| Cyclophosphamide | lymphodepletion before obe-cel (MCL) | adult | 510 mg/m2 | IV | 3 days | |
| Bendamustine | lymphodepletion before obe-cel | adult | 88 mg/m2 | IV | 2 days | prior grade 4 cystitis |

| Product | Fludarabine |
|---|---|
| obe-cel | see the full page |
"""
HISTIOCYTES = """# Emapalumab

## Dosing Regimens

### Primary HLH

| Drug | Indication | Dose | Route | Interval |
|---|---|---|---|---|
| Emapalumab | primary HLH | 1.1 mg/kg | IV | twice weekly |

### HLH in Still disease

| Drug | Indication | Dose | Route | Schedule |
|---|---|---|---|---|
| Emapalumab | HLH in Still disease, first dose | 5.9 mg/kg | IV | day 1 |
| Emapalumab | HLH in Still disease, next doses | 2.9 mg/kg | IV | days 4 to 16, every 3 days |
"""
VIRUS = """# Antivirals

## Dosing Regimens

| Drug | Indication | Dose | Route | Interval |
|---|---|---|---|---|
| Aciclovir | VZV prophylaxis | 790 mg | PO | every 12 hours |
"""


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    pages = {"storm": STORM, "cells": CELLS, "emapalumab": HISTIOCYTES, "virus": VIRUS}
    return assistant_over(tmp_path_factory.mktemp("asked"), pages)


def verdict(ward: Assistant, question: str) -> str | None:
    judged = ward.ask(question).verdict
    return judged[0].result if judged else None


def test_what_is_said_of_another_grade_in_one_sentence_bars_no_dose(ward: Assistant) -> None:
    (_, done), *more = ward.ask("zelumab for storm grade 2, 60 kg, how many mg").computed
    assert (str(done.low), len(more)) == ("420", 0)
    assert "Read first: Hospital sheet" in ward.ask("zelumab dose storm grade 1").text


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("storm gr 3, dexamethasone 20 mg iv q6h written, looks a lot. is it what it should be", "exceeds"),
        ("dexamethasone 9 mg iv q6h storm grade 3 - double check", "within"),
        ("zelumab 7 mg/kg q4h for 60 kg, storm grade 2. right interval?", "exceeds"),
        ("storm grade 3 not answering to steroids, resident wrote for anakinra 130 mg once daily. enough?", "below"),
        ("aciclovir 790 bid to keep shingles away, does that fit", "within"),
        ("aciclovir 1600 bid shingles prophylaxis ok?", "exceeds"),
        ("cyclophosphamide 910 per m2 before obe-cel in ALL on three days, can i release it", "exceeds"),
    ],
)
def test_an_amount_is_judged_in_the_words_of_the_ward(ward: Assistant, question: str, result: str) -> None:
    assert verdict(ward, question) == result


def test_the_figure_that_the_row_states_is_told_and_not_one_made_of_it(ward: Assistant) -> None:
    text = ward.ask("dexamethasone 20 mg iv q6h storm grade 3 ok?").text
    assert "20 mg is above the dose of 9 mg" in text


def test_the_unit_that_was_taken_is_told(ward: Assistant) -> None:
    answer = ward.ask("aciclovir 790 bid shingles prophylaxis ok?")
    assert any("790 mg" in each for each in answer.warnings)
    assert ward.ask("cyclophosphamide 910 daily before obe-cel in ALL ok?").verdict is None  # it may be per m2


@pytest.mark.parametrize(
    "question", ["zelumab dose storm grade 2, both weight bands pls", "zelumab dosing for each weight band, storm g2"]
)
def test_all_bands_that_are_asked_for_are_the_answer(ward: Assistant, question: str) -> None:
    answer = ward.ask(question)
    assert answer.status == "answered"
    assert "7 mg/kg" in answer.text
    assert "11 mg/kg" in answer.text


def test_without_that_the_band_is_asked_back(ward: Assistant) -> None:
    assert ward.ask("zelumab storm grade 2").status == "needs_clarification"


def test_a_first_dose_is_asked_of_every_use(ward: Assistant) -> None:
    answer = ward.ask("emapalumab first dose, 50 kg")
    assert answer.status == "needs_clarification"
    assert {done.low for _, done in answer.computed} == {55, 295}
    assert [each.regimen.indication for each in ward.ask("emapalumab first dose in Still disease").regimens] == [
        "HLH in Still disease, first dose"
    ]


def test_a_child_is_below_a_bound_that_adults_pass(ward: Assistant) -> None:
    answer = ward.ask("boy with ALL before obe-cel, bsa 1.1 m2, fludarabine mg per day?")
    assert [str(done.low) for _, done in answer.computed] == ["34.1"]
    assert "see the full page" not in answer.text


def test_the_letters_of_a_disease_hold_for_its_names(ward: Assistant) -> None:
    for question, dose in (("in mantle cell lymphoma", "510 mg/m2"), ("for leukemia", "910 mg/m2")):
        text = ward.ask(f"cyclophosphamide dose before obe-cel {question}").text
        assert dose in text
        assert text.count("mg/m2 IV") == 1


def test_the_grade_of_a_past_event_is_no_grade_of_what_is_treated(ward: Assistant) -> None:
    assert "88 mg/m2" in ward.ask("bendamustine dose before obe-cel if hx of gr4 cystitis").text


def test_words_for_what_was_not_read_forbid_nothing(tmp_path: Path) -> None:
    rows = "| Severity | Ward list | Cited list |\n|---|---|---|\n| Grade 3 | dexamethasone; ICU | not read |\n"
    page = STORM + "\n## Care by grade\n\n" + rows
    answer = assistant_over(tmp_path, {"storm": page}).ask("Order reads dexamethasone 20 mg IV q6h, storm grade 3. Ok?")
    assert answer.verdict is not None
    assert answer.verdict[0].result == "exceeds"
    assert "not read" not in answer.text
