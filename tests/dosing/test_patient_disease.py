"""Whose disease a dose is for: that of one programme is never given to patients of another."""

from decimal import Decimal

import pytest
from made_regimens import TERMS, amount, at_least, regimen

from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.fit import Fit
from wardbook.dosing.lookup import Found, lookup
from wardbook.dosing.patient_disease import diseases_of, fits_disease
from wardbook.dosing.regimen import Regimen


def of(section: str, figure: str = "5", line: int = 1, **fields: object) -> Regimen:
    return regimen(amount(figure), section=section, lines=(line, line), **fields)


CANCER, LUPUS = of("CRS in B-ALL", "7", 1), of("CRS in autoimmune CAR-T", "6", 2)


def ask(words: str, *rows: Regimen, **fields: object) -> Found:
    return lookup(DoseQuery("somedrug", words, **fields), rows or (CANCER, LUPUS), TERMS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("CRS in SLE", (LUPUS,)),
        ("CRS lupus patient", (LUPUS,)),
        ("CRS, myositis", (LUPUS,)),
        ("CRS B-ALL", (CANCER,)),
        ("CRS in ALL", (CANCER,)),
        ("CRS lymphoma", (CANCER,)),
    ],
)
def test_the_patients_disease_chooses_the_programme(words: str, fits: tuple[Regimen, ...]) -> None:
    assert ask(words).fits == fits


def test_a_dose_for_another_programme_alone_is_no_answer() -> None:
    found = ask("CRS lupus", CANCER)
    assert (found.kind, found.existing) == ("none", (CANCER,))
    assert "lupus" in found.not_covered[0]


def test_without_a_disease_both_programmes_stand_though_one_alone_has_bands_of_weight() -> None:
    heavy = of("CRS in B-ALL", "7", 1, condition=at_least("35"))
    assert set(ask("CRS", heavy, LUPUS, weight_kg=Decimal(64)).fits) == {heavy, LUPUS}


def test_another_disease_of_the_programme_is_told() -> None:
    assert any("lymphoma" in each for each in ask("CRS lymphoma", CANCER).not_covered)
    assert not any("lymphoma" in each for each in ask("CRS lymphoma", of("CRS in lymphoma")).not_covered)


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("Autoimmune haemolysis", "lymphoma"),
        ("Autoimmune encephalitis", "melanoma"),
        ("Myositis", "melanoma"),
        ("Non-oncology", "fever"),
        ("Dosing", "lupus"),
    ],
)
def test_adverse_events_and_rows_that_name_no_programme_turn_nobody_away(section: str, words: str) -> None:
    assert fits_disease(of(section), DoseQuery("somedrug", words)) is not Fit.AGAINST


def test_plain_words_are_no_disease() -> None:
    assert not diseases_of("all patients, ms word, ra").programmes
    assert not diseases_of("give ALL patients").programmes
    assert not diseases_of("CRS DOSES FOR ALL").programmes
    assert ask("CRS, ALL patients").kind == "several"
    assert diseases_of("MS and ALL").programmes == {"cancer", "autoimmune"}


def test_a_hyphen_between_two_words_names_no_disease() -> None:
    assert not diseases_of("day -5 of the XY-19A post-transplant course", True).programmes


@pytest.mark.parametrize(
    ("words", "fits"),
    [("before cells leukemia", ("1",)), ("before cells acute lymphoblastic leukaemia", ("1",)),
     ("before cells mantle cell", ("2",)), ("before cells lymphoma", ("2",)),
     ("before cells AML", ()), ("before cells acute myeloid leukaemia", ())],
)  # fmt: skip
def test_a_disease_is_its_letters_and_of_its_kind(words: str, fits: tuple[str, ...]) -> None:
    rows = (of("before cells (ALL)", "1", 1), of("before cells (MCL)", "2", 2))
    found = ask(words, *rows, part=words).fits
    assert tuple(str(row.amount.low) for row in found if row.amount) == fits


def test_the_letters_of_a_disease_before_adult_are_its_name_and_before_adults_are_everybody() -> None:
    assert diseases_of("alpha-cel, ALL adult (Brand)").names == {"all"}
    assert not diseases_of("ALL adults").names
    assert not diseases_of("ALL adult patients").names
