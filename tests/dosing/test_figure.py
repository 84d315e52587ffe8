"""Figures of a text as facts that compare over notations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardbook.dosing.binding import drug_at, mentions_of
from wardbook.dosing.figure import read_figures


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,000 mg", "1000mg"),
        ("0.5 mg/kg/day", ".5 mg per kg per day"),
        ("100–200 mg", "100 to 200 mg"),
        ("5 mcg", "5 µg"),
        ("every 12 hours", "q12h"),
        ("three doses", "3 doses"),
        ("5 units/m²", "5 IU/m2"),
        ("maximum daily dose 400 mg", "400 mg/day"),
        ("**8** mg/kg", "8 mg/kg"),
    ],
)
def test_notations_of_the_same_are_the_same(one: str, other: str) -> None:
    assert read_figures(one).dose_like == read_figures(other).dose_like != frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5 mg", "5 mcg"),
        ("5 mg", "5 mg/kg"),
        ("5 mg/day", "5 mg"),
        ("5 mg", "0.005 g"),
        ("5-10 mg", "10 mg"),
        ("every 6 hours", "every 6 days"),
        ("3 days", "3 doses"),
        ("5 mg/m2", "5 mg/m20"),
    ],
)
def test_what_differs_is_not_the_same(one: str, other: str) -> None:
    assert read_figures(one).dose_like != read_figures(other).dose_like


def test_reference_numbers_are_no_figures() -> None:
    assert read_figures("words [11][12]").values == frozenset()


def test_labels_know_what_they_are_labels_of() -> None:
    labels = {fact[1:] for fact in read_figures("grade 3-4, IL-6 and CD19 on days -5, -4 (2018)").labels}
    assert {("grade", "3"), ("grade", "4"), ("il", "il-6"), ("cd", "cd19"), ("year", "2018")} <= labels
    assert {("day", "-5"), ("day", "-4")} <= labels


@pytest.mark.parametrize(
    ("text", "amount", "drug"),
    [
        ("fludarabine 30 mg and cyclophosphamide 300 mg", "30 mg", "fludarabine"),
        ("fludarabine 30 mg and cyclophosphamide 300 mg", "300 mg", "cyclophosphamide"),
        ("10 mg of dexamethasone, then 8 mg tocilizumab", "10 mg", "dexamethasone"),
        ("10 mg of dexamethasone, then 8 mg tocilizumab", "8 mg", "tocilizumab"),
        ("give 10 mg daily", "10 mg", None),
    ],
)
def test_the_drug_of_an_amount(text: str, amount: str, drug: str | None) -> None:
    begin = text.index(amount)
    assert drug_at(text, mentions_of(text), begin, begin + len(amount)) == drug


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    figures = read_figures(text)
    assert figures.all >= figures.dose_like
