"""What is done for a grade, beside the rows of grades that hold what is found in a patient.

Who tells findings and asks what to do is led by them to the table of grades; what is done stands in another one.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from wardbook.answering.action import asks_what_to_do, says_what_is_done
from wardbook.answering.fit import leads_on
from wardbook.answering.graded import grades_of_value
from wardbook.answering.question import Question, grades_of
from wardbook.answering.scoring import Evidence
from wardbook.answering.told_findings import told_findings
from wardbook.lazy_regex import lazy_regex

MOST_GRADED = 4
"""Rows of the table of grades that leads an answer."""
MOST_DONE = 8
"""Lines of what is done for these."""
BEGINNING = 25
"""Characters of a line in which its grade stands, where it is one of a grade."""


@dataclass(frozen=True, slots=True)
class Graded:
    """Rows of grades that hold what is found in a patient."""

    rows: Sequence[Evidence]
    """The rows, the best one first."""
    grades: frozenset[int]
    """Their grades, or those of the one row by the value that falls in its cells."""


def graded_first(question: Question, chosen: Sequence[Evidence], ranked: Sequence[Evidence]) -> Graded | None:
    """Give the rows of grades that lead an answer, where it is asked what to do and no line says it for a grade.

    A row in whose cells the value falls that the question gives counts wherever it stands among the lines found. Where
    the question names its grade, lines are chosen by that.
    """
    if question.grades or not asks_what_to_do(question):
        return None
    for each in ranked if any(map(str.isdigit, question.text)) else ():
        if grades := grades_of_value(question.text, each.unit):
            return _with_found(question, each, grades)
    rows = _leading(chosen)
    return Graded(rows, frozenset(grade for each in rows for grade in _of_grades(each))) if rows else None


def _with_found(question: Question, row: Evidence, grades: frozenset[int]) -> Graded:
    """Add to the row of a score the rows of its table that hold what else is found: the worst of all is the grade."""
    words = {word for each in told_findings(question.text) for word in each.on_pages if word.islower()}
    rows = [row]
    for unit in row.hit.units:
        if unit.block == row.unit.block and unit.kind == "row" and unit != row.unit:
            told = [name for name, cell in unit.values if _speaks(f"{unit.values[0][1]} {cell}", words)]
            of_row = _of_grades(replace(row, unit=unit))
            found = of_row if of_row and told else {grade for name in told for grade in grades_of(name)}
            worse = {grade for grade in found if grade > min(grades)}
            rows += [replace(row, unit=unit)] if worse else []
            grades |= worse
    return Graded(rows[:MOST_GRADED], grades)


def _speaks(text: str, words: Collection[str]) -> bool:
    """Tell whether a cell, or the label of its row, has one of some words, and says anything itself."""
    return any(re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE) for word in words) and text[-1:].isalnum()


def _leading(chosen: Sequence[Evidence]) -> list[Evidence]:
    if not chosen or chosen[0].unit.kind != "row" or any(_is_done(each) and _of_grades(each) for each in chosen):
        return []
    block = (chosen[0].hit.page, chosen[0].hit.section, chosen[0].unit.block)
    table = [each for each in chosen if (each.hit.page, each.hit.section, each.unit.block) == block]
    return table[:MOST_GRADED] if _of_grades(chosen[0]) else []


def asked_for_grades(graded: Graded) -> str:
    """Word the question for what is done for the grades of some rows."""
    grades = " ".join(f"grade {grade}" for grade in sorted(graded.grades))
    return f"treatment of {graded.rows[0].hit.title} {grades}"


def with_done(chosen: Sequence[Evidence], graded: Graded, found: Sequence[Evidence]) -> list[Evidence]:
    """Put behind the rows of grades what their page says is done for these grades, or a page that names its subject."""
    first = graded.rows[0]
    done = [each for each in found if _is_done(each) and not leads_on(each.unit) and _of_grades(each) & graded.grades]
    own = [each for each in done if each.hit.page == first.hit.page] or [each for each in done if _names(each, first)]
    own = sorted(own[:MOST_DONE], key=lambda each: (each.hit.page, each.unit.lines))
    return [*graded.rows, *own] if own else list(chosen)


def _is_done(each: Evidence) -> bool:
    return says_what_is_done(each.unit.text, each.unit.values)


def _of_grades(each: Evidence) -> frozenset[int]:
    """Give the grades that a line is of: by its first cell, its own words at their beginning, or what is above it."""
    cells = [
        found for name, cell in each.unit.values if _GRADE.fullmatch(name) and (found := grades_of(f"grade {cell}"))
    ]
    own = cells[0] if cells else () if each.unit.values else grades_of(each.unit.text[:BEGINNING])
    above = [*each.hit.path[-1:], *each.unit.lead[-1:]]
    return frozenset(own or next((found for words in reversed(above) if (found := grades_of(words))), ()))


_GRADE = lazy_regex(r"(?:\w+ )?(?:grade|stage|severity)\W*", re.IGNORECASE)
"""Name of the column of a grade."""


def _names(each: Evidence, graded: Evidence) -> bool:
    """Tell whether a line of another page, or what it stands under, names what the page of a row of grades is on."""
    named = _IN_CAPITALS.findall(graded.hit.title)
    words = " ".join([each.hit.title, *each.hit.path, *each.unit.lead, each.unit.text])
    return bool(named) and all(re.search(rf"\b{re.escape(name)}\b", words) for name in named)


_IN_CAPITALS = lazy_regex(r"\b[A-Z][A-Z-]+[A-Z]\b")
