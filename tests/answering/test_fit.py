"""Figures that fall in a row's range, kinds of question, and what a unit's place tells of it."""

from dataclasses import replace

import pytest

from answering.made import ask, terms, unit
from wardbook.answering.fit import (
    covers_first,
    defines,
    form_fit,
    is_criterion,
    leads_on,
    tells_ending,
)
from wardbook.answering.ranges import covers


@pytest.mark.parametrize(
    ("cell", "figure", "held"),
    [
        ("7-9", 8, True),
        ("7-9", 10, False),
        ("0-2", 2, True),
        ("9 or above", 11, True),
        ("9 or above", 9, True),
        ("9 or above", 8, False),
        (">9", 9, False),
        ("≥9", 9, True),
        ("less than 3", 2, True),
        ("less than 3", 3, False),
        ("at most 3", 3, True),
        ("12+", 13, True),
        ("none", 3, False),
    ],
)
def test_a_figure_falls_in_a_range_or_past_a_bound(cell: str, figure: float, held: bool) -> None:
    assert covers(cell, figure) is held


def test_words_that_lead_on_end_in_a_colon() -> None:
    assert leads_on(unit("In these cases:"))
    assert not leads_on(unit("Rest: a day."))


@pytest.mark.parametrize(
    ("text", "defined"),
    [
        ("CRS (cytokine release syndrome): fever after the cells.", 0.4),
        ("CRS is fever after the cells.", 0.35),
        ("Rossi 2024 (n=26, CRS after the cells)", 0.2),
        ("Fever after the cells.", 0.0),
    ],
)
def test_what_opens_with_the_thing_asked_defines_it(text: str, defined: float) -> None:
    assert defines(ask("what is CRS?"), unit(text), terms("what is CRS?")) == defined


def test_the_figure_of_an_interval_is_none_that_a_row_covers() -> None:
    row = unit("Grade 3+: 1.24", "row", values=(("Outcome", "3-99"), ("RR", "1.24")))
    assert not covers_first(ask("RR and 95% CI of CRS"), row)
    assert covers_first(ask("CRS at 95"), row)


def test_the_bound_of_another_quantity_covers_no_value_asked() -> None:
    bound = unit("CrCl below 30: denosumab", kind="bullet")
    assert not covers_first(ask("calcium 1.9"), bound)
    assert covers_first(ask("crcl 20"), bound)
    assert covers_first(ask("4 points"), unit("3-6: often", kind="bullet"))


@pytest.mark.parametrize(
    ("text", "other"),
    [("Fever 24% v 68%.", "Fever in 24%."), ("No difference in fever.", "No drug for fever.")],
)
def test_figures_set_against_each_other_tell_what_a_thing_has_done(text: str, other: str) -> None:
    asked, plain = ask("did anakinra lower fever"), ask("fever on anakinra")
    assert form_fit(asked, unit(text), "") - form_fit(asked, unit(other), "") == pytest.approx(0.5)
    assert form_fit(plain, unit(text), "") == form_fit(plain, unit(other), "")


def test_a_figure_of_a_name_is_no_value() -> None:
    row = unit("Bulk >= 7 cm: 2", "row", values=(("Item", ">= 7 cm"), ("Points", "2")))
    assert covers_first(ask("bulk of 7 cm"), row)
    assert not covers_first(ask("SCORE-7 items?"), row)


def test_a_time_of_another_unit_is_no_figure_that_a_label_covers() -> None:
    days = unit("Days 0-7: every 4 hours", "row", values=(("When", "Days 0-7"), ("Pulse", "every 4 hours")))
    hours = unit("First 4 hours: every 15 min", "row", values=(("When", "at most 4 hours"), ("Pulse", "every 15 min")))
    asked = ask("pulse first 4 hrs")
    assert covers_first(asked, hours)
    assert not covers_first(asked, days)


def test_how_often_is_answered_by_what_says_it() -> None:
    said, other = unit("Pulse every 15 min."), unit("Pulse at the wrist.")
    assert form_fit(ask("how often pulse?"), said, "") > form_fit(ask("how often pulse?"), other, "")


def test_who_gets_a_thing_is_answered_by_what_names_them() -> None:
    whom, amount = unit("Give locks to patients with a clot.", kind="bullet"), unit("Adults: 5 mg BID", kind="bullet")
    for text in ("who gets locks", "which patients need locks", "who should have a lock"):
        assert form_fit(ask(text), whom, "Locks") > form_fit(ask(text), amount, "Locks")


def test_a_criterion_tells_nothing_to_do() -> None:
    line = unit("Fibrinogen < 1.5 g/L", kind="bullet", lead=("Two or more of",))
    assert is_criterion(ask("fibrinogen 0.8, what to do?"), ("Criteria",), line)
    assert not is_criterion(ask("fibrinogen 0.8, which criteria?"), ("Criteria",), line)
    assert not is_criterion(ask("fibrinogen 0.8, what to do?"), ("Support",), replace(line, lead=()))


@pytest.mark.parametrize(
    ("question", "heading", "told"),
    [
        ("how fast do we taper it", "Taper after rash", True),
        ("taper examplin how fast", "Taper", True),
        ("when can we stop examplin", "Stop", True),
        ("stop examplin when", "When to stop", True),
        ("when do we start examplin", "Stop", False),
        ("when can we stop examplin", "Do not stop suddenly", False),
    ],
)
def test_the_section_by_which_a_drug_is_ended(question: str, heading: str, told: bool) -> None:
    assert tells_ending(question, heading) is told
