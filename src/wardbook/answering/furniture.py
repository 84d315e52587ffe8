"""Lines that carry a page and say nothing on its subject: page numbers, who wrote and ratified it, bare pointers."""

import re
from functools import lru_cache

from wardbook.corpus.unit import Unit
from wardbook.lazy_regex import lazy_regex

FURNITURE = 1.5
"""What such a line loses: it stands behind all that says anything."""
_LABELS = (
    r"author|owner|ratif\w+|approv\w+|review(?:er|ed)?(?: date| due| by)?|last (?:updated|reviewed|edited)|updated|"
    r"version|issue date|document (?:no|number|ref\w*|id|control|owner)|doc(?:ument)? (?:no|ref)|file ?name|"
    r"printed|classification|expiry|supersedes|replaces"
)
_CONTROL = lazy_regex(
    rf"\W*(?:page \d+ of \d+\b|(?:tags?|aliases|cssclass(?:es)?)\s*::?\s*[#\[\w]|"
    rf"(?:uncontrolled|printed cop\w+)\b|(?:{_LABELS})\s*[:.]\s*"
    r"(?:\d|v\d|draft|final|dr\.? |prof\b|consultant|pharmac\w+|"
    r"(?-i:[A-Z])[\w.'-]+,? (?-i:[A-Z])|(?-i:[A-Z]{2,}-)|\W*$))",
    re.IGNORECASE,
)
"""What the head and foot of a controlled document begin with."""
_LINK = r"!?(?:\[\[[^\]\n]+\]\]|\[[^\]\n]+\]\([^)\n]*\))"
_POINTER = lazy_regex(
    rf"\W*(?:(?:for (?:more|details|that|this),? )?(?:please )?(?:see(?: also)?|refer to|go to|cf|related|links?|more|"
    rf"details|as per|back to|up|home|next|previous)\b[\s:.–—-]*(?:the |in |at |on )?)?{_LINK}"
    rf"(?:\s*(?:[,;/&+·|]|and|or)\s*{_LINK})*\W*",
    re.IGNORECASE,
)
"""A line that is nothing but a way to another page."""


@lru_cache(maxsize=20_000)
def _is_furniture(quote: str) -> bool:
    return _CONTROL.match(quote) is not None or (len(quote) < LONGEST and _POINTER.fullmatch(quote) is not None)


LONGEST = 300
"""Characters up to which a line may be a bare pointer."""


def is_furniture(unit: Unit) -> bool:
    """Tell whether a line says nothing on the subject of its page."""
    return not unit.values and _is_furniture(unit.quote)
