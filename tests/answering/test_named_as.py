"""A thing is known by any of its names, and by words that nearly all of its letters begin."""

import pytest

from wardbook.answering.named_as import forms_of, is_thing, names_thing, spells, starts_with, title_of


def test_words_are_a_thing_by_any_of_its_names() -> None:
    forms = forms_of("ZELS score", ())
    assert is_thing("the ZELS score", forms)
    assert is_thing("ZELS (bead swelling)", forms)
    assert names_thing("Bead swelling score (ZELS; once BOLS)", forms)
    assert names_thing(title_of("ZELS: what we know"), forms)
    assert not is_thing("ZELS of the skin", forms)
    assert starts_with("ZELS binds beads", forms)
    assert not starts_with("Not in ZELS", forms)


@pytest.mark.parametrize(
    ("letters", "words", "are"),
    [
        ("ZELS", "Zonal effector-linked swelling", True),
        ("ZELSTS", "Zonal effector-linked swelling toxicity, as of the joints", True),  # all letters but one
        ("ZELS", "call the consultant", False),
        ("ZE", "call the consultant", False),
    ],
)
def test_letters_are_spelt_by_the_words_that_they_begin(letters: str, words: str, are: bool) -> None:
    assert spells(letters, words) is are
