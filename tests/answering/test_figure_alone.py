"""A bare figure as a turn takes the place of the one quantity that it can be of; of several, none is carried on."""

import pytest

from answering.made import DRUGS, ask
from wardbook.answering.conversation import standalone
from wardbook.answering.figure_alone import value_alone


def said(*turns: str, options: tuple[str, ...] = ()) -> str:
    """The last turn as understood after the ones before it; the first asks to choose from the options."""
    history = [("user", words) for words in turns[:-1]]
    return standalone(turns[-1], history, ask, DRUGS, lambda question: options if question == turns[0] else ())


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("if it is 55?", "55"),
        ("if it's 55", "55"),
        ("if it drops to 20", "20"),
        ("at 55?", "55"),
        ("if 25", "25"),
        ("with 2.1", "2.1"),
        ("suppose about 25", "25"),
        ("dose for 25?", "25"),
        ("if twenty-five", "25"),
        ("25 not 80", "25"),
        ("if 25, and grade 3", "25, and grade 3"),
        ("if one", "if one"),
        ("not 25", "not 25"),
        ("for 25 mg", "for 25 mg"),
        ("if 2 doses failed", "if 2 doses failed"),
        ("after 4", "after 4"),
        ("if over 25", "over 25"),
        ("if 25-30", "25-30"),
        ("if over 2 hours", "if over 2 hours"),
        ("now its 52", "now its 52"),
        ("if crcl falls to 20", "crcl 20"),
        ("if the platelets fall to 20", "platelets 20"),
        ("if she is 25", "if she is 25"),
        ("if it is given at night", "if it is given at night"),
    ],
)
def test_a_value_that_only_moved_or_is_supposed_is_its_figure(said: str, value: str) -> None:
    assert value_alone(said) == value


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (("anakinra CRS 80 kg", "what if 25"), "anakinra CRS 25 kg"),
        (("anakinra CRS 80 kg", "what if twenty five?"), "anakinra CRS 25 kg"),
        (("anakinra CRS 80 kg", "and for 25"), "anakinra CRS 25 kg"),
        (("anakinra CRS 80 kg", "same but 25"), "anakinra CRS 25 kg"),
        (("anakinra CRS 80 kg", "25 not 80"), "anakinra CRS 25 kg"),
        (("anakinra CRS 80 kg", "what would it be for 25"), "anakinra CRS 25 kg"),
        (("anakinra CRS 80 kg", "what if 25 and grade 3"), "anakinra CRS 25 kg grade 3"),
        (("anakinra CRS 80 kg", "and for ICANS", "what if 25"), "anakinra ICANS 25 kg"),
        (("anakinra BSA 1.8", "with 2.1"), "anakinra BSA 2.1"),
        (("anakinra 1.8 m2", "what if 1.6"), "anakinra 1.6 m2"),
        (("anakinra 1.8 m2 CrCl 70", "what if 50"), "anakinra 1.8 m2 CrCl 50"),
        (("anakinra child aged 8, 20 kg", "what if 30"), "anakinra child aged 8, 30 kg"),
        (("is 640 mg anakinra ok for 80 kg", "what if 800"), "is 800 mg anakinra ok for 80 kg"),
        (("is 640 mg anakinra ok for 80 kg", "what if 70"), "is 640 mg anakinra ok for 70 kg"),
        (("anakinra 8 h ago, 20 kg", "what if 25"), "anakinra 8 h ago, 25 kg"),
        (("anakinra CRS grade 2 80 kg", "what if 3"), "anakinra CRS grade 3 80 kg"),
        (("anakinra CRS grade 2 80 kg", "3-4"), "anakinra CRS grade 3-4 80 kg"),
        (("anakinra CRS grade 2 80 kg CrCl 20", "3"), "anakinra CRS grade 3 80 kg CrCl 20"),
        (("anakinra CRS grade 3 80 kg", "if grade 2 and 25"), "anakinra CRS grade 2 25 kg"),
        (("anakinra CRS 80 kg", "what if under 30"), "anakinra CRS under 30 kg"),
        (("anakinra CRS 80 kg 1.9 m2", "what if 25 and 0.9 m2"), "anakinra CRS 25 kg 0.9 m2"),
        (("anakinra CRS 80 kg", "what if 25, 8 years old"), "anakinra CRS 25 kg 8 years old"),
        (("anakinra CRS 80 kg", "what if 25 and ICANS too"), "anakinra CRS 25 kg with ICANS"),
    ],
)
def test_a_bare_figure_takes_the_place_of_the_one_quantity_that_it_can_be_of(
    turns: tuple[str, ...], whole: str
) -> None:
    assert said(*turns) == whole


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (("anakinra CRS 80 kg CrCl 70", "what if 50"), "anakinra CRS 50"),
        (("anakinra CRS 80 kg aged 45", "what if 60"), "anakinra CRS 60"),
        (("anakinra 70 kg, ferritin 60", "what if 80"), "anakinra 80"),
        (("anakinra 1 g q8h 70 kg CrCl 20", "what if 55"), "anakinra 1 g q8h 55"),
        (("anakinra CRS 80 kg", "what if 25-30"), "anakinra CRS 25-30"),
        (("anakinra CRS 80 kg", "what about 25 and 35"), "anakinra CRS 25 and 35"),
    ],
)
def test_of_several_quantities_none_is_carried_on(turns: tuple[str, ...], whole: str) -> None:
    assert said(*turns) == whole


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (("anakinra CRS 80 kg", "how much would 25 get"), "how much would 25 get anakinra CRS"),
        (("anakinra CRS 80 kg", "weight changed to 25"), "anakinra CRS changed to 25"),
        (("anakinra CRS 80 kg", "and someone who is 25"), "anakinra CRS 25"),
        (("anakinra CRS 80 kg", "wt 25"), "anakinra CRS 25 kg"),
        (("anakinra CRS 80 kg", "weight=25"), "anakinra CRS 25 kg"),
        (("anakinra BSA 1.8", "bsa now 1.5"), "anakinra bsa now 1.5"),
        (("anakinra CRS 80 kg", "100 q6h?"), "anakinra CRS 80 kg 100 q6h"),
        (("anakinra CRS 80 kg", "ferritin 60"), "anakinra CRS 80 kg ferritin 60"),
        (("anakinra CRS 80 kg", "whatif 25"), "anakinra CRS 25 kg"),
    ],
)
def test_a_measure_does_not_stand_beside_a_figure_that_may_be_its_new_value(turns: tuple[str, ...], whole: str) -> None:
    assert said(*turns) == whole


def test_a_last_figure_that_is_near_to_no_measure_is_of_something_else() -> None:
    assert said("anakinra CRS 80 kg", "after steroids and 2") == "anakinra CRS 80 kg after steroids 2"


def test_a_figure_that_tells_an_option_is_no_new_weight() -> None:
    options = ("in gout", "in sepsis", "in ICANS")
    assert said("anakinra 45 kg", "2", options=options) == "anakinra 45 kg, in sepsis"
    assert said("anakinra 45 kg", "what if 20", options=options) == "anakinra 20 kg"


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (("anakinra CRS 80 kg 1.9 m2", "what if 25 kg"), "anakinra CRS 25 kg"),
        (("anakinra CRS 80 kg 1.9 m2", "and 25 kg, 0.9 m2"), "anakinra CRS 25 kg 0.9 m2"),
        (("anakinra CRS 1.9 m2", "and in ICANS"), "anakinra ICANS 1.9 m2"),
    ],
)
def test_the_surface_of_another_weight_goes(turns: tuple[str, ...], whole: str) -> None:
    assert said(*turns) == whole


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        (("anakinra CrCl 40", "<10?"), "anakinra CrCl < 10"),
        (("anakinra CrCl 40", "below 10?"), "anakinra CrCl < 10"),
        (("anakinra eGFR 20", "what if under 15"), "anakinra eGFR < 15"),
        (("anakinra CrCl < 40", "over 50?"), "anakinra CrCl > 50"),
        (("anakinra CRS 40 kg", "under 30?"), "anakinra CRS under 30 kg"),
    ],
)
def test_a_bound_stands_before_the_figure_that_it_bounds(turns: tuple[str, ...], whole: str) -> None:
    assert said(*turns) == whole


def test_a_figure_that_no_patient_weighs_is_no_weight() -> None:
    assert "0.3 kg" not in said("noradrenaline 70 kg at 0.2", "and at 0.3?")


def test_the_level_of_another_electrolyte_is_asked_instead_and_another_value_is_told_beside() -> None:
    assert said("potassium 2.7", "and magnesium 0.3?") == "magnesium 0.3"
    assert said("potassium 2.7 in CRS", "and magnesium 0.3?") != "magnesium 0.3"
    assert said("potassium 2.7", "and platelets 20?") == "potassium 2.7 platelets 20"
