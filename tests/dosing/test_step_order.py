"""The place in the order of doses that a question asks for, and the step that it is."""

import pytest

from wardbook.dosing.step_order import place_asked


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("zelumab first dose", 1),
        ("start dose of zelumab", 1),
        ("zelumab second dose", 2),
        ("zelumab 3rd dose", 3),
        ("zelumab step 1 second", 2),
        ("zelumab step 2 next", 3),
        ("zelumab step 1 given 3 days ago, next dose 70 kg", 2),
        ("zelumab first second", 2),
        ("zelumab first and second", None),
        ("zelumab step 2", None),
        ("zelumab second full dose", None),
        ("zelumab second line dose", None),
        ("zelumab first dose and second dose", None),
        ("zelumab dose", None),
    ],
)
def test_the_place_that_is_asked(text: str, place: int | None) -> None:
    assert place_asked(text) == place
