"""Doses in brackets whose sentence says that they are of a day ("x per day by grade: II (1 mg/kg), III (2 mg/kg)")."""

from collections.abc import Sequence
from dataclasses import replace

from wardbook.dosing.draft import Draft, Mention
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_PER_DAY = lazy_regex(
    r"(?:\b(?:per|each|a) day\b|/\s?(?:day|d)\b)(?!\s*(?:\d|of\b|after\b|before\b|case\b|unit\b|ward\b))"
)
_GIVEN = lazy_regex(r"(?:\)|\b(?:given|dosed|steroids?))\s*$")
"""Before "per day", where it is of the doses and counts nothing."""


def share_per_day(text: str, drafts: Sequence[Draft], mentions: Sequence[Mention]) -> None:
    """Let the doses in brackets be of a day where their sentence says so of the drug or behind a bracket.

    Only where each stands in a bracket, goes by weight or surface, and says neither of what time it is nor how often.
    """
    plain = uniform(text)
    if not any(_is_of_doses(plain, match.start(), mentions) for match in _PER_DAY.finditer(plain)):
        return
    doses = [draft for draft in drafts if draft.figure]
    if all(_is_open(draft, text) for draft in doses):
        for draft in doses:
            assert draft.figure is not None
            draft.figure = replace(draft.figure, per_time="d")


def _is_of_doses(plain: str, begin: int, mentions: Sequence[Mention]) -> bool:
    before = plain[:begin].rstrip()
    return any(each.end == len(before) for each in mentions) or _GIVEN.search(before) is not None


def _is_open(draft: Draft, text: str) -> bool:
    figure = draft.figure
    if figure is None or figure.per is None or figure.per_time or figure.per_dose or draft.frequencies or draft.once:
        return False
    inside = text.rfind("(", 0, figure.begin) > text.rfind(")", 0, figure.begin)
    return inside and ")" in text[figure.end :]
