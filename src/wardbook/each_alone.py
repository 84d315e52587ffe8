"""A dose asked of two drugs, or of one drug in two situations: each is looked up alone and both are shown."""

import re
from collections.abc import Callable, Sequence

from wardbook.answering.answer import Answer
from wardbook.answering.course_asked import course_asked
from wardbook.answering.dose_question import KINDS
from wardbook.answering.question import Question
from wardbook.answering.two_sides import alone
from wardbook.opened import Opened
from wardbook.put_together import joined

Ask = Callable[[str], Answer]
"""Words to the answer to them."""


_SHOWN = frozenset({"answered", "needs_clarification"})


def with_each(opened: Opened, answer: Answer, whole: str, ask: Ask) -> Answer:
    """Give the doses of both sides where a question is for those of two, and the answer has not both.

    Only where each of them alone has a dose: else nothing is set beside nothing.
    """
    question = opened.understand(whole)
    asked = question.kinds & (KINDS | {"compare"}) or answer.regimens  # "X and Y before Z" was looked up as a dose
    if not asked or answer.status == "refused" or answer.verdict is not None:
        return answer
    found = []
    for sides in alone(question, opened.drugs):
        of_drugs = frozenset(opened.drugs.canonical(side) or "" for side, _ in sides) - {""}
        if of_drugs and (_is_told_in_words(question, answer, of_drugs) or _shows(opened, answer, of_drugs)):
            return answer
        each = [(side, ask(words)) for side, words in sides]
        if " ".join(side for side, _ in sides) in question.text and not _are_in_one_place(each):
            return answer
        either = bool(of_drugs) and re.search(r"\s+or\s+".join(re.escape(side) for side, _ in sides), question.text)
        if _are_two(answer, [one for _, one in each], of_drugs, either=bool(either)) and _are_meant(
            question, answer, each, of_drugs
        ):
            found.append(each)
    surely = [each for each in found if all(one.status == "answered" for _, one in each)]
    return joined(answer, (surely or found)[0]) if found else answer


def with_course(opened: Opened, whole: str, ask: Ask) -> Answer | None:
    """Give the doses of all drugs of a course that is given before another treatment, where it is asked about.

    None where the pages have no dose of one of them for what is asked.
    """
    course = course_asked(opened.understand(whole), opened.drugs, opened.pages.regimens)
    if course is None or not course.drugs:
        return None
    each = [(drug, ask(words)) for drug, words in zip(course.drugs, course.questions, strict=True)]
    told = [(drug, one) for drug, one in each if one.status in _SHOWN and one.regimens]
    return joined(told[0][1], told) if told else None


def _is_told_in_words(question: Question, answer: Answer, of_drugs: frozenset[str]) -> bool:
    """Tell whether it is asked which of two drugs is to be given, and not how much of them or of a third."""
    third = set(question.drugs) - of_drugs
    return not (question.kinds & KINDS or third or answer.regimens) and answer.status != "not_found"


def _are_two(answer: Answer, each: Sequence[Answer], of_drugs: frozenset[str], *, either: bool) -> bool:
    """Tell whether each side has a dose of its own; of two situations, or where `either` of two drugs is asked, one may
    have several to choose from.
    """
    surely = all(one.status == "answered" for one in each)
    asks_back = answer.status == "not_found" or not of_drugs or either
    enough = surely or (asks_back and all(one.status in _SHOWN for one in each))
    rows = [frozenset((own.regimen.page, own.regimen.lines) for own in one.regimens) for one in each]
    apart = bool(of_drugs) or len(set(rows)) == len(rows)
    return enough and apart and all(one.regimens and one.verdict is None for one in each)


def _are_in_one_place(each: Sequence[tuple[str, Answer]]) -> bool:
    """Tell whether drugs named without a word between them stand in one section: one is not given for the other."""
    places = [{(own.regimen.page, own.regimen.section) for own in one.regimens} for _, one in each]
    return bool(set.intersection(*places))


def _are_meant(
    question: Question, answer: Answer, each: Sequence[tuple[str, Answer]], of_drugs: frozenset[str]
) -> bool:
    """Tell whether doses are asked of two drugs, or are of a third one that the question names beside them."""
    if question.kinds & KINDS or not of_drugs:
        return True
    third = set(question.drugs) - of_drugs
    own = {row.regimen.drug for _, one in each for row in one.regimens}
    looked_up = {row.regimen.drug for row in answer.regimens}
    return not third or own <= third or (bool(looked_up) and looked_up <= of_drugs)


def _shows(opened: Opened, answer: Answer, drugs: frozenset[str]) -> bool:
    """Tell whether an answer shows a line of each of two drugs."""
    shown = {mention.drug for each in answer.citations for mention in opened.drugs.find(each.quote)}
    return answer.status == "answered" and drugs <= shown
