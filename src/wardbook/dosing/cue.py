"""Cues: the words around an amount or a drug that tell what it is (`data/cues.tsv`)."""

import re
from functools import cache

from wardbook.dosing.vocabulary import rows

_BEFORE = frozenset({"cap", "total", "derived", "companion", "alternative", "refused", "fluid", "fluid volume"})


@cache
def cue(kind: str) -> re.Pattern[str]:
    """Give the pattern of a kind of cue, over uniform text; kinds that stand before an amount end where it begins."""
    words = "|".join(pattern for name, pattern in rows("cues.tsv") if name == kind)
    return re.compile(rf"(?:{words})$" if kind in _BEFORE else words)
