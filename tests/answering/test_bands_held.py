"""Rows of a table by a value: the one that the question names, and none of another thing whose bound it reaches."""

from wardbook.answering.bands_held import of_value
from wardbook.answering.scoring import Evidence, SectionHit
from wardbook.corpus.unit import Unit


def row(label: str, bound: str, by_value: bool, score: float) -> Evidence:
    values = (("Procedure", label), ("Platelets", bound))
    unit = Unit("Counts", (1, 1), "row", f"{label} - Platelets: {bound}", f"{label} | {bound}", values=values)
    hit = SectionHit("page", "Before procedures", "Counts", ("Counts",), 1.0, 1.0, (unit,))
    return Evidence(hit, unit, score, 0.5, by_value=by_value)


ROWS = [row("PICC", ">= 20", True, 1.5), row("Drain", ">= 30", True, 1.4), row("LP", ">= 40", False, 0.9)]


def test_the_row_that_is_named_answers_and_not_one_that_holds_the_value() -> None:
    assert [each.unit.values[0][1] for each in of_value("platelets before lp plts 35", ROWS)] == ["LP"]


def test_where_none_is_named_all_stay() -> None:
    assert len(of_value("platelets 35", ROWS)) == len(ROWS)
