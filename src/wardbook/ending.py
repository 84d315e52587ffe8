"""How and when a drug is stopped, and after how many doses, from the words of the pages where no row tells it."""

import re

from wardbook.answering.answer import Answer
from wardbook.answering.confidence import DOUBTFUL
from wardbook.answering.dose_asked import DoseAsked
from wardbook.answering.evidence import SectionHit
from wardbook.answering.fit import tells_end, tells_ending
from wardbook.corpus.unit import Unit
from wardbook.dosing.sameness import states
from wardbook.from_pages import from_pages
from wardbook.lazy_regex import lazy_regex
from wardbook.opened import Opened


def ended_by(opened: Opened, asked: str, whole: str, dose: DoseAsked, k: int) -> Answer | None:
    """Give the section by which a drug is stopped, where that is asked; None where pages have none."""
    question = dose.question
    if "dose" in question.kinds and not tells_ending(question.text, "Taper"):
        return None  # "dose of X when we stop Y"

    def headed(hit: SectionHit) -> bool:
        return bool(hit.path) and tells_ending(question.text, hit.path[-1])

    if not any(map(headed, opened.hits(question, k))):
        return None
    said = from_pages(opened, asked, whole, question, k, within=headed)
    return said if said.status == "answered" else None


def until_when(opened: Opened, asked: str, whole: str, dose: DoseAsked, answer: Answer, k: int) -> Answer | None:
    """Give what the pages say of when a drug ends, where that is asked and no row states it; None where nothing."""
    rows = [each.regimen for each in answer.regimens]
    asks = dose.query.wants == "duration" and "dose" not in dose.question.kinds and dose.proposed is None
    if not asks or any(states(row, "duration") for row in rows):
        return None
    said = from_pages(opened, asked, whole, dose.question, k, without_doses=True, only=tells_end)
    return said if said.status == "answered" and (said.confidence or 0) >= DOUBTFUL else None


_ASKS_COUNT = lazy_regex(
    r"\bhow many (?:[\w-]+ ){0,3}doses\b|\bhow many times\b(?! (?:a|per|each) )|\bnumber of (?:[\w-]+ ){0,2}doses\b",
    re.IGNORECASE,
)
_MOST = lazy_regex(r"\b(?:max(?:imum|imal)?|in total|total)\b", re.IGNORECASE)
_NUMBER = lazy_regex(r"\bnumber of\b", re.IGNORECASE)
_OF = r"(?:\d+|one|two|three|four|five|six)"
_COUNT = lazy_regex(
    rf"(?<![\d.]){_OF} (?:(?:further|more|extra|additional|in all|total) )?"
    r"(?:doses?\b|times(?= (?:in|only|at most|per (?:episode|course|cycle))\b|\W*$))|\b(?:once|twice) only\b|"
    rf"\b(?:max\w*|up to|at most|no more than|total of) {_OF} (?:in|per|doses?)\b|\brepeat(?:ed)? (?:once|twice)\b",
    re.IGNORECASE,
)


def how_many(opened: Opened, asked: str, whole: str, dose: DoseAsked, answer: Answer, k: int) -> Answer | None:
    """Give the lines that say how many doses there may be, where that is asked; None where no line does.

    Where one row answers, or a row states it, the dose stands, with what other pages say of it beside.
    """
    if dose.proposed is not None or not _ASKS_COUNT.search(dose.question.text):
        return None
    if answer.status == "answered" or any(each.regimen.max_doses for each in answer.regimens):
        return None

    def counts(unit: Unit) -> bool:
        named = {each.drug for each in opened.drugs.find(unit.text)}
        return _COUNT.search(unit.text) is not None and (not named or dose.query.drug in named)

    plain = opened.understand(_NUMBER.sub("how many", _MOST.sub("", dose.question.text)))
    said = from_pages(opened, asked, whole, plain, k, only=counts)
    return said if said.status == "answered" else None
