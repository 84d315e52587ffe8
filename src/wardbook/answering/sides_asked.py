"""Whether it is asked what is disputed: who says what, or which of two figures holds that were both seen."""

import re
from functools import lru_cache
from itertools import pairwise

from wardbook.lazy_regex import lazy_regex

_SAYERS = (
    r"(?:sources?|guidelines?|guidances?|societies|papers?|pages?|protocols?|experts?|centres?|centers?|units?|"
    r"hospitals?|consultants?|seniors?|bosses|people|books?|labels?|references?|reviews?|authors?|websites?|apps?)"
)
_EVERYONE = (
    rf"(?:every(?:one|body|thing)|(?:each|every|all|different|various|other|two|both|the|some) (?:\w+ )?{_SAYERS})"
)
_SAY = r"(?:says?|said|quotes?|gives?|tells?|recommends?|advises?|uses?|writes?|suggests?|does|do|has|have|claims?)"
_OTHERWISE = (
    r"(?:(?:something|sth|someth|a|an) (?:else|different|other\w*)|different(?:ly| \w+)?|other \w+|otherwise|"
    r"differing \w+|contradictory \w+|opposite(?: things)?|not the same)"
)
_SIDES = lazy_regex(
    rf"\bwho (?:says|recommends|uses|advises|suggests|does) (?:what|which)\b|"
    rf"\b(?:which|what) (?:\w+ )?(?:says?|recommends?|uses?) (?:what|which)\b|"
    rf"\b{_EVERYONE} (?:\w+ )?{_SAY} {_OTHERWISE}|\b{_SAYERS} (?:all )?{_SAY} {_OTHERWISE}|"
    r"\b(?:do(?:es)?n[o'’]?t|do(?:es)? not|(?:can|could)(?: ?no|['’])?t|never|not) (?:all |really |seem to |quite )?"
    r"agree\b(?! to\b)|\bdo (?:they|(?:the |all |both )?\w+) (?:all )?agree\b|"
    r"\b(?:is|are) (?:there |they )?(?:any |no )?"
    r"(?:agreement|consensus|in agreement|unanimous)\b|\b(?:any|no|a) (?:consensus|agreement)\b|"
    r"\bdisagree\w*|\bconflict(?:s|ing)?\b(?! of interest)|\bdiscrepan\w*|\bcontrovers\w*|\bcontradict\w*|"
    r"\bdiffering\b|\binconsistent\b|\bmixed (?:messages|advice|answers)\b|\bdisputed?\b|\bdebated?\b|"
    rf"\b{_SAYERS} (?:differ|vary|var(?:y|ies)|disagree|clash|split)\b|"
    r"\b(?:seen|read|heard|found|told) (?:of )?(?:both|each|either|two "
    r"(?:figures|numbers|values|answers|versions|things|doses))\b|\bboth (?:are )?(?:quoted|around|given|seen|cited)\b|"
    r"\bsome (?:\w+ )?(?:say|use|give|do|quote|write)\b(?=.{0,60}\b(?:others?|some)\b)|"
    r"\b(?:which|who) (?:one |of (?:them|these|the two|those) )?(?:is|['’]s|are) "
    r"(?:right|correct|true)\b(?! (?:for|in|here)\b)|"
    r"\bwhos (?:right|correct)\b|\bwhich (?:one )?(?:to|do i|do we|should (?:i|we)) "
    r"(?:believe|trust|follow|go (?:by|with))\b|"
    r"\b(?:different|various) "
    r"(?:sources|guidelines|societies|papers|centres|centers|positions|opinions|views|answers)\b|"
    rf"\b(?:vs\.?|versus|against|compared (?:with|to)) (?:the |all )?(?:others?|rest|other {_SAYERS}|everyone else)\b|"
    r"\bwhat (?:do|does) (?:the )?(?:different|various|other|each of the) ",
    re.IGNORECASE,
)
"""Asks for, or tells of, views that differ."""
_FIGURE = r"(?:>=?|≥|<=?|≤)? ?(\d+(?:[.,]\d+)*)"
_TWO_FIGURES = lazy_regex(
    rf"(?<![\w./-]){_FIGURE} ?(?:[a-z%][\w%/^]* ?){{0,2}}(?:or|vs\.?|versus) "
    r"(?:(?:is it|rather|only|just|at|under|over) )?"
    rf"{_FIGURE}(?![\w/]*[-–])",
    re.IGNORECASE,
)
"""Two figures of which one is to hold ("460 or 510")."""
_BOTH_SEEN = lazy_regex(
    rf"\b(?:seen|read|heard|found|told|both) (?:of )?{_FIGURE} ?(?:[a-z%][\w%/^]* ?)??(?:and|or) (?:also )?{_FIGURE}",
    re.IGNORECASE,
)
"""Two figures that were both seen."""
_COUNTS_PATIENT = lazy_regex(r"\b(?:grade|gr|stage|day|d|age|aged|week|cycle|line)s? ?[+-]?$", re.IGNORECASE)
"""Stands before figures that tell of a patient, and are none of two that sources give."""
_CLAUSE = lazy_regex(r"\s*(?:[,;?!()]+|\.(?!\d)|\s[-–—]+\s)\s*")


@lru_cache(maxsize=256)
def asks_sides(text: str) -> bool:
    """Tell whether a question says that views differ, or asks who holds which."""
    return (_SIDES.search(text) or _BOTH_SEEN.search(text)) is not None


@lru_cache(maxsize=256)
def two_figures(text: str) -> tuple[str, str] | None:
    """Give the two figures of which a question asks which holds, or None."""
    for found in (*_BOTH_SEEN.finditer(text), *_TWO_FIGURES.finditer(text)):
        if found[1] != found[2] and not _COUNTS_PATIENT.search(text[: found.start()]):
            return found[1], found[2]
    return None


def without_sides(text: str) -> str:
    """Give a question without the clauses that only say that views differ; as it is where nothing else is left."""
    ends = [0, *(found.end() for found in _CLAUSE.finditer(text)), len(text)]
    clauses = [text[begin:end] for begin, end in pairwise(ends)]
    kept = [clause for clause in clauses if not asks_sides(clause)]
    if any(len(clause.split()) >= LEAST_LEFT for clause in kept):
        return "".join(kept).strip(" ,;-–—(")
    plain = _LEFT_OVER.sub(" ", _SIDES.sub(" ", text))
    return " ".join(plain.split()) if len(re.findall(r"\w{2,}", plain)) >= LEAST_LEFT else text


LEAST_LEFT = 2
"""Words of what is asked beside what says that views differ."""
_LEFT_OVER = lazy_regex(
    r"\b(?:do|does|are|is|there|the|on|about|over|any|why|sources|others?|guidelines|between)\b", re.IGNORECASE
)
