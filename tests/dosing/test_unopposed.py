"""Rows that no word of a question speaks against stand where their page knows the words, and none is another thing."""

import pytest
from made_regimens import TERMS, Terms, amount, regimen

from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.lookup import Found, lookup
from wardbook.dosing.unopposed import names_disease

STARTING = regimen(amount("5"), section="Starting", page="drugs/somedrug", title="Somedrug", lines=(1, 1))
PAGE = (
    "Started after CAR-T, allo and haplo transplants, before the flashing scheme; double; licensed in Castleman; "
    "otherdrug"
)


def ask(words: str, *rows: object, page: str = PAGE, **fields: object) -> Found:
    query = DoseQuery("somedrug", words, around=lambda row: page, **fields)  # type: ignore[arg-type]
    return lookup(query, rows or [STARTING], TERMS)  # type: ignore[arg-type]


@pytest.mark.parametrize("words", ["post allo", "haplo", "flashing scheme", "post haplo, refractory", "car t"])
def test_a_row_stands_where_only_its_page_knows_the_words_and_they_are_told(words: str) -> None:
    found = ask(words)
    assert found.fits == (STARTING,)
    assert any("not compared" in each for each in found.not_covered)


@pytest.mark.parametrize("words", ["allo", "haplo", "flashing scheme"])
def test_words_that_the_page_does_not_know_turn_the_row_away(words: str) -> None:
    assert not ask(words, page="Somedrug").fits


@pytest.mark.parametrize(
    "words", ["Castleman", "Castleman, allo", "QRST", "qrs allo", "myeloma", "pneumonia", "lichen planus"]
)
def test_a_disease_turns_the_row_away_though_the_page_names_it(words: str) -> None:
    assert not ask(words, page=f"{PAGE}; QRST; QRS; pneumonia; myeloma; lichen planus").fits


def test_a_change_of_the_dose_turns_the_row_away() -> None:
    assert not ask("double allo").fits


def test_another_drug_turns_the_row_away_though_the_page_names_it() -> None:
    assert not ask("otherdrug allo", other_drugs=(("otherdrug", "otherdrug"),)).fits
    assert not ask("pyridoxine allo", page=f"{PAGE}; pyridoxine").fits


def test_a_term_of_the_pages_that_the_row_lacks_turns_it_away() -> None:
    terms = Terms(shivering="shivering syndrome")
    query = DoseQuery("somedrug", "shivering", around=lambda row: "shivering")
    assert not lookup(query, [STARTING], terms).fits


def test_how_often_something_else_is_done_is_asked_of_no_dose() -> None:
    assert not ask("allo", wants="interval").fits


@pytest.mark.parametrize("word", ["castleman", "pneumonia", "sarcoidosi", "pemphigu"])
def test_names_of_diseases_are_known(word: str) -> None:
    assert names_disease(word)


@pytest.mark.parametrize("word", ["haplo", "refractory", "transfer", "overnight"])
def test_other_words_name_no_disease(word: str) -> None:
    assert not names_disease(word)


@pytest.mark.parametrize("words", ["CAR T", "has had CAR-T"])
def test_what_a_patient_was_treated_with_turns_no_row_away(words: str) -> None:
    assert ask(words, page="Somedrug", part=words).fits == (STARTING,)
