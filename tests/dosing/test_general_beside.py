"""The general dose by weight is not turned away by one for another disease, on a page that names the patients."""

from made_regimens import TERMS, amount, regimen

from wardbook.dosing.lookup import DoseQuery, Found, lookup
from wardbook.dosing.regimen import Regimen

GENERAL = regimen(amount("4"), per="kg", indication="How much", page="Low levels", section="How much", lines=(1, 1))
RARE = regimen(
    amount("20"),
    per="kg",
    indication="Late effects: Guillain-Barré",
    page="Effects adults + kids",
    section="Late effects",
    lines=(2, 2),
)


def look(rows: list[Regimen], words: str, population: str) -> Found:
    return lookup(DoseQuery("somedrug", words, population=population), rows, TERMS)


def test_the_dose_for_a_disease_not_asked_is_not_the_one_answer_for_a_child() -> None:
    assert set(look([GENERAL, RARE], "", "child").fits) == {GENERAL, RARE}


def test_nor_for_an_adult() -> None:
    assert set(look([GENERAL, RARE], "", "adult").fits) == {GENERAL, RARE}


def test_where_the_disease_is_asked_its_dose_is_the_answer() -> None:
    assert look([GENERAL, RARE], "Guillain-Barré", "child").fits == (RARE,)


def test_a_row_that_says_itself_that_it_is_for_children_stands_alone() -> None:
    own = regimen(amount("20"), per="kg", indication="Guillain-Barré", population="Child", page="Effects", lines=(2, 2))
    assert look([GENERAL, own], "", "child").fits == (own,)


def test_a_fixed_dose_for_nobody_in_particular_is_not_put_beside_a_childs() -> None:
    fixed = regimen(amount("4"), indication="How much", page="Low levels", section="How much", lines=(1, 1))
    assert look([fixed, RARE], "", "child").fits == (RARE,)
