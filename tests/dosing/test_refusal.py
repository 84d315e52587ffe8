"""Cells of a drug's own column that refuse it are read as that, and others are not."""

import pytest

from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import drug_names
from wardbook.dosing.reading import read_regimens
from wardbook.dosing.refusal import is_refusal, refuses


@pytest.mark.parametrize(
    "words", ["no", "No; observe", "none", "omit", "avoid", "Contraindicated", "do not replace; look for a cause"]
)
def test_a_refusal_opens_a_cell(words: str) -> None:
    assert is_refusal(words)


@pytest.mark.parametrize("words", ["no change", "-", "normal", "none of 5 mg", "avoid grapefruit"])
def test_other_words_refuse_nothing(words: str) -> None:
    assert not is_refusal(words)


def test_a_grade_without_the_drug_is_read_where_the_column_gives_doses() -> None:
    table = "| Grade | Anakinra |\n|---|---|\n| 1 | no |\n| 2 | 100 mg SC once daily |\n"
    document = read_document(f"# Storm\n\n{table}".encode(), "storm")
    first, second = read_regimens(document, drug_names([document]))
    assert (refuses(first), first.severity) == (True, "1")
    assert not refuses(second)


def test_a_fact_of_a_drug_is_no_refusal() -> None:
    table = (
        "| | Etomidate | Ketamine |\n|---|---|---|\n| Dose | 0.3 mg/kg | 1 mg/kg |\n| Raises pressure | no | yes |\n"
    )
    document = read_document(f"# Airway\n\n{table}".encode(), "airway")
    assert not any(refuses(each) for each in read_regimens(document, drug_names([document])))


def test_a_refusal_behind_a_label_of_its_own_refuses_nothing_before_it() -> None:
    text = "# Calcium\n\nZoledronic acid by CrCl: 50-60: 3.5 mg; 30-39: 3 mg; < 30: not given.\n"
    document = read_document(text.encode(), "page", [])
    doses = [str(each.amount.low) for each in read_regimens(document, drug_names([document])) if each.amount]
    assert doses == ["3.5", "3"]
    text = "# Calcium\n\nZoledronic acid 3.5 mg; pamidronate 30 mg: not given.\n"
    document = read_document(text.encode(), "page", [])
    assert [each for each in read_regimens(document, drug_names([document])) if each.amount] == []
