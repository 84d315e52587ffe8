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
    r"(?:on|in) (?:the|our|this|my|these) \w+|in (?:the |a )?[\w/ -]{2,40} (?:context|setting)|"
    r"in the context of [\w/ -]{2,40}))*[ ?.!]*$"
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
    rf"{_X},?(?: -)? {_WHAT} do(?:es)? (?:the|these|those|its|that|this|it)"
    rf"(?: letters?| initials| abbreviation| acronym)? (?:mean|stand for)|"
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
_THAT = r"(?:that|it|this|those|they|these|the (?:letters|abbreviation|acronym|initials|term|word|name))"
_OF_THAT = lazy_regex(
    rf"(?:[,;.:?!–-]|\band\b|\bbut\b) *(?:so |sorry |please )*"
    rf"(?:(?:{_WHAT}(?:['’]?s| is| are| do(?:es)?)|(?:no|any) idea what) {_THAT}(?: (?:is|means?|stands? for))?\b"
    r"(?=\W*$|[?,.;!]|\s+(?:and|please|exactly|then|again|anyway|called)\b)|"
    rf"(?:(?:is|does|has) (?:there|it|that)(?: have)?|what(?:['’]?s| is| are)) (?:another|(?:an? |the )?"
    rf"(?:other|new(?:er)?|old(?:er)?|modern|current|proper|different)) (?:name|term|word)s? (?:for|of) {_THAT}\b)",
    re.IGNORECASE,
)
"""Asks what the letters mean that were named before ("the letter says X, what is that")."""
_ACRONYM = lazy_regex(r"(?<![\w/&-])(?=[\w-]*[A-Z][\w-]*[A-Z])[A-Z][A-Za-z0-9-]{2,11}(?![\w/&-])")
_OF_WARDS = frozenset("CAR CAR-T ICU ITU HDU NHS USA FYI MRI ECG EEG PCR".split())
"""Letters that everybody knows, and that stand around others."""
_OTHER_NAME = lazy_regex(
    rf"\b(?:another|other|new(?:er)?|old(?:er)?|former|modern|proper|current|different) (?:name|term|word)s? "
    rf"(?:for|of) (?!(?:that|this|it|those|these)\b){_ARTICLE}{_X}{_TAIL}|"
    rf"{_BEGIN}{_WHAT}(?: else)?(?:['’]?s| is| are| was| were| do(?:es)? (?:we|you|they|one) call) {_ARTICLE}{_X} "
    rf"(?:also |now |otherwise |formerly |previously |once )*(?:called|known as|named)"
    rf"(?: (?:now|nowadays|today|these days|before|earlier|formerly|previously|otherwise|as well|too))*{_TAIL}|"
    rf"\b(?:synonyms?|alias(?:es)?) (?:for|of) {_ARTICLE}{_X}{_TAIL}",
    re.IGNORECASE,
)
"""Asks by what other name a thing goes."""
_SPOKEN_ON = lazy_regex(
    rf"(?P<asked>{_BEGIN}{_WHAT}\b[^?,;.]+)[,;.] *(?:(?:and|but|as|because|since|sorry) )*"
    r"(?:it|that|this|i|we|he|she|they|my|our|the|someone|somebody|never|saw|seen|read|heard|just)\b(?P<told>[^?]*)\??$",
    re.IGNORECASE,
)
"""A question, and what is told of it behind."""
_ASKS_MORE = lazy_regex(
    r"\b(?:what|how|which|when|who|why|where|can|should|shall|must|dos(?:e|es|ing)|grade|treat\w*|give|given)\b|\d",
    re.IGNORECASE,
)
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
    spoken = _SPOKEN_ON.match(text)
    first = spoken["asked"] if spoken and not _ASKS_MORE.search(spoken["told"]) else text
    first = _FIRST_PART.split(first, maxsplit=1)[0]
    for pattern, wants in ((_LETTERS, "letters"), (_USE, "use"), (_WHEN, "when"), (_IS, "is")):
        if named := _named(pattern.match(first)):
            return Thing(named, "is" if wants == "letters" and " " in named else wants)
    if named := _named(_OTHER_NAME.search(text)):
        return Thing(named, "is")
    return _named_before(text)


def _named(found: re.Match[str] | None) -> str:
    """Give what a match names where that is a thing, and nothing of one; else ""."""
    named = next(filter(None, found.groups()), "").strip(" ,-") if found else ""
    return named if len(named.split()) <= MOST_WORDS and not _OF_THING.search(named) else ""


def _named_before(text: str) -> Thing | None:
    """Give the letters that a question tells before it asks what that means, where they are the only ones."""
    asked = _OF_THAT.search(text)
    told = _ACRONYM.findall(text[: asked.start()]) if asked else []
    letters = {each for each in told if each not in _OF_WARDS}
    return Thing(letters.pop(), "is") if len(letters) == 1 else None
