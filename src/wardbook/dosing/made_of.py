"""Sentences that say what a preparation holds: no dose of it."""

import re
from collections.abc import Sequence

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.draft import Mention
from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import read_phrases
from wardbook.lazy_regex import lazy_regex

_IN_VOLUME = lazy_regex(r"\s*(?:in|per|/)\s*[\d.]+\s*m?l\s*\)\W*")
_CLAUSE_END = lazy_regex(r"[;:]|\.\s")
"""Ends the clause with the equals sign."""
_HOW = frozenset({"route", "frequency"})
_GIVE = lazy_regex(r"\b(?:give|infuse|start|doses?)\b")


def without_content(words: str, mentions: Sequence[Mention]) -> str:
    """Give a sentence with the clause on what a drug holds left blank ("Xyz = 4 mmol/mL; give 9 mmol"), or "".

    It is "" where it says no more than that ("Xyz = 16 mmol", "Xyz (50 mmol in 500 mL):"). An equals sign before
    milligrams may stand before a dose.
    """
    words = _without_equal(words, mentions)
    figures = read_amounts(words)
    for mention in mentions if figures else ():
        gap = words[mention.end : figures[0].begin] if mention.end <= figures[0].begin else "-"
        if re.fullmatch(r"\s*=\s*", gap) and figures[0].amount.unit in ("mmol", "meq"):
            end = _CLAUSE_END.search(words, figures[0].end)
            if end is None or not _gives(words[end.end() :]):
                return ""
            return words[: mention.end] + " " * (end.end() - mention.end) + words[end.end() :]
        if re.fullmatch(r"\s*\(\s*", gap) and _IN_VOLUME.fullmatch(uniform(words[figures[0].end :])):
            return ""
    return words


_EQUAL = lazy_regex(r"\s*(?:=|≈)\s*\d[^;:()\n]*")


def _without_equal(words: str, mentions: Sequence[Mention]) -> str:
    """Leave blank what one amount of a drug comes to ("xyzal 20 mg (1 mmol xyzal = 2 mEq K)"): it is reckoned with."""
    for mention in mentions:
        end = _EQUAL.match(words, mention.end)
        before = [each for each in read_amounts(words[: mention.begin]) if not words[each.end : mention.begin].strip()]
        if end and before and before[-1].amount.unit in ("mmol", "meq"):
            words = words[: before[-1].begin] + " " * (end.end() - before[-1].begin) + words[end.end() :]
    return words


def _gives(words: str) -> bool:
    """Tell whether what follows gives a dose: more of what the drug holds says not how ("...; 20 mmol sodium")."""
    how = {phrase.kind for phrase in read_phrases(words)} & _HOW or _GIVE.search(uniform(words))
    return bool(how) and any(figure.is_dose for figure in read_amounts(words))
