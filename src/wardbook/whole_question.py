"""A question to an Answer, asked once more where its words ask for that: for all sides, or without a procedure."""

from dataclasses import replace

from wardbook.answering.answer import Answer
from wardbook.answering.in_short import in_short
from wardbook.answering.question import Question
from wardbook.answering.setting_told import names_procedure, without_setting
from wardbook.asking import answer_said
from wardbook.dosing.asked_words import context_words
from wardbook.each_alone import with_course, with_each
from wardbook.evidence_rated import with_rating
from wardbook.from_pages import terms_as_written
from wardbook.opened import Opened
from wardbook.sides_told import each_figure, sides_told, with_sides


def answer_question(opened: Opened, asked: str, whole: str, k: int) -> Answer:
    """Answer the question `whole`, which is `asked` with what the conversation supplies, from the best k sections.

    Where the pages do not answer it and it tells what all their patients have had, it is asked again without that.
    """
    if course := with_course(opened, whole, lambda words: answer_said(opened, asked, whole, words, k)):
        return course
    sides = sides_told(opened, whole, k)
    answer = answer_said(opened, asked, whole, whole, k)
    if answer.status != "refused" and (sides := sides or each_figure(opened, whole, answer, k)):
        return with_sides(opened, answer, sides)
    answer = with_each(opened, answer, whole, lambda words: answer_said(opened, asked, whole, words, k))
    answer = with_rating(opened, answer, whole)
    if answer.status != "not_found":
        return answer
    question = opened.understand(whole)
    plain = without_setting(question.text, terms_as_written(opened, question))
    again = answer_said(opened, asked, whole, plain, k) if plain else answer
    if again.status != "not_found" and not _is_of_procedure(again):
        return replace(again, warnings=(WITHOUT_SETTING, *again.warnings))
    return _in_short(opened, asked, whole, question, k) or answer


def _in_short(opened: Opened, asked: str, whole: str, question: Question, k: int) -> Answer | None:
    """Answer a long question by what it asks and what it may tell of the patient; None where that is not answered."""
    for short in in_short(question):
        again = answer_said(opened, asked, whole, short, k)
        if again.status not in ("not_found", "refused"):
            return replace(again, warnings=(f"Looked up in short, as: “{short}”.", *again.warnings))
    return None


WITHOUT_SETTING = "Found without the procedure that the question names: see whether the lines are for such patients."
"""What is warned where a question was answered without what it tells of all patients of the pages."""


def _is_of_procedure(answer: Answer) -> bool:
    """Tell whether a dose is of a row that names a procedure: it may be for the patients of another one."""
    rows = (each.regimen for each in answer.regimens)
    return any(names_procedure(" ; ".join((context_words(row), row.section, row.verbatim))) for row in rows)
