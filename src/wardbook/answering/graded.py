"""The row of a table of grades that holds a finding or a value of which the grade is asked.

What else is told of the patient ("confused, ICE 5") need not stand in it.
"""

import re
from collections.abc import Sequence

from wardbook.answering.question import Question, grades_of
from wardbook.answering.ranges import covers
from wardbook.answering.scoring import Evidence
from wardbook.answering.terms import ASKING, Term, stems
from wardbook.corpus.unit import Unit
from wardbook.lazy_regex import lazy_regex

_GRADE = lazy_regex(r"\W*(?:grade|stage|severity)\W*", re.IGNORECASE)
MOST_LOOKED_AT = 10
"""Lines, from the best one on, among which such a row counts."""


_ASKS_GRADE = lazy_regex(r"\b(?:what|which) (?:\w+ )?(?:grade|stage)\b|\b(?:grade|stage)\W*$", re.IGNORECASE)


def asks_grade(question: str) -> bool:
    """Tell whether it is asked outright which grade something is."""
    return _ASKS_GRADE.search(question) is not None


def graded_row(question: Question, ranked: Sequence[Evidence], terms: Sequence[Term]) -> list[Evidence]:
    """Give the row whose grade is asked for: by the value that falls in it, or by the finding that is its label."""
    if "grading" not in question.kinds or "treatment" in question.kinds or not ranked:
        return []
    if holding := value_rows(question, ranked):
        return holding
    graded = [each for each in ranked[:MOST_LOOKED_AT] if is_graded(each.unit)]
    asked = {stem for term in terms if term.known and term.weight > ASKING for form in term.forms for stem in form}
    rows = (each for each in graded if _by_grades(each.unit))
    return [each for each in rows if (label := set(stems(each.unit.values[0][1]))) and label <= asked][:1]


def _holds(question: str, unit: Unit) -> bool:
    """Tell whether the figure that a question gives behind the name of a column falls in its cell ("ICE 5": 3-6)."""
    for name, cell in unit.values:
        figure = None if _GRADE.fullmatch(name) else _figure_behind(name, question)
        if figure is not None and covers(cell, figure):
            return True
    shares = [cell for _, cell in unit.values if "%" in cell]
    asked = _SHARE.findall(question)
    return len(shares) == len(asked) == 1 and covers(shares[0].replace("%", ""), float(asked[0]))


def value_rows(question: Question, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Give the best row of a table of grades in which the value that a question gives falls."""
    graded = (each for each in ranked[:MOST_LOOKED_AT] if is_graded(each.unit))
    holding = (each for each in graded if (each.by_value and each.told) or _holds(question.text, each.unit))
    return list(holding)[:1]


_SHARE = lazy_regex(r"(?<![\w.])(\d+(?:\.\d+)?) ?%")
"""A share of the body, of which a table of stages has one column."""


def _figure_behind(name: str, question: str) -> float | None:
    """Give the figure that a question gives behind a name ("ICE 5", "ICE score is 5")."""
    named = re.escape(re.sub(r"\W*\bscore\b\W*", "", name, flags=re.IGNORECASE).strip())
    found = re.search(rf"\b{named}(?: score)?(?: is| of|:|=)? ?(\d+(?:\.\d+)?)\b", question, re.IGNORECASE)
    return float(found[1]) if len(named) > 1 and found else None


def grades_of_value(question: str, unit: Unit) -> frozenset[int]:
    """Give the grades that a row tells for the figure that a question gives of a score: by the cell in which it falls.

    That is the row of a grade, or the row of a score whose columns are grades ("ICE | 7-9 | 3-6 | 0-2").
    """
    if unit.kind != "row":
        return frozenset()
    if not _by_grades(unit):
        graded = [cell for name, cell in unit.values if _GRADE.fullmatch(name)]
        return frozenset(grades_of(f"grade {graded[0]}")) if graded and _holds(question, unit) else frozenset()
    figure = _figure_behind(unit.values[0][1], question)
    held = [name for name, cell in unit.values[1:] if figure is not None and covers(cell, figure)]
    return frozenset(grade for name in held for grade in grades_of(name))


def is_graded(unit: Unit) -> bool:
    """Tell whether a unit is a row of a table of grades: one a row, or one a column."""
    if unit.kind != "row":
        return False
    return any(_GRADE.fullmatch(name) for name, _ in unit.values) or _by_grades(unit)


def _by_grades(unit: Unit) -> bool:
    """Tell whether the columns of a row are grades."""
    return sum(bool(grades_of(name)) for name, _ in unit.values[1:]) > 1
