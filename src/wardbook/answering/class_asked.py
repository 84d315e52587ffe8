"""Questions for the dose of a class of drugs ("steroids in grade 2 ICANS"): which drug of it has that on the pages."""

import re
from dataclasses import replace

from wardbook.answering.dose_asked import DoseAsked, Pages, dose_asked
from wardbook.answering.dose_question import KINDS, has_amount
from wardbook.answering.drug_class import DrugClass, classes_in
from wardbook.answering.question import Question
from wardbook.errors import QuestionError
from wardbook.lazy_regex import lazy_regex

_BESIDE = lazy_regex(r"\b(?:after|on|with|without|before|for|following|during|post)\s+(?:[a-z]+\s)?$", re.IGNORECASE)
"""Stands before a drug or a class that the patient has, had or will have."""
_NOT_ASKED = lazy_regex(
    r"\b(?:after|on|with|without|before|despite|no|not|stop(?:ping)?|taper(?:ing)?|wean(?:ing)?|failed|off|"
    r"(?:respon\w+|answer\w*|react\w*|refractory|resistant) to)\s+"
    r"(?:[a-z]+\s)?$",
    re.IGNORECASE,
)
_OF_DISEASE = lazy_regex(
    r"[\s-]*(?:refractory|resistan\w*|dependen\w*|sparing|na[iï]ve|fail\w*|sensitiv\w*|induced)", re.I
)


def by_class(question: Question, pages: Pages) -> Question:
    """Give a question for the dose of a class with the one drug of it that has that dose, as understood.

    Where none has it or several have, the class stays what is asked about, and no drug that only stands beside it.
    """
    asked = class_asked(question, pages)
    if asked is None:
        return question
    words, _ = asked
    fits = doses_of_class(question, pages)
    if len(fits) != 1:
        return replace(question, drugs=())
    drug = fits[0].query.drug
    found = pages.understand(question.text.replace(words, drug, 1))
    return replace(found, understood=(*question.understood, (words, drug)))


def doses_of_class(question: Question, pages: Pages) -> list[DoseAsked]:
    """Give what is asked of each drug of a class that has such a dose; those of the setting asked, where there are."""
    asked = class_asked(question, pages)
    if asked is None:
        return []
    words, of_class = asked
    dosed = {regimen.drug for regimen in pages.regimens if regimen.amount and of_class.has(regimen.drug)}
    found = (_dose_of(question.text.replace(words, drug, 1), drug, pages) for drug in sorted(dosed))
    fits = [each for each in found if each]
    # a row that only refers ("see pulse") gives no dose that another drug's would stand beside
    fits = [each for each in fits if any(row.amount for row in each.found(pages).fits)] or fits
    said = [each for each in fits if any(row.setting == each.query.setting for row in each.found(pages).fits)]
    fits = said or fits
    # a row that holds all words asked ("premed for X") is not beside one that holds some
    return [each for each in fits if not each.found(pages).unsaid] or fits


def class_asked(question: Question, pages: Pages) -> tuple[str, DrugClass] | None:
    """Give the one class of drugs that a question asks about, with the words for it, where its drugs only stand beside.

    A class that the patient has had, or that tells a disease ("steroid-refractory"), is not what is asked about.
    """
    if question.doubtful or question.refused:
        return None
    text = question.text
    found = pages.drugs.find(text)
    beside = not any(has_amount(text[each.end :]) or not _BESIDE.search(text[: each.begin]) for each in found)
    if question.drugs and not (beside and question.kinds & KINDS):
        return None
    named = classes_in(text)
    asked = [
        (match[0], each)
        for each, match in named
        if not _NOT_ASKED.search(text[: match.start()]) and not _OF_DISEASE.match(text, match.end())
    ]
    return asked[0] if len(named) == len(asked) == 1 else None


def _dose_of(text: str, drug: str, pages: Pages) -> DoseAsked | None:
    """Give what is asked of a drug's dose, where a regimen fits."""
    try:
        asked = dose_asked(text, pages)
    except QuestionError:
        return None
    return asked if asked and asked.query.drug == drug and asked.found(pages).fits else None
