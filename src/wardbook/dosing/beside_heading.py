"""Drugs below the heading of another one that are not what the dose beside them is of: it is given with them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from wardbook.dosing.draft import Mention
from wardbook.dosing.interaction import interacting
from wardbook.dosing.notation import uniform
from wardbook.dosing.phrase import read_phrases
from wardbook.lazy_regex import lazy_regex

_OR = lazy_regex(r"\s*(?:,|/|;|\bor\b|\band\b)")
_BEHIND_LIST = lazy_regex(r"\s*:?\s*\d")
_LISTED = lazy_regex(r"\s*(?:,|/)\s*")


def without_options(words: str, mentions: Sequence[Mention], governing: str | None) -> tuple[Mention, ...]:
    """Leave out the drugs in brackets behind two days that the dose may begin on ("day 1 (abc) or day 5 (xyz): 2 mg").

    They say with what it is begun; the dose is of the drug that the heading names.
    """
    days = (
        {phrase.end for phrase in read_phrases(words) if phrase.kind in ("schedule", "course")} if mentions else set()
    )
    brackets = [each for each in re.finditer(r"\s*\(([^()\d]{2,30})\)", words) if each.start() in days]
    options = {each.span(1) for pair in pairwise(brackets) if _OR.match(uniform(words), pair[0].end()) for each in pair}
    return tuple(each for each in mentions if governing is None or (each.begin, each.end) not in options)


def is_beside_heading(words: str, mentions: Sequence[Mention], governing: str | None) -> bool:
    """Tell whether a dose stands behind several drugs that interact with that of the heading ("abc, xyz 70 mg").

    It can be of none of them alone; it is the heading's drug that is given so beside them.
    """
    named = interacting()
    if governing is None or governing in named:
        return False
    for one, other in pairwise(mentions):
        listed = one.drug != other.drug and {one.drug, other.drug} <= named
        if listed and _LISTED.fullmatch(words[one.end : other.begin]) and _BEHIND_LIST.match(words, other.end):
            return True
    return False
