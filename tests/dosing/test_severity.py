"""Grades that a text covers."""

import pytest

from wardbook.dosing.severity import grades, severity_words, stated_grades


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("grade 3-4", {3, 4}),
        ("Grades 1 and 2", {1, 2}),
        ("grade 3/4", {3, 4}),
        ("G2", {2}),
        ("G3-G4", {3, 4}),
        ("gr. 2", {2}),
        ("grade >= 2", {2, 3, 4, 5}),
        ("grade ≥2", {2, 3, 4, 5}),
        ("grade > 2", {3, 4, 5}),
        ("grade < 2", {0, 1}),
        ("grade 2 or above", {2, 3, 4, 5}),
        ("grade 2+", {2, 3, 4, 5}),
        ("grade 3 and up", {3, 4, 5}),
        ("at least grade 3", {3, 4, 5}),
        ("≥ grade 2", {2, 3, 4, 5}),
        ("from grade 2 on", {2, 3, 4, 5}),
        ("grade 2 on steroids", {2}),
        ("from grade 2 to grade 4", {2, 3, 4}),
        ("grade 2 or below", {0, 1, 2}),
        ("any grade", {0, 1, 2, 3, 4, 5}),
        ("grade 1, 2 or 4", {1, 2, 4}),
        ("grade 3, first step", {3}),
        ("grade 1 CRS or grade 4 ICANS", {1, 4}),
        ("severe", set()),
        ("grade 10", set()),
        ("5 mg", set()),
        ("weight 20 kg", set()),
        ("grade III-IV", {3, 4}),
        ("Grade II or higher", {2, 3, 4, 5}),
        ("given IV", set()),
    ],
)
def test_grades(text: str, expected: set[int]) -> None:
    assert grades(text) == expected


def test_words_are_no_grades() -> None:
    assert severity_words("Severe or life threatening") == {"severe", "life-threatening"}
    assert severity_words("grade 3") == frozenset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", {2}),
        (">= 3", {3, 4, 5}),
        ("1-2", {1, 2}),
        ("III", {3}),
        ("2 mg", set()),
        ("20", set()),
        ("grade 4", {4}),
        ("IVIG", set()),
    ],
)
def test_a_bare_figure_where_a_row_states_severity(text: str, expected: set[int]) -> None:
    assert stated_grades(text) == expected


@pytest.mark.parametrize(
    ("severity", "covered"),
    [("II other, III, IV", {2, 3, 4}), ("II, skin only", {2}), ("IIa (upper gut)", {2}), ("III-IV", {3, 4})],
)
def test_roman_grades_of_each_part_of_a_label_are_read(severity: str, covered: set[int]) -> None:
    assert stated_grades(severity) == covered
