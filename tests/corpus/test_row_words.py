"""Rows in words: no cell without the name of its column where it means nothing alone."""

import pytest

from wardbook.corpus.unit import word_values


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([("Drug", "Anakinra"), ("Dose", "200 mg"), ("Route", "SC")], "Anakinra — Dose: 200 mg; Route: SC"),
        (
            [("High (>90%)", "cisplatin"), ("Moderate (30-90%)", "carboplatin"), ("Low", "taxanes")],
            "High (>90%): cisplatin — Moderate (30-90%): carboplatin; Low: taxanes",
        ),
        ([("Low", "rest"), ("High", "call"), ("Note", "soon")], "Low: rest — High: call; Note: soon"),
        ([("Anti-Xa", "0.71-0.9"), ("Bolus", "none"), ("Rate", "-2")], "Anti-Xa: 0.71-0.9 — Bolus: none; Rate: -2"),
        ([("", "0-2"), ("Class", "low"), ("Risk", "1%")], "0-2 — Class: low; Risk: 1%"),
    ],
)
def test_a_first_cell_keeps_its_name_where_it_needs_one(values: list[tuple[str, str]], words: str) -> None:
    assert word_values(values) == words
