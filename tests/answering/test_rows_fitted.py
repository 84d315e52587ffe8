"""Rows side by side: what stands below each of them is said once, and takes no room from the rows."""

from wardbook.answering.rows_fitted import Row, fitted


def rows(*below: list[str]) -> list[Row]:
    return [Row(f"Dose {at} [{at}]", f"use {at} [{at}]", lines) for at, lines in enumerate(below, 1)]


def test_what_stands_below_each_row_is_said_once_of_all() -> None:
    assert fitted(rows(["Not above 2 g. [9]", "one [1]"], ["Not above 2 g. [9]"]), 999) == (
        "- Dose 1 [1]\n  - one [1]\n- Dose 2 [2]\n- For each of these: Not above 2 g. [9]"
    )


def test_what_stands_below_some_rows_stays_with_them() -> None:
    text = fitted(rows(["Not above 2 g. [9]"], []), 999)
    assert text == "- Dose 1 [1]\n  - Not above 2 g. [9]\n- Dose 2 [2]"


def test_one_row_keeps_what_is_below_it_and_no_row_is_no_text() -> None:
    assert fitted(rows(["Not above 2 g. [9]"]), 999) == "Dose 1 [1]\n\nNot above 2 g. [9]"
    assert fitted([], 999) == ""


def test_rows_have_room_that_said_for_each_they_would_not() -> None:
    text = fitted(rows(*[["x" * 90 + " [9]"] for _ in range(5)]), 300)
    assert all(f"Dose {at} [{at}]" in text for at in range(1, 6)) and text.count("x" * 90) == 1
