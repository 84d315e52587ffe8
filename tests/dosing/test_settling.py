"""The question that would settle which regimen is meant: every regimen behind one option, no option for all."""

from hypothesis import given, settings
from hypothesis import strategies as st
from made_regimens import TERMS, amount, at_least, below, hours, regimen

from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.lookup import lookup
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.settling import told_by_row

ROWS = st.builds(
    regimen,
    st.sampled_from(["5", "10", "20"]).map(amount),
    indication=st.sampled_from([None, "CRS", "ICANS with CRS", "ICANS without CRS"]),
    setting=st.sampled_from([None, "treatment", "prophylaxis"]),
    severity=st.sampled_from([None, "grade 2", "severe", "non-severe"]),
    population=st.sampled_from([None, "Adult", "Child"]),
    condition=st.sampled_from([None, at_least("30"), below("30")]),
    route=st.sampled_from([(), ("IV",), ("PO",)]),
    interval_h=st.sampled_from([None, hours(8), hours(12)]),
    notes=st.sampled_from([(), ("Loading",), ("Inpatient",), ("Maintenance",)]),
    lines=st.sampled_from([(1, 1), (2, 2), (3, 3)]),
    page=st.sampled_from(["one", "two"]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(ROWS, min_size=2, max_size=6, unique=True))
def test_every_regimen_stands_behind_one_option_and_none_leaves_all(rows: list[Regimen]) -> None:
    found = lookup(DoseQuery("somedrug"), rows, TERMS)
    if found.kind != "several":
        return
    behind = [kept for _, kept in found.offered]
    assert len(found.offered) > 1
    assert len(set(found.options)) == len(found.options)
    assert all(option.strip() for option in found.options)
    shown = found.fits
    assert all(any(row in kept for kept in behind) for row in shown)
    assert all(any(row not in kept for row in shown) for kept in behind)


@settings(max_examples=150, deadline=None)
@given(st.lists(ROWS, min_size=2, max_size=6, unique=True))
def test_a_row_picked_is_found_again(rows: list[Regimen]) -> None:
    found = lookup(DoseQuery("somedrug"), rows, TERMS)
    for _, kept in found.offered:
        again = lookup(DoseQuery("somedrug"), kept, TERMS)
        assert again.kind in ("one", "several")
        assert set(again.fits) <= set(kept)


def test_with_and_without_are_options() -> None:
    rows = [
        regimen(amount("40"), indication="GCA without vision loss"),
        regimen(amount("60"), indication="GCA with vision loss", lines=(2, 2)),
    ]
    found = lookup(DoseQuery("somedrug", "GCA"), rows, TERMS)
    assert set(found.options) == {"GCA without vision loss", "GCA with vision loss"}


def test_rows_of_one_page_do_not_disagree() -> None:
    rows = [regimen(amount("40")), regimen(amount("60"), lines=(2, 2))]
    assert "disagree" not in (lookup(DoseQuery("somedrug"), rows, TERMS).prompt or "")


USUAL = regimen(amount("10"))


def test_a_dose_and_its_exceptions_are_told_by_their_row() -> None:
    assert told_by_row([USUAL, regimen(amount("5"), condition=below("30"))])
    assert told_by_row([USUAL, regimen(amount("5"), population="Child")])
    assert told_by_row([USUAL, regimen(amount("5"), notes=("twice daily instead",))])


def test_rows_that_only_who_knows_the_patient_can_choose_from_are_not() -> None:
    assert not told_by_row([USUAL, regimen(amount("5"), condition=below("30"), lines=(2, 2))])
    assert not told_by_row(
        [regimen(amount("10"), condition=at_least("30")), regimen(amount("5"), condition=below("30"))]
    )
    assert not told_by_row([regimen(amount("10"), population="Adult"), regimen(amount("5"), population="Child")])
    assert not told_by_row([USUAL, regimen(amount("5"), severity="grade 3")])
    assert not told_by_row([USUAL, regimen(amount("5"), setting="prophylaxis")])


def test_a_band_that_was_not_understood_may_be_the_first_doses() -> None:
    assert not told_by_row([regimen(amount("10"), unparsed=("3-11 m",)), regimen(amount("5"), condition=below("30"))])
