"""Amounts that the words of a row bind to a group of patients or a condition ("4 g/day; 2 g/day in cirrhosis").

They are no rows of their own, and say what is too much for whom they name: an amount above is judged by them, and one
that is not above is left unjudged.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wardbook.dosing.amount import Figure, read_amounts
from wardbook.dosing.asked import Asked
from wardbook.dosing.asked_words import DoseQuery, TermMatcher, content, words_of
from wardbook.dosing.band import read_bands
from wardbook.dosing.check import Bound, Verdict
from wardbook.dosing.compute import day_total
from wardbook.dosing.fit import Fit
from wardbook.dosing.fitting import asked_groups, fits_route, fits_setting, fits_severity
from wardbook.dosing.for_what import fits_indication
from wardbook.dosing.patient import holds
from wardbook.dosing.patient_group import SPECIAL, groups_of, of_other_liver, own_groups
from wardbook.dosing.regimen import Amount, Regimen
from wardbook.dosing.route import read_routes
from wardbook.dosing.subject import has_unknown_drug
from wardbook.dosing.telling import names_thing
from wardbook.dosing.unit import convert
from wardbook.dosing.wording import quantity


@dataclass(frozen=True, slots=True)
class GroupLimit:
    """One such amount."""

    regimen: Regimen
    """The row that it stands in."""
    words: str
    """Its clause, word for word."""
    figure: Figure
    """The amount."""


def group_limits(query: DoseQuery, rows: Sequence[Regimen], same: TermMatcher) -> Iterator[GroupLimit]:
    """Yield the amounts that rows for what is asked bind to the patients asked about."""
    asked = asked_groups(query)
    for row in rows:
        if any(holds(band, query.patient) is False for band in row.bands):
            continue
        if own_groups(row) == {"adults"} and "children" in asked and "adults" not in asked:
            continue  # "< 50 kg" of an order set for adults is no child
        for words in _clauses(row):
            figures, named = _figures(words), _names(words, query)
            if len(figures) != 1 or named is None or _names_another_drug(words, row):
                continue
            if _is_for(row, _without(named, query), same):
                yield GroupLimit(row, words, figures[0])


def by_route(query: DoseQuery, rows: Sequence[Regimen], same: TermMatcher) -> Iterator[GroupLimit]:
    """Yield the doses by the route asked that stand in the remarks of rows by another one ("if NPO: 5 mg/kg IV")."""
    for row in rows if query.route else ():
        for words in _clauses(row):
            figures = _figures(words)
            routes = {route.code for route in read_routes(words)}
            if len(figures) == 1 and routes == {query.route} and not _names_another_drug(words, row):
                named = content(query) & words_of(words)
                if words in row.notes and _is_for(
                    row, replace(_without(named, query), route=None, not_routes=frozenset()), same
                ):
                    yield GroupLimit(row, words, figures[0])


def _names_another_drug(words: str, row: Regimen) -> bool:
    return has_unknown_drug(words.casefold().replace(row.drug, " "), ())


def judged_by_group(
    asked: Asked, query: DoseQuery, rows: Sequence[Regimen], same: TermMatcher
) -> tuple[Verdict, GroupLimit] | None:
    """Find an amount that is above what a row binds to the patients asked about."""
    for limit in group_limits(query, rows, same):
        figure = limit.figure
        for base in _bases(asked, figure):
            value = convert(figure.amount.high, figure.amount.unit, base.unit)
            if value is not None and base.high > value:
                bound = Bound(figure.amount.high, figure.amount.unit, figure.per, figure.per_time)
                given = quantity(figure.amount.low, figure.amount.high, figure.amount.unit, figure.per, figure.per_time)
                said = quantity(base.low, base.high, base.unit, base.per, base.per_time)
                line = f"{said} is above the {given} that the row gives for this patient"
                return Verdict("exceeds", asked, bound, limit.regimen, line), limit
    return None


def _clauses(row: Regimen) -> Iterator[str]:
    """Yield the clauses of a row's words beside its own dose."""
    for piece in dict.fromkeys((*row.notes, *row.unparsed)):
        yield from filter(None, (words.strip(" ()") for words in re.split(r"[;\n]|\.\s|, (?=\D)", piece)))


def _figures(words: str) -> list[Figure]:
    """Give the amounts of a clause that are no bound of a band."""
    bands = read_bands(words)
    found = (figure for figure in read_amounts(words) if figure.is_dose)
    return [each for each in found if not any(band.begin <= each.begin < band.end for band in bands)]


def _names(words: str, query: DoseQuery) -> frozenset[str] | None:
    """Give the words of the question that a clause names its patients by; None where it names others, or nobody."""
    bands = read_bands(words)
    if bands:
        return frozenset() if all(holds(band.condition, query.patient) for band in bands) else None
    if of_other_liver(words, query.part):
        return None
    if groups_of(words) & asked_groups(query) & set(SPECIAL):
        return frozenset()
    named = frozenset(word for word in content(query) & words_of(words) if names_thing(word))
    return named or None


def _without(named: frozenset[str], query: DoseQuery) -> DoseQuery:
    """Take what a clause names out of a question."""
    if not named:
        return query
    named |= {each for word, meant in (*query.meanings, *query.phrases) if word in named for each in meant}
    left = [" ".join(w for w in text.split() if not words_of(w) & named) for text in (query.for_text, query.words)]
    return replace(query, for_text=left[0], as_written=left[1])


def _is_for(row: Regimen, query: DoseQuery, same: TermMatcher) -> bool:
    fits = (fits_indication(row, query, same), fits_setting(row, query), fits_severity(row, query))
    return Fit.AGAINST not in (*fits, fits_route(row, query))


def _bases(asked: Asked, figure: Figure) -> Iterator[Asked]:
    """Yield the amount asked in the terms of a figure: by the same measure, of the same time."""
    if asked.per != figure.per:
        return
    if asked.per_time == figure.per_time:
        yield asked
    total = day_total(Amount(asked.low, asked.high, asked.unit), asked.interval_h)
    if asked.per_time is None and figure.per_time == "d":
        yield replace(asked, low=total.low, high=total.high, per_time="d") if total else replace(asked, per_time="d")
