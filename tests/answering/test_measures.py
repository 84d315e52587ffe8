"""A patient's measures as a question words them."""

import pytest

from wardbook.answering.measures import age_span, weight_of, weight_span


@pytest.mark.parametrize(
    ("words", "below"),
    [("under 30 kg", True), ("<30 kg", True), ("30 kg or less", True), ("not over 30 kg", True),
     ("over 30 kg", False), (">= 30 kg", False), ("30 kg and above", False), ("not under 30 kg", False)],
)  # fmt: skip
def test_a_bound_belongs_to_its_weight(words: str, below: bool) -> None:
    for text in (words, f"dose, {words}?", f"and {words}"):
        span = weight_span(text)
        assert span is not None
        assert text[slice(*span)] == words
        assert weight_of(text) == (None, (not below, "30 kg"))


def test_a_plain_weight_has_no_bound() -> None:
    assert weight_of("child of 30 kg, over 2 hours") == ("30 kg", None)
    assert weight_span("child of 30 kg, over 2 hours") == (9, 14)


def test_a_bound_belongs_to_its_age() -> None:
    text = "and under 2 years?"
    span = age_span(text)
    assert span is not None
    assert text[slice(*span)] == "under 2 years"
