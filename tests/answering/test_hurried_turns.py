"""Turns as hurried staff type them: no word of them is lost or mangled, and what no longer holds goes."""

import pytest

from answering.made import DRUGS, ask
from wardbook.answering.asked_anew import LOOKED_UP
from wardbook.answering.conversation import standalone


def said(*turns: str) -> str:
    """The last turn as understood after the ones before it."""
    return standalone(turns[-1], [("user", words) for words in turns[:-1]], ask, DRUGS)


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (
            ("anakinra dose in CRS", "what if ferritin hasn't dropped"),
            "anakinra dose in CRS if ferritin hasn't dropped",
        ),
        (("anakinra dose, 60 kg", "rash isn't fading"), "anakinra dose, 60 kg rash isn't fading"),
        (("anakinra dose in CRS", "if tocilizumab hasn't worked"), "anakinra dose in CRS if tocilizumab hasn't worked"),
        (("anakinra dose in CRS", "what if no improvement at 24h"), "anakinra dose in CRS if no improvement at 24h"),
    ],
)
def test_what_has_not_come_about_keeps_its_denial(turns: tuple[str, ...], whole: str) -> None:
    assert said(*turns) == whole


@pytest.mark.parametrize(
    ("turns", "kept"),
    [
        (("K 3.3 with a central line, how much KCl?", "ok and over what time"), ("central line", "over what time")),
        (
            ("phosphate 0.5 via central line", "n when do i repeat"),
            ("phosphate 0.5", "when do i repeat", "central line"),
        ),
    ],
)
def test_a_question_of_its_own_takes_the_place_of_no_word(turns: tuple[str, ...], kept: tuple[str, ...]) -> None:
    whole = said(*turns)
    assert all(words in whole for words in kept), whole


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (("anakinra for low ferritin, dose", "for gout"), "anakinra for gout, dose"),
        (("anakinra dose platelets 60", "plts now 35"), "anakinra dose plts now 35"),
        (("anakinra dose", "pt is 80"), "anakinra dose 80 years old"),
        (("anakinra prophylaxis dose", "he's got gout now"), "anakinra dose gout"),
        (("anakinra dose in gout", "can I give tocilizumab too"), "can I give tocilizumab with anakinra"),
        (("anakinra dose", "what premeds"), "what premeds before anakinra"),
        (("anakinra dose in CRS", "ok different question, when can they drive"), "when can they drive"),
        (("tocilizumab dose with anakinra", "how much water in the jug"), "how much water in the jug"),
    ],
)
def test_what_no_longer_holds_goes_and_what_is_new_is_whole(turns: tuple[str, ...], whole: str) -> None:
    assert said(*turns) == whole


def after(turns: tuple[str, ...], fits: str) -> str:
    """The last turn where the pages have a dose for this very question alone."""
    history = [("user", words) for words in turns[:-1]]
    return standalone(turns[-1], history, ask, DRUGS, supported=lambda text: LOOKED_UP if text == fits else 0.5)


@pytest.mark.parametrize(
    ("turns", "fits"),
    [
        (("anakinra maintenance dose for low ferritin", "for gout instead"), "anakinra dose for gout"),
        (("anakinra maintenance dose", "subcut?"), "anakinra dose subcut"),
        (("anakinra loading dose, ferritin 150", "gout instead"), "anakinra dose gout"),
    ],
)
def test_another_aim_frees_the_dose_of_the_stage_that_the_pages_have_not_for_it(
    turns: tuple[str, ...], fits: str
) -> None:
    assert after(turns, fits) == fits


def test_what_is_of_the_patient_stays_with_another_aim() -> None:
    turns = ("anakinra maintenance dose for low ferritin, 60 kg", "for gout instead")
    assert "60 kg" in after(turns, "anakinra dose for gout, 60 kg")
