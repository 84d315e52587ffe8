"""Exclusions before the name of a drug that are of another one ("x contraindicated with y; z 20 mg")."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wardbook.dosing.draft import Draft, Mention
from wardbook.dosing.exclusion import Exclusion
from wardbook.lazy_regex import lazy_regex

_STOP = lazy_regex(r"[;\n]|\.(?=\s)")
"""Ends a clause."""
_GOES_ON = lazy_regex(r"\b(?:then|else|otherwise|so)\b", re.IGNORECASE)
"""Begins a clause that goes on with the drug of the one before it."""


@dataclass(frozen=True, slots=True)
class OfAnother:
    """An exclusion that is none of the dose behind it."""

    words: str
    """As written, from the name of its drug on."""
    named: bool
    """True where its own clause names the drug that it is of."""


def of_another(text: str, exclusion: Exclusion, first: Draft, mentions: Sequence[Mention]) -> OfAnother | None:
    """Tell of what an exclusion before the first dose of a text is, where that is not the drug of the dose; else None.

    It is of the drug that opens its own clause. Where it opens the text and the drug of the dose is named only in a
    later clause, it is not known of which: it may be of the drug of the heading.
    """
    subject = next((m for m in mentions if m.drug == first.drug and m.begin >= exclusion.end), None)
    if subject is None or (first.figure and first.figure.begin < exclusion.begin):
        return None
    between = text[exclusion.end : subject.begin]
    if not _STOP.search(between) or _GOES_ON.search(between):
        return None
    begin = max((stop.end() for stop in _STOP.finditer(text, 0, exclusion.begin)), default=0)
    own = [m for m in mentions if begin <= m.begin and m.end <= exclusion.begin]
    if own:
        return OfAnother(text[own[0].begin : exclusion.end], True) if own[0].drug != first.drug else None
    if re.search(r"\w", text[: exclusion.begin]) or "(" in between or not (first.figure or first.caps):
        return None
    return OfAnother(text[exclusion.begin : exclusion.end], False)
