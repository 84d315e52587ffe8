"""Rows without a grade beside those that have one, where a grade is asked that none of these is for."""

from collections.abc import Sequence

from wardbook.dosing.asked_words import PHASES, DoseQuery, content, words_of
from wardbook.dosing.context import is_more, is_situation
from wardbook.dosing.fit import Fit
from wardbook.dosing.fitting import own_severity
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.telling import tells_nothing


def beside_graded(judged: Sequence[tuple[Regimen, Fit]], silent: list[Regimen], query: DoseQuery) -> list[Regimen]:
    """Leave out rows without a grade that are for more than what is asked, where rows for it are turned away by theirs.

    Beside a table of the grades of colitis, the dose for "Microscopic colitis" is none for the grade that it lacks.
    """
    turned = any(fit is Fit.AGAINST and own_severity(row)[0] for row, fit in judged)
    return [row for row in silent if not (turned and _is_for_more(row, query))]


def _is_for_more(row: Regimen, query: DoseQuery) -> bool:
    """Tell whether the innermost label of a row has words that are not asked, and no patients or phase alone."""
    label = (row.indication or "").rpartition(": ")[2]
    named = words_of(label) - words_of(row.page.rpartition("/")[2]) - words_of(row.title) - content(query) - PHASES
    return any(is_more(word, ()) and not is_situation(word) and not tells_nothing(word) for word in named)
