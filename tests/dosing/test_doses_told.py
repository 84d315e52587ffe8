"""Doses that a question tells to have been given before: which the next one is, of which drug, and how long ago."""

from decimal import Decimal

import pytest

from wardbook.dosing.doses_counted import most_doses
from wardbook.dosing.doses_told import hours_since, told_before
from wardbook.dosing.drug import DrugMention

_DRUGS = ("zelumab", "otrimab")


def _mentions(text: str) -> list[DrugMention]:
    found = [(text.find(drug), drug) for drug in _DRUGS if drug in text]
    return [DrugMention(drug, drug, at, at + len(drug)) for at, drug in sorted(found)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("zelumab 5th dose 70 kg", 5),
        ("fifth dose of zelumab", 5),
        ("she has had four doses of zelumab already, next?", 5),
        ("zelumab 4 doses given, another one?", 5),
        ("zelumab, 4 doses done", 5),
        ("after the second dose of zelumab, still febrile", 3),
        ("he's had four already, zelumab", 5),
        ("zelumab again", 2),
        ("zelumab weekly", 2),
        ("can I give a 4th now of zelumab", 4),
        ("can I give the seventh now, zelumab", 7),
        ("give the ninth today, zelumab", 9),
        ("zelumab x4 given, 70 kg", 5),
        ("zelumab, 4 given", 5),
        ("zelumab given three times today", 4),
        ("zelumab given twice already", 3),
        ("zelumab x3 today", 4),
        ("after three zelumab", 4),
        ("had 4 zelumab doses so far", 5),
        ("zelumab given 3 times a day", 2),
        ("zelumab given twice weekly", 1),
        ("storm grade 4 given zelumab", 1),
        ("zelumab 0.4 given", 1),
        ("zelumab to be given three times", 1),
        ("otrimab x4 given, zelumab", 1),
        ("zelumab dose", 1),
        ("first dose of zelumab", 1),
        ("4 doses of zelumab left", 1),
        ("zelumab 100 mg for 4 doses", 1),
        ("zelumab after 2 doses of otrimab", 1),
        ("zelumab second line dose", 1),
        ("zelumab, on otrimab 10 mg daily", 1),
    ],
)
def test_the_number_of_the_next_dose(text: str, number: int) -> None:
    assert told_before(text, _mentions(text), "zelumab").number == number


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("zelumab again after 4 hours", Decimal(4)),
        ("zelumab, last dose 6 h ago", Decimal(6)),
        ("zelumab 6 hours after the first dose", Decimal(6)),
        ("zelumab 5 hours ago, again?", Decimal(5)),
        ("zelumab 560 mg was given 3 h ago", Decimal(3)),
        ("zelumab, fever began 6 hours ago", None),
        ("zelumab for storm that began 6 hours ago", None),
        ("zelumab over 4 hours", None),
    ],
)
def test_how_long_ago_the_last_dose_was(text: str, hours: Decimal | None) -> None:
    assert told_before(text, _mentions(text), "zelumab").hours == hours


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("zelumab 80 kg, got otrimab 6 hours ago", Decimal(6)),
        ("zelumab after otrimab this morning", Decimal(0)),
        ("zelumab, otrimab last month", None),
        ("zelumab with otrimab. Fever started 3 h ago", None),
    ],
)
def test_how_long_ago_another_drug_was(text: str, hours: Decimal | None) -> None:
    assert hours_since(text, _mentions(text), "otrimab") == hours


@pytest.mark.parametrize(
    ("words", "most"),
    [
        ("No more than 3 doses in 24 h and 4 in all.", (4, 3)),
        ("Max 3 doses in 24 h, 4 in the whole episode.", (4, 3)),
        ("Never exceed 800 mg per dose or 4 doses in total.", (4, None)),
        ("Max 60 mg in 24 h.", (None, None)),
        ("3 doses in 24 h were given in the trial.", (None, None)),
    ],
)
def test_the_most_doses_of_a_sentence(words: str, most: tuple[int | None, int | None]) -> None:
    assert most_doses(words) == most
