from hypothesis import given, settings
from hypothesis import strategies as st

from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import _GRADE, _MAY_GRADE, OF_WORDS, READERS, read_phrases

WORDS = st.sampled_from(
    "once daily IV until taper grade III mg kg < ≥ % [a] ² ⁶ IL- over weeks for max CrCl phase ii single dose".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS | st.text(st.characters(exclude_categories=("Nd", "Cs")), max_size=6), max_size=8).map(" ".join))
def test_what_is_not_asked_of_a_text_without_a_digit_would_find_nothing_in_it(text: str) -> None:
    left_out = [reader for reader in READERS if reader not in OF_WORDS]
    assert [list(reader(text, uniform(text))) for reader in left_out] == [[] for _ in left_out]


def test_a_text_without_a_digit_keeps_its_phrases_of_words() -> None:
    assert [phrase.kind for phrase in read_phrases("twice daily IV until better")] == ["frequency", "route", "duration"]


@settings(max_examples=200, deadline=None)
@given(st.from_regex(_GRADE.pattern))
def test_what_is_a_grade_may_be_one(text: str) -> None:
    assert not _GRADE.search(text) or _MAY_GRADE.search(text)
