"""Who is given something, and when it is used, is answered by lines that say it, not by doses or dangers."""

import pytest

from answering.made import unit
from wardbook.answering.use_asked import asks_use, asks_whom, use_fit


@pytest.mark.parametrize(
    "question",
    ["who gets zelumab", "does everyone get zelumab", "do all patients need a scan", "which patients need it"],
)
def test_whom_is_asked_in_these_words(question: str) -> None:
    assert asks_whom(question)
    assert not asks_use(question)


@pytest.mark.parametrize("question", ["when to use zelumab", "when do you give zelumab", "zelumab what is it for"])
def test_when_something_is_used_is_asked_in_these_words(question: str) -> None:
    assert asks_use(question)
    assert not asks_whom(question)


def test_a_line_that_says_when_gains_and_a_danger_or_a_dose_does_not() -> None:
    asked = "when to use zelumab"
    assert use_fit(asked, unit("Second line in CRS."), ("Overview",), "Overview") > 0
    assert use_fit(asked, unit("Vials of 100."), ("Place in therapy",), "Place in therapy") > 0
    assert use_fit(asked, unit("Only if ALT is normal."), ("Contraindications",), "Contraindications") < 0
    assert use_fit(asked, unit("9 mg/kg IV"), ("Dosing",), "Dosing") < 0
    assert use_fit("zelumab vials", unit("Second line in CRS."), ("Overview",), "Overview") == 0


def test_the_words_that_lead_to_a_list_say_it_for_its_items() -> None:
    item = unit("pneumonia", kind="bullet", lead=("Add only for:",))
    assert use_fit("when to add zelumab", item, ("Antibiotics",), "Antibiotics") > 0


def test_who_is_not_given_something_is_asked_otherwise() -> None:
    assert use_fit("when should zelumab not be given", unit("If ill."), ("Overview",), "Overview") == 0
