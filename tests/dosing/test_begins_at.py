"""From which severity on a drug is given, as pages say it."""

import pytest

from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.begins_at import begins_above


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("Treat from severe on.", "moderate"),
        ("Somedrug is reserved for severe disease.", "mild"),
        ("Give somedrug only in severe disease", "moderate"),
        ("Start somedrug from grade 3 up", "grade 2"),
        ("Used for grade 3 or worse", "grade 1"),
    ],
)
def test_below_that_severity_it_is_not_given(words: str, asked: str) -> None:
    assert begins_above(words, DoseQuery("somedrug", "", grade=asked))


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("Treat from severe on.", "severe"),
        ("Treat from moderate on.", "life-threatening"),
        ("Start somedrug from grade 3 up", "grade 4"),
        ("Treat from mild to severe", "mild"),
        ("Add rituximab from severe on", "mild"),
        ("Admit from severe on", "mild"),
        ("Treat from severe on.", ""),
        ("Treat from severe on.", "grade 2"),
    ],
)
def test_at_it_or_where_the_words_are_of_something_else_nothing_is_said(words: str, asked: str) -> None:
    assert not begins_above(words, DoseQuery("somedrug", "", grade=asked or None))
