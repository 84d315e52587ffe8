"""Rows without a grade where one is asked: beside those that have one, and those of the chronic form of a disease."""

from collections.abc import Sequence

from wardbook.dosing.asked_words import PHASES, DoseQuery, content, holds_word, positive, words_of
from wardbook.dosing.context import is_more, is_situation
from wardbook.dosing.fit import Fit
from wardbook.dosing.fitting import asked_severity, is_graded_so, own_severity
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.telling import tells_nothing
from wardbook.lazy_regex import lazy_regex


def by_grade(
    judged: Sequence[tuple[Regimen, Fit]], said: list[Regimen], silent: list[Regimen], query: DoseQuery
) -> tuple[list[Regimen], list[Regimen]]:
    """Give the rows for the severity that is asked, and those that leave it open and may be for it."""
    if not said:
        return said, _beside_graded(judged, silent, query)
    return [*said, *_of_other_form(said, silent, query)], silent


def _beside_graded(judged: Sequence[tuple[Regimen, Fit]], silent: list[Regimen], query: DoseQuery) -> list[Regimen]:
    """Leave out rows without a grade that are for more than what is asked, where rows for it are turned away by theirs.

    Beside a table of the grades of colitis, the dose for "Microscopic colitis" is none for the grade that it lacks.
    """
    turned = any(fit is Fit.AGAINST and own_severity(row)[0] for row, fit in judged)
    graded = bool(asked_severity(query)[0])
    return [
        row
        for row in silent
        if not (turned and _is_for_more(row, query)) and not (graded and _form_unasked(row, query) == "chronic")
    ]


def _of_other_form(said: Sequence[Regimen], silent: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Give the graded rows of one form of a disease that a word for severity means, beside rows of its other form.

    "Severe" alone chooses the chronic form that the page calls so no more than grades 3 and 4 of the acute one.
    """
    forms = {_form_unasked(row, query) for row in said}
    if len(forms) != 1:
        return []
    other = {"acute": "chronic", "chronic": "acute"}.get(forms.pop())
    return [row for row in silent if other and _form_unasked(row, query) == other and is_graded_so(row, query)]


_FORM = lazy_regex(r"\b(acute|chronic)\b[ -]+(?=([^\W\d_]{2,}))")


def _form_unasked(row: Regimen, query: DoseQuery) -> str:
    """Give the form, acute or chronic, of what is asked that a row is for, where the question names neither; else "".

    The nearest words that name one tell: the row's own label, its headings, its page's title; both forms tell none.
    """
    if _FORMS & words_of(query.words):
        return ""
    for words in (row.indication or "", row.section, row.title):
        found = {form for form, thing in _FORM.findall(positive(words)) if _is_asked(thing, query)}
        found |= {form for form in _FORMS if any(f"{form[0]}{word}" in words_of(words) for word in content(query))}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


_FORMS = frozenset({"acute", "chronic"})


def _is_asked(thing: str, query: DoseQuery) -> bool:
    """Tell whether a word names a disease of the question, or is the first of the words that its short form means."""
    return any(holds_word(word, uniform(thing), query) for word in content(query)) or any(
        thing in meant for _, meant in query.meanings + query.phrases
    )


def _is_for_more(row: Regimen, query: DoseQuery) -> bool:
    """Tell whether the innermost label of a row has words that are not asked, and no patients or phase alone."""
    label = (row.indication or "").rpartition(": ")[2]
    named = words_of(label) - words_of(row.page.rpartition("/")[2]) - words_of(row.title) - content(query) - PHASES
    return any(is_more(word, ()) and not is_situation(word) and not tells_nothing(word) for word in named)
