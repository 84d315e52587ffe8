"""Drugs that a question tells of the patient, and not as what it is about."""

import re

from wardbook.answering.question import Question
from wardbook.lazy_regex import lazy_regex

_BEFORE = lazy_regex(
    r"\b(?:on|post|after|since|following|received|got|had|given|getting|needs|needing|requires|requiring)"
    r"[\s-]+(?:[a-z]+\s+)?$",
    re.IGNORECASE,
)
_WITH = lazy_regex(r"\b(?:with|taking|takes|under|despite)\s+$", re.IGNORECASE)
_TO_DO = lazy_regex(
    r"\b(?:stop|hold|withhold|restart|resume|continue|reduce|dos(?:e|es|ing)|give|treat|start|repeat)\b", re.IGNORECASE
)


def had(question: Question) -> frozenset[str]:
    """Give the words for drugs that the patient has had or is on ("febrile after X, on Y: which grade?").

    Criteria of a grade name no drug that came before, so none is looked for in them. Where it is asked at which grade
    to do something, the drug is what is asked about.
    """
    if question.kind != "grading" or _TO_DO.search(question.text):
        return frozenset()
    return frozenset(words for words, before in _before(question).items() if _BEFORE.search(before))


def patient_has(question: Question) -> frozenset[str]:
    """Give the words for drugs that a patient is told to be on, to have had or to get beside what is asked about."""
    return frozenset(
        words for words, before in _before(question).items() if _BEFORE.search(before) or _WITH.search(before)
    )


def _before(question: Question) -> dict[str, str]:
    """Give, for each of the words for drugs that do not begin the question, what stands before them."""
    lower = question.text.lower()
    places = {words: lower.find(words) for words in question.drug_words}
    return {words: lower[:at] for words, at in places.items() if at > 0}
