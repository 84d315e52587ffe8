"""Statements for another case than the question's, and doses of what the patient cannot have."""

import pytest

from answering.made import ask, unit
from wardbook.answering.otherwise import closer_row, of_case
from wardbook.corpus.unit import Unit

ALLERGY = (
    unit("", "row", 1, values=(("Patient", "No allergy"), ("Drug", "flucloxacillin 1 g"))),
    unit("", "row", 2, values=(("Patient", "Penicillin allergy (mild)"), ("Drug", "cefalexin 500 mg"))),
    unit("", "row", 3, values=(("Patient", "Penicillin allergy (severe)"), ("Drug", "clindamycin 300 mg"))),
)
BLEEDS = (unit("Major bleed: phytomenadione 10 mg", line=1), unit("INR > 8, no bleed: phytomenadione 2 mg", line=2))
SEXES = (unit("Men: cefixime 400 mg", line=1), unit("Women: cefixime 800 mg", line=2))


def lines(question: str, units: tuple[Unit, ...], title: str = "Page", path: tuple[str, ...] = ()) -> list[int]:
    return [each.lines[0] for each in of_case(ask(question), title, path, units)]


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("cellulitis severe allergy", [3]),
        ("cellulitis mild allergy", [2]),
        ("cellulitis allergy", [2, 3]),
        ("cellulitis critical allergy", [2, 3]),
    ],
)
def test_a_label_of_another_severity_is_left_out_where_the_one_asked_is_there(question: str, left: list[int]) -> None:
    assert lines(question, ALLERGY) == left


def test_how_severe_something_is_names_no_severity() -> None:
    grades = (unit("Mild: 75-150", line=1), unit("Severe: under 40", line=2))
    assert lines("how severe is it", grades) == [1, 2]
    assert lines("severe, what now", grades) == [2]


def test_what_a_label_denies_is_not_for_whom_has_it() -> None:
    assert lines("major bleed on warfarin", BLEEDS) == [1]
    assert lines("INR 9 not bleeding", BLEEDS) == [2]
    assert lines("INR 9", BLEEDS) == [1, 2]


def test_what_rules_one_another_out_is_another_case() -> None:
    assert lines("gonorrhoea in a man", SEXES) == [1]
    assert lines("gonorrhoea, female", SEXES) == [2]


@pytest.mark.parametrize(
    "question", ["cellulitis penicillin allergy", "cellulitis pen allergic", "cellulitis allergic to penicillin"]
)
def test_a_dose_of_what_the_patient_cannot_have_is_left_out(question: str) -> None:
    doses = (
        unit("Outpatient: flucloxacillin 500 mg PO QID", line=1),
        unit("No allergy: amoxicillin 1 g TID", line=2),
        unit("Doxycycline 100 mg BID, not amoxicillin 1 g", line=3),
    )
    assert lines(question, doses) == [3]


def test_a_drug_that_is_contraindicated_is_left_out() -> None:
    doses = (unit("Ciprofloxacin 500 mg BID", line=1), unit("Cefalexin 500 mg QID", line=2))
    assert lines("pyelonephritis, ciprofloxacin contraindicated", doses) == [2]


def test_a_section_for_one_condition_of_the_title_is_not_for_another() -> None:
    dose = (unit("Magnesium 2 g IV"),)
    title = "Croup and epiglottitis"
    assert lines("magnesium in epiglottitis", dose, title, ("Croup",)) == []
    assert lines("magnesium in croup", dose, title, ("Croup",)) == [1]
    assert lines("croup or epiglottitis?", dose, title, ("Croup",)) == [1]


LEVELS = tuple(
    unit("", "row", at, values=(("Risk", level), ("Drug", "olanzapine 5 mg")))
    for at, level in enumerate(("High", "Moderate risk", "Low"), 1)
)


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("low emetic risk", [3]),
        ("high Larch score, what do we do", [1]),
        ("low band", [3]),
        ("moderate risk", [2]),
        ("very high risk", [1, 2, 3]),
        ("risk of emesis", [1, 2, 3]),
        ("high or low risk", [1, 2, 3]),
    ],
)
def test_the_level_of_a_risk_that_is_asked_leaves_out_the_others(question: str, left: list[int]) -> None:
    assert lines(question, LEVELS) == left


def test_a_dose_on_a_page_for_children_is_none_for_an_adult() -> None:
    said = (unit("Magnesium 40 mg/kg IV", line=1), unit("Call for help early.", line=2))
    assert lines("magnesium adult", said, "Paediatric wheeze") == [2]
    assert lines("magnesium child", said, "Paediatric wheeze") == [1, 2]
    assert lines("magnesium child", said, "Wheeze (adults)") == [2]
    assert lines("magnesium adult", said, "Wheeze") == [1, 2]


def test_the_row_that_says_more_of_the_case_is_the_closer_one() -> None:
    plain = unit("Delirium", "row", 1, values=(("Case", "Delirium"),), block=1)
    other = unit("Delirium", "row", 2, values=(("Case", "Delirium, Parkinson's"),), block=1)
    assert closer_row("delirium in parkinsons", plain, (plain, other)) is other
    assert closer_row("delirium", plain, (plain, other)) is None
    assert closer_row("delirium in parkinsons", other, (plain, other)) is None


def test_beside_the_row_of_the_level_asked_a_case_that_is_not_named_is_left_out() -> None:
    rows = tuple(
        unit("", "row", 1 + at, values=(("Class", label), ("How often", often)), block=1)
        for at, (label, often) in enumerate(
            (("High", "every 3 h"), ("Low", "daily"), ("Known marsh lysis", "every 2 h"))
        )
    )
    assert lines("bloods in high risk", rows) == [1]
    assert lines("bloods in high risk and known marsh lysis", rows) == [1, 3]
    assert lines("bloods", rows) == [1, 2, 3]


CONTACTS = (
    unit("Varicella or measles contact: phone the clinic.", line=1),
    unit("Varicella, seronegative: aciclovir 800 mg PO QID.", line=2),
    unit("Measles: immunoglobulin 0.4 g/kg IV once.", line=3),
)


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("seronegative, had contact with measles, what do we give", [1, 3]),
        ("varicella contact, seronegative", [1, 2]),
        ("contact with mumps, seronegative", [1, 2, 3]),
        ("measles or varicella contact", [1, 2, 3]),
    ],
)
def test_a_label_of_another_disease_is_left_out_where_the_one_asked_is_there(question: str, left: list[int]) -> None:
    assert lines(question, CONTACTS) == left


def test_what_denies_stays_whatever_it_is_labelled_by() -> None:
    uses = (
        unit("Pneumonia: 8 mg/kg.", line=1),
        unit("Tuberculosis: do not give.", line=2),
        unit("Sepsis: 4 mg.", line=3),
    )
    assert lines("dose for pneumonia", uses) == [1, 2]
