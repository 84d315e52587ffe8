"""What a score equals: the line that writes it out as a formula, where that is asked ("X = ?")."""

import re
from collections.abc import Sequence

from wardbook.answering.named_as import forms_of, is_thing
from wardbook.answering.question import Question
from wardbook.answering.scoring import Evidence
from wardbook.answering.terms import Term
from wardbook.lazy_regex import lazy_regex

_BEGIN = r"^\W*(?:(?:so|and|what(?:['’]?s| is)?|whats) )?"
_ASKED = lazy_regex(
    rf"{_BEGIN}(?P<equals>[\w][\w /.+-]{{1,30}}?) ?= ?(?:what)?\W*$|"
    rf"{_BEGIN}(?:the )?(?:formula|equation|calculation) (?:for|of|behind) (?:the )?(?P<of>[\w][\w /.+-]{{1,30}}?)\W*$|"
    rf"{_BEGIN}(?:the )?(?P<its>[\w][\w/.+-]{{1,30}}) (?:formula|equation|calculation)\W*$",
    re.IGNORECASE,
)
"""Asks for a formula."""
_COLUMN = lazy_regex(r"\b(?:formula|equation|calculat\w+|computed?|worked out)\b", re.IGNORECASE)
_EQUALS = lazy_regex(r"\W*(?P<thing>[^=:;]{2,60}?)\s*=\s*(?=[\w(\[])")
"""Begins a line that writes something out as a formula."""
MOST = 2
"""Lines that write it out."""


def formula(question: Question, ranked: Sequence[Evidence], terms: Sequence[Term]) -> list[Evidence]:
    """Give the lines that write out what is asked about as a formula; none where that is not asked."""
    found = _ASKED.search(question.text)
    named = next((words for words in found.groups() if words), "") if found else ""
    if not named:
        return []
    forms = forms_of(named.strip(), terms)

    def writes_out(each: Evidence) -> bool:
        values = each.unit.values
        if values and len(values) > 1:
            return is_thing(values[0][1], forms) and any(_COLUMN.search(name) for name, _ in values[1:])
        begun = _EQUALS.match(each.unit.text)
        return begun is not None and is_thing(begun["thing"], forms)

    return [each for each in ranked if writes_out(each)][:MOST]
