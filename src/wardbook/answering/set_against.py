"""A turn that sets another thing against what was asked about ("vs X?"): the question before, with both in it."""

import re

from wardbook.answering.slots import Slot
from wardbook.answering.turn import Turn
from wardbook.lazy_regex import lazy_regex

_AGAINST = lazy_regex(
    r"^\W*(?:(?:and|but|so|ok|now|what about|how about) )*(?:(?:can you |could you |please )?"
    r"(?:set |put )?(?:it |that |this )?)?"
    r"(?:vs\.?|versus|against|side by side with|next to|as opposed to|"
    r"(?:how (?:does|do|would) (?:it|that|this|they) )?"
    r"compar(?:e[ds]?|ing|ison) (?:it |that |this )?(?:with|to|against)|"
    r"(?:how is (?:it|that) |any |what(?:['’]?s| is) the )?differen(?:t|ce) (?:from|to|with)|"
    r"(?:is (?:it|that) )?(?:the )?same (?:\w+ )?as (?:for |in |with )?)\s*(?P<other>[\w+./ -]{2,40}?)\W*$",
    re.IGNORECASE,
)
"""Begins to compare, and names what with."""
_SORTS = ("drug", "class", "name", "topic")


def set_against(turn: Turn, previous: Turn) -> str | None:
    """Give the question before with the other thing set against that of its sort; None where nothing is compared."""
    found = _AGAINST.match(turn.text)
    if found is None:
        return None
    for sort in _SORTS:
        named = turn.all("drug", "beside") if sort == "drug" else turn.all(sort)  # what stands behind "with" is one too
        new = next((slot for slot in named if slot.words.lower() in found["other"].lower()), None)
        old = next((slot for slot in previous.all(sort) if new and slot.words.lower() != new.words.lower()), None)
        if new and old:
            return _beside(old, found["other"], previous)
    return None


def _beside(old: Slot, other: str, previous: Turn) -> str:
    text = previous.text.rstrip(" ?.")
    return f"{text[: old.end]} vs {other}{text[old.end :]}"
