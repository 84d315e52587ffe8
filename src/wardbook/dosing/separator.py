"""Separators: what stands between the doses of one text, the strongest first."""

import re
from collections.abc import Sequence

from wardbook.lazy_regex import lazy_regex

SEPARATORS = (
    (6, lazy_regex(r"\n")),
    (5, lazy_regex(r"(?:(?<=[a-z\d²)\]%])|(?<=[A-Z]{2}))\.(?=\s+(?:[A-Z(<>≤≥]|pH\b))|•")),
    (4, lazy_regex(r";|\s\|\s")),
    (3, lazy_regex(r",?\s*\b(?:then|followed by|thereafter|or|alternatively|otherwise)\b|→|->|⇒", re.IGNORECASE)),
    (2, lazy_regex(r",(?!\d{3}\b)")),
    (1, lazy_regex(r"\b(?:and|plus|with)\b|\+|&|\s/\s", re.IGNORECASE)),
)
"""(rank, pattern): line feed, full stop, semicolon, "then" and "or", comma, "and"."""

SEQUENCE = lazy_regex(
    r"\b(?:then|followed by|thereafter|subsequently)\b|→|->|⇒|\b(?:may|can|could|to)\s+(?:be\s+)?repeat(?:ed)?\b"
    r"|\b(?:may|can|could|should|to)\s+(?:be\s+)?(?:go|increased?|escalated?|raised?|titrated?|doubled?|stepped|step)"
    r"(?:\s+up)?(?:\s+the\s+dose)?\s+to\b"
    r"|\b(?:escalat|increas|titrat)(?:e|ed|ing)(?:\s+the\s+dose)?\s+to\b",
    re.IGNORECASE,
)
"""What says that one dose follows another, or that it may be raised to it."""


def within(offset: int, stretches: list[tuple[int, int]]) -> bool:
    """Tell whether an offset lies in any of these stretches."""
    return any(begin <= offset < end for begin, end in stretches)


def without(text: str, stretches: Sequence[tuple[int, int]]) -> str:
    """Give the text with these stretches blank, so that every offset stays what it was."""
    for begin, end in stretches:
        text = text[:begin] + " " * (end - begin) + text[end:]
    return text
