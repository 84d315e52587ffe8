"""Words spoken around a subject or a figure weigh little."""

from answering.made import ask, terms
from wardbook.answering.speech import counting_words, of_mechanism, spoken_words, weighed
from wardbook.answering.terms import ASKING, FAINT


def test_words_spoken_around_a_subject_weigh_little() -> None:
    assert {"items", "steps", "results"} <= spoken_words()
    weights = {term.words: term.weight for term in weighed(terms("next steps for ferritin"))}
    assert weights["steps"] <= ASKING < weights["ferritin"]


def test_no_word_is_listed_for_two_reasons() -> None:
    assert not spoken_words() & counting_words()


def test_how_a_drug_acts_hangs_little_on_what_it_is_given_for() -> None:
    question = "how does anakinra work in CRS"
    weights = {term.words: term.weight for term in of_mechanism(ask(question), terms(question))}
    assert weights["CRS"] <= FAINT < weights["anakinra"]
    why = "why no anakinra in CRS"
    weights = {term.words: term.weight for term in of_mechanism(ask(why), terms(why))}
    assert weights["CRS"] > FAINT
