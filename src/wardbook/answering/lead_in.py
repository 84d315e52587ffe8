"""What leads into a thing said, and whether it stands alone: what it needs nothing from before for."""

import re

from wardbook.answering.taking_along import REFERS
from wardbook.answering.targets import is_qualifier
from wardbook.answering.turn import SUPPOSES, Turn
from wardbook.lazy_regex import lazy_regex

_OF_A_SUBJECT = frozenset(
    "treatment symptoms causes diagnosis definition grading prognosis mechanism list prevention evidence".split()
)
"""Kinds whose other words are what they are about ("symptoms of X"), and not of the drug named before."""
_LEAD_IN = lazy_regex(
    r"^\s*(?:(?:thanks?(?: you)?|thx|cheers|no(?=\s*[,.;:!-]|\s+(?:i|not|actually|sorry|wait|the)\b)|and|but|so|"
    r"ok(?:ay)?|then|also|now|or|nope|yes|yeah|yep|sorry|oops|wait|hm+|ah|oh|actually|i mean|i meant|make (?:that|it)|"
    r"what about|how about|wh?at(?= if\b)|n(?= (?:what|how|when|if|for|in|with|can|do|does|is|should)\b)|"
    r"(?:cool|great|perfect|right|got it|k)(?=\s*,)|what(?:about|if)|"
    r"hows about|same(?= (?:for|in|with)\b)|same (?:question|thing)|"
    r"ditto|the same|instead|rather|back to|go back to)\b[\s,.:;!-]*)+",
    re.IGNORECASE,
)
_TRAILING = lazy_regex(
    r"[\s,]*\b(?:then|please|pls|plz|instead|though|tho|too|as well|thanks|thx|again)\s*[?.!]*$", re.IGNORECASE
)
_STILL = (
    r"(?:(?:at|in|with|for|on) )?(?:the )?same (?:grade|severity|stage|age|weight|patient|pt|child|kid|person|setting|"
    r"indication|disease|drug|product|regimen|route|source|guideline)s?\b"
)
_SAME_STILL = lazy_regex(
    rf"^\s*{_STILL}\s*[,;:]\s*(?:but |and )?|\s{{0,9}},\s{{0,9}}{_STILL}[\s?.!]{{0,9}}$", re.IGNORECASE
)
"""Says that a thing named before still holds, as it does where nothing else is named."""
_ITS_FROM = lazy_regex(
    r"^(?:if|when|where) (?:it|this|that)(?:['’]?s| is| was| comes| came)(?: (?:all|really|actually))? "
    r"(?:from|due to|because of|caused by|secondary to)\s+(?=\S)",
    re.IGNORECASE,
)
"""Supposes another cause of what was asked about, or another disease behind it."""
LEANS = lazy_regex(
    r"^\s*(?:and|but|also|then|so|ok(?:ay)?(?=[ ,])|what about|how about|what if|same|why|instead|otherwise|else|more|"
    r"in that|no(?=[ ,])|sorry|actually|i meant?)\b|"
    r"\b(?:it|its|that|this|those|these|them|they|he|she|his|her|the same|the (?:drug|dose|max(?:imum)?|latter|"
    r"first one|second one|other one|patient)|"
    r"same (?:grade|patient|pt|product)|still|afterwards?|another|"
    r"(?:too|as well|on top(?: of (?:it|that))?)(?=[\s?.!]*$)|"
    r"(?:what|anything) else|what(?:'s)? (?:next|now))\b",
    re.IGNORECASE,
)
"""Words that lean on what was said."""
_OTHER_ONE = lazy_regex(
    r"\b(?:the )?(?:other|next|former|latter|same) one\b|\bthe other\b|\bnot (?:the )?\w+,\s*", re.IGNORECASE
)
SAME_AGAIN = lazy_regex(
    r"\s*(?:(?:and )?(?:the )?(?:sources?|references?|citations?)|where (?:does it say|is) that|says who|"
    r"(?:please )?(?:repeat|say) (?:that|it)(?: again)?|come again|once more|what was that)[\s?.!]*",
    re.IGNORECASE,
)
"""Asks for the answer before once more, with its sources."""
BACK = lazy_regex(
    r"\s*(?:ok(?:ay)?[\s,]*)?(?:(?:go )?back to|return to|as for)\s+(?:the\s+)?"
    r"(?:(first|original)|previous|earlier|other)(?:\s+(?:one|drug|question|patient))?\b[\s,.:;?!-]*",
    re.IGNORECASE,
)
"""Goes back to a question further up."""
OTHER_PATIENT = lazy_regex(
    r"\b(?:(?:a )?(?:new|different|another|other|next) (?:pt|patient|case|child|kid))\b[\s,.:;!-]*|"
    r"^\W*(?:(?:and|but|ok(?:ay)?|so|now|sorry|thanks?|thx|right|great)\b[\s,.:;!-]*)*"
    r"(?:(?:a )?(?:new|different|another|other|separate|unrelated) (?:thing|question|topic|matter|subject)|"
    r"unrelated(?: to that)?|changing (?:the )?subject|"
    r"on (?:another|a different) (?:note|topic))(?=\s*[,.:;!-])[\s,.:;!-]*",
    re.IGNORECASE,
)
"""Says that another patient, or another matter, is meant from here on."""


OF_A_PATIENT = lazy_regex(
    r"^\s*(?:(?:the |this |my |our )?(?:pt|patient)|he|she|they)(?:['’](?:s|re|ve)| is| has| have| are| was)?"
    r"(?: (?:now|just|actually|already|currently|got|had|developed|been|an?))*\s+",
    re.IGNORECASE,
)
"""Says of the patient what follows ("he's now got a ...")."""


_TAG = lazy_regex(
    r"\s{0,9},\s{0,9}(?:is|are|was|were|does|do|did|has|have|should|would|can|could|will)n['’]?t "
    r"(?:it|that|this|they|he|she|we|there|you)\b[^,;.?]{0,80}[\s?.!]{0,9}$",
    re.IGNORECASE,
)
_SENTENCE_ENDS = lazy_regex(r"(?<=[a-z)][.;!])\s+", re.IGNORECASE)


def without_tag(words: str) -> str:
    """Give what is supposed without the guess behind it ("what if he had X, isn't it more then?")."""
    rest = _TAG.sub("", words)
    return rest if _LEAD_IN.match(rest) or SUPPOSES.match(rest) else words


def put_right_first(words: str) -> tuple[str, str]:
    """Give what is put right of the question before, then what is asked ("no, I meant X. what's the max"), or "" and
    all of it.
    """
    first, *rest = _SENTENCE_ENDS.split(words, maxsplit=1)
    right = rest and _LEAD_IN.match(first) and without_lead_in(first)
    return (first, rest[0]) if right else ("", words)


def without_lead_in(words: str) -> str:
    """Give what is said without what leads it in ("no, I meant") and trails it ("then, please")."""
    rest = _TRAILING.sub("", _LEAD_IN.sub("", words)).strip(" ?.,!")
    rest = _SAME_STILL.sub("", rest) or rest
    return _ITS_FROM.sub("in ", " ".join(_OTHER_ONE.sub(" ", rest).split()).strip(" ,"))


def _refers_back(turn: Turn) -> bool:
    """Tell whether a word that stands for another comes before all that it could stand for here."""
    referring = REFERS.search(turn.text)
    first = min((slot.begin for slot in turn.all("drug", "name", "topic")), default=0)
    return referring is not None and referring.start() < first


def stands_alone(words: str, turn: Turn) -> bool:
    """Tell whether a question needs nothing from before: it says what about and of what, and leans on nothing."""
    leads, leans = bool(_LEAD_IN.match(words)), bool(LEANS.search(words))
    named, count = bool(turn.all("drug", "name")), len(_LEAD_IN.sub("", words).split())
    kinds = turn.question.kinds
    if named and kinds and not leads:
        return not leans or (count > 6 and not _refers_back(turn))
    if named:
        return not leans and count > 3 and not SUPPOSES.match(words)
    if leans or leads or turn.all("grade", "weight", "surface"):
        return False
    topics = [slot for slot in turn.all("topic") if not is_qualifier(slot)]
    if topics and kinds & _OF_A_SUBJECT:
        return True
    asks = bool(
        re.match(r"\s*(?:what|which|who|when|where|why|how|is|are|can|could|do|does|did|should)\b", words, re.I)
    )
    return count > 7 or (asks and count > 4 and sum(len(slot.words.split()) for slot in topics) > 1)
