"""Things that a question compares: which they are, and what the pages hold on each, asked for alone."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wardbook.answering.confidence import probability, signals_of
from wardbook.answering.evidence import rank
from wardbook.answering.question import Question
from wardbook.answering.question_words import kinds_of
from wardbook.answering.side_by_side import Compared
from wardbook.answering.terms import held
from wardbook.answering.written_ways import widened
from wardbook.lazy_regex import lazy_regex
from wardbook.opened import Opened

_BETWEEN = lazy_regex(r"\b(?:vs\.?|versus|or|and|than|compared (?:with|to)|against|from|to)\b|/", re.IGNORECASE)
NEAR = 3
"""Characters between such a word and the names beside it at most."""
MOST_COMPARED = 3
"""Things compared that are asked for one at a time."""

_COMPARING = lazy_regex(
    r"\b(?:vs\.?|versus|compar(?:e[ds]?|ing|isons?)|differ(?:s|ences?)?|more|less|fewer|higher|lower|better|worse|most|"
    r"least|highest|lowest|best|worst)\b",
    re.IGNORECASE,
)
"""Words that set the things named against each other, which what is told of one of them need not hold."""

_IN_WHICH = lazy_regex(r"\b(?:which|who|what)\b.*\bor\b", re.IGNORECASE)
"""Asks in which of two things something is more: one that is told of the other alone does not answer."""

_OF_TWO = lazy_regex(r"(?<![\w-])([\w-]+) (?:vs\.?|versus) (?:the |a |an |our )?([\w-]+)", re.IGNORECASE)
"""Two things compared that no page is named after ("Hill vs Stanford")."""


def asks_in_which(question: str) -> bool:
    """Tell whether a question asks in which of two things something is more: both have to be told of."""
    return bool(_IN_WHICH.search(question))


def of_least(compared: Sequence[Compared]) -> float:
    """Give the probability that the pages answer on each of the things compared, asked for alone."""
    return min((probability(signals_of(each.terms, each.own)) for each in compared), default=0.0)


def compared_in(opened: Opened, question: Question, k: int) -> list[Compared]:
    """Rank the evidence on each of the things compared; nothing where the question does not name two."""
    names = _two_named(opened, question)
    return [_alone(opened, question, name, names, k) for name in names] if len(names) > 1 else []


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
    names = list(dict.fromkeys(words for words, _, _ in drugs)) or list(dict.fromkeys(words for words, _, _ in named))
    return names[:MOST_COMPARED] if len(names) > 1 else list(two.groups()) if two else []


def _not_comparing(question: Question) -> Question:
    """Give a question of one of the things compared as one that compares nothing: a line on it alone answers."""
    kinds = tuple(kind for kind in kinds_of(question.text) if kind != "compare")
    return replace(question, kind=kinds[0] if kinds else "other", kinds=question.kinds - {"compare"})


def _alone(opened: Opened, question: Question, name: str, names: Sequence[str], k: int) -> Compared:
    """Ask for one of the things compared, the others left out."""
    words = question.text
    for other in names:
        words = words if other == name else words.replace(other, " ")
    words = _COMPARING.sub(" ", words)
    alone = _not_comparing(opened.understand(words))
    terms = widened(opened.terms(alone), alone, opened.frequencies, opened.drugs.vocabulary.names_of)
    subject = [term for term in terms if term.words.lower() == name.lower()]
    own = [
        each
        for each in rank(alone, terms, opened.hits(alone, k))
        if all(held(f"{each.hit.title} {each.hit.section} {each.unit.text}").holds(term) for term in subject)
    ]
    return Compared(name, tuple(subject), terms, tuple(own))
