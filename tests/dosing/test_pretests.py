"""What is asked for before the patterns that look for it: where the one answers no, the others find nothing."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardbook.dosing.drug_vocabulary import _TOKEN, NameIndex, _token
from wardbook.dosing.exclusion import _BARE_NO, _NO_LOAD, _NO_THING, _NOT, _stems
from wardbook.dosing.notation import _SAME, _TABLE, uniform
from wardbook.dosing.quantity import _any_noun, _any_spelling, _noun, _spellings, quantities
from wardbook.dosing.vocabulary import holds

NOUNS = sorted({noun for each in quantities().values() for noun in each.nouns})


@pytest.mark.parametrize("pattern", [_NOT, _NO_THING, _NO_LOAD, _BARE_NO])
@given(data=st.data())
@settings(max_examples=50, deadline=None, derandomize=True, database=None)
def test_what_refuses_holds_a_stem(pattern: object, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern.pattern))  # type: ignore[attr-defined]
    assert all(holds(match[0], _stems()) for match in pattern.finditer(text))  # type: ignore[attr-defined]


@given(data=st.data())
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_a_spelling_of_one_quantity_is_one_of_any(data: st.DataObject) -> None:
    _, pattern = data.draw(st.sampled_from(_spellings()))
    text = data.draw(st.from_regex(f"^(?:{pattern.pattern})$").map(str.strip))
    assert not pattern.fullmatch(text) or _any_spelling().fullmatch(text)


@given(data=st.data())
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_a_noun_of_one_quantity_is_one_of_any(data: st.DataObject) -> None:
    noun = data.draw(st.sampled_from(NOUNS))
    text = data.draw(st.from_regex(_noun(noun).pattern))
    assert bool(_any_noun().search(text)) == any(_noun(each).search(text) for each in NOUNS)


@given(st.text(st.sampled_from("aB1*_`\t\r\n –×") | st.characters(), max_size=30))
def test_text_is_made_uniform_alike_with_and_without_other_signs(text: str) -> None:
    lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    assert uniform(text) == lower.translate(_TABLE)


def test_of_ascii_these_signs_alone_are_changed() -> None:
    assert {sign for sign in _SAME if sign.isascii()} == set("*_`\t\r")


@given(st.text(max_size=30))
def test_ascii_words_are_those_of_any_text(text: str) -> None:
    assert _token(text).findall(text) == _TOKEN.findall(text)


@given(st.lists(st.sampled_from("aa aab bb aas cc - , /".split()), max_size=8))
def test_names_are_found_by_their_whole_words_the_longest_first(parts: list[str]) -> None:
    text = " ".join(parts)
    spans = list(NameIndex(["aa", "aa bb", "aa bb cc", "cc aa"]).spans(text))
    assert all(end <= begin for (_, _, end), (_, begin, _) in pairwise(spans))
    assert all(" ".join(_TOKEN.findall(text[begin:end])).removesuffix("s") == name for name, begin, end in spans)
    assert not parts or "aa" not in parts or spans
