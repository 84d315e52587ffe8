"""Lines that are laid out as rows, each with a label: a dose is of its own line's label and of the drug above."""

import pytest

from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import drug_names
from wardbook.dosing.reading import read_regimens
from wardbook.dosing.regimen import Regimen


def read(text: str) -> list[Regimen]:
    document = read_document(text.encode(), "page", [])
    return list(read_regimens(document, drug_names([document])))


ROWS = """# Anakinra

    grade 2 ....... 100 mg SC q12h
    grade 3 ....... 100 mg SC q6h
    grade 4 ....... 200 mg IV q6h
"""


@pytest.mark.parametrize("text", [ROWS, ROWS.replace(" ....... ", "     "), ROWS.replace(" ....... ", " : ")])
def test_each_line_is_of_its_own_label(text: str) -> None:
    assert [(each.severity, str(each.amount.low)) for each in read(text) if each.amount] == [
        ("grade 2", "100"),
        ("grade 3", "100"),
        ("grade 4", "200"),
    ]


def test_a_fence_of_labels_under_a_drug_is_read_with_what_its_other_lines_say() -> None:
    text = "# Anakinra\n\n```\ngrade 3 ....... 100 mg SC q6h\nCrCl < 30 ..... same dose, double the gap\n```\n"
    (only,) = read(text)
    assert only.severity == "grade 3"
    assert "CrCl < 30: same dose, double the gap" in only.notes


@pytest.mark.parametrize(
    "text",
    [
        "# Protocol\n\n```\ngrade 3 ....... 100 mg SC q6h\n```\n",  # of no drug
        "# Anakinra\n\n```\ngrade 3 ....... 100 mg SC q6h\nelse stop\n```\n",  # a line without a label
    ],
)
def test_a_fence_that_may_say_something_else_is_left_to_its_words(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "line",
    [
        "- grade 2 >48h on dexamethasone: 100 mg SC q12h",
        "- After 48 h on dexamethasone: 100 mg SC q12h",
        "- Grade 2, >48 h of dexamethasone: 100 mg SC q12h",
        "- Despite tocilizumab: 100 mg SC q12h",
    ],
)
def test_what_a_patient_has_already_is_not_what_the_label_doses(line: str) -> None:
    (only,) = read(f"# Anakinra\n\n{line}\n")
    assert only.drug == "anakinra"
    assert any(word in " ".join(only.notes) for word in ("dexamethasone", "tocilizumab"))


def test_the_drug_behind_a_label_is_the_one_that_is_dosed() -> None:
    (only,) = read("# Anakinra\n\n- Grade 3 on tocilizumab: dexamethasone 10 mg IV\n")
    assert only.drug == "dexamethasone"
    (only,) = read("# Anakinra\n\n- Day 1, dexamethasone: 10 mg\n")
    assert only.drug == "dexamethasone"


@pytest.mark.parametrize(
    "text",
    [
        "Grade 2: 10 mg q12h\nGrade 3: 10 mg q6h\nGrade 4: 20 mg q6h\n",
        "Grade 2 - 10 mg q12h\nGrade 3 - 10 mg q6h\nGrade 4 - 20 mg q6h\n",
        "Grade 2 → 10 mg q12h\nGrade 3 → 10 mg q6h\n**Grade 4** → 20 mg q6h\n",
        "Gr 2 10 mg q12h\nGr 3 10 mg q6h\nGr 4 20 mg q6h\n",
        "Dexamethasone grade 2: 10 mg q12h\nGrade 3: 10 mg q6h\nGrade 4: 20 mg q6h\nthen stop\n",
        "Dexamethasone\nGrade 2: 10 mg q12h\nGrade 3: 10 mg q6h\nGrade 4: 20 mg q6h\n",
    ],
)
def test_lines_of_a_label_and_a_dose_are_each_of_their_own(text: str) -> None:
    assert graded(f"# Dexamethasone\n\n{text}") == [("10", "2", 12), ("10", "3", 6), ("20", "4", 6)]


def test_lines_below_go_on_with_the_drug_of_the_first() -> None:
    text = "Dexamethasone grade 2: 10 mg q12h\nGrade 3: 10 mg q6h\nGrade 4: 20 mg q6h\n"
    assert graded(f"# CRS\n\n{text}") == [("10", "2", 12), ("10", "3", 6), ("20", "4", 6)]


def graded(page: str) -> list[tuple[str, str, int]]:
    """Give (amount, grade, hours between doses) of each dose of a page."""
    return [
        (str(each.amount.low), (each.severity or "")[-1:], int(each.interval_h[0]))
        for each in read(page)
        if each.amount and each.interval_h
    ]


def test_lines_of_measured_values_are_each_of_their_own() -> None:
    text = "# Potassium\n\nK 3.0-3.5: KCl 20 mmol PO\nK 2.5-3.0: KCl 40 mmol in 1 L\nK <2.5: KCl 60 mmol\n"
    bands = [(str(each.amount.low), [str(band.high) for band in each.bands]) for each in read(text) if each.amount]
    assert bands == [("20", ["3.5"]), ("40", ["3.0"]), ("60", ["2.5"])]


def test_a_wrapped_sentence_stays_whole() -> None:
    (only,) = read(
        "# Dexamethasone\n\nGive dexamethasone to all who have\ngrade 2: 10 mg IV every 12 hours for\n3 days.\n"
    )
    assert only.amount is not None
    assert str(only.amount.low) == "10"
    assert only.lines == (3, 5)
