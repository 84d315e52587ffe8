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


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (("anakinra dose grade 3 CRS", "and for ICANS, same grade?"), "anakinra dose grade 3 ICANS"),
        (("anakinra dose in gout 70 kg", "same patient, but sepsis"), "anakinra dose in sepsis 70 kg"),
        (("anakinra dose in primary gout", "and when it's from sepsis"), "anakinra dose in sepsis"),
        (("anakinra dose in gout", "and if it hasn't gone"), "anakinra dose in gout if it hasn't gone"),
        (
            ("fludarabine cyclophosphamide before axi-cel", "same for liso-cel?"),
            "fludarabine cyclophosphamide before liso-cel",
        ),
        (("anakinra 100 q6h in CRS", "tocilizumab?"), "tocilizumab 100 q6h in CRS"),
        (
            ("anakinra dose in CRS", "what if she had axi-cel, isn't it more then?"),
            "anakinra dose in CRS after axi-cel",
        ),
        (("anakinra in CRS", "isn't it given iv?"), "isn't anakinra given iv in CRS"),
        (("anakinra for ciwa 18", "what if he goes up to 22"), "anakinra for ciwa 22"),
        (
            ("how do we do the Larch score", "and under 12 years?", "what is grade 3"),
            "what is grade 3 Larch score under 12 years",
        ),
        (("gout rate in SLE", "and SSc?"), "gout rate in SSc"),
        (("gout rate in SLE", "and pregnancy?"), "gout rate in SLE pregnancy"),
        (("anakinra dose in gout", "no, i meant sepsis. whats the max"), "what is the max anakinra in sepsis"),
        (("anakinra dose in gout", "he has a rash. what now"), "he has a rash. what now anakinra in gout"),
        (("anakinra for CRS instead of tocilizumab", "side effects?"), "side effects anakinra for CRS"),
        (
            ("anakinra for gout", "how often do we check them for rash"),
            "how often do we check them for rash anakinra for gout",
        ),
    ],
)
def test_what_is_said_beside_a_fragment_is_neither_taken_for_it_nor_lost(turns: tuple[str, ...], whole: str) -> None:
    assert said(*turns) == whole


def weighed(turns: tuple[str, ...], **support: float) -> str:
    """The last turn where the pages hold each of some words ("tac_level") so far."""

    def supported(text: str) -> float:
        return max((held for words, held in support.items() if all(w in text for w in words.split("_"))), default=0.1)

    return standalone(turns[-1], [("user", words) for words in turns[:-1]], ask, DRUGS, supported=supported)


def test_one_of_two_drugs_taken_up_again_is_meant_beside_the_other() -> None:
    turns = ("anakinra with tocilizumab", "what happens to the tocilizumab level")
    assert weighed(turns, anakinra_level=1.0) == "what happens to the tocilizumab level anakinra"
    assert weighed(("anakinra in gout", turns[-1]), level=0.5) == turns[-1]


def test_the_drug_of_a_situation_is_asked_about_in_that_where_the_pages_hold_both() -> None:
    turns = ("gout treatment", "should the tocilizumab be stopped")
    assert weighed(turns, gout_stopped=0.8, stopped=0.5) == "should the tocilizumab be stopped, gout treatment"
    assert weighed(turns, stopped=0.5).startswith("should the tocilizumab be stopped")
    alone = standalone(turns[-1], [("user", turns[0])], ask, DRUGS, supported=lambda t: 0.2 if "gout" in t else 0.5)
    assert alone == turns[-1]


def test_what_a_patient_also_needs_is_of_what_they_have_and_of_no_drug_given() -> None:
    turns = ("gout anakinra", "does he also need antibiotics")

    def after(of_drug: float) -> str:
        held = {True: of_drug, False: 0.8}
        return standalone(turns[-1], [("user", turns[0])], ask, DRUGS, supported=lambda text: held["anakinra" in text])

    assert after(0.5) == "does he also need antibiotics gout"
    assert "anakinra" in after(0.9)


def test_a_word_that_pages_hold_well_is_still_of_the_drug_before() -> None:
    assert weighed(("anakinra child 25 kg", "prophylaxis?"), prophylaxis=0.9) == "anakinra child 25 kg prophylaxis"
