"""Words of a question that no row of an answer holds: the rows may be for something else too."""

from collections.abc import Sequence
from functools import cache

from wardbook.dosing.asked_words import DoseQuery, TermMatcher, content, words_of, written
from wardbook.dosing.finding import finding_words
from wardbook.dosing.for_what import beside_words, held_words
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.notation import uniform
from wardbook.dosing.quantity import measure_units
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.telling import tells_nothing
from wardbook.dosing.told import is_plain


def unsaid_words(rows: Sequence[Regimen], query: DoseQuery, same: TermMatcher) -> tuple[str, ...]:
    """Give the words of a question for its situation that none of the rows holds, as written there."""
    if not rows or same.keys(query.for_text) - same.keys(query.drug):
        return ()
    said = frozenset[str]().union(
        *(held_words(row, query, same) | beside_words(row) | finding_words(row, query) for row in rows)
    )
    return tuple(written(content(query) - said, query))


def tells_apart(word: str) -> bool:
    """Tell whether such a word may make another dose of it: it is no unit or rhythm, and none of plain English."""
    known = (is_plain(each) or tells_nothing(each) or each in _OF_TIMES for each in words_of(word))
    return uniform(word) not in _units() and not read_frequencies(word) and not any(known)


@cache
def _units() -> frozenset[str]:
    """Give the spellings of units, alone and before a slash ("iu" of "iu/ml")."""
    return frozenset(part for spelled in measure_units() for part in spelled.split("/"))


_OF_TIMES = frozenset("admission bag bottle course episode event first initial once presentation second time".split())
"""Words for how often something came or is given: a dose that names none of them is for each."""
