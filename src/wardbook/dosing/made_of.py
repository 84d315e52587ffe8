"""Sentences that say what a preparation holds: no dose of it."""

import re
from collections.abc import Sequence

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.draft import Mention
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_IN_VOLUME = lazy_regex(r"\s*(?:in|per|/)\s*[\d.]+\s*m?l\s*\)\W*")


def tells_what_is_in_it(words: str, mentions: Sequence[Mention]) -> bool:
    """Tell whether a sentence says no more of a drug than what it holds ("Xyz = 16 mmol", "Xyz (50 mmol in 500 mL):").

    An equals sign before milligrams may stand before a dose.
    """
    figures = read_amounts(words)
    for mention in mentions if figures else ():
        gap = words[mention.end : figures[0].begin] if mention.end <= figures[0].begin else "-"
        if re.fullmatch(r"\s*=\s*", gap) and figures[0].amount.unit in ("mmol", "meq"):
            return True
        if re.fullmatch(r"\s*\(\s*", gap) and _IN_VOLUME.fullmatch(uniform(words[figures[0].end :])):
            return True
    return False
