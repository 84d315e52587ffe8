"""Who asks what to do gets lines that say what is done before the ones that define, grade and count."""

import pytest

from answering.made import ask, unit
from wardbook.answering.action import (
    COUNTS,
    DOES,
    FIRST,
    action_fit,
    as_what_to_do,
    first_fit,
    says_what_is_done,
)


@pytest.mark.parametrize(
    "text",
    [
        "Stop the infusion, keep the line open.",
        "Rise over 2 °C: do not restart, cultures, bag back.",
        "Zelumab 100 mg SC every 6 hours.",
        "Arm swollen: US same day → anticoagulation",
        "No better at 12 h: call the registrar",
    ],
)
def test_orders_arrows_and_doses_say_what_is_done(text: str) -> None:
    assert says_what_is_done(text)


@pytest.mark.parametrize(
    "text",
    [
        "Any grade 81%, grade 3 and above 19%.",
        "Parkinsonism comes weeks to months later.",
        "The grade is the worst of the two.",
        "Mild or no symptoms.",
        "No deaths in 200 patients.",
    ],
)
def test_rates_and_definitions_do_not(text: str) -> None:
    assert not says_what_is_done(text)


def test_a_cell_below_action_says_it_whatever_its_words() -> None:
    assert says_what_is_done("", (("Grade", "2"), ("Action", "observation, MRI")))
    assert not says_what_is_done("", (("Grade", "2"), ("Oxygen", "low flow")))


def test_only_who_asks_what_to_do_is_led_to_them() -> None:
    asked, line = ask("bp dropping what do i do"), unit("Stop the infusion.")
    assert action_fit(asked, line) == DOES
    assert action_fit(asked, unit("Seen in 40% of patients.")) == -COUNTS
    assert action_fit(asked, unit("Comes on day 3.")) == 0
    assert action_fit(ask("what grade is bp 78/40"), line) == 0


@pytest.mark.parametrize(
    ("question", "treated"),
    [
        ("K 6.5 after chemo", True),
        ("K 6.5, what does that mean", False),
        ("K 3.6?", False),
        ("anakinra, CrCl 20", False),
        ("larch tea after chemo", False),
    ],
)
def test_who_tells_a_value_and_asks_nothing_asks_what_to_do(question: str, treated: bool) -> None:
    assert ("treatment" in as_what_to_do(ask(question)).kinds) == treated


def test_what_is_done_first_stands_under_a_heading_that_says_so() -> None:
    asked = ask("bp dropping what do i do first")
    assert first_fit(asked, ("The hour",)) == first_fit(asked, ("First 10 min",)) == FIRST
    assert first_fit(asked, ("Renal doses after the first 24 h",)) == 0
    assert first_fit(ask("bp dropping what do i do"), ("The hour",)) == 0
    assert first_fit(ask("bp dropping, first line treatment"), ("The hour",)) == 0
