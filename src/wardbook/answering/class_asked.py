"""Questions for the dose of a class of drugs ("steroids in grade 2 ICANS"): which drug of it has that on the pages."""

import re
from dataclasses import replace

from wardbook.answering.dose_asked import Pages, dose_asked
from wardbook.answering.dose_question import KINDS
from wardbook.answering.drug_class import DrugClass, classes_in
from wardbook.answering.question import Question
from wardbook.errors import QuestionError

_BESIDE = re.compile(r"\b(?:after|on|with|without|before|for|following|during|post)\s+(?:[a-z]+\s)?$", re.IGNORECASE)
"""Stands before a drug or a class that the patient has, had or will have."""
_NOT_ASKED = re.compile(
    r"\b(?:after|on|with|without|before|despite|no|not|stop(?:ping)?|taper(?:ing)?|wean(?:ing)?|failed|off)\s+"
    r"(?:[a-z]+\s)?$",
    re.IGNORECASE,
)
_OF_DISEASE = re.compile(
    r"[\s-]*(?:refractory|resistan\w*|dependen\w*|sparing|na[iï]ve|fail\w*|sensitiv\w*|induced)", re.I
)


def by_class(question: Question, pages: Pages) -> Question:
    """Give a question for the dose of a class with the one drug of it that has that dose, as understood.

    Where none has it or several have, the class stays what is asked about, and no drug that only stands beside it.
    """
    asked = None if question.doubtful or question.refused else _class_asked(question, pages)
    if asked is None:
        return question
    words, of_class = asked
    dosed = {regimen.drug for regimen in pages.regimens if regimen.amount and of_class.has(regimen.drug)}
    fits = [drug for drug in sorted(dosed) if _has_dose(question.text.replace(words, drug, 1), drug, pages)]
    if len(fits) != 1:
        return replace(question, drugs=())
    found = pages.understand(question.text.replace(words, fits[0], 1))
    return replace(found, understood=(*question.understood, (words, fits[0])))


def _class_asked(question: Question, pages: Pages) -> tuple[str, DrugClass] | None:
    """Give the one class of drugs that a question asks about, with the words for it, where its drugs only stand beside.

    A class that the patient has had, or that tells a disease ("steroid-refractory"), is not what is asked about.
    """
    text = question.text
    beside = all(_BESIDE.search(text[: each.begin]) for each in pages.drugs.find(text))
    if question.drugs and not (beside and question.kinds & KINDS):
        return None
    named = classes_in(text)
    asked = [
        (match[0], each)
        for each, match in named
        if not _NOT_ASKED.search(text[: match.start()]) and not _OF_DISEASE.match(text, match.end())
    ]
    return asked[0] if len(named) == len(asked) == 1 else None


def _has_dose(text: str, drug: str, pages: Pages) -> bool:
    """Tell whether a question is for the dose of a drug, and one of its regimens fits."""
    try:
        asked = dose_asked(text, pages)
    except QuestionError:
        return False
    return asked is not None and asked.query.drug == drug and bool(asked.found(pages).fits)
