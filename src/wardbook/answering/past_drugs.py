"""Drugs that a question tells as had before another one: "we tried x, then y, now z", "x stopped, z dose"."""

import re
from collections.abc import Callable, Sequence

from wardbook.dosing.drug import DrugMention
from wardbook.lazy_regex import lazy_regex

_IS = r"(?:(?:has|have|had|was|were|is|are|been|being|got|now|already|just|then|all|both)\s+)*"
_STOPPED = lazy_regex(
    rf"\s+{_IS}(?:stopped|discontinued|ceased|abandoned|withdrawn|finished|completed|failed|tried|"
    r"(?:did|does|doing|done) (?:nothing|little|no good))\b",
    re.IGNORECASE,
)
"""Behind a drug: it is had no more, or has not worked."""
_GIVEN = lazy_regex(
    rf"\s+{_IS}(?:given|done|had|used|in|over|received|administered)(?: (?:already|yesterday|today|this morning|"
    r"last (?:night|week)|before|earlier|twice|once|[\d.]+ ?(?:h|hours?|d|days?) ago))*\s*"
    r"(?:[,.;:!]|\b(?:and|so|but|now)\b)",
    re.IGNORECASE,
)
"""Behind a drug, with which a clause ends: it has been given."""
_BEFORE = lazy_regex(
    r"\b(?:(?:stop(?:ped|ping)|discontinued|ceased|withdrew|abandoned|tried|trying|had|gave|finished|completed|"
    r"(?:came|come|coming|taken|took) off|used|began with|started with)"
    r"|(?:switch|chang|mov|convert|step)\w* (?:\w+ )?from)"
    r"(?: (?:a|an|the|his|her|their|iv|oral|some|both|first|already|only|\d+|one|two|three|lots?|doses?|courses?|"
    r"of)){0,9}\s{1,9}$",
    re.IGNORECASE,
)
"""Before a drug: it was had, or is left for another one."""
_JOINS = lazy_regex(
    r"[\s,;/&+]*(?:(?:and|then|plus|with|later|even|also|after that|next)\b[\s,]*)*"
    r"(?:(?:a|the|some|iv|oral|\d+|one|two|three|doses?|of)\s+)*",
    re.IGNORECASE,
)
"""Between a drug that was had and one that was had as well."""
_NOW = lazy_regex(
    r"\b(?:now|start(?:ed|ing)?|begin(?:ning)?|began|(?:switch|chang|mov|convert|step)\w*(?: [\w-]+){0,4}? (?:on )?to)"
    r"(?:\s*,)?(?:['’]s|\s+(?:it['’]?s?|is|on|we|they|he|she|i|are|am|want|wants|need|needs|giving|give|starting|start|"
    r"going|go|for|with|the|a|an|some|time|turn|of|to|his|her|their|iv|oral)){0,9}\s{1,9}$",
    re.IGNORECASE,
)
"""Before the drug that comes in the place of those before it."""
_NOW_BEHIND = lazy_regex(r"(?:['’]s turn|\s+(?:now|next|instead)\b)", re.IGNORECASE)


def past_drugs(
    text: str,
    found: Sequence[DrugMention],
    is_asked: Callable[[str, DrugMention], bool],
    is_told: Callable[[str, DrugMention], bool] = lambda text, each: False,
) -> list[DrugMention]:
    """Give the drugs that a question tells as had, where another one comes behind them.

    What an amount is asked of right beside it (`is_asked`) is asked, whatever else is told; what is itself told of the
    patient (`is_told`) comes in the place of none.
    """
    if len({each.drug for each in found}) < 2 or any(is_asked(text, each) for each in found[:-1]):
        return []
    last = found[-1]
    if _NOW.search(text[: last.begin]) or _NOW_BEHIND.match(text, last.end):
        return [each for each in found if each.drug != last.drug]
    had: list[DrugMention] = []
    for at, each in enumerate(found):
        before, behind = text[: each.begin], each.end
        joined = at > 0 and found[at - 1] in had and _JOINS.fullmatch(text, found[at - 1].end, each.begin)
        told = _STOPPED.match(text, behind) or _GIVEN.match(text, behind) or _BEFORE.search(before)
        if told or (joined and each is not last):
            had.append(each)
    rest = [each for each in found if each not in had and not is_told(text, each)]
    again = {each.drug for each in rest}  # named once more, it is the one to be given again
    return [each for each in had if each.drug not in again and any(other.begin > each.begin for other in rest)]


def end_of_told(text: str, end: int) -> int:
    """Give where the words end that tell, behind a drug's name, that it was had."""
    told = _STOPPED.match(text, end)
    return told.end() if told else end
