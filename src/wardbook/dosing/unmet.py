"""Verdicts that rest on a row whose own condition the question does not meet, or does not tell.

"200 mg BID with a PPI" makes 200 mg BID no dose for everyone, and 125 mg beside "fulminant: 500 mg" does not make
500 mg too much. Where another dose of the same place judges otherwise, and nothing that the question says tells the two
apart, no verdict is given.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wardbook.dosing.against import denies, rivals
from wardbook.dosing.age import in_years
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import ADULT_Y, PHASES, DoseQuery, holds_word, positive, stop_words, words_of
from wardbook.dosing.band import RENAL
from wardbook.dosing.check import Verdict, check
from wardbook.dosing.fit import Fit
from wardbook.dosing.fitting import (
    asked_groups,
    asked_severity,
    fits_part,
    fits_population,
    fits_route,
    fits_setting,
    fits_severity,
    own_severity,
)
from wardbook.dosing.limit_words import opens_limit
from wardbook.dosing.notation import uniform
from wardbook.dosing.numbered import numbered
from wardbook.dosing.patient import holds
from wardbook.dosing.patient_group import SPECIAL, stated_groups
from wardbook.dosing.quantity import is_measured
from wardbook.dosing.regimen import Amount, Condition, Regimen
from wardbook.dosing.severity import severity_words
from wardbook.dosing.told import values_given
from wardbook.dosing.unit import convert
from wardbook.dosing.wording import condition_words
from wardbook.lazy_regex import lazy_regex

_BEGINS = lazy_regex(
    r"\b(?:to start|start(?:s|ing)?|begin\w*|initial(?:ly)?|first (?:dose|day|night|week|time)|(?:day|week) (?:1|one)|"
    r"upfront)\b(?! (?:of|after))"
)
_EARLY = lazy_regex(r"\b(?:start\w*|initial\w*|load\w*|first|day 1|bolus|induction)\b")
_BOUND = lazy_regex(r"(?P<sign>[<>≤≥]) ?=?(?P<n>\d+(?:\.\d+)?)(?: ?(?:kg|y|yrs?|years?|ml/min))?(?= ?(?:[:;,)]|$))")
_REFUSED = lazy_regex(r"(?:^|:)\W*(?:none|nil|no|not (?:given|needed|used)) ?[(;,]")
_PREVENTS = lazy_regex(r"prophyla|prevent|pre-?emptive")
_NONE = frozenset({"none", "no", "nil", "not"})
_ALONE = lazy_regex(r"\b(?:only|alone|isolated)\b")
_UNTELLING = frozenset("adult patient dose line first third standard usual then cycle day week month".split())
"""Words of a label that say of no patient that the dose is another's; what is counted does by its figure alone."""
_WEIGHING = lazy_regex(r"\b(?:actual|ideal|adjusted|dry|lean|total) (?:body )?weight\b|\b(?:abw|ibw|adjbw)\b")
"""Tells by which weight a dose is worked out, and of no patient that it is another's."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """What keeps a verdict from being the question's."""

    words: str
    """As a person reads it."""
    beside: tuple[Regimen, ...] = ()
    """Doses beside the judged one that may be meant instead."""


def unmet(verdict: Verdict, query: DoseQuery, own: Iterable[Regimen], lines: str) -> Unmet | None:
    """Give what keeps a verdict from being the question's, None where nothing does.

    `own` are all the drug's regimens, of which those beside the judged one count; `lines` are the words of its row or
    sentence, with those of its columns.
    """
    row = verdict.regimen
    if row is None or verdict.result == "not_covered":
        return None
    beside = [each for each in own if _is_beside(each, row) and not _is_ruled_out(each, row, query)]
    if words := _is_of_beginning(verdict, row, query, beside):
        return Unmet(words)
    if not _is_above_maximum(verdict) and (
        unknown := next((band for band in row.bands if _is_unknown(band, query)), None)
    ):
        return Unmet(f"the row holds for {condition_words(unknown)}", tuple(beside))
    if named := _severity_elsewhere(row, query, lines):
        return Unmet(f"the dose compared is not the one for “{named}”", tuple(beside))
    if query.setting == "prophylaxis" and row.setting != query.setting and not _PREVENTS.search(_whole(row, lines)):
        return Unmet("the page does not say that the dose is for prevention")
    if (given := values_given(query, [row, *beside])) and not any(map(is_measured, row.bands)):
        return Unmet(f"no dose is known to hold for {given}", tuple(beside))
    if narrower := _narrower(row, query):
        return Unmet(f"“{narrower}” stands beside the band of the dose compared")
    if any(holds(band, query.patient) for band in row.bands):
        return _by_rule(verdict, row, query, beside) or _elsewhere(verdict, row, query, own)
    if _REFUSED.search(uniform(row.verbatim)) and (named := _unsaid(row, query, _NONE)):
        return Unmet(f"the cell gives none, and the dose “{named}”")
    return _told_apart(verdict, row, query, beside) or _given_too(verdict, row, query, own)


def _elsewhere(verdict: Verdict, row: Regimen, query: DoseQuery, own: Iterable[Regimen]) -> Unmet | None:
    """Say so where another section of the page gives the very dose only above or below a value that is not reached.

    "15-29: 40 mg, prophylactic" in one table, and "40 mg if platelets > 30" under "Prophylaxis": the page says both.
    """
    if verdict.result != "within":
        return None
    drawn = {band.quantity for band in row.bands if is_measured(band)}
    for other in own:
        same = (other.amount, other.per, other.setting) == (row.amount, row.per, row.setting)
        if not same or other.evidence or other.page != row.page or other.section == row.section:
            continue
        for band in other.bands:
            limits = (band.low is None) != (band.high is None)  # a range is only one of several bands
            if limits and band.quantity in drawn and holds(band, query.patient) is False:
                return Unmet("elsewhere the page gives that dose under a limit that is not met", (other,))
    return None


def _by_rule(verdict: Verdict, row: Regimen, query: DoseQuery, beside: Sequence[Regimen]) -> Unmet | None:
    """Say so where the rule beside a table of weights allows what the row for the patient's weight does not.

    "60 mg/kg" over a table in which 55 kg stands with 3,000 mg: the page says both.
    """
    if verdict.result == "within" or row.per is not None or not any(band.quantity == "weight" for band in row.bands):
        return None
    for other in beside:
        judged = check(verdict.asked, [other], query.patient) if other.per == "kg" and not other.bands else None
        if isinstance(judged, Verdict) and judged.result == "within":
            return Unmet("the page gives that dose too, by weight", (other,))
    return None


def _whole(row: Regimen, lines: str) -> str:
    return uniform(f"{lines} ; {row.section} ; {row.title} ; {row.indication or ''}")


def _is_unknown(band: Condition, query: DoseQuery) -> bool:
    """Tell whether the question does not say what a band goes by.

    Who names no age is asking about an adult, and who names no clearance about kidneys that work.
    """
    usual = band.quantity == "age" and band.high is None and in_years(band)[0] <= ADULT_Y
    usual = usual or (band.quantity in RENAL and band.high is None)
    return holds(band, query.patient) is None and not usual


def _is_of_beginning(verdict: Verdict, row: Regimen, query: DoseQuery, beside: Sequence[Regimen]) -> str:
    """Tell whether a dose to begin with is asked, and judged by the maximum or by the dose that comes after it."""
    if not _BEGINS.search(uniform(query.part)):
        return ""
    if verdict.result == "within" and " and not above " in verdict.explanation:
        return f"a dose to start with was asked, and {verdict.explanation}"
    early = any(each.lines == row.lines and _EARLY.search(_label(each, query)) for each in beside)
    return "the row has another dose to start with" if early and not _EARLY.search(_label(row, query)) else ""


def _narrower(row: Regimen, query: DoseQuery) -> str:
    """Give the bound in a row's words that is narrower than its own band and holds too (">60: 2 g. >70: 1 g.")."""
    values = {"age": query.age_y, "weight": query.weight_kg} | dict.fromkeys(RENAL, query.patient.crcl)
    for band in row.bands:
        value = values.get(band.quantity)
        for match in _BOUND.finditer(uniform(row.verbatim)) if value is not None else ():
            assert value is not None
            bound = Decimal(match["n"])
            if match["sign"] in ">≥":
                narrower = band.low is not None and band.low < bound < value
            else:
                narrower = band.high is not None and value < bound < band.high
            if narrower:
                return match[0]
    return ""


def _severity_elsewhere(row: Regimen, query: DoseQuery, lines: str) -> str:
    """Give the word for severity of a question that stands in the row's lines, but not with the dose compared."""
    asked = asked_severity(query)[1]
    if not asked or own_severity(row)[1] & asked:
        return ""
    label = severity_words(_label(row, query))
    return ", ".join(sorted((asked & severity_words(lines)) - label))


def _told_apart(verdict: Verdict, row: Regimen, query: DoseQuery, beside: Sequence[Regimen]) -> Unmet | None:
    """Say for what a row is that the question does not say, where another dose beside it judges otherwise."""
    for other in beside:
        plain = not _telling(other, query) - _telling(row, query)
        if other.amount == row.amount and not (verdict.asked.interval_h and plain):
            continue
        judged = check(verdict.asked, [other], query.patient)
        if not isinstance(judged, Verdict) or judged.result == verdict.result:
            continue
        label = _telling(row, query) - _telling(other, query)
        said = frozenset(word for word in label if holds_word(word, _asked(query), query))
        exact = judged.result == "within" and _is_amount(verdict, other)
        if not exact and _is_above_maximum(verdict):
            continue
        if said and not (said < label and exact and _ALONE.search(_label(row, query))):
            continue
        special = _is_for_unasked_group(other, query)
        if label and (exact or not special):
            return Unmet(f"the dose compared is for “{_unsaid(row, query, _telling(other, query))}”", (other,))
        if exact and not special and not (numbered(query.part) and fits_part(row, query, beside) is Fit.SAYS):
            return Unmet("the page gives that dose too, for another case", (other,))
    return None


def _is_for_unasked_group(other: Regimen, query: DoseQuery) -> bool:
    """Tell whether a dose is for a group of patients, as for bad kidneys, that the question does not name."""
    return bool(stated_groups(other) & set(SPECIAL) - asked_groups(query))


def _is_above_maximum(verdict: Verdict) -> bool:
    return verdict.result == "exceeds" and " is above the maximum" in verdict.explanation


def _given_too(verdict: Verdict, row: Regimen, query: DoseQuery, own: Iterable[Regimen]) -> Unmet | None:
    """Say so where the words of a row give the amount itself in another clause that was not read, or may hold."""
    asked, dose = verdict.asked, row.amount
    amounts = [each for each in read_amounts(row.verbatim) if each.is_dose and each.per == asked.per]
    most = {limit.value for limit in (row.max_single, row.max_daily) if limit}
    same = [
        each
        for each in amounts
        if each.amount != dose and each.amount.high not in most and _reaches(each.amount, verdict)
    ]
    read = [each for each in own if (each.page, each.lines) == (row.page, row.lines) and _is_amount(verdict, each)]
    known = all(_is_ruled_out(each, row, query) or _is_for_unasked_group(each, query) for each in read)
    said = any(holds_word(word, _asked(query), query) for word in _telling(row, query))
    if verdict.result == "within" or said or not same or (read and known):
        return None
    return Unmet("its words give that amount too, in another clause")


def _unsaid(row: Regimen, query: DoseQuery, shared: frozenset[str]) -> str:
    """Give the first piece of a dose's label that holds a word which the question does not say."""
    telling = _telling(row, query) - shared
    left = {word for word in telling if not holds_word(word, _asked(query), query)}
    pieces = (piece.strip() for part in _parts(row, query) for piece in re.split(r"[;:]", part))
    return next((piece for piece in pieces if words_of(piece) & left), "")


def _asked(query: DoseQuery) -> str:
    return positive(f"{query.words} ; {query.part}")


def _is_beside(other: Regimen, row: Regimen) -> bool:
    """Tell whether another dose of the drug stands in the same section."""
    same = (other.amount, other.per, other.interval_h) == (row.amount, row.per, row.interval_h)
    return (
        (other.page, other.section) == (row.page, row.section) and other.amount is not None and not same
    ) and not other.evidence


def _is_ruled_out(other: Regimen, row: Regimen, query: DoseQuery) -> bool:
    """Tell whether what the question says keeps another dose from being the one that is meant."""
    against = (fits_severity, fits_setting, fits_population, fits_route)
    return (
        any(holds(band, query.patient) is False for band in other.bands)
        or any(compare(other, query) is Fit.AGAINST for compare in against)
        or fits_part(other, query, (row, other)) is Fit.AGAINST
        or denies(other, query)
        or rivals(other, query)
    )


def _is_amount(verdict: Verdict, other: Regimen) -> bool:
    """Tell whether a dose is just the amount that is asked about."""
    return other.amount is not None and verdict.asked.per == other.per and _reaches(other.amount, verdict)


def _reaches(dose: Amount, verdict: Verdict) -> bool:
    value = convert(verdict.asked.low, verdict.asked.unit, dose.unit)
    return value is not None and dose.low <= value <= dose.high


def _parts(row: Regimen, query: DoseQuery) -> list[str]:
    heads = (*row.notes, row.exception, row.severity, row.population, row.indication, row.schedule, query.said(row))
    return [each for each in heads if each]


def _label(row: Regimen, query: DoseQuery) -> str:
    """Give the words that say for whom and when a dose is."""
    return uniform(" ; ".join(_parts(row, query)))


def _telling(row: Regimen, query: DoseQuery) -> frozenset[str]:
    """Give the words of a dose's label that tell it from others of its section."""
    above = words_of(f"{row.section} ; {row.title} ; {row.page} ; {query.drug}")
    parts = (part for part in map(uniform, _parts(row, query)) if not (_WEIGHING.search(part) or opens_limit(part)))
    label = " ; ".join(parts)
    words = words_of(label) - above - stop_words() - PHASES - _UNTELLING
    return frozenset(word for word in words if not re.search(r"\d", word))
