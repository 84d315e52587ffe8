"""Whether a question asks what a thing is, what its letters stand for, or what it is for, and nothing else of it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from wardbook.lazy_regex import lazy_regex

_BEGIN = r"^(?:(?:so|and|hi|hello|please|sorry|quick question)[,:]? )*"
_WHAT = r"(?:what|wat|wot)"
_ARTICLE = r"(?:(?:an?|the|this|that|our) )?"
_X = r"([\w][\w /.'+-]{1,60}?)"
_TAIL = (
    r"(?:,? (?:exactly|please|then|again|in short|by the way|anyway|actually|mean(?:s|ing)?|"
    r"(?:on|in) (?:the|our|this|my|these) \w+))*[ ?.!]*$"
)
_IS = lazy_regex(
    rf"{_BEGIN}(?:{_WHAT}(?:['’]?s| is| are) {_ARTICLE}{_X}|"
    rf"(?:define|definition of|explain|meaning of|def of) {_ARTICLE}{_X}|"
    rf"{_WHAT} do(?:es)? (?:we|you|they) mean by {_ARTICLE}{_X}|"
    rf"{_X},?(?: -)? (?:{_WHAT}(?:['’]?s| is| are) (?:it|that|this|they)|definition|defn?|defined)){_TAIL}",
    re.IGNORECASE,
)
"""Asks what a thing is."""
_LETTERS = lazy_regex(
    rf"{_BEGIN}(?:{_WHAT}(?:['’]?s| is)? (?:do(?:es)? )?(?:the )?"
    rf"(?:(?:letters|acronym|abbreviation|abbrev\.?|initials) )?{_X} (?:stands? for|means?|short for)|"
    rf"{_WHAT}(?:['’]?s| is) {_X} (?:short for|an? (?:abbreviation|acronym) (?:of|for))|"
    rf"(?:meaning|full (?:form|name)|long form|abbreviation|expansion) of (?:the )?{_X}|"
    rf"{_X},? (?:stands? for|meaning|means(?: what)?|full (?:form|name)|long form|abbreviation|acronym|short for)"
    rf"(?: what)?|([a-z][a-z-]{{2,11}}) ?= ?(?:what)?){_TAIL}",
    re.IGNORECASE,
)
"""Asks what letters stand for."""
_USE = lazy_regex(
    rf"{_BEGIN}(?:{_WHAT}(?:['’]?s| is| are) {_ARTICLE}{_X} (?:used )?for|"
    rf"{_WHAT} do(?:es)? (?:we|you|they|one) use {_ARTICLE}{_X} for|"
    rf"{_X},?(?: -)? {_WHAT}(?:['’]?s| is| are) (?:it|that|this|they) (?:used )?for){_TAIL}",
    re.IGNORECASE,
)
"""Asks what a thing is for."""
_WHEN = lazy_regex(
    rf"{_BEGIN}when (?:(?:do|does|should|would|can) (?:we|you|i|one)|to|is) (?:use|give|consider|choose|reach for) "
    rf"{_ARTICLE}{_X}{_TAIL}",
    re.IGNORECASE,
)
"""Asks when a thing is used."""
_FIRST_PART = lazy_regex(r",? and (?=(?:how|when|what|which|why|who|where)\b)|\? ", re.IGNORECASE)
_OF_THING = lazy_regex(
    r"\b(?:dos(?:e|es|ing|age)|max\w*|threshold|cut-?off|target|rate|risk|difference|treatment|management|first|next|"
    r"best|normal|usual|half-?life|price|cost|evidence|grade \d|incidence|side|this|that|it|done|needed|given|maximum|"
    r"of|for|in|after|with|before|on|if|when|to|and|or|vs)\b",
    re.IGNORECASE,
)
"""Asks for something of a thing, not for the thing."""
MOST_WORDS = 5
"""Words of what may be asked about."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What a question asks the meaning or the use of."""

    words: str
    """As the question has it."""
    wants: str
    """ "letters" | "is" | "use" | "when"."""


@lru_cache(maxsize=256)
def thing_asked(text: str) -> Thing | None:
    """Give the thing that a question asks about, or None; of a question of two parts the first one counts."""
    first = _FIRST_PART.split(text, maxsplit=1)[0]
    for pattern, wants in ((_LETTERS, "letters"), (_USE, "use"), (_WHEN, "when"), (_IS, "is")):
        found = pattern.match(first)
        named = next(filter(None, found.groups()), "").strip(" ,-") if found else ""
        if named and len(named.split()) <= MOST_WORDS and not _OF_THING.search(named):
            return Thing(named, "is" if wants == "letters" and " " in named else wants)
    return None
