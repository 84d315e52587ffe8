"""Where a treatment has not worked or cannot be had, lines on what comes then answer, and need not name it."""

import pytest

from answering.made import ask, terms, unit
from wardbook.answering.in_vain import given_in_vain, is_of_failure, next_fit, tells_failure
from wardbook.answering.speech import of_barred
from wardbook.answering.terms import ASKING


@pytest.mark.parametrize(
    "question",
    [
        "What if CRS does not respond to tocilizumab?",
        "still febrile despite tocilizumab",
        "next step after tocilizumab fails",
        "tocilizumab isn't working, what now",
        "CRS still going after tocilizumab",
        "still febrile day 4 on tocilizumab",
        "CRS no better after 2nd dose of tocilizumab",
        "CRS not better after second tocilizumab",
        "fever persisting on tocilizumab",
        "ferritin rising on tocilizumab",
        "tocilizumab not holding it",
    ],
)
def test_a_drug_given_in_vain_is_told_in_these_words(question: str) -> None:
    assert tells_failure(question)
    assert given_in_vain(question) == {"tocilizumab"}


def test_a_drug_that_is_asked_about_is_none_given_in_vain() -> None:
    assert not given_in_vain("how much anakinra despite cytopenia")
    assert not given_in_vain("is he still on tocilizumab")
    assert not given_in_vain("ongoing CRS, dose of tocilizumab")
    assert not tells_failure("how much anakinra in renal failure")


def test_lines_on_what_comes_then_gain_and_the_first_line_loses() -> None:
    question = ask("CRS not responding to tocilizumab, what next")
    assert next_fit(question, unit("If no better in 12 hours: a second dose."), ()) > 0
    assert next_fit(question, unit("Anakinra 100 mg"), ("Second line",)) > 0
    assert next_fit(question, unit("Tocilizumab 8 mg/kg"), ("First line",)) < 0
    assert next_fit(question, unit("Refractory means no change after 3 days."), ()) < 0
    assert next_fit(ask("CRS treatment"), unit("If no better: a second dose."), ()) == 0


def test_what_is_given_instead_need_not_name_the_drug_that_cannot_be_had() -> None:
    asked = "allergic to anakinra, what instead"
    weights = {term.words: term.weight for term in of_barred(ask(asked), terms(asked))}
    assert weights["anakinra"] <= ASKING
    assert next_fit(ask(asked), unit("Intolerance: zelumab instead"), ()) > 0


def test_a_heading_of_what_failed_is_told_from_one_of_less(question: str = "still febrile after 2 doses") -> None:
    assert tells_failure(question)
    assert is_of_failure(("If two doses haven't done it",))
    assert is_of_failure(("Escalate",))
    assert not is_of_failure(("De-escalate",))


def test_what_does_not_stop_after_a_drug_was_given_in_vain() -> None:
    assert tells_failure("seizure not stopping after lorazepam")
    assert not tells_failure("bleeding: not stopping lorazepam for it")
