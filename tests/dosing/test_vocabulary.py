"""Vocabularies with stems: a text without one of a row's stems is passed over, so no match may lack them all."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardbook.dosing import course, phrase
from wardbook.dosing.vocabulary import Stems, any_of, holds, rows

ROWS = [
    *zip(course._rules()[0].of_each, (pattern for _, pattern in course._rules()[1]), strict=True),
    *zip(phrase._mark_patterns()[0].of_each, phrase._mark_patterns()[1], strict=True),
    *((tuple(stems.split("|")), re.compile(pattern)) for _, stems, pattern in rows("exclusions.tsv")),
]


@pytest.mark.parametrize(("stems", "pattern"), ROWS, ids=lambda part: None)
@given(data=st.data())
@settings(max_examples=25, deadline=None, derandomize=True, database=None)
def test_what_a_row_matches_holds_one_of_its_stems(
    stems: tuple[str, ...], pattern: re.Pattern[str], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(pattern.pattern))
    assert all(holds(match[0], stems) for match in pattern.finditer(text))


@given(st.lists(st.text("ab<.", min_size=1, max_size=4), min_size=1, max_size=6), st.text("ab<. ", max_size=12))
def test_words_put_together_by_their_first_letter_match_what_they_match_one_by_one(words: list[str], text: str) -> None:
    patterns = [re.escape(word) for word in words]
    together, apart = (re.compile(rf"(?:{each})(?!b)") for each in (any_of(patterns), "|".join(patterns)))
    assert [match.span() for match in together.finditer(text)] == [match.span() for match in apart.finditer(text)]


def test_stems_tell_which_patterns_may_match() -> None:
    stems = Stems([("taper", "wean"), ("",), ("over", "taper")])
    assert stems.may_match("tapering") == [0, 1, 2]
    assert stems.may_match("wean and stop") == [0, 1]
    assert stems.may_match("stop") == [1]


def test_a_text_holds_a_stem_anywhere_in_a_word() -> None:
    assert holds("a tapering dose", ("stop", "taper"))
    assert not holds("a dose", ("stop", "taper"))
    assert holds("a dose", ("",))
