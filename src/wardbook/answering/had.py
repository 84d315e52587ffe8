"""Drugs that a question tells of the patient, and not as what it is about."""

import re

from wardbook.answering.question import Question
from wardbook.answering.told_findings import told_findings
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
    places = _before(question)
    found = {words for words, before in places.items() if _BEFORE.search(before)}
    beside = {words for words, before in places.items() if _BESIDE.search(before)}
    added = {words for words in question.drug_words if _is_added(words, question.text)}
    return frozenset(found | added | (beside if found | added else frozenset()))


_BESIDE = lazy_regex(
    r"(?:\b(?:plus|and|with|added to|on top of|as well as|besides)|[+&,])\s*(?:[a-z]+\s+)?$", re.IGNORECASE
)
"""Before a drug that is had with another one."""


def _is_added(words: str, text: str) -> bool:
    """Tell whether a question says that a drug was added ("X added to Y: does that make it grade 4")."""
    added = r"\s+(?:(?:was|is|has been|just|now|being|got)\s+)*(?:added|started|on board|running|hung|up and running)\b"
    return re.search(rf"\b{re.escape(words)}{added}", text, re.IGNORECASE) is not None


def came_before(question: Question) -> frozenset[str]:
    """Give the words for drugs after which something was found in a patient, where it is asked what to do for that."""
    if "treatment" not in question.kinds or not told_findings(question.text):
        return frozenset()
    return frozenset(words for words, before in _before(question).items() if _AFTER.search(before))


_AFTER = lazy_regex(r"\b(?:after|post|since|following)[\s-]+(?:[a-z0-9]+\s+){0,2}$", re.IGNORECASE)


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
