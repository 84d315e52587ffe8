"""Sentences that go on about what those before them name."""

import pytest

from answering.made import unit
from wardbook.answering.carried import carried, goes_on, labelled


@pytest.mark.parametrize(
    "text", ["Evidence for it is poor.", "Contraindicated in heart block.", "Its level is taken at 6 h.", "Not in AF."]
)
def test_a_sentence_goes_on_about_what_was_named(text: str) -> None:
    assert goes_on(text)


@pytest.mark.parametrize("text", ["Give zelumab first.", "Bitten by a dog.", "Nothing else is given."])
def test_a_sentence_of_its_own_does_not(text: str) -> None:
    assert not goes_on(text)


def test_only_sentences_of_the_same_paragraph_are_carried() -> None:
    first, second = unit("Other words.", block=1), unit("Zelumab 5 mg IV.", block=2)
    on, bullet = unit("Evidence for it is poor.", block=2), unit("Evidence for it is poor.", "bullet", block=2)
    assert carried((first, second, on), 2) == "Zelumab 5 mg IV."
    assert carried((first, second, bullet), 2) == ""
    assert carried((first, on), 1) == ""


def test_a_paragraph_under_its_label_goes_on_about_it() -> None:
    label = unit("Zelumab: in 50 mL saline over 30 min.", block=2)
    own, other = unit("Glow deficient: barred.", block=2), unit("Larimab: never.", block=2)
    beyond = unit("Glow deficient: barred.", block=3)
    plain = unit("Send the sample on ice.", block=2)
    units = (label, plain, own, other, beyond)
    assert carried(units, 1) == "Zelumab"
    assert labelled(units, 1) is label
    assert labelled(units, 3) is None  # it has a label of its own
    assert labelled(units, 4) is None  # another paragraph
    assert carried((unit("Give it slowly.", block=2), plain), 1) == ""
