"""Whether a line tells when, how soon, how long or how often, where that is what a question asks.

Of lines that hold the same words of a question, the one that gives a time or a rhythm answers it.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache

from wardbook.answering.how_many_have import counts_patients
from wardbook.answering.question import Question
from wardbook.answering.question_words import asks_often
from wardbook.answering.terms import ASKING, FAINT, Term, held
from wardbook.answering.use_asked import asks_use
from wardbook.corpus.unit import Unit
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.frequency import read_frequencies
from wardbook.index.words import tokens
from wardbook.lazy_regex import lazy_regex

TOLD = {"often": 0.4, "span": 0.25}
"""What a line gains that gives the rhythm or time asked, and loses that gives none."""
ANCHOR = 0.8
"""Weight at most, nats, of a word that only says after what something is timed."""
_OCCURS = lazy_regex(r"\b(?:happens?|occurs?|seen|caus\w+|gets?|develops?|relapses?|fails?)\b")
"""Of what is asked how often it is so; a share of patients tells that."""
_SPAN = lazy_regex(
    r"\bhow (?:long|soon|quick\w*)\b|"
    r"\bhow many (?:days?|weeks?|months?|hours?|hrs?|min(?:ute)?s?|years?)\b|"
    r"\bhow fast\b(?! (?:\w+ ){0,3}(?:rate|drip))|\b(?:by|until|till|since) when\b|"
    r"\b(?:within|in|for) (?:what|which) (?:time|period)\b|"
    r"\bwhen (?:does|do|did|will|is|are|can|could|should|may|must|to)\b|\bwhen\W*$"
)
_RATE = lazy_regex(r"\b(?:run|runs|infuse[ds]?|infusion|rate|drip|pump)\b")
"""How long or fast a bag is run is told by its rate."""
_NOT = lazy_regex(r"\b(?:should|must|can|may|do|to)\b.{0,20}\b(?:not|never)\b|\bavoid\b")
"""Asks when something is not to be done, of which a danger tells and no time."""
_OF_PAGE = lazy_regex(r"\b(?:review(?:ed)?|updated?|revis(?:ed|ion)|written|published)\b")
"""Asked of a page, which tells it by a date."""
_UNIT = r"(?:h|hrs?|hours?|min|mins|minutes?|d|days?|wks?|weeks?|months?|mo|years?|yrs?)"
_TIME = lazy_regex(
    rf"\d\s*-?\s*{_UNIT}\b|\b(?:day|days|week|weeks|month|months|year|cycle)s?\s*[+-]?\d|\bd\s?[+-]\d|"
    r"\b(?:until|till|lifelong|for life|at once|immediately|straight away|without (?:waiting|delay)|overnight|"
    r"indefinite\w*|on admission|at discharge)\b"
)
_CONDITION = lazy_regex(
    r"\b(?:if|when|whenever|only|once|unless|as soon as|before|after)\b|[<>≤≥]\s*\d|"
    r"\d+ or (?:above|below|more|less|over)\b|"
    r"\b(?:above|below|over|under|at least|more than|less than) \d"
)
"""Tells in which case something is done, which "when" asks as well."""
_REPEATED = lazy_regex(
    rf"\b(?:every|each)\s+(?:(?:two|three|four|six|other)\s+)?(?:\d+\b|{_UNIT}\b|shift|visit|dose|cycle|time)|"
    r"\b(?:yearly|annually|fortnightly|monthly|quarterly|continuous\w*)\b"
)


@lru_cache(maxsize=256)
def time_asked(question: str) -> str:
    """Give "often", "span" (when, how long, how soon) or "" for what a question asks of time."""
    plain = question.lower()
    if asks_often(plain):
        return "" if _OCCURS.search(plain) else "often"
    other = _RATE.search(plain) or _NOT.search(plain) or _OF_PAGE.search(plain) or asks_use(plain)
    return "span" if _SPAN.search(plain) and not other else ""


@lru_cache(maxsize=20_000)
def tells_rhythm(words: str) -> bool:
    """Tell whether words say how often something is done."""
    return bool(read_frequencies(words)) or _REPEATED.search(words.lower()) is not None


@lru_cache(maxsize=20_000)
def _tells_time(words: str) -> bool:
    """Tell whether words give a time, other than how often a dose in them is given."""
    if any(figure.is_dose for figure in read_amounts(words)):
        for each in reversed(read_frequencies(words)):
            words = f"{words[: each.begin]} {words[each.end :]}"
        return _TIME.search(words.lower()) is not None
    return _TIME.search(words.lower()) is not None or bool(read_frequencies(words))


def tells_asked_time(question: Question, words: str) -> bool:
    """Tell whether words give what a question asks of time; False where it asks nothing of it."""
    asked = time_asked(question.text)
    if asked == "often":
        shared = "monitoring" not in question.kinds and counts_patients(words)
        return tells_rhythm(words) or shared
    if asked != "span":
        return False
    conditional = "when" in question.text.lower() and _CONDITION.search(words.lower()) is not None
    return conditional or _tells_time(words)


def time_fit(question: Question, unit: Unit, named: bool, own_named: bool) -> float:
    """Weigh whether a unit gives the time or rhythm that is asked.

    `named` tells whether it or its headings name anything that is asked about; a line with a dose has to itself, where
    the question is of no drug.
    """
    asked = time_asked(question.text)
    if not asked:
        return 0.0
    words = " ".join([*unit.lead[-1:], unit.text])
    of_dose = not question.drugs and not own_named and any(figure.is_dose for figure in read_amounts(unit.text))
    return TOLD[asked] if named and not of_dose and tells_asked_time(question, words) else -TOLD[asked]


_ANCHORED = lazy_regex(r"\b(?:after|post|following|since)\b[\s-]+(?!(?:how|what|which)\b)([^,;?.]+)", re.IGNORECASE)


_CELLS = lazy_regex(
    r"(?:after|post|following|since|car|cart|t|cells?|infusions?|reinfusion|transplant\w*|hs?ct|allo|auto|graft)",
    re.IGNORECASE,
)
"""Words for being after the treatment that all patients of a unit have had."""


def tells_time_of_all(question: Question, terms: Iterable[Term], line: str) -> bool:
    """Tell whether a line gives what is asked of time and holds all that it is asked of, as `of_time` weighs it."""
    there = held(line)
    subject = [term for term in terms if term.weight > FAINT]
    return bool(subject) and tells_asked_time(question, line) and all(map(there.holds, subject))


def of_time(question: Question, terms: Iterable[Term], line: str = "") -> tuple[Term, ...]:
    """Give the terms, those weighed little that only say after what something is timed.

    "How often X after Y" is told where X is; that it is all after Y goes without saying. A drug still has to be named.
    Where a line that tells the time holds all of X, that its patients have had their cells goes for nothing.
    """
    listed = tuple(terms)
    match = _ANCHORED.search(question.text) if time_asked(question.text) else None
    if match is None:
        return listed
    behind = set(tokens(match[0])) - set(tokens(question.text.replace(match[0], " ")))
    anchors = [term for term in listed if term.words.lower() not in question.drug_words and _is_of(term, behind)]
    subject = [term for term in listed if term.weight >= ASKING and term not in anchors]
    if not subject:
        return listed
    told = all(map(held(line).holds, subject))

    def weight(term: Term) -> float:
        return FAINT if told and _CELLS.fullmatch(term.words) else _as_anchor(term)

    return tuple(replace(each, weight=weight(each)) if each in anchors else each for each in listed)


_SET_AFTER = lazy_regex(
    r"\b(?:after|post|following|since|s/p)[\s-]+(?:(?:the|an?|his|her|their|allo\w*|auto\w*|cd19|bcma)[\s-]+){0,2}"
    r"(?:car[ -]?t(?:[ -]cells?)?|cart|transplant\w*|hs?ct|chemo\w*)\b",
    re.IGNORECASE,
)
COMMON = 3.0
"""Weight, nats, below which a word stands in so many passages that it goes without saying in the others."""


def of_setting(question: Question, terms: Iterable[Term], line: str) -> tuple[Term, ...]:
    """Give the terms, those weighed little that only say after which treatment the patient is, and a line leaves out.

    Where most pages are of patients after it ("X after CAR-T"), a line on X need not repeat it. When or how long after
    is told by `of_time`.
    """
    match, there = _SET_AFTER.search(question.text), held(line)
    if match is None or time_asked(question.text):
        return tuple(terms)
    behind = set(tokens(match[0])) - set(tokens(question.text.replace(match[0], " ", 1)))
    return tuple(
        replace(term, weight=_as_anchor(term))
        if term.weight < COMMON and _is_of(term, behind) and not there.holds(term)
        else term
        for term in terms
    )


def _as_anchor(term: Term) -> float:
    return ANCHOR if term.weight > ANCHOR else min(term.weight, FAINT)


def _is_of(term: Term, words: Collection[str]) -> bool:
    return all(token in words for token in tokens(term.words))
