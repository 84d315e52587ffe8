"""Doses that fit and are set aside because another one is asked: they are read with it, and none is hidden."""

import re
from collections.abc import Sequence

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import DoseQuery, TermMatcher
from wardbook.dosing.band import RENAL
from wardbook.dosing.fitting import asked_groups
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.sameness import Course, courses, distinct
from wardbook.lazy_regex import lazy_regex

MOST_ASIDE = 2
"""Doses that are read with an answer."""


def set_aside(
    fits: Sequence[Regimen], query: DoseQuery, same: TermMatcher
) -> tuple[list[Regimen], tuple[Regimen, ...]]:
    """Give the doses that are asked for, and those of other lines that are only read with them.

    None is set aside where more of them are left than can be shown, or an amount is to be judged: it may be theirs.
    """
    if any(each.is_dose for each in read_amounts(query.part)):
        return list(fits), ()
    apart = _for_bad_kidneys(fits, query, same) or _given_once(fits, query, same)
    kept = [row for row in fits if row not in apart]
    shown = {(row.page, row.lines) for row in kept}
    aside = tuple(row for row in apart if (row.page, row.lines) not in shown)
    return (list(fits), ()) if len(aside) > MOST_ASIDE else (kept, aside)


def _for_bad_kidneys(fits: Sequence[Regimen], query: DoseQuery, same: TermMatcher) -> list[Regimen]:
    """Give the doses of another section for kidneys that are not asked about, where one dose alone is left beside them.

    "Renal changes" below a table tell what becomes of its doses: they are read with the one that is asked for.
    """
    if query.patient.crcl is not None or "renal impairment" in asked_groups(query):
        return []
    own = [row for row in fits if _is_renal(row)]
    rest = [row for row in fits if row not in own]
    places = {(row.page, row.section) for row in rest}
    if not own or not rest or any((row.page, row.section) in places for row in own):
        return []
    if {row.page for row in own} != {row.page for row in rest}:
        return []
    return own if len(distinct(courses(rest), query.wants, same)) == 1 else []


def _given_once(fits: Sequence[Regimen], query: DoseQuery, same: TermMatcher) -> list[Regimen]:
    """Give the doses that are given once, where it is asked when one may be repeated and the others agree on that."""
    if query.wants != "interval" or not _AGAIN.search(query.part):
        return []
    once_only = [row for row in fits if row.interval_h is None]
    rest = [row for row in fits if row.interval_h]
    return once_only if rest and len(distinct(courses(rest), query.wants, same)) == 1 else []


_AGAIN = lazy_regex(
    r"\b(?:repeat\w*|re-?dos\w+|again|apart|between doses|(?:second|next|another|further) (?:one|dose))\b",
    re.IGNORECASE,
)


def _is_renal(row: Regimen) -> bool:
    band = row.condition
    return band is not None and band.quantity in RENAL and band.high is not None


def whole(group: Sequence[Course], query: DoseQuery, same: TermMatcher) -> Sequence[Course]:
    """Of rows that are alike in the part that is wanted, join those whose doses differ: each is shown, none for all."""
    if query.wants in (None, "dose", "max"):
        return group
    apart = distinct(group, None, same, apart=True)
    first = tuple(regimen for each in apart for regimen in each[0])
    return [first, *(course for each in apart for course in each[1:])]
