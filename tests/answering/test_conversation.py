"""Follow-ups: what was named before completes what is asked now, is shown, and is dropped with its subject."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answering.made import DRUGS, ask
from wardbook.answering.conversation import MOST_TURNS, standalone


def said(*turns: str) -> str:
    """The last turn as understood after the ones before it."""
    return standalone(turns[-1], [("user", words) for words in turns[:-1]], ask, DRUGS)


@pytest.mark.parametrize(
    ("turns", "kept", "dropped"),
    [
        (("anakinra dose in ICANS", "and for prophylaxis?"), ("anakinra", "ICANS", "prophylaxis"), ()),
        (("anakinra dose in grade 3 ICANS", "and for prophylaxis?"), ("anakinra", "ICANS"), ("grade 3",)),
        (("anakinra dose in grade 2 CRS", "what about grade 4"), ("anakinra", "CRS", "grade 4"), ("grade 2",)),
        (("anakinra dose in ICANS", "the max?"), ("anakinra", "ICANS", "max"), ()),
        (("tocilizumab dose in CRS for a child", "he weighs 22 kg"), ("tocilizumab", "CRS", "22 kg"), ()),
        (("tocilizumab dose in CRS, 18 kg", "he weighs 22 kg"), ("tocilizumab", "22 kg"), ("18 kg",)),
        (("is tocilizumab given in ICANS?", "why?"), ("tocilizumab", "ICANS"), ()),
        (("anakinra dose in CRS", "and tocilizumab?"), ("tocilizumab", "CRS", "dose"), ("anakinra",)),
        (("anakinra dose in CRS", "and in ICANS?"), ("anakinra", "ICANS", "dose"), ("CRS",)),
        (("tocilizumab dose in CRS", "for a child?"), ("tocilizumab", "CRS", "child"), ()),
        (("tocilizumab dose in CRS, 18 kg", "how often?"), ("tocilizumab", "CRS", "18 kg"), ()),
        (("anakinra dose in CRS", "the max?", "and for prophylaxis?"), ("anakinra", "CRS", "prophylaxis"), ()),
        (("what is CRS?", "how is it graded?"), ("CRS",), ()),
    ],
)
def test_a_follow_up_becomes_a_whole_question(
    turns: tuple[str, ...], kept: tuple[str, ...], dropped: tuple[str, ...]
) -> None:
    whole = said(*turns)
    assert whole != turns[-1]
    for words in kept:
        assert words.casefold() in whole.casefold(), whole
    for words in dropped:
        assert words.casefold() not in whole.casefold(), whole


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (("heparin dose for PE", "same for ACS?"), "heparin dose for ACS"),
        (("heparin dose for PE", "same for ACS?", "weighs 100 kg"), "heparin dose for ACS 100 kg"),
        (("anakinra dose in refractory CRS", "and in ICANS?"), "anakinra dose in ICANS"),
        (("tocilizumab dose, 18 kg, CRS", "sorry, 81 kg"), "tocilizumab dose, 81 kg, CRS"),
        (("anakinra dose in CRS", "no I meant tocilizumab"), "tocilizumab dose in CRS"),
        (("levetiracetam dose for a child", "he weighs 60 kg"), "levetiracetam dose for a child 60 kg"),
        (("what is CRS", "how is it graded?"), "how is CRS graded"),
        (("what is CRS", "how is it graded?", "and ICANS?"), "how is ICANS graded"),
        (("is tocilizumab given in ICANS?", "why not?"), "why is tocilizumab given in ICANS?"),
        (
            ("adrenaline dose in anaphylaxis", "in kids?", "he's 8"),
            "adrenaline dose in anaphylaxis in kids 8 years old",
        ),
        (("morphine PO dose", "IV?", "and hydromorphone"), "hydromorphone IV dose"),
        (("how do I reverse dabigatran", "what about warfarin"), "how do I reverse warfarin"),
        (("anakinra dose", "what if no response?"), "anakinra dose if no response"),
        (("lidocaine max", "with adrenaline?"), "lidocaine max with adrenaline"),
        (("steroid for COPD", "ok and the second line?"), "steroid for COPD second line"),
        (("dexamethasone dose in grade 3 CRS", "4?"), "dexamethasone dose in grade 4 CRS"),
        (("anakinra dose in grade 3 CRS", "prophylaxis then"), "anakinra dose in CRS prophylaxis"),
        (("anakinra dose in adults, KARTOX", "and in children?"), "anakinra dose in children"),
        (("what to monitor in ICANS", "how often?"), "how often monitor in ICANS"),
        (("anakinra induction dose", "maintenance then?"), "anakinra maintenance dose"),
        (("anakinra dose, CrCl 50", "what if on HD"), "anakinra dose, on HD"),
        (("anakinra dose in CRS", "crcl 0.9 ml/min/kg"), "anakinra dose in CRS crcl 0.9 ml/min/kg"),
        (("anakinra dose in CRS", "with tocilizumab"), "anakinra dose in CRS with tocilizumab"),
        (("anakinra in high risk CRS", "what about low?"), "anakinra in low risk CRS"),
        (("anakinra dose without tocilizumab", "and with?"), "anakinra dose with tocilizumab"),
        (("anakinra dose", "first thing?"), "anakinra dose first thing"),
        (("what does CRS stand for", "and tocilizumab?"), "what does tocilizumab stand for"),
        (("heparin bolus for PE", "and the drip?"), "heparin infusion for PE"),
        (("insulin dose in DKA", "when do you stop"), "when do you stop insulin in DKA"),
        (("tocilizumab dose 1.2 m2", "BSA 1.6"), "tocilizumab dose BSA 1.6"),
    ],
)
def test_a_fragment_changes_the_question_before_in_that_one_thing(turns: tuple[str, ...], whole: str) -> None:
    assert said(*turns) == whole


def offer(*options: str) -> Callable[[str], tuple[str, ...]]:
    return lambda question: options if question == "anakinra dose" else ()


@pytest.mark.parametrize(
    ("reply", "whole"),
    [
        ("the second", "anakinra dose, CRS prophylaxis"),
        ("2", "anakinra dose, CRS prophylaxis"),
        ("b", "anakinra dose, CRS prophylaxis"),
        ("prophylaxis then", "anakinra dose, CRS prophylaxis"),
        ("ICANS", "anakinra dose, refractory ICANS"),
        ("the last one please", "anakinra dose, rheumatoid arthritis"),
        ("what is ICANS?", "what is ICANS?"),
    ],
)
def test_a_reply_picks_from_what_was_asked_back(reply: str, whole: str) -> None:
    offered = offer("refractory ICANS", "CRS prophylaxis", "rheumatoid arthritis")
    assert standalone(reply, [("user", "anakinra dose")], ask, DRUGS, offered) == whole


@pytest.mark.parametrize("words", ["thanks", "ok great, thanks!", "hello"])
def test_a_courtesy_is_no_question_and_ends_no_subject(words: str) -> None:
    assert said("anakinra dose in CRS", words) == words
    assert said("anakinra dose in CRS", words, "the max?") == said("anakinra dose in CRS", "the max?")


def test_what_is_understood_of_the_whole_question_is_what_was_meant() -> None:
    found = ask(said("tocilizumab dose in CRS for a child", "he weighs 22 kg"))
    assert (found.drugs, found.weight) == (("tocilizumab",), "22 kg")
    found = ask(said("anakinra dose in grade 2 CRS", "what about grade 4"))
    assert (found.drugs, found.grades) == (("anakinra",), (4,))
    found = ask(said("anakinra dose in ICANS", "and for prophylaxis?"))
    assert (found.drugs, found.setting) == (("anakinra",), "prophylaxis")


@pytest.mark.parametrize(
    "new",
    [
        "what is grade 3 CRS?",
        "side effects of tocilizumab",
        "what is the mechanism of tocilizumab in CRS?",
        "how long does neutropenia last after the cells were given to adults?",
    ],
)
def test_a_new_subject_takes_nothing_from_the_old(new: str) -> None:
    assert said("anakinra dose in ICANS for a child of 18 kg", new) == new


def test_a_weight_is_not_carried_to_what_is_no_dose() -> None:
    assert "18 kg" not in said("tocilizumab dose in CRS, 18 kg", "and its side effects?")


def test_a_weight_is_not_carried_past_a_new_subject() -> None:
    whole = said("tocilizumab dose in CRS, 18 kg", "what is the mechanism of anakinra in ICANS?", "and the dose?")
    assert "18 kg" not in whole
    assert "anakinra" in whole


def test_without_a_history_the_question_stays() -> None:
    assert said("and the max?") == "and the max?"
    assert standalone("and the max?", [("assistant", "anakinra dose")], ask, DRUGS) == "and the max?"


def test_only_what_the_person_said_counts() -> None:
    turns = [("user", "anakinra dose in ICANS"), ("assistant", "tocilizumab 8 mg/kg in CRS, 30 kg")]
    whole = standalone("the max?", turns, ask, DRUGS)
    assert "anakinra" in whole
    assert "tocilizumab" not in whole


def test_a_long_history_is_read_from_its_end() -> None:
    turns = [("user", "anakinra dose in ICANS"), *[("assistant", "")] * MOST_TURNS]
    assert standalone("the max?", turns, ask, DRUGS) == "the max?"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["anakinra dose", "why?", "grade 3", "he is 20 kg", "", "and CRS?", "()", "\n"]), min_size=1
    )
)
def test_any_conversation_gives_a_question(turns: list[str]) -> None:
    whole = said(*turns)
    assert isinstance(whole, str)
    assert len(whole) < 300
    assert said(*turns) == whole
