"""What ward notation is made uniform, and what stays of it."""

import pytest

from wardbook.dosing.notation import stripped


@pytest.mark.parametrize(
    ("text", "cut"),
    [(". 5 mg.", "5 mg"), (".5 mg.", ".5 mg"), ("(.75 mg)", ".75 mg"), ("x 5 mg.", "x 5 mg"), ("...", "")],
)
def test_the_point_of_a_figure_stays_where_marks_are_cut_off(text: str, cut: str) -> None:
    assert stripped(text, " .()") == cut
