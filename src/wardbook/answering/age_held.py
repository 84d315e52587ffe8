"""An age told of the patient is held by a line for that age ("7 year old", "Children under 12: ...")."""

import re
from decimal import Decimal
from functools import lru_cache

from wardbook.answering.question import Question
from wardbook.answering.question_words import first_told
from wardbook.dosing.age import is_aged
from wardbook.dosing.band import read_bands
from wardbook.kept import OF_PARTS

_WORDS = frozenset("age aged old year years yr yrs yo y/o month months mo".split())
"""Words by which an age is told."""
GROWN_UP = 18
"""Years from which a patient is an adult (ICH E11)."""
_NONE = frozenset[str]()


def words_of_age(question: Question, words: str) -> frozenset[str]:
    """Give the words of a question that tell the patient's age, where a line with what stands above it is for that age.

    A band decides where there is one; else a line for children is for every child, and one for nobody in particular
    is for adults.
    """
    if question.age_y is None:
        return _NONE
    held = _is_for_age(words, question.age_y)
    if held is None:
        group = first_told("population", words)
        held = group in (None, "adult", "elderly") if question.age_y >= GROWN_UP else group == "child"
    figures = re.findall(r"\d+(?:\.\d+)?", question.text)
    return _WORDS | {figure for figure in figures if Decimal(figure) == question.age_y} if held else _NONE


@lru_cache(maxsize=OF_PARTS)
def _is_for_age(words: str, years: Decimal) -> bool | None:
    """Tell whether one of the ages that words name holds an age; None where they name none."""
    bands = [band.condition for band in read_bands(words) if band.condition.quantity == "age"]
    return any(is_aged(band, years) for band in bands) if bands else None
