"""A stage of life without a figure takes in nobody who is surely of another one."""

from decimal import Decimal

import pytest
from made_regimens import amount, regimen

from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.fit import Fit
from wardbook.dosing.fitting import fits_population
from wardbook.dosing.life_stage import ages_of, apart, asked_ages, may_weigh
from wardbook.dosing.regimen import Condition

FROM_A_MONTH = Condition("age", Decimal(1), True, Decimal(12), True, "a", "mo")


@pytest.mark.parametrize(
    ("population", "question", "age", "weight"),
    [
        ("Neonate", "", Decimal(14), None),
        ("Neonate", "child", None, None),
        ("Neonate", "", None, Decimal(25)),
        ("Adolescent", "newborn", None, None),
        ("Adolescent", "", Decimal(4), None),
    ],
)
def test_who_is_of_another_stage_is_left_out(
    population: str, question: str, age: Decimal | None, weight: Decimal | None
) -> None:
    assert apart(ages_of(population, None), asked_ages(question, age, weight))


@pytest.mark.parametrize(
    ("population", "question", "age"),
    [("Neonate", "neonate", None), ("Adolescent", "child", None), ("Children", "", Decimal(4)), (None, "", None)],
)
def test_who_may_be_of_the_stage_is_not(population: str | None, question: str, age: Decimal | None) -> None:
    assert not apart(ages_of(population, None), asked_ages(question, age, None))


def test_a_neonate_is_not_of_a_band_that_begins_at_a_month() -> None:
    assert apart(ages_of(None, FROM_A_MONTH), asked_ages("neonate", None, None))


def test_a_row_that_names_the_stage_goes_before_one_whose_ages_only_reach_it() -> None:
    query = DoseQuery("somedrug", for_text="adolescent")
    assert fits_population(regimen(amount("6"), population="Adolescent"), query) is Fit.SAYS
    assert fits_population(regimen(amount("7"), condition=FROM_A_MONTH), query) is Fit.OPEN


@pytest.mark.parametrize("stage", ["infant", "baby", "toddler", "child"])
def test_a_dose_that_says_nothing_of_whom_is_none_for_a_young_child_by_whatever_name(stage: str) -> None:
    query = DoseQuery("somedrug", f"{stage} 6 kg", weight_kg=Decimal(6))
    assert fits_population(regimen(amount("1.5", unit="[iU]")), query) is Fit.AGAINST
    assert fits_population(regimen(amount("2"), population="Children"), query) is not Fit.AGAINST


def test_a_fixed_dose_that_says_nothing_of_whom_is_none_for_a_newborn() -> None:
    fixed, sized = regimen(amount("1", unit="g")), regimen(amount("50"), per="kg")
    for query in (DoseQuery("somedrug", "neonate"), DoseQuery("somedrug", age_y=Decimal(3) / 365)):
        assert fits_population(fixed, query) is Fit.AGAINST
    assert fits_population(fixed, DoseQuery("somedrug", age_y=Decimal(30))) is not Fit.AGAINST
    assert fits_population(regimen(amount("1"), population="Neonate"), DoseQuery("somedrug", "neonate")) is Fit.SAYS
    assert fits_population(sized, DoseQuery("somedrug", "adult")) is not Fit.AGAINST


def test_an_adult_is_of_no_band_of_children_and_both_asked_for_are() -> None:
    child = ages_of(None, Condition("age", Decimal(1), True, Decimal(12), False, "a"))
    older = ages_of(None, Condition("age", Decimal(12), True, None, False, "a"))
    assert apart(child, asked_ages("adult", None, None))
    assert not apart(older, asked_ages("adult", None, None))
    assert not apart(child, asked_ages("adults and children", None, None))
    assert not apart(child, asked_ages("young adult", None, None))


@pytest.mark.parametrize(("kg", "out"), [(20, True), (10, False), (None, False)])
def test_a_weight_that_no_infant_has_is_not_of_a_band_of_months(kg: int | None, out: bool) -> None:
    band = Condition("age", Decimal(1), True, Decimal(3), True, "mo", "mo")
    weight = None if kg is None else Decimal(kg)
    assert apart(ages_of("Child", band), asked_ages("child", None, weight)) is out


@pytest.mark.parametrize(
    ("years", "kg", "may"), [("0.7", 70, False), ("0.7", 9, True), ("7", 80, False), ("13", 90, True)]
)
def test_an_infant_of_an_adults_weight_is_two_people(years: str, kg: int, may: bool) -> None:
    assert may_weigh(Decimal(years), Decimal(kg)) is may
