"""A measured value of the question picks the rows of a drug: those that hold it, alone; a gap is said."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_regimens import TERMS, amount, at_least, regimen

from wardbook.dosing.lookup import DoseQuery, Found, lookup
from wardbook.dosing.measured import read_measured
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.told import gives_range


def banded(words: str, dose: str, at: int) -> Regimen:
    return regimen(amount(dose), condition=read_measured(words)[0].condition, lines=(at, at))


ROWS = [banded("INR 2 to <4", "25", 1), banded("INR 4-6", "35", 2), banded("INR >8", "50", 3)]
GENERAL = regimen(amount("10"), lines=(9, 9))


def look(question: str, rows: list[Regimen]) -> Found:
    return lookup(DoseQuery("somedrug", question), rows, TERMS)


@pytest.mark.parametrize(("question", "expected"), [("inr 3", 0), ("inr 4", 1), ("inr of 6", 1), ("INR 12", 2)])
def test_the_row_that_holds_the_value_answers_alone(question: str, expected: int) -> None:
    assert look(question, [*ROWS, GENERAL]).fits == (ROWS[expected],)


def test_a_value_in_no_band_is_never_given_its_neighbours_dose() -> None:
    found = look("inr 7", ROWS)
    assert found.kind == "none" and "inr 7" in found.not_covered[0]


def test_a_row_that_does_not_go_by_the_value_stands_only_with_a_word_of_it() -> None:
    found = look("inr 7", [*ROWS, GENERAL])
    assert found.fits == (GENERAL,) and any("inr 7" in note for note in found.not_covered)


def test_a_value_that_is_missing_is_asked_for_by_its_name() -> None:
    found = look("", ROWS)
    assert (found.kind, found.prompt) == ("several", "What is the INR?")


def test_a_value_of_another_quantity_chooses_nothing() -> None:
    assert look("potassium 5", ROWS).fits == tuple(ROWS)


edges = st.lists(st.integers(1, 29), min_size=2, max_size=5, unique=True).map(sorted)


@given(edges, st.integers(2, 60))
def test_of_rows_by_a_value_the_one_that_holds_it_answers_or_none(ends: list[int], half: int) -> None:
    """Values at, below and above every edge: half steps from 1 to 30."""
    value = half / 2
    rows = [banded(f"INR {low} to <{high}", f"{at + 10}", at) for at, (low, high) in enumerate(pairwise(ends), 1)]
    expected = tuple(row for row, (low, high) in zip(rows, pairwise(ends), strict=True) if low <= value < high)
    assert look(f"inr {value:g}", rows).fits == expected


@pytest.mark.parametrize(
    ("words", "told"), [("under 15 kg", True), ("15-30 kg", True), ("> 34 kg", True), ("15 mg", False), ("CRS", False)]
)
def test_a_range_or_bound_of_what_rows_have_bands_of_is_known(words: str, told: bool) -> None:
    rows = [regimen(amount("5"), condition=at_least("35"), lines=(1, 1))]
    assert gives_range(DoseQuery("somedrug", words), rows) is told
