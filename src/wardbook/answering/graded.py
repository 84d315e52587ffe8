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


_ASKS_GRADE = lazy_regex(
    r"\b(?:what|which) (?:\w+ )?(?:grade|stage)\b|\b(?:grade|stage)(?: (?![ivx]+\b)[a-z-]{2,}){0,5}\W*$", re.IGNORECASE
)


def asks_grade(question: str) -> bool:
    """Tell whether it is asked outright which grade something is."""
    return _ASKS_GRADE.search(question) is not None


def graded_row(question: Question, ranked: Sequence[Evidence], terms: Sequence[Term]) -> list[Evidence]:
    """Give the row whose grade is asked for: by the value that falls in it, or by the finding that is its label."""
    asked_for = "grading" in question.kinds or asks_grade(question.text)
    if not asked_for or "treatment" in question.kinds or not ranked:
        return []
    if holding := only_row(question, ranked):
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
    shares = [cell for name, cell in unit.values if "%" in f"{name} {cell}"]
    asked = _SHARE.findall(question)
    if len(shares) == len(asked) == 1 and covers(shares[0].replace("%", ""), float(asked[0])):
        return True
    volume = _VOLUME.search(question)
    if volume is None or len(_VOLUME.findall(question)) > 1:
        return False
    millilitres = float(volume["figure"].replace(",", "")) * (1 if volume["unit"].lower().startswith("m") else 1000)
    columns = [cell for name, cell in unit.values if _of_volume(f"{name} {cell}", of_weight=bool(volume["kg"]))]
    return len(columns) == 1 and covers(_BEHIND.sub("", columns[0]).replace(",", ""), millilitres)


def _of_volume(words: str, *, of_weight: bool) -> bool:
    """Tell whether a column is of volumes, by the kilogram or not."""
    plain = words.lower()
    return "ml" in plain and (of_weight == bool(re.search(r"ml ?(?:/|per) ?kg", plain)))


_VOLUME = lazy_regex(
    r"(?<![\w.,])(?P<figure>\d[\d,]*(?:\.\d+)?) ?(?P<unit>mls?|l|lit(?:re|er)s?)\b(?! ?/ ?min)"
    r"(?: ?(?:/|per) ?(?P<kg>kg))?",
    re.IGNORECASE,
)
"""How much is passed, of which a table of stages has one column for adults and one by weight."""
_BEHIND = lazy_regex(r"(?:\bmls?\b|(?<=\d)mls?\b|\bor\b).*$", re.IGNORECASE | re.DOTALL)
"""Behind the range of a cell: its unit, and what else makes the stage."""


def value_rows(question: Question, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Give the best row of a table of grades in which the value that a question gives falls."""
    return [each for each in ranked[:MOST_LOOKED_AT] if is_graded(each.unit) and _holds_value(question, each)][:1]


def _holds_value(question: Question, each: Evidence) -> bool:
    return bool(each.by_value and each.told) or _holds(question.text, each.unit)


def only_row(question: Question, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Give the row of a table of grades in which the value that a question gives falls, where no other row has it too.

    A fever is in every row of some; it tells no grade from another.
    """
    graded = [each for each in ranked if is_graded(each.unit)]
    for holds in (_holds_figure, _holds_value):
        held = [each for each in graded[:MOST_LOOKED_AT] if holds(question, each)]
        place = (held[0].hit.page, held[0].hit.section, held[0].unit.block) if held else None
        table = [each for each in graded if (each.hit.page, each.hit.section, each.unit.block) == place]
        if sum(holds(question, each) for each in table) == 1:
            return held[:1]
    return []


def _holds_figure(question: Question, each: Evidence) -> bool:
    return _holds(question.text, each.unit)


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
