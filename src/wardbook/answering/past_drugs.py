"""Drugs that a question tells as had before another one: "we tried x, then y, now z", "x stopped, z dose"."""

import re
from collections.abc import Callable, Sequence

from wardbook.dosing.drug import DrugMention
from wardbook.lazy_regex import lazy_regex

_IS = r"(?:(?:has|have|had|was|were|is|are|been|being|got|now|already|just|then|all|both)\s+)*"
_EFFECT = (
    r"(?:effects?|response|benefit|improvement|success|difference|impact|use|good|help|joy|luck|avail)\b"
    r"(?! on (?!(?:him|her|it|them|the patient|(?:the )?fever|symptoms)\b))"
)
VAIN = (
    r"(?:(?:did|does|doing|done|(?:does|did)n['’]?t do) (?:nothing|anything|little|much|no good)"
    r"|(?:(?:made|showed|shows|brought|gave|with|of|to) )?"
    rf"(?:no|little|zero|hardly any|not any|without|without any) {_EFFECT}"
    r"|useless|ineffective|futile|unhelpful|unsuccessful|(?:in|for) vain|not effective|wasted"
    r"|(?:did|has|is|was|does)(?:n['’]?t| not) (?:been )?(?:touch|work|help|tak|do|enough)\w*"
    r"(?: (?:it|him|her|them|the \w+))?)"
)
"""Says of a drug that it has not worked."""
_FAILED = lazy_regex(rf"\s+{_IS}(?:failed|failing|fails|{VAIN})\b", re.IGNORECASE)
_STOPPED = lazy_regex(
    rf"\s+{_IS}(?:stopped|discontinued|ceased|abandoned|withdrawn|finished|completed|failed|failing|tried|{VAIN})\b",
    re.IGNORECASE,
)
"""Behind a drug: it is had no more, or has not worked."""
_DESPITE = lazy_regex(
    r"\b(?:despite|in spite of|unresponsive to|"
    rf"(?:no|little|without|without any) {_EFFECT} (?:from|to|with|on|of|after)|"
    r"(?:not?|n['’]t) (?:\w+ )?(?:better|responding|respond|improving|improved|settling|settled) (?:on|to|with|after))"
    r"(?: (?:a|an|the|his|her|their|iv|oral|all|both|two|three|\d+|doses?|days?|hours?|h|of))*\s+$",
    re.IGNORECASE,
)
"""Before a drug: it has not worked."""
_GIVEN = lazy_regex(
    rf"\s+{_IS}(?:given|done|had|used|in|(?:went|gone|ran|run) (?:in|through)|over|received|administered)"
    r"(?: (?:already|yesterday|today|this morning|"
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
        told = (
            _STOPPED.match(text, behind)
            or _GIVEN.match(text, behind)
            or _BEFORE.search(before)
            or _DESPITE.search(before)
        )
        if told or (joined and each is not last):
            had.append(each)
    rest = [each for each in found if each not in had and not is_told(text, each)]
    again = {each.drug for each in rest}  # named once more, it is the one to be given again
    left = [each for each in had if each.drug not in again]
    return [each for each in left if any(other.begin > each.begin or is_failed(text, each) for other in rest)]


def is_failed(text: str, drug: DrugMention) -> bool:
    """Tell whether a question says of a drug that it has not worked: another one that it names is asked about."""
    return bool(_FAILED.match(text, drug.end) or _DESPITE.search(text[: drug.begin]))


def end_of_told(text: str, end: int) -> int:
    """Give where the words end that tell, behind a drug's name, that it was had."""
    told = _STOPPED.match(text, end)
    return told.end() if told else end
