"""Doses in lines of the pages that are for something else than the use that a question names: they are no answer to it.

Who asks "X for sleep" asks for no dose by that word, and the best line on X may be the row of its dose for seizures.
"""

import re

from wardbook.answering.answer import Answer, Citation
from wardbook.answering.dose_asked import DoseAsked, dose_of
from wardbook.answering.drug_lookup import with_said
from wardbook.answering.question import Question
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import content
from wardbook.dosing.established import is_had
from wardbook.dosing.for_what import held_words
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import gathered
from wardbook.dosing.telling import is_disease, names_thing, tells_nothing
from wardbook.errors import QuestionError
from wardbook.lazy_regex import lazy_regex
from wardbook.opened import Opened

_OF_USE = frozenset({"treatment", "prevention", "list"})
"""Kinds of question that a use of a drug may be asked by."""
_FOR = lazy_regex(r"^\W*\w[\w-]*\s+(?:[\w-]+\s+)?(?:for|to)\s+(?!(?:be|the patient|an? patient)\b)[a-z]", re.IGNORECASE)
"""A drug and what it is for, and nothing before."""


def dose_for_other_use(opened: Opened, answer: Answer, question: Question) -> DoseAsked | None:
    """Give the lookup that turns the doses away that an answer's lines give, None where it gives none or they fit.

    Lines without a dose of the drug, and those of a question that asks for other things of it, are left.
    """
    if answer.status != "answered" or answer.regimens or len(question.drugs) != 1 or question.kinds - _OF_USE:
        return None
    own = gathered(opened.regimens).by_drug.get(question.drugs[0], ())
    quoted = [each for each in answer.citations if any(figure.is_dose for figure in read_amounts(each.quote))]
    cited = [row for row in own if any(_is_in(row, each) for each in quoted)]
    if not cited:
        return None
    try:
        dose = dose_of(question, question.drugs[0], opened.regimens, opened.pages)
    except QuestionError:
        return None
    return dose if not dose.found(opened.pages).fits and _names_use(opened, dose, cited) else None


def gives_row(opened: Opened, answer: Answer, drug: str) -> bool:
    """Tell whether an answer has a row of a drug's doses."""
    own = gathered(opened.regimens).by_drug.get(drug, ())
    return any(_is_in(row, each) for row in own for each in answer.citations)


def _is_in(row: Regimen, cited: Citation) -> bool:
    return cited.page == row.page and cited.lines[0] <= row.lines[1] and row.lines[0] <= cited.lines[1]


def _names_use(opened: Opened, dose: DoseAsked, cited: list[Regimen]) -> bool:
    """Tell whether a question names what the drug is for, and none of the rows cited has it."""
    query = with_said(dose.query, opened.units)
    if all(is_had(row, query, opened.names) for row in cited):
        return True
    held = frozenset[str]().union(*(held_words(row, query, opened.names) for row in cited))
    left = content(query) - held
    named = any((names_thing(word) or is_disease(word)) and not tells_nothing(word) for word in left)
    return named or (bool(left) and not held and _FOR.search(dose.question.text) is not None)
