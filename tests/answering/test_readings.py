"""Figures of a question with what they are of."""

import pytest

from wardbook.answering.readings import readings


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("zelumab cycle 1 day 8", [("cycle", "", "cycle 1"), ("day", "", "day 8")]),
        ("zelumab level 12 at 48 h", [("level", "", "level 12"), ("", "h", "48 h")]),
        ("INR 5, QTc is 510", [("inr", "", "INR 5"), ("qtc", "", "QTc is 510")]),
        ("platelets are 40", [("platelet", "", "platelets are 40")]),
        ("Hb has dropped to 62", [("hb", "", "Hb has dropped to 62")]),
        ("switch to 40", [("", "", "40")]),
        ("days 2-4", [("day", "", "days 2-4")]),
        ("is 600 mg ok", [("", "amount", "600 mg")]),
        ("14", [("", "", "14")]),
        ("hhv6 or IL-6", []),
    ],
)
def test_a_figure_has_the_label_before_it_and_the_sort_of_its_unit(
    text: str, found: list[tuple[str, str, str]]
) -> None:
    assert [(each.label, each.sort, text[each.begin : each.end]) for each in readings(text)] == found
