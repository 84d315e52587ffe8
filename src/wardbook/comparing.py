"""Things that a question compares: which they are, and what the pages hold on each, asked for alone."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wardbook.answering.confidence import probability, signals_of
from wardbook.answering.defining import defining
from wardbook.answering.evidence import MARGIN, Evidence, rank
from wardbook.answering.question import Question
from wardbook.answering.question_words import kinds_of
from wardbook.answering.side_by_side import Compared
from wardbook.answering.terms import ASKING, Term, held
from wardbook.answering.two_sides import BOTH
from wardbook.answering.written_ways import widened
from wardbook.lazy_regex import lazy_regex
from wardbook.opened import Opened

_BETWEEN = lazy_regex(r"\b(?:vs\.?|versus|or|and|than|compared (?:with|to)|against|from|to)\b|/", re.IGNORECASE)
NEAR = 3
"""Characters between such a word and the names beside it at most."""
MOST_COMPARED = 3
"""Things compared that are asked for one at a time."""

_COMPARING = lazy_regex(
    r"\b(?:vs\.?|versus|compar(?:e[ds]?|ing|isons?)|differ(?:s|ent|ently|ences?)?|between|than|more|less|fewer|higher|lower|better|worse|most|"
    r"least|highest|lowest|best|worst)\b",
    re.IGNORECASE,
)
"""Words that set the things named against each other, which what is told of one of them need not hold."""

_IN_WHICH = lazy_regex(r"\b(?:which|who|what)\b.*\bor\b", re.IGNORECASE)
"""Asks in which of two things something is more: one that is told of the other alone does not answer."""

_OF_TWO = lazy_regex(
    r"(?<![\w-])((?!\d)[\w-]+) (?:vs\.?|versus) (?:the |a |an |our )?((?!\d|(?:m?c?g|units?|ml)\b)[\w-]+)",
    re.IGNORECASE,
)
"""Two things compared that no page is named after ("Hill vs Stanford"); amounts are none."""


def asks_in_which(question: str) -> bool:
    """Tell whether a question asks in which of two things something is more: both have to be told of."""
    return bool(_IN_WHICH.search(question))


def of_least(compared: Sequence[Compared]) -> float:
    """Give the probability that the pages answer on each of the things compared, asked for alone."""
    return min((probability(signals_of(each.terms, each.own)) for each in compared), default=0.0)


def compared_in(opened: Opened, question: Question, k: int) -> list[Compared]:
    """Rank the evidence on each of the things compared; nothing where the question does not name two."""
    names = _two_named(opened, question)
    if len(names) < 2 or any(map(_COMPARING.fullmatch, names)):  # "the best available" names nothing
        return []
    return [_alone(opened, question, name, names, k) for name in names]


_APART = lazy_regex(
    r"\b(?:distinct|differ(?:s|ent|ently|ence)?|unlike|not|separate(?:ly)?|whereas|in contrast|rather than|then|before|"
    r"instead of)\b",
    re.IGNORECASE,
)
"""Words of a line that tells one thing from another, or puts them in an order."""
MOST_LOOKED_AT = 12
"""Lines, the best, among which one may tell the things compared apart."""
MOST_APART = 2
"""Lines shown that tell them apart."""


def telling_apart(ranked: Sequence[Evidence], compared: Sequence[Compared]) -> list[Evidence]:
    """Give the lines that speak of all the things compared and tell one from another; of one of them a line may be by
    its page.
    """
    words = [(each, each.unit.text, f"{each.hit.title} {each.unit.text}") for each in ranked[:MOST_LOOKED_AT]]
    found = [
        each
        for each, own, whole in words
        if each.unit.kind != "row"
        and _APART.search(own)
        and any(one.named_in(own) for one in compared)
        and all(one.named_in(whole) for one in compared)
    ]
    return [each for each in found if each.score >= MARGIN * found[0].score][:MOST_APART]


def without(compared: Compared, told: Sequence[Evidence]) -> Compared:
    """Leave out of the evidence on a thing what is told of all of them already."""
    units = [each.unit for each in told]
    return replace(compared, own=tuple(each for each in compared.own if each.unit not in units))


def _two_named(opened: Opened, question: Question) -> list[str]:
    """Give the names on both sides of "versus", "or" and the like, else all that a question names."""
    drugs = [(each.words, each.begin, each.end) for each in opened.drugs.find(question.text)]
    named = [(each.words, each.begin, each.end) for each in question.mentions if each.pages]
    for spans in (drugs, named, [*drugs, *named]):
        for between in _BETWEEN.finditer(question.text):
            left = [words for words, _, end in spans if 0 <= between.start() - end <= NEAR]
            right = [words for words, begin, _ in spans if 0 <= begin - between.end() <= NEAR]
            if left and right and left[-1].lower() != right[0].lower():
                return [left[-1], right[0]]
    two = _OF_TWO.search(question.text)
    if apart := BOTH.search(question.text):
        return [apart["left"], apart["right"]]
    names = list(dict.fromkeys(words for words, _, _ in drugs)) or list(dict.fromkeys(words for words, _, _ in named))
    return names[:MOST_COMPARED] if len(names) > 1 else list(two.groups()) if two else []


def _not_comparing(question: Question) -> Question:
    """Give a question of one of the things compared as one that compares nothing: a line on it alone answers."""
    kinds = tuple(kind for kind in kinds_of(question.text) if kind != "compare")
    return replace(question, kind=kinds[0] if kinds else "other", kinds=question.kinds - {"compare"})


def _named(terms: Sequence[Term], name: str) -> list[Term]:
    """Give the terms that are words of a name."""
    words = name.lower().split()
    return [term for term in terms if term.weight > ASKING and set(term.words.lower().split()) <= set(words)]


def _alone(opened: Opened, question: Question, name: str, names: Sequence[str], k: int) -> Compared:
    """Ask for one of the things compared, the others left out."""
    words = question.text
    for other in names:
        words = words if other == name else words.replace(other, " ")
    words = _COMPARING.sub(" ", words)
    alone = _not_comparing(opened.understand(words))
    terms = widened(opened.terms(alone), alone, opened.frequencies, opened.drugs.vocabulary.spoken_names_of)
    subject = [term for term in terms if term.words.lower() == name.lower()] or _named(terms, name)
    own = [
        each
        for each in rank(alone, terms, opened.hits(alone, k))
        if all(held(f"{each.hit.title} {each.hit.section} {each.unit.text}").holds(term) for term in subject)
    ]
    asked = alone.kinds or any(term.weight > ASKING and not _named([term], name) for term in terms)
    first = [] if asked else _defining(opened, name, k)  # nothing is asked of it but how they differ
    told = [each.unit for each in first]
    return Compared(name, tuple(subject), terms, (*first, *(each for each in own if each.unit not in told)))


def _defining(opened: Opened, name: str, k: int) -> list[Evidence]:
    """Give the lines that say what a thing is."""
    question = opened.understand(f"what is {name}")
    terms = opened.terms(question)
    return defining(question, rank(question, terms, opened.hits(question, k)), terms)
