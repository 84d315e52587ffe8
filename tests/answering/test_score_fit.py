"""A total of a score that only the pages name, and the band or row that holds it."""

import pytest

from answering.made import unit
from wardbook.answering.score_fit import holds_total, score_meant
from wardbook.corpus.unit import Unit

ABOVE = "Scores in use\nLarch score: relapse after transplant\nBands"
LISTED = unit("0-2 low – seen in 1.4% 3-6 intermediate – 7% 7 or more high – 29%")
ITEM = unit("Blood count 50-70: 2 points", kind="bullet")


def _row(header: str, cell: str) -> Unit:
    return unit(f"{cell}: 21%", kind="row", values=((header, cell), ("Relapse", "21%")))


@pytest.mark.parametrize(
    ("question", "held", "expected"),
    [
        ("Larch score 5, what is the risk", LISTED, True),
        ("larch 9 points, what now", LISTED, True),
        ("patient has 5 points, what is the risk", LISTED, True),
        ("Larch score 3", _row("Points", "2-3"), True),
        ("Larch score 3", _row("Points", "4 or more"), False),
        ("Larch score 5", unit("High risk (>= 4): early taper", kind="bullet"), True),
        ("Larch score 60", ITEM, None),
        ("Maple score 5", LISTED, None),
        ("larch score of a 5 year old", LISTED, None),
        ("larch score, on 5 mg of prednisolone", LISTED, None),
        ("Larch score 3", _row("Day", "2-3"), None),
    ],
)
def test_a_band_holds_the_total_of_the_score_that_its_heading_names(
    question: str, held: Unit, expected: bool | None
) -> None:
    found = [holds for holds, _ in holds_total(question, held, ABOVE)]
    assert (any(found) if found else None) is expected


def test_a_header_that_is_the_score_s_name_will_do() -> None:
    held = unit("3-4: hourly", kind="row", values=(("LARCH", "3-4"), ("Action", "hourly")))
    assert [holds for holds, _ in holds_total("larch 4 what now", held, "Early warning\nAction")] == [True]


def test_points_alone_are_of_the_score_that_was_spoken_of() -> None:
    assert score_meant("pt has 5 points, what is the risk", "Larch score items") == "Larch score"
    assert score_meant("pt has 5 points", "items of the Larch score and the Maple score") == ""
    assert score_meant("pt weighs 5 kg", "Larch score items") == ""
