"""What a question names only to say that it is not meant: "not here for x but for y" asks about y."""

import re

from wardbook.lazy_regex import lazy_regex

_NOT_BUT = lazy_regex(
    r"(?:\bnot|n['’]t) (?:(?:here|in|admitted|treated|seen|given|on it|coming|come) )?(?P<by>for|because of|due to) "
    r"[^,;.?!]{2,60}?,? but (?:rather |only |just )?(?=(?P=by)\b)",
    re.IGNORECASE,
)
_RATHER = lazy_regex(
    r"(?P<is>\b(?:has|have|had|got|is|for|with)\s+(?:[\w-]+\s+){0,2}?[\w-]+),? rather than "
    r"(?:(?:an?|the|for) )*"
    r"[\w-]+(?: [\w-]+){0,2}?(?=\s+(?:and|but|so|what|how|which|now|needs?|wants?|who|is)\b|\s*[,;.?]|\s*$)",
    re.IGNORECASE,
)
_CHOOSES = lazy_regex(r"\b(?:why|prefer\w*|better|choos\w*|choice|instead|versus|vs|compared?)\b", re.IGNORECASE)
"""Asks for a choice between the two."""


def without_what_is_not_meant(text: str) -> str:
    """Leave out what is named only to say that it is not meant."""
    text = " ".join(_NOT_BUT.sub(" ", text).split()) if _NOT_BUT.search(text) else text
    return text if _CHOOSES.search(text) else _RATHER.sub(lambda match: match["is"], text)
