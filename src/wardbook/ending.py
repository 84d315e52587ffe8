"""How and when a drug is stopped, from the words of the pages where no row tells it."""

from wardbook.answering.answer import Answer
from wardbook.answering.confidence import DOUBTFUL
from wardbook.answering.dose_asked import DoseAsked
from wardbook.answering.evidence import SectionHit
from wardbook.answering.fit import tells_end, tells_ending
from wardbook.dosing.sameness import states
from wardbook.from_pages import from_pages
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
