"""Rows of a table by a value: the one that the question names, and none of another thing whose bound it reaches."""

import pytest

from wardbook.answering.bands_held import is_turned_away, of_value
from wardbook.answering.scoring import Evidence, SectionHit
from wardbook.corpus.unit import Unit


def row(label: str, bound: str, by_value: bool, score: float) -> Evidence:
    values = (("Procedure", label), ("Platelets", bound))
    unit = Unit("Counts", (1, 1), "row", f"{label} - Platelets: {bound}", f"{label} | {bound}", values=values)
    hit = SectionHit("page", "Before procedures", "Counts", ("Counts",), 1.0, 1.0, (unit,))
    return Evidence(hit, unit, score, 0.5, by_value=by_value)


def sentence(text: str) -> Evidence:
    unit = Unit("Counts", (1, 1), "sentence", text, text)
    hit = SectionHit("page", "Ketoacidosis", "Counts", ("Counts",), 1.0, 1.0, (unit,))
    return Evidence(hit, unit, 1.0, 0.5)


ROWS = [row("PICC", ">= 20", True, 1.5), row("Drain", ">= 30", True, 1.4), row("LP", ">= 40", False, 0.9)]


def test_the_row_that_is_named_answers_and_not_one_that_holds_the_value() -> None:
    assert [each.unit.values[0][1] for each in of_value("platelets before lp plts 35", ROWS)] == ["LP"]


def test_where_none_is_named_all_stay() -> None:
    assert len(of_value("platelets 35", ROWS)) == len(ROWS)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("k 3.0 ketoacidosis", "Stop insulin 0.1 units/kg/h until potassium is above 3.3"),
        ("glucose 28 ketoacidosis", "Sodium chloride 0.9% 1000 mL; glucose hourly"),
        ("calcium 3.4", "0.9% saline 4 L over a day, recheck calcium at 12 h"),
        ("calcium 3.4", "0.9% saline 4 L a day, calcium 3.4 mmol/L or more: ring"),
        ("phosphate 2.5", "Low-phosphate diet and 2 tablets with meals"),
        ("ketoacidosis", "Insulin 10 units"),
        ("k 6.8", "Stop potassium in fluids; furosemide 20 mg"),
    ],
)
def test_a_name_that_is_not_given_drops_no_line(question: str, line: str) -> None:
    assert len(of_value(question, [sentence(line)])) == 1


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("k 3.0", "Insulin 10 units in glucose"),
        ("k 3.0", "Give 10 units of insulin"),
        ("glucose 28", "10% glucose 150 mL"),
        ("calcium 3.4", "Calcium gluconate 20 mL"),
        ("k 2.8", "Stop potassium in fluids; furosemide 20 mg"),
    ],
)
def test_what_is_given_the_wrong_way_is_dropped_but_turns_no_answer_away(question: str, line: str) -> None:
    assert not of_value(question, [sentence(line)])
    assert not is_turned_away(question, [sentence(line)])


def in_section(section: str, text: str, by_value: bool | None) -> Evidence:
    unit = Unit(section, (1, 1), "sentence", text, text)
    hit = SectionHit("page", "Salts", section, (section,), 1.0, 1.0, (unit,))
    return Evidence(hit, unit, 1.0, 0.5, by_value=by_value)


@pytest.mark.parametrize(
    ("by_value", "section", "left"), [(True, "Potassium", 1), (None, "Potassium", 2), (True, "Kidneys", 2)]
)
def test_a_section_on_the_quantity_without_the_value_is_left_out_where_another_gives_for_it(
    by_value: bool | None, section: str, left: int
) -> None:
    lines = [
        in_section("High", "K 6.5 or more: 30 mL over 10 min", by_value),
        in_section(section, "20 mmol in 2 h", None),
    ]
    assert len(of_value("K 6.7", lines)) == left
