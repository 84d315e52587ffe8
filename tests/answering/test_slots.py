"""The words of a question by what they say."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answering.made import DRUGS, ask
from wardbook.answering.slots import slots_of


def told(text: str) -> list[tuple[str, str]]:
    return [(slot.what, slot.words) for slot in slots_of(ask(text), DRUGS)]


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("max anakinra in refractory CRS", "kind:max drug:anakinra severity:refractory name:CRS"),
        ("how long for ICANS prophylaxis", "kind:how long for|name:ICANS setting:prophylaxis"),
        ("toci dose for a child of 18 kg", "drug:toci kind:dose age group:child weight:18 kg"),
        ("iv or po anakinra", "kind:iv or po drug:anakinra"),
        ("anakinra IV after tocilizumab", "drug:anakinra route:IV beside:tocilizumab"),
        ("heparin for pulmonary embolism", "drug:heparin topic:pulmonary embolism"),
        ("steroids for a 6 year old with grade 3 ICANS", "class:steroids age:6 year old grade:grade 3 name:ICANS"),
        ("what about it then", ""),
    ],
)
def test_each_word_says_one_thing(text: str, slots: str) -> None:
    found = " ".join(f"{what}:{words}" for what, words in told(text))
    assert found == slots.replace("|", " ")


def test_names_of_one_folder_are_of_one_sort() -> None:
    found = {slot.words: slot.of for slot in slots_of(ask("CRS or ICANS, anakinra"), DRUGS)}
    assert found == {"CRS": {"events"}, "ICANS": {"events"}, "anakinra": {"drugs"}}


@settings(max_examples=80, deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from("max toci grade 3 CRS 18 kg for if no, ( after".split())).map(" ".join)
)
def test_slots_stand_in_the_text_and_do_not_overlap(text: str) -> None:
    question = ask(text)
    found = slots_of(question, DRUGS)
    assert all(question.text[slot.begin : slot.end] == slot.words for slot in found)
    assert all(left.end <= right.begin for left, right in pairwise(found))
