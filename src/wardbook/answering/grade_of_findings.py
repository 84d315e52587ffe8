"""The rows of a table of grades in whose cells the findings stand of which the grade is asked.

"On BiPAP, no pressor, which grade of CRS?" is told by the row for oxygen, whatever else the patient has. No grade is
chosen: the rows say which finding makes which grade.
"""

import re
from collections.abc import Sequence

from wardbook.answering.action import says_what_is_done
from wardbook.answering.drug_class import names_class_of
from wardbook.answering.graded import is_graded
from wardbook.answering.headed import heads
from wardbook.answering.question import Question
from wardbook.answering.scoring import Evidence, SectionHit, titled
from wardbook.answering.terms import ASKING, Held, Term, held
from wardbook.answering.value_fit import is_told
from wardbook.corpus.unit import Unit
from wardbook.dosing.asked_words import positive, words_of
from wardbook.dosing.telling import names_thing, tells_nothing
from wardbook.lazy_regex import lazy_regex

MOST = 5
"""Rows that are given: as many as there are grades, so that none that holds a finding is left out."""
_ABSENT = lazy_regex(r"\b(?:no|not|without|off|denies)\s+(?:(?:on|a|an|any|the|more)\s+)*([\w-]+)", re.IGNORECASE)
"""What a question denies, the next word alone: behind it something else may be told ("no fever but 2 pressors")."""


def rows_of_findings(question: Question, ranked: Sequence[Evidence], terms: Sequence[Term]) -> list[Evidence]:
    """Give the rows, those with most of them first, that hold a finding told of the patient in a cell of some grades.

    Only of a table of grades of what the question names, if it names anything; a finding that all cells of a row
    share, or that the question or the cell denies, tells no grade.
    """
    if "grading" not in question.kinds or "treatment" in question.kinds or question.grades:
        return []
    on_it = [each for each in ranked if _is_on(question, each.hit)]
    if found := _rows(question, on_it, terms):
        return found
    # what is found in a patient is graded by the table that speaks of it, where no name of the pages is in the question
    spoken_of = [term for term in terms if term.told is not None and not term.name]
    diseases = [term for term in terms if term.told is None and _names_disease(term)]
    able = [each for each in ranked if all(_over(each.hit).holds(term) for term in diseases)]
    return _rows(question, able, spoken_of) if spoken_of and not on_it else []


def _names_disease(term: Term) -> bool:
    return any(names_thing(word) and not tells_nothing(word) for word in words_of(term.words))


def _rows(question: Question, ranked: Sequence[Evidence], terms: Sequence[Term]) -> list[Evidence]:
    absent = words_of(" ".join(_ABSENT.findall(question.text)))
    findings = [term for term in terms if term.weight > ASKING and not (term.name or words_of(term.words) & absent)]
    told = [
        (each, frozenset(term.words for term in findings if _tells(term, each.unit)))
        for each in ranked
        if is_graded(each.unit) and not _tells_what_is_done(each)
    ]
    weights = {term.words: term.weight for term in findings}

    def weight(words: frozenset[str]) -> float:
        return sum(weights[each] for each in words)

    def held_by(hit: SectionHit) -> frozenset[str]:
        return frozenset[str]().union(*(words for each, words in told if each.hit is hit))

    best = max((each.hit for each, words in told if words), key=lambda hit: weight(held_by(hit)), default=None)
    rows = [(each, words) for each, words in told if words and each.hit is best]
    return [each for each, words in sorted(rows, key=lambda row: (-weight(row[1]), row[0].unit.lines))][:MOST]


def _over(hit: SectionHit) -> Held:
    """Give the words of a section's page and headings."""
    return held(" ".join([titled(hit), *hit.path]))


def _is_on(question: Question, hit: SectionHit) -> bool:
    """Tell whether a section, by its headings or its page, is on something that the question names."""
    over = _over(hit)
    return any(
        hit.page in mention.pages or set(held(mention.words).stems) <= set(over.stems) for mention in question.mentions
    )


def _tells_what_is_done(each: Evidence) -> bool:
    """Tell whether a row stands under treatment, or says what is done at a grade."""
    headed = any(heads("treatment", heading) for heading in each.hit.path)
    return headed or says_what_is_done(each.unit.text, each.unit.values)


def _tells(term: Term, unit: Unit) -> bool:
    """Tell whether some of a row's cells for findings hold one, and not all of them."""
    cells = [cell for name, cell in unit.values[1:] if not is_told(name)]
    holding = [cell for cell in cells if _holds(term, positive(cell))]
    return 0 < len(holding) < len(cells)


def _holds(term: Term, words: str) -> bool:
    return held(words).holds(term) or names_class_of(term.words, words)
