"""The usual dose is told first where all others that fit are for kidneys that are not well, and none were told."""

from dataclasses import replace
from decimal import Decimal

from made_regimens import TERMS, amount, at_least, below, hours, regimen

from wardbook.dosing.lookup import DoseQuery, Found, lookup
from wardbook.dosing.regimen import Condition, Regimen

CLEARANCE = "creatinine clearance"
USUAL = regimen(amount("400"), interval_h=hours(12), lines=(1, 1))
LESS = regimen(amount("200"), interval_h=hours(12), condition=below("30", CLEARANCE, "mL/min"), lines=(2, 2))
NEVER = regimen(
    None,
    condition=below("10", CLEARANCE, "mL/min"),
    notes=("not recommended",),
    verbatim="not recommended",
    lines=(3, 3),
)


def look(*rows: Regimen, words: str = "", crcl: str | None = None) -> Found:
    clearance = Decimal(crcl) if crcl else None
    return lookup(DoseQuery("somedrug", words, crcl=clearance, part=words, measured=words), rows, TERMS)


def test_the_usual_dose_stands_first_and_those_for_poor_kidneys_behind() -> None:
    found = look(LESS, USUAL)
    assert found.usual == (USUAL,)
    assert found.fits == (USUAL, LESS)


def test_what_is_refused_to_poor_kidneys_stands_with_them() -> None:
    assert look(USUAL, LESS, NEVER).fits == (USUAL, LESS, NEVER)


def test_a_band_of_good_kidneys_is_the_usual_dose() -> None:
    good = regimen(amount("400"), condition=at_least("60", CLEARANCE, "mL/min"), lines=(1, 1))
    assert look(good, LESS).usual == (good,)


def test_a_range_of_clearance_that_was_not_read_is_none_of_the_usual() -> None:
    unread = regimen(amount("300"), notes=("CrCl: 40-59 (50-69)",), lines=(4, 4))
    assert look(USUAL, unread).usual == (USUAL,)


def test_two_usual_doses_leave_it_open() -> None:
    other = regimen(amount("800"), interval_h=hours(12), lines=(5, 5))
    assert look(USUAL, other, LESS).usual == ()


def test_so_does_another_band() -> None:
    heavy = regimen(amount("400"), interval_h=hours(12), condition=at_least("40"), lines=(1, 1))
    assert look(heavy, LESS).usual == ()


def test_who_tells_of_kidneys_is_told_no_usual_dose() -> None:
    assert look(USUAL, LESS, words="renal impairment").usual == ()
    assert look(USUAL, LESS, crcl="20").usual == ()
    assert look(USUAL, LESS, words="on haemodialysis").usual == ()


def test_between_bands_there_is_no_usual_dose() -> None:
    middle = Condition(CLEARANCE, Decimal(30), True, Decimal(50), True, "mL/min")
    assert look(regimen(amount("300"), condition=middle, lines=(6, 6)), LESS).usual == ()


def test_an_exception_that_a_dose_notes_does_not_make_it_one_for_poor_kidneys() -> None:
    noted = regimen(
        amount("100"), interval_h=hours(6), notes=("CrCl < 30: 100 mg every 12 h", "HD: 50 mg"), lines=(1, 1)
    )
    other = regimen(amount("200"), interval_h=hours(6), indication="Storm", lines=(2, 2))
    assert look(noted, other).usual == ()
    assert look(noted, other, LESS).usual == ()


def test_a_dose_of_another_page_is_not_the_usual_one_of_those_for_poor_kidneys() -> None:
    assert look(replace(USUAL, page="other"), LESS).usual == ()


def test_nor_does_who_gives_a_value_that_may_be_of_kidneys() -> None:
    assert look(USUAL, LESS, words="creatinine 300").usual == ()
