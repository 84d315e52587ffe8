"""Words that tell one indication from another."""

import pytest

from wardbook.dosing.telling import names_thing, tells_nothing


@pytest.mark.parametrize("word", "arthriti stroke sepsi copd hyperkalemia uterine hantaviru fracture".split())
def test_diseases_events_and_places_of_the_body_name_a_thing(word: str) -> None:
    assert names_thing(word)


@pytest.mark.parametrize("word", "egd exac new kid diagnosi bacterial chemo dose".split())
def test_other_words_name_none(word: str) -> None:
    assert not names_thing(word)


@pytest.mark.parametrize("word", "high acute risk brain".split())
def test_what_many_things_share_tells_nothing(word: str) -> None:
    assert tells_nothing(word)
