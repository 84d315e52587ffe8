"""What is named only to say that it is not meant goes; a choice between two things stays."""

import pytest

from wardbook.answering.not_this import without_what_is_not_meant


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("not here for CRS at all but for his giant arteritis, dose", "for his giant arteritis, dose"),
        ("a man who isn't in for a cold but for zeta fever", "a man who is for zeta fever"),
        ("she has gout rather than tumour lysis and wants quorinib", "she has gout and wants quorinib"),
        ("quorinib dose for zeta rather than for the omega", "quorinib dose for zeta"),
    ],
)
def test_what_is_not_meant_goes(text: str, left: str) -> None:
    assert without_what_is_not_meant(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "why quorinib for zeta rather than oxalone",
        "is quorinib preferred for zeta rather than omega",
        "not for zeta, quorinib dose",
        "not better but stable, quorinib dose",
    ],
)
def test_a_choice_and_what_is_denied_otherwise_stay(text: str) -> None:
    assert without_what_is_not_meant(text) == text
