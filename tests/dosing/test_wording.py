"""Regimens in words: safe notation, and nothing that is not in them."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_regimens import amount, at_least, below, hours, limit, regimen

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.regimen import Condition
from wardbook.dosing.wording import condition_words, describe, quantity, unit_word


def test_one_line_says_all() -> None:
    row = regimen(
        amount("100", "200"),
        route=("SC", "IV"),
        interval_h=hours(6, 12),
        max_daily=limit("400"),
        duration="until resolved",
        verbatim="100-200 mg SC or IV q6-12h",
    )
    assert describe(row) == (
        "somedrug 100–200 mg SC or IV every 6–12 hours; maximum 400 mg/day; duration: until resolved"
    )


def test_band_cap_infusion_and_notes_come_along() -> None:
    row = regimen(
        amount("8"),
        per="kg",
        route=("IV",),
        condition=at_least("30"),
        infusion="over 60 minutes",
        max_single=limit("800"),
        max_doses=4,
        notes=("off-label",),
    )
    assert describe(row) == (
        "somedrug 8 mg/kg IV; for weight at least 30 kg; over 60 minutes; "
        "maximum 800 mg per dose; at most 4 doses; off-label"
    )


def test_what_was_not_understood_is_shown_in_the_pages_words_alone() -> None:
    row = regimen(amount("5"), unparsed=("x3",), verbatim="5 mg  x3,\n then less", max_daily=limit("10"))
    assert describe(row) == "somedrug: 5 mg x3, then less"


@pytest.mark.parametrize(
    ("verbatim", "every", "words"),
    [
        ("10 mg BID", 12, "twice daily"),
        ("10 mg QD", 24, "daily"),
        ("10 mg every 8 hours", 8, "every 8 hours"),
        ("10 mg q8h", 8, "every 8 hours"),
        ("10 mg weekly", 168, "weekly"),
        ("10 mg QOD", 48, "every other day"),
        ("10 mg q3d", 72, "every 3 days"),
        ("10 mg q4wk", 672, "every 4 weeks"),
        ("10 mg q36h", 36, "every 36 hours"),
        ("10 mg q30 min", "0.5", "every 30 minutes"),
    ],
)
def test_frequencies_keep_plain_words_and_lose_unsafe_ones(verbatim: str, every: int | str, words: str) -> None:
    assert describe(regimen(amount("10"), interval_h=hours(every), verbatim=verbatim)) == f"somedrug 10 mg {words}"


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (at_least("40"), "weight at least 40 kg"),
        (below("40"), "weight less than 40 kg"),
        (Condition("age", Decimal(2), True, Decimal(12), False, "a"), "age 2 to less than 12 years"),
        (
            Condition("creatinine clearance", None, False, Decimal(30), True, "mL/min"),
            "creatinine clearance at most 30 mL/min",
        ),
    ],
)
def test_bands_in_words(condition: Condition, words: str) -> None:
    assert condition_words(condition) == words


def test_units_are_spelled_out() -> None:
    assert [unit_word(code) for code in ("ug", "[iU]", "meq", "mL", "{tablet}", "cells")] == [
        "mcg",
        "units",
        "mEq",
        "mL",
        "tablets",
        "cells",
    ]
    assert quantity(Decimal(1), Decimal(1), "{DS tablet}") == "1 DS tablet"


@given(
    st.decimals("0.001", "9999999", places=3),
    st.decimals("0", "1000", places=2),
    st.sampled_from(["mg", "g", "ug", "[iU]", "mL", "mmol", "meq"]),
    st.sampled_from([None, "kg", "m2"]),
    st.sampled_from([None, "d", "h", "min"]),
)
def test_what_is_written_is_read_back_the_same(
    low: Decimal, more: Decimal, unit: str, per: str | None, per_time: str | None
) -> None:
    words = quantity(low, low + more, unit, per, per_time)
    (figure,) = read_amounts(words)
    assert (figure.amount.low, figure.amount.high, figure.amount.unit) == (low, low + more, unit)
    assert (figure.per, figure.per_time) == (per, per_time)
    assert not re.search(r"(?<![\d,.])\.\d|\.\d*0(?!\d)|(?<![\d.,])\d{4,}", words)
