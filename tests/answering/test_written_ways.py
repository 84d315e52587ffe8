"""Other ways in which pages write what a question names."""

import pytest

from answering.made import NAMES, ask
from wardbook.answering.question_words import abbreviated
from wardbook.answering.terms import Frequencies, Term, held, stem, terms_of
from wardbook.answering.written_ways import widened
from wardbook.dosing.drug_vocabulary import published


def found(question: str, *on_pages: str) -> dict[str, Term]:
    """Give the terms of a question, widened, over pages that hold these words alone."""
    known = {stem(word) for word in on_pages}
    frequencies = Frequencies(100, lambda each: 5 * (each in known))
    understood = ask(question)
    return {
        term.words: term
        for term in widened(terms_of(understood, NAMES, frequencies), understood, frequencies, published().names_of)
    }


@pytest.mark.parametrize(
    ("question", "word", "on_pages", "line"),
    [
        ("remission in larch2", "larch2", "larch-2", "LARCH-2: 61%"),
        ("gcsf today?", "gcsf", "g-csf", "G-CSF from day 5"),
        ("what is marrowscore", "marrowscore", "marrow-score", "MARROW-SCORE: 0-1 low"),
        ("overcorrected sodium", "sodium", "na", "Na hourly"),
        ("hypotension on one pressor", "pressor", "vasopressor", "One vasopressor"),
        ("which viruses", "viruses", "virus", "Epstein-Barr virus"),
        ("actemra and the liver", "actemra", "tocilizumab", "tocilizumab: watch ALT"),
        ("progression with anakinra", "progression", "pfs", "PFS HR 0.59"),
        ("second tumours", "tumours", "malignancy", "A second malignancy"),
        ("moved to ITU", "itu", "intensive care", "Grade 4: intensive care"),
        ("filgrastim today?", "filgrastim", "g csf", "G-CSF from day 5"),
        ("rash after kineret", "kineret", "anakinra", "Anakinra is stopped"),
        ("which antibiotics first?", "antibiotics", "cefepime", "Cefepime if ANC < 0.5"),
        ("ok in thrombocytopenia?", "thrombocytopenia", "platelets", "Platelets < 20: do not start"),
    ],
)
def test_a_line_holds_what_it_writes_otherwise(question: str, word: str, on_pages: str, line: str) -> None:
    term = found(question, *on_pages.split())[word]
    assert term.known
    assert held(line).holds(term)


def test_no_term_gains_a_way_that_no_page_has() -> None:
    assert not found("overcorrected sodium")["sodium"].known
    assert len(found("gcsf today?", "gcsf")["gcsf"].forms) == 1


def test_a_broad_kind_of_drugs_is_held_by_no_drug_of_another_kind() -> None:
    assert not held("Ondansetron before the infusion").holds(found("which antibiotics?", "cefepime")["antibiotics"])


def test_of_two_drugs_by_other_names_none_is_taken_for_the_other() -> None:
    terms = found("rash: kineret or actemra", "anakinra", "tocilizumab")
    assert not held("Anakinra is stopped").holds(terms["actemra"])


def test_every_way_is_another_word() -> None:
    assert all(ways and word not in ways for word, ways in abbreviated().items())


def test_one_word_of_a_phrase_is_not_what_its_shorthand_stands_for() -> None:
    term = found("which grade of aGVHD", "acute", "graft", "versus", "host", "disease")["agvhd"]
    assert held("Acute graft versus host disease").holds(term)
    assert not held("Response in refractory disease").holds(term)


def test_a_word_is_as_telling_as_the_commonest_way_in_which_pages_write_it() -> None:
    counts = {stem("post"): 1, stem("after"): 60}
    frequencies = Frequencies(100, lambda each: counts.get(each, 0))
    understood = ask("post infusion")
    (term,) = (
        each
        for each in widened(terms_of(understood, NAMES, frequencies), understood, frequencies, {})
        if each.words == "post"
    )
    assert term.weight == frequencies.weight("after")


def test_letters_of_a_syndrome_are_held_without_that_word() -> None:
    assert held("Tumour lysis").holds(found("K in TLS", "tumour", "lysis")["tls"])
    assert not held("Tumour").holds(found("K in TLS", "tumour", "lysis")["tls"])


def test_a_drug_is_held_by_its_ward_shorthand() -> None:
    names = published().spoken_names_of
    assert "toci" in names["tocilizumab"]
    assert "toci" not in published().names_of["tocilizumab"]
    assert "oxy" not in names["oxycodone"]  # stands for another one too
