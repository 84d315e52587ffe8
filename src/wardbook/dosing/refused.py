"""Doses that a page names and does not give ("do not give 10 mg", "the label dose is not used here")."""

import re
from collections.abc import Sequence

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.band import read_bands
from wardbook.dosing.context import says
from wardbook.dosing.cue import cue
from wardbook.dosing.draft import Draft
from wardbook.dosing.exclusion import read_exclusions
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_BRACKET = lazy_regex(r"\([^()]*\)")
_CLAUSE_END = lazy_regex(r"[;\n]|\.\s")


def is_refused(words: str, draft: Draft) -> bool:
    """Tell whether the words around a dose say that it is not to be given; to some only is an exclusion."""
    if draft.figure is None and draft.caps:
        return False
    if _is_struck(words, draft) or _ends_refused(words, draft):
        return True
    for found in read_exclusions(words):
        if not re.search(r"\b(?:is|are|was|were)\s*$", uniform(words[: found.begin])):
            words = words[: found.begin] + " " * (found.end - found.begin) + words[found.end :]
    for _, said in draft.caps:
        words = words.replace(said, " " * len(said))
    before, after = _around(words, draft)
    return _is_displaced(before, after) or says("negation", before) or says("rejection", after)


def is_displaced(words: str, draft: Draft) -> bool:
    """Tell whether a dose of a cell is named only as one that is not used any more, or that another one replaces."""
    return _is_struck(words, draft) or _is_displaced(*_around(words, draft))


def _is_struck(words: str, draft: Draft) -> bool:
    """Tell whether a dose is struck through ("~~150 mg BD~~")."""
    return draft.figure is not None and words[: draft.figure.begin].count("~~") % 2 == 1


def _ends_refused(words: str, draft: Draft) -> bool:
    """Tell whether a list, in brackets or not, ends with what refuses it ("x 1 g, y 2 g: no longer used")."""
    if draft.figure is None:
        return False
    at = draft.figure.begin
    begin = words.rfind("(", 0, at) + 1
    end = words.find(")", at)
    inside = begin and end >= 0 and ")" not in words[begin:at]
    plain = uniform(words[begin:end] if inside else words)
    last = max(plain.rfind(mark) for mark in (": ", " - "))
    part = plain.rfind(";", 0, max(last, 0))
    label = plain[part + 1 : last] if part >= 0 else ""
    if label and (read_bands(label) or not read_amounts(label)):
        return False  # it refuses what its own label names ("30-39: 3 mg; < 30: not given")
    refused = cue("refused after").match(plain[last + 1 :].lstrip(" -*_")) if last >= 0 else None
    return bool(refused) and at - (begin if inside else 0) < last


def _around(words: str, draft: Draft) -> tuple[str, str]:
    at = draft.figure.begin if draft.figure else draft.end
    before = _CLAUSE_END.split(words[draft.begin : at])[-1]
    return before, _CLAUSE_END.split(_BRACKET.sub("", words[at : draft.end]))[0]


def _is_displaced(before: str, after: str) -> bool:
    if cue("refused").search(uniform(before)) or _BY_GIVING.search(uniform(before)):
        return True
    found = cue("refused after").search(uniform(after))
    return found is not None and not ("stocked" in found[0] and _ASKED_FOR.search(uniform(after)[: found.start()]))


_BY_GIVING = lazy_regex(r"\b(?:do not|don't|never)\b[^.;:]{0,60}?\bby (?:giving|using|adding|ordering)\b[^.;:]{0,40}$")
_ASKED_FOR = lazy_regex(r"\b(?:requests?|ifr|named[ -]patient|compassionate|order(?:ed)?|on demand)\b")
"""Before "not stocked": it is given, and must be asked for."""


def displacing(notes: Sequence[str]) -> list[str]:
    """Give the words beside a dose that say that it is not used any more ("Historical; no longer given here")."""
    return [note for note in notes if cue("refused after").search(uniform(note))]
