"""Doses in brackets whose sentence says that they are of a day ("x per day by grade: II (1 mg/kg), III (2 mg/kg)")."""

from collections.abc import Sequence
from dataclasses import replace

from wardbook.dosing.draft import Draft, Mention
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_PER_DAY = lazy_regex(
    r"(?:\b(?:per|each|a) day\b|/\s?(?:day|d)\b)(?!\s*(?:\d|of\b|after\b|before\b|case\b|unit\b|ward\b))"
)
_GIVEN = lazy_regex(r"\b(?:given|dosed|steroids?)\s*$")
"""Before "per day", where it is of the doses and counts nothing."""
_COUNTS = lazy_regex(r"\b(?:doses?|times?|once|twice|infusions?|injections?|divided|split)\b")
"""Before "per day", where it may tell how many of a dose are given in one ("in two doses (IV) per day")."""


def share_per_day(text: str, drafts: Sequence[Draft], mentions: Sequence[Mention]) -> None:
    """Let the doses in brackets be of a day where their sentence says so of the drug or behind their own bracket.

    Only where each stands in a bracket, goes by weight or surface, and says neither of what time it is nor how often.
    """
    plain = uniform(text)
    doses = [draft for draft in drafts if draft.figure]
    if not all(_is_open(draft, text) for draft in doses):
        return
    for match in _PER_DAY.finditer(plain):
        for draft in _told(plain, match.start(), doses, mentions):
            assert draft.figure is not None
            draft.figure = replace(draft.figure, per_time="d")


def _told(plain: str, begin: int, doses: Sequence[Draft], mentions: Sequence[Mention]) -> Sequence[Draft]:
    """Give the doses that a "per day" is told of: the one in the bracket before it, or all behind it of one drug."""
    before = plain[:begin].rstrip()
    if _COUNTS.search(before):
        return ()
    if before.endswith(")"):
        return [each for each in doses[-1:] if each.figure and _closes(plain, each.figure.end, len(before))]
    named = any(each.end == len(before) for each in mentions) or _GIVEN.search(before) is not None
    alone = len({each.drug for each in mentions}) < 2  # else it may be told of the other drug alone
    behind = all(each.figure and each.figure.begin > begin for each in doses)
    return doses if named and alone and behind else ()


def _closes(plain: str, begin: int, end: int) -> bool:
    """Tell whether the bracket that ends there is the one in which a dose ends."""
    return begin < end and not set("()") & set(plain[begin : end - 1])


def _is_open(draft: Draft, text: str) -> bool:
    figure = draft.figure
    if figure is None or figure.per is None or figure.per_time or figure.per_dose or draft.frequencies or draft.once:
        return False
    inside = text.rfind("(", 0, figure.begin) > text.rfind(")", 0, figure.begin)
    return inside and ")" in text[figure.end :]
