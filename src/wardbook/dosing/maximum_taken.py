"""A maximum taken into the dose that it bounds, with the words beside it that say of what it is and for whom."""

import re

from wardbook.dosing.amount import Figure
from wardbook.dosing.draft import Draft
from wardbook.dosing.limit_words import patients_of
from wardbook.dosing.notation import uniform


def take_maximum(draft: Draft, text: str, figure: Figure, begin: int, end: int) -> tuple[int, int]:
    """Keep a maximum; beside a dose, one for some patients only is not understood, as the dose may be for others.

    Gives the stretch of text that it accounts for.
    """
    begin, end = _whole_cap(text, draft, begin, end)
    first = draft.figure.end if draft.figure and draft.figure.end <= begin else draft.begin
    patients = patients_of(text[first:begin], text[end : draft.end])
    if patients and draft.figure:
        draft.unparsed.append(text[begin:end])
    else:
        draft.caps.append((figure, text[begin:end]))
        draft.cap_for = patients or draft.cap_for
    return begin, end


def _whole_cap(text: str, draft: Draft, begin: int, end: int) -> tuple[int, int]:
    """Take to a maximum the words beside it that say of what it is ("lifetime max ...", "... on day 1")."""
    before = re.search(
        r"\b(?:lifetime|life-time|cumulative|total|course|weekly)(?:\s+(?:dose|amount))?\s*$",
        uniform(text[draft.begin : begin]),
    )
    after = re.match(
        r"\s*(?:(?:on|for|in) (?:the )?(?:day \d+"
        r"|first (?:\d+|two|three|few|day|dose)(?:\s*(?:doses?|hours?|h|days?))?)"
        r"|in total(?: for this purpose)?|for this purpose|overall|lifetime|cumulative\w*"
        r"|(?:per|a|each) (?:course|cycle|week|month|year|episode)|total\b(?! daily))",
        uniform(text[end : draft.end]),
    )
    return (draft.begin + before.start() if before else begin), (end + after.end() if after else end)
