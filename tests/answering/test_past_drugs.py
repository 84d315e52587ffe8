"""Drugs that are told as had: which of the drugs of a question come before the one that it asks about."""

import re

import pytest

from wardbook.answering.past_drugs import past_drugs
from wardbook.dosing.drug import DrugMention

_DRUG = re.compile(r"\b(?:zedimab|oxalone|quorinib)\b")


def left(text: str, asked: str = "") -> list[str]:
    found = [DrugMention(each[0], each[0], each.start(), each.end()) for each in _DRUG.finditer(text)]
    past = past_drugs(text, found, lambda _, each: each.drug == asked)
    return [each.drug for each in found if each not in past]


@pytest.mark.parametrize(
    "text",
    [
        "zedimab stopped, quorinib dose",
        "the doctor stopped zedimab and started quorinib, how much is it",
        "we tried zedimab, then oxalone, now quorinib, what is the dose",
        "they gave oxalone and zedimab, now it's quorinib's turn, dose?",
        "zedimab done, quorinib before the cells, dose",
        "zedimab given yesterday, quorinib dose",
        "zedimab did nothing, quorinib for grade 4 harm, dose?",
        "stopped zedimab, quorinib now, dose",
        "she had zedimab and oxalone, now quorinib, what dose",
        "switched from zedimab to quorinib, dose",
        "zedimab was stopped for quorinib, dose",
        "zedimab had no effect, quorinib for harm, dose",
        "zedimab no effect, quorinib dose",
        "zedimab without effect, quorinib harm 70 kg",
        "zedimab was useless, quorinib 70 kg",
        "zedimab made no difference, quorinib for harm",
        "zedimab didn't touch it, quorinib for harm",
        "despite zedimab worse, quorinib for harm, 70 kg",
        "no response to zedimab, quorinib for harm, 70 kg",
        "zedimab went in, quorinib before the cells, 70 kg",
        "quorinib for harm 70 kg, zedimab had no effect",
    ],
)
def test_the_drug_behind_those_had_is_left(text: str) -> None:
    assert left(text) == ["quorinib"]


@pytest.mark.parametrize(
    "text",
    [
        "zedimab and quorinib dose",
        "zedimab or quorinib for harm, dose",
        "is zedimab given with quorinib, dose",
        "zedimab given for harm before quorinib, dose",
        "zedimab dose with quorinib",
        "zedimab has no effect on the kidneys, quorinib dose",
        "zedimab is in stock, quorinib dose",
        "despite harm zedimab and quorinib dose",
    ],
)
def test_none_is_past_drugs_where_none_is_told_as_had(text: str) -> None:
    assert left(text) == ["zedimab", "quorinib"]


def test_a_drug_whose_amount_is_asked_is_asked_about() -> None:
    text = "how much zedimab, we started quorinib"
    assert left(text, asked="zedimab") == ["zedimab", "quorinib"]
    assert left("had zedimab") == ["zedimab"]


def test_a_drug_that_is_named_again_is_not_set_aside() -> None:
    text = "zedimab given yesterday, quorinib running, when may zedimab be repeated"
    assert left(text) == ["zedimab", "quorinib", "zedimab"]


def test_a_drug_that_the_patient_gets_comes_in_the_place_of_none() -> None:
    text = "they gave zedimab before that, he gets quorinib, how much per kg"
    found = [DrugMention(each[0], each[0], each.start(), each.end()) for each in _DRUG.finditer(text)]
    assert not past_drugs(text, found, lambda _, each: False, lambda text, each: text[: each.begin].endswith("gets "))
