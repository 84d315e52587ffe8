"""Words spoken around a subject or a figure weigh little."""

from answering.made import terms
from wardbook.answering.speech import counting_words, spoken_words, weighed
from wardbook.answering.terms import ASKING


def test_words_spoken_around_a_subject_weigh_little() -> None:
    assert {"items", "steps", "results"} <= spoken_words()
    weights = {term.words: term.weight for term in weighed(terms("next steps for ferritin"))}
    assert weights["steps"] <= ASKING < weights["ferritin"]


def test_no_word_is_listed_for_two_reasons() -> None:
    assert not spoken_words() & counting_words()
