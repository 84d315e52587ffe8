"""Exceptions: another dose for some patients in the words beside a dose ("2.5 mg if 75 y or older").

Each becomes a regimen of its own: the same drug, and route and interval where it gives none, for the patients that its
words name. Only words that are wholly understood do: one amount of the same kind, and a band, a group of patients, an
ancestry or a drug taken beside it. It is chosen only where the question gives what it is for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wardbook.dosing.amount import Figure, read_amounts
from wardbook.dosing.asked_words import DoseQuery, content, words_of
from wardbook.dosing.band import Band, read_bands
from wardbook.dosing.context import Drugs
from wardbook.dosing.course import read_courses
from wardbook.dosing.fitting import asked_groups
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.interaction import BOOSTERS, interacting, is_unasked_beside
from wardbook.dosing.limit import role_of_amount
from wardbook.dosing.measured import read_measured
from wardbook.dosing.notation import stripped, uniform
from wardbook.dosing.patient import holds
from wardbook.dosing.patient_group import groups_of
from wardbook.dosing.phrase import read_phrases
from wardbook.dosing.regimen import Condition, Regimen
from wardbook.dosing.route import read_routes
from wardbook.dosing.unit import convert
from wardbook.lazy_regex import lazy_regex

_CLAUSE_END = lazy_regex(r"[;\n]|(?<=[a-z\d)])\.\s")
_CELL_CLAUSE_END = lazy_regex(r"[;\n]|(?<=\w)\.\s")
SMALL = lazy_regex(
    r"\b(?:if|in|for|when|where|with|on|taking|receiving|given|patients?|people|those|pts?|adults?|aged?|who|are|is|it|"
    r"weigh(?:ing|t|s)?|use|give|start(?:ing|s)?|at|only|doses?|dosage|reduced?|lower(?:ed)?|increased?|to|of|the|a|an|"
    r"or|and|also|concomitant|concurrent|strong|moderate|mild|severe|inhibitors?|azoles?|body|instead|same|once)\b|"
    r"[\s,;:().=-]"
)
_FOLLOWS = lazy_regex(
    r"\b(?:repeat\w*|again|second|additional\w*|extra|further|then|after\w*|before|until|add\w*|by|steps?|weekly|"
    r"load\w*|bolus|maintenance|max\w*|not|no|never|avoid|first|day|days|total|than|half|double|unless|except|prn)\b"
)
_ANCESTRY = lazy_regex(
    r"\b(?:(?:east|south|southeast) )?(?:asian|african|caucasian|european|japanese|chinese|korean|taiwanese|thai|"
    r"indian|hispanic)(?:[ -](?:ancestry|descent|origin|ethnicity|heritage|american))?\b"
)
"""Ancestries by which labels give another dose (eltrombopag, rosuvastatin, carbamazepine)."""
_GROUP = lazy_regex(
    r"\b(?:child[ -]pugh(?: (?:class|score|stage))? ?[a-c](?: ?(?:or|and|/|-) ?[a-c])?|"
    r"(?:(?:mild|moderate|severe)(?: to |-|/| or ))?(?:(?:mild|moderate|severe) )?"
    r"(?:hepatic|liver|renal|kidney) (?:impairment|disease|failure|insufficiency|dysfunction)|"
    r"cirrhosis|(?:haemo|hemo)?dialysis|pregnan(?:cy|t)(?: women)?|breast-?feeding|children|elderly(?: patients)?)\b"
)


def with_exceptions(regimens: Sequence[Regimen], drugs: Drugs) -> list[Regimen]:
    """Put behind each dose the other doses that the remarks and clauses beside it give for some patients."""
    found: list[Regimen] = []
    for regimen in regimens:
        others = list(_exceptions(regimen, drugs))
        said = [words for each in others if (words := each.exception)]
        kept = tuple(each for each in regimen.unparsed if not any(each in words for words in said))
        found += [
            replace(regimen, unparsed=kept) if said else regimen,
            *(replace(each, unparsed=kept) for each in others),
        ]
    return found


def _exceptions(regimen: Regimen, drugs: Drugs) -> Iterator[Regimen]:
    """Yield the doses for some patients that stand in a dose's notes and in what was not understood of its cell."""
    if regimen.evidence or regimen.amount is None or regimen.step:
        return
    told: set[str] = set()
    for words in _clauses(regimen):
        other = None if words in told else exception_in(words, regimen, drugs)
        if other is not None:
            told.add(words)
            yield other


def _clauses(regimen: Regimen) -> Iterator[str]:
    """Yield the clauses beside a dose, each without the header before it too.

    Of running text these are its notes only: what was not understood there may be of another dose of the sentence.
    """
    unread = () if regimen.from_text else regimen.unparsed
    cell = _CELL_CLAUSE_END.split(regimen.verbatim)[1:]
    clauses = [part for part in cell if any(each in part for each in unread)]
    for text in dict.fromkeys((*regimen.notes, *clauses)):
        for part in _CLAUSE_END.split(text):
            for own in (part, part.partition(": ")[2]):
                yield stripped(own, " .()")


def exception_in(words: str, regimen: Regimen, drugs: Drugs) -> Regimen | None:
    """Give the regimen of words that are nothing but another dose for some patients, else None."""
    plain = uniform(words)
    figure = _figure(words, regimen)
    if figure is None or _FOLLOWS.search(plain):
        return None
    bands = _bands(words)
    others = drugs.find(words)
    named = {each.drug for each in others} - {regimen.drug}
    whom = [*_GROUP.finditer(plain), *_ANCESTRY.finditer(plain)] if not bands else []
    if len(bands) + len(whom) + bool(named) != 1 or not named <= interacting():
        return None
    spans = [(figure.begin, figure.end), *((band.begin, band.end) for band in bands), *(each.span() for each in whom)]
    spans += [(each.begin, each.end) for each in others]
    spans += [(often.begin, often.end) for often in read_frequencies(words)]
    spans += [(route.begin, route.end) for route in read_routes(words)]
    spans += [(course.begin, course.end) for course in read_courses(words)]
    rest = "".join(" " if any(a <= at < b for a, b in spans) else mark for at, mark in enumerate(plain))
    if SMALL.sub("", rest):
        return None
    other = _taken(words, figure, regimen)
    if (other.amount, other.route, other.interval_h) == (regimen.amount, regimen.route, regimen.interval_h):
        return None  # its own words: what was not understood of them stays so
    if named and not _is_own(plain, named, other, regimen):
        return None
    if bands:
        return _banded(other, bands[0].condition)
    label = words[others[0].begin : others[-1].end] if named else words[whom[0].start() : whom[0].end()]
    if named or _ANCESTRY.search(uniform(label)):
        with_drug = f"with {label}" if named else label
        return replace(other, indication="; ".join(filter(None, (regimen.indication, with_drug))))
    return replace(other, population=label)


def _is_own(plain: str, named: set[str], other: Regimen, regimen: Regimen) -> bool:
    """Tell whether a dose beside another drug is of the regimen's own drug, and not of that one.

    It is behind a colon or "if on". In the plain words "with x 5 mg" of a table's cell it is where it is a lower dose
    given as often; in running text it may be either's.
    """
    if named & BOOSTERS:
        return False
    if re.search(r":|\b(?:if|when) (?:on|taking|given|used|with)\b|\b(?:taking|receiving)\b", plain):
        return True
    assert other.amount is not None
    assert regimen.amount is not None
    own = convert(regimen.amount.high, regimen.amount.unit, other.amount.unit)
    lower = own is not None and own / 5 <= other.amount.high < own
    return lower and not regimen.from_text and other.interval_h == regimen.interval_h


def _figure(words: str, regimen: Regimen) -> Figure | None:
    """Give the one amount of words, where it is a dose of the kind of the regimen's own."""
    assert regimen.amount is not None
    doses = [each for each in read_amounts(words) if each.is_dose]
    bands = _bands(words) if doses else []
    figures = [each for each in doses if not any(band.begin <= each.begin < band.end for band in bands)]
    if len(figures) != 1:
        return None
    figure, dose = figures[0], regimen.amount
    phrase = next((each for each in read_phrases(words) if each.value == figure), None)
    given = phrase is not None and role_of_amount(words, phrase, False, {}) == "dose"
    alike = (figure.per, figure.per_time) == (regimen.per, regimen.per_time)
    return figure if given and alike and convert(dose.low, dose.unit, figure.amount.unit) is not None else None


def _bands(words: str) -> list[Band]:
    bands = [*read_bands(words), *read_measured(words)]
    return [
        each for at, each in enumerate(bands) if all(each.begin >= b.end or each.end <= b.begin for b in bands[:at])
    ]


def _taken(words: str, figure: Figure, regimen: Regimen) -> Regimen:
    """Give the dose with the amount of the words, and the route and how often that they give."""
    often = [each for each in read_frequencies(words) if each.interval_h]
    routes = tuple(dict.fromkeys(each.code for each in read_routes(words)))
    return replace(
        regimen,
        amount=figure.amount,
        route=routes or regimen.route,
        interval_h=often[0].interval_h if len(often) == 1 else regimen.interval_h,
        schedule=None if often else regimen.schedule,
        exception=words,
    )


def _banded(other: Regimen, band: Condition) -> Regimen | None:
    """Give a dose its band beside those of the general one; a band of the same quantity makes no exception."""
    if any(each.quantity == band.quantity for each in other.bands):
        return None
    return replace(other, condition=band, also=other.bands)


def is_for_unasked(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether a dose is for some patients only, and the question does not give what makes the patient one."""
    if regimen.exception is None:
        of_ancestry = _ANCESTRY.search(uniform(regimen.indication or ""))
        other = of_ancestry is not None and not words_of(of_ancestry[0]) & content(query)
        return other or is_unasked_beside(regimen, query)
    bands = _bands(regimen.exception)
    if bands:
        return not any(holds(each.condition, query.patient) for each in bands)
    if any(re.search(rf"\b{re.escape(drug)}\b", uniform(regimen.indication or "")) for drug in interacting()):
        return is_unasked_beside(regimen, query)
    groups = groups_of(regimen.exception)
    ancestry = _ANCESTRY.search(uniform(regimen.exception))
    return not (groups & asked_groups(query) if groups else ancestry and words_of(ancestry[0]) & content(query))


def is_below(row: Regimen, fits: Sequence[Regimen], query: DoseQuery) -> bool:
    """Tell whether a sentence below a table only says whom its rows, which name no size or age, are not for.

    "Under 30 kg: 12 mg/kg" is read beside the row for all, not instead of it, where nothing is said of the patient. An
    amount of the same kind that is asked about may be the sentence's own.
    """
    band = row.condition
    if not row.from_text or row.unparsed or band is None or row.also or band.quantity not in ("weight", "age"):
        return False
    if (band.low is None) == (band.high is None) or asked_groups(query) or holds(band, query.patient) is not None:
        return False
    if row.amount is None or any(figure.per == row.per is not None for figure in read_amounts(query.part)):
        return False
    place = row.page, row.section
    return any(
        each.amount and not each.bands and not each.from_text and (each.page, each.section) == place for each in fits
    )
