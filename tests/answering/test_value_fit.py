"""Rows and clauses that answer by a value: their own range holds it, in the quantity that the question names."""

import pytest

from wardbook.answering.value_fit import holds_value, is_of_another_thing
from wardbook.corpus.unit import Unit


def sentence(text: str) -> Unit:
    return Unit("", (1, 1), "bullet", text, text)


def row(*values: tuple[str, str]) -> Unit:
    text = "; ".join(f"{name}: {cell}" for name, cell in values)
    return Unit("", (1, 1), "row", text, text, values=values)


@pytest.mark.parametrize(
    ("question", "unit", "expected"),
    [
        ("4Ts score 5", sentence("4Ts: 0-3 low, 4-5 intermediate, 6-8 high"), True),
        ("urea 9 how many points", row(("Letter", "U"), ("Criterion", "Urea >7 mmol/L"), ("Points", "1")), True),
        ("urea 7 how many points", row(("Letter", "U"), ("Criterion", "Urea >7 mmol/L"), ("Points", "1")), False),
        ("wbc 18 cr 1.0", row(("Severity", "Severe"), ("Criteria", "WBC ≥15 or Cr ≥1.5")), True),
        ("wbc 18 cr 1.0", row(("Severity", "Mild"), ("Criteria", "WBC <15 and Cr <1.5")), False),
        ("anti-xa 0.5 when next", row(("anti-Xa (units/mL)", "0.3-0.7"), ("Next", "6 h")), True),
        ("anti-xa 0.3 when next", row(("anti-Xa (units/mL)", "0.1-0.29"), ("Next", "6 h")), False),
        ("pH 7.1 how severe", row(("", "pH"), ("Mild", "7.25-7.30"), ("Moderate", "7.00-7.24")), True),
        ("K 3.0 now what", row(("Na", "<130"), ("Action", "restrict")), None),
        ("K 3.0 now what", sentence("Give for 3 days"), None),
        ("BEX score 4 what grade", row(("Grade", "2"), ("BEX", "3-6"), ("Age", "< 12 y")), True),
        ("BEX score 2 what grade", row(("Grade", "2"), ("BEX", "3-6")), False),
        ("VEX score 4 what grade", row(("Grade", "2"), ("BEX", "3-6")), None),
        ("HR 42 what now", row(("Problem", "Bradycardia < 50"), ("Do", "stop")), True),
        ("HR 62 what now", row(("Problem", "Bradycardia < 50"), ("Do", "stop")), False),
        ("systolic 80", row(("Problem", "Hypotension < 90"), ("Do", "250 mL")), True),
        ("K 3.4 CrCl 20", sentence("K 6.0-6.9 or rising: 10 units IV (CrCl < 30: 5 units only)"), False),
        ("K 3.4 CrCl 20", sentence("K < 3.0 or CrCl < 30: call the doctor"), True),
        ("K 3.4 CrCl 20", row(("K", "3.3-3.5"), ("Dose", "40 mmol PO or 20 mmol IV"), ("CrCl", "> 30")), False),
        ("K 3.4 CrCl 30", sentence("Rufane 900 mg (CrCl 25-39: 450 mg)"), None),
        ("CrCl 30", sentence("Rufane 900 mg (CrCl 25-39: 450 mg)"), True),
        ("wbc 12", row(("WBC", "mild"), ("Action", "wait")), None),
    ],
)
def test_a_unit_holds_a_value_by_its_own_range(question: str, unit: Unit, expected: bool | None) -> None:
    assert holds_value(question, unit, "")[0] is expected


def test_a_bare_list_is_of_the_quantity_that_its_headings_name() -> None:
    listed = sentence("Mild 10.5-11.9, moderate 12-13.9, severe >= 14")
    assert holds_value("calcium 13.2 mild or severe", listed, "Hypercalcemia\nBackground")[0] is True
    assert holds_value("calcium 13.2 mild or severe", listed, "Anaemia")[0] is None


def test_a_bare_bound_is_of_the_level_that_its_headings_name() -> None:
    held = sentence("Above 20: hold until below 15.")
    assert holds_value("zorpanib level 22", held, "Inhibitors\nZorpanib\nTarget level")[0] is True
    assert holds_value("zorpanib level 22", held, "Inhibitors\nQuilpanib\nTarget level")[0] is None
    assert holds_value("zorpanib level 22", held, "Zorpanib\nStarting")[0] is None


def test_a_clearance_lies_in_the_range_below_a_header_with_its_unit() -> None:
    over = row(("CrCl (mL/min)", "> 65"), ("Dose", "5 mg/kg"))
    assert holds_value("zorpanib crcl 30", over, "")[0] is False
    assert holds_value("zorpanib crcl 70", over, "")[0] is True


def test_what_stands_below_a_range_is_of_it() -> None:
    below = Unit("s", (1, 1), "bullet", "Zorpanib 120 mg twice daily", "", ("Stable, INR 4-6",))
    assert holds_value("zorpanib INR 2", below, "")[0] is False
    assert holds_value("zorpanib INR 5", below, "")[0] is True


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("creatinine 1.7x after it", "creatinine 1.5-2.5 x: skip one", True),
        ("creatinine 1.7-fold", "creatinine 1.5 to 2 x baseline: skip one", True),
        ("creatinine 3x", "creatinine 1.5-2.5 x: skip one", False),
        ("creatinine 1.7", "creatinine 1.5-2.5 x: skip one", None),
        ("ALT 60", "ALT > 5 x ULN: stop", None),
        ("magnesium 2 x 4 g", "magnesium above 1: stop", None),
    ],
)
def test_so_many_times_the_usual_is_compared_with_its_like_alone(
    question: str, text: str, expected: bool | None
) -> None:
    assert holds_value(question, sentence(text), "")[0] is expected


def test_a_row_holds_how_long_something_has_lasted() -> None:
    held = sentence("Grade 3 lasting < 48 h: repeat the lower dose")
    assert holds_value("grade 3 lasted 30 h, next dose", held, "") == (True, frozenset({"lasted", "30", "h"}))
    assert holds_value("grade 3 lasted 3 days, next dose", held, "")[0] is False


def test_a_row_labelled_with_hours_is_not_of_another_time() -> None:
    early = row(("Grade", "1, < 24 h"), ("Tocilizumab", "No"))
    assert holds_value("grade 1 at 30 h", early, "")[0] is False
    assert holds_value("grade 1 at 12 h", early, "")[0] is None


def test_a_count_is_of_a_header_with_raised_figures() -> None:
    counted = row(("Platelets ×10⁹/L", "25–49"), ("Clot", "half dose"))
    assert holds_value("tinzaparin platelets 40", counted, "")[0] is True
    assert holds_value("tinzaparin platelets 60", counted, "")[0] is False


def test_a_row_that_opens_with_words_is_of_what_they_name() -> None:
    line = row(("Procedure", "Spinal tap"), ("Platelets", "> 20"))
    assert is_of_another_thing("tinzaparin platelets 40", line)
    assert not is_of_another_thing("spinal tap platelets 40", line)
    assert not is_of_another_thing("tinzaparin platelets 40", row(("Platelets", "25-49"), ("Clot", "half dose")))
    assert not is_of_another_thing("tinzaparin platelets 40", row(("Severity", "Moderate"), ("Platelets", "25-49")))


def test_a_general_header_is_of_what_the_row_is_of_and_words_may_stand_beside_its_range() -> None:
    low = row(("Electrolyte", "Calcium (adjusted)"), ("Level (mmol/L)", "< 1.95 or symptoms"), ("IV", "gluconate"))
    assert holds_value("calcium 1.9", low, "")[0] is True
    assert holds_value("calcium 2.1", low, "")[0] is False
    assert holds_value("calcium 2.1 with symptoms", low, "")[0] is None
    assert holds_value("potassium 1.9", low, "")[0] is None
    plain = row(("Electrolyte", "Magnesium"), ("Level (mmol/L)", "0.5-0.7"), ("IV", "sulfate"))
    assert holds_value("magnesium 0.6", plain, "")[0] is True
    assert holds_value("magnesium 0.9", plain, "")[0] is False


@pytest.mark.parametrize(("value", "expected"), [("0.3", True), ("0.45", False)])
def test_a_general_header_is_of_what_the_numbered_heading_above_it_names(value: str, expected: bool) -> None:
    lowest = row(("Level", "< 0.4 or fits"), ("Give", "8 mmol IV"))
    assert holds_value(f"magnesium {value}", lowest, "Electrolytes\n2. Magnesium")[0] is expected
    assert holds_value(f"magnesium {value}", lowest, "Electrolytes\n2. Phosphate")[0] is None
