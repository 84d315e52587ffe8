from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardbook.dosing.frequency import read_frequencies


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("q6-12h", 6, 12), ("every 8 h", 8, 8), ("BID", 12, 12), ("b.i.d", 12, 12), ("TID", 8, 8), ("QID", 6, 6),
        ("q6h", 6, 6), ("q 6 hours", 6, 6), ("Q4H", 4, 4), ("q4 -6 hours", 4, 6), ("q6", 6, 6), ("daily", 24, 24),
        ("QD", 24, 24), ("OD", 24, 24), ("QDS", 6, 6), ("nocte", 24, 24),
        ("qday", 24, 24), ("qHS", 24, 24), ("QOD", 48, 48), ("q72h", 72, 72),
        ("every 4 weeks", 672, 672), ("every 6 or 12 hours", 6, 12),
        ("every 6–12 hours", 6, 12), ("8-hourly", 8, 8), ("twice a day", 12, 12),
        ("every other day", 48, 48), ("weekly", 168, 168), ("every 24 hours", 24, 24),
    ],
)  # fmt: skip
def test_a_frequency_is_hours_between_doses(text: str, low: int, high: int) -> None:
    (found,) = read_frequencies(f"100 mg IV {text}, then stop")
    assert found.interval_h == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5 mg six-hourly", "6", "6"),
        ("5 mg eight hourly", "8", "8"),
        ("5 mg every twelve hours", "12", "12"),
        ("5 mg 4- to 6-hourly", "4", "6"),
        ("5 mg 8hrly", "8", "8"),
        ("5 mg half-hourly", "0.5", "0.5"),
        ("5 mg 2-3 times daily", "8", "12"),
        ("5 mg once or twice daily", "12", "24"),
        ("5 mg four times each day", "6", "6"),
        ("5 mg 3 times/day", "8", "8"),
        ("5 mg six times a day", "4", "4"),
        ("5 mg fortnightly", "336", "336"),
        ("5 mg 3-weekly", "504", "504"),
        ("5 mg every two weeks", "336", "336"),
        ("5 mg once weekly", "168", "168"),
        ("5 mg/kg OD", "24", "24"),
    ],
)
def test_a_count_in_words_or_a_range_of_counts_is_read_whole(text: str, low: str, high: str) -> None:
    (found,) = read_frequencies(text)
    assert found.interval_h == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("text", ["(OD if CrCl < 25)", "; OD when > 80 y", ", OD for CrCl < 25", "or OD if CrCl < 25"])
def test_od_for_some_patients_is_once_daily(text: str) -> None:
    twice, once = read_frequencies(f"90 units/kg BD {text}")
    assert (twice.interval_h, once.interval_h) == ((Decimal(12), Decimal(12)), (Decimal(24), Decimal(24)))


@pytest.mark.parametrize("text", ["5 mg five times daily", "5 mg 5x daily", "5 mg five times weekly", "5 mg 4 weekly"])
def test_times_that_are_not_even_are_no_part_of_their_words(text: str) -> None:
    (found,) = read_frequencies(text)
    assert (found.interval_h, text[found.begin : found.end]) == (None, text.removeprefix("5 mg "))


@pytest.mark.parametrize("text", ["days 1-3 weekly", "cycle 2 weekly", "week 3 weekly", "5 mg x 4 weekly"])
def test_a_number_that_names_a_day_or_counts_doses_is_none_of_weeks(text: str) -> None:
    (found,) = read_frequencies(text)
    assert (found.interval_h, text[found.begin : found.end]) == ((Decimal(168), Decimal(168)), "weekly")


@pytest.mark.parametrize("text", ["max 2 a day", "for five days", "for 3 days", "7 days a week"])
def test_a_count_of_days_or_tablets_is_no_interval(text: str) -> None:
    assert read_frequencies(text) == ()


@pytest.mark.parametrize("text", ["q5m", "3x/week", "TIW", "monthly", "every 3 months", "twice weekly"])
def test_what_is_not_even_in_hours_keeps_its_words_only(text: str) -> None:
    (found,) = read_frequencies(f"5 mg {text} as told")
    assert found.interval_h is None


@pytest.mark.parametrize(
    "text",
    [
        "q",
        "for 6 hours",
        "bidirectional",
        "IQD5",
        "q7",
        "today",
        "q6x",
        "every patient",
        "1 drop OD",
        "OD of paracetamol",
        "1 drop (OD for pain)",
        "1 drop, OD if red",
        "antidote in overdose (OD for short)",
        "charcoal (OD of tablets)",
    ],
)
def test_other_words_are_no_frequency(text: str) -> None:
    assert read_frequencies(text) == ()


@given(st.integers(1, 72), st.sampled_from(["q{}h", "q {} hours", "Q{}H", "every {} hours", "every {} h", "q{}hr"]))
def test_every_whole_number_of_hours_reads_as_itself(hours: int, form: str) -> None:
    (found,) = read_frequencies(form.format(hours))
    assert found.interval_h == (Decimal(hours), Decimal(hours))
