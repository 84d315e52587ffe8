"""What a page tells of doses that were given before ("x 50 mg has been used twice here"): no order by itself."""

from collections.abc import Sequence

from wardbook.dosing.draft import Draft
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_USED = lazy_regex(
    r"\b(?:has|have|had)\s+(?:only\s+|also\s+|sometimes\s+|rarely\s+)?been\s+(?:used|given|tried)\s+"
    r"(?:once|twice|(?:to|in)\s+(?:\d+|one|two|three|four|five|six|some|a few|several)\b|"
    r"\d+|(?:two|three|four|five|six)\b|a few|several|some|rarely|occasionally|here|locally)[^.]*"
)
_CONDITION = lazy_regex(r"\b(?:if|once|when|where|after|until|till|unless|before|who|that|which|whom)\b[^.;:]*$")


def keep_past_use(words: str, drafts: Sequence[Draft]) -> None:
    """Say of the doses before words of past use that these were not understood of them."""
    said = _USED.search(uniform(words))
    if said is None:
        return
    before = [draft for draft in drafts if draft.figure and draft.figure.end <= said.start()]
    last = max((draft.figure.end for draft in before if draft.figure), default=None)
    if last is None or _CONDITION.search(uniform(words[last : said.start()])):
        return
    for draft in before:
        draft.unparsed.append(words[said.start() : said.end()].strip(" .;,"))
