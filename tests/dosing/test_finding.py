"""Findings by their names, by "low x", and by the thresholds and replacements of pages."""

import pytest

from wardbook.dosing.finding import found_words


@pytest.mark.parametrize(
    ("asked", "said", "words"),
    [
        ("for low igg", "Immunoglobulin replacement", {"low", "igg"}),
        ("thrombocytopenic", "for platelets < 20", {"thrombocytopenic"}),
        ("late thrombopenia", "platelets < 20", {"thrombopenia"}),
        ("platelets are low", "Low platelets", {"platelet", "are", "low"}),
        ("low platelets", "hold if platelets < 20", set()),
        ("febrile neutropenia", "for ANC < 500", set()),
        ("low potassium", "Potassium replacement", {"low", "potassium"}),
        ("low potassium", "potassium > 6", set()),
        ("gout", "Potassium replacement", set()),
    ],
)
def test_words_of_a_finding_are_found_where_the_row_is_for_it(asked: str, said: str, words: set[str]) -> None:
    assert found_words(asked, said) == words
