"""Brackets behind a dose that give it otherwise to some patients: how often, or how much ("1 g TDS (BD if CrCl < 30)").

Each clause of the bracket becomes a regimen of its own, as an exception does. Only where every clause is wholly
understood: a band of the patient, how often, and at most an amount of the same kind; else the bracket stays as it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from wardbook.dosing.amount import Figure, read_amounts
from wardbook.dosing.band import RENAL, SIZES, read_bands
from wardbook.dosing.bare_band import SUBJECTS
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Amount, Condition, Regimen
from wardbook.dosing.unit import convert
from wardbook.lazy_regex import lazy_regex

_BRACKET = lazy_regex(r"\(([^()]*)\)")
_CLAUSE = lazy_regex(r"\s*[,;]\s*(?!\d{3}(?!\d))")
_BOUND = lazy_regex(r"[<>≤≥]=?\s*\d+(?:\.\d+)?|\b\d+(?:\.\d+)?\s*-\s*\d+(?:\.\d+)?(?!\s*-?\s*hourly|\s*h\b)")
_SUBJECT = lazy_regex(r"\b(?:cr ?cl|e?gfr|clcr|clearance|weight|wt|bsa|ages?|aged)\b|\d\s*(?:kg|y|years?)\b")
_ONCE = lazy_regex(r"\bOD\b(?!\s*[:=])")
_OFTEN_NEXT = lazy_regex(
    r"(\d(?:\s*m[lL]/min)?)\s+(?=(?:daily|bd|bid|tds|tid|qds|qid|every|once|twice|q\d|\d+-hourly)\b)", re.IGNORECASE
)
"""How often right behind a bound, without a colon ("CrCl 20-50 BD")."""
_SMALL = lazy_regex(r"\b(?:if|for|in|when|give|only|pts|patients|people|those)\b|[\s:,.=-]+", re.IGNORECASE)
"""What may be left of a clause that is understood: no drug, no severity, no second condition."""
_ENDS = lazy_regex(r"[;:\n]|\.\s")


@dataclass(frozen=True, slots=True)
class _Change:
    words: str
    """The clause, with the quantity of its bound."""
    band: Condition
    interval_h: tuple[Decimal, Decimal] | None
    amount: Amount | None


def with_rhythms(regimens: Sequence[Regimen]) -> list[Regimen]:
    """Put behind each dose what the bracket right behind it gives some patients instead."""
    found: list[Regimen] = []
    for regimen in regimens:
        inside, changes = _changes(regimen, regimens)
        if not changes:
            found.append(regimen)
            continue
        unparsed = tuple(each for each in regimen.unparsed if each not in inside)
        notes = tuple(each for each in regimen.notes if each not in inside)
        general = replace(regimen, unparsed=unparsed, notes=tuple(dict.fromkeys((*notes, inside))))
        found.append(general)
        found += [_changed(replace(general, notes=notes), change) for change in changes]
    return found


def _changed(regimen: Regimen, change: _Change) -> Regimen:
    return replace(
        regimen,
        amount=change.amount or regimen.amount,
        interval_h=change.interval_h or regimen.interval_h,
        condition=change.band,
        also=regimen.bands,
        exception=change.words,
    )


def _changes(regimen: Regimen, beside: Sequence[Regimen]) -> tuple[str, list[_Change]]:
    """Give the words of the bracket right behind a dose and what each of its clauses changes, [] where one is not."""
    if regimen.amount is None or regimen.interval_h is None or regimen.step or regimen.exception:
        return "", []
    text = regimen.verbatim
    for match in _BRACKET.finditer(text):
        inside = match[1]
        if read_frequencies(_ONCE.sub("daily", inside)) and _is_behind(text[: match.start()], regimen):
            changes = list(_read(inside, regimen))
            whole = len(changes) == len(_CLAUSE.split(inside))
            if changes and whole and not any(_is_told(each, change, regimen) for each in beside for change in changes):
                return inside, changes
    return "", []


def _is_told(other: Regimen, change: _Change, regimen: Regimen) -> bool:
    """Tell whether a change is a regimen already."""
    same = (other.drug, other.lines, other.amount) == (regimen.drug, regimen.lines, change.amount or regimen.amount)
    return same and change.band in other.bands


def _is_behind(before: str, regimen: Regimen) -> bool:
    """Tell whether words end with a regimen's dose and how it is given."""
    figures = [figure for figure in read_amounts(before) if figure.is_dose]
    last = figures[-1] if figures else None
    same = last and (last.amount, last.per, last.per_time) == (regimen.amount, regimen.per, regimen.per_time)
    return bool(same and last and not _ENDS.search(before[last.end :]))


def _read(inside: str, regimen: Regimen) -> Iterator[_Change]:
    """Yield what each clause changes; a bound without a quantity is of that of the clause before it."""
    quantity: str | None = None
    held = {each.quantity for each in regimen.bands}
    for part in _CLAUSE.split(inside):
        words = part.strip()
        if not _SUBJECT.search(uniform(words)) and quantity in SUBJECTS and (bound := _BOUND.search(uniform(words))):
            words = f"{words[: bound.start()]}{SUBJECTS[quantity]} {words[bound.start() :]}"
        change = _change(_OFTEN_NEXT.sub(r"\1: ", _ONCE.sub("daily", words)), regimen)
        if change is None or change.band.quantity in held:
            return
        quantity = change.band.quantity
        yield replace(change, words=part.strip()) if read_bands(part) else change


def _change(words: str, regimen: Regimen) -> _Change | None:
    """Give what a clause changes, where all of it is understood."""
    bands, often = read_bands(words), read_frequencies(words)
    figures = [each for each in read_amounts(words) if not any(b.begin <= each.begin < b.end for b in bands)]
    if len(bands) != 1 or len(often) != 1 or often[0].interval_h is None or len(figures) > 1:
        return None
    if bands[0].condition.quantity not in (*RENAL, *SIZES) or not all(_is_alike(each, regimen) for each in figures):
        return None
    spans = [(bands[0].begin, bands[0].end), (often[0].begin, often[0].end)]
    spans += [(each.begin, each.end) for each in figures]
    plain = uniform(words)
    rest = "".join(" " if any(a <= at < b for a, b in spans) else mark for at, mark in enumerate(plain))
    amount = figures[0].amount if figures else None
    same = often[0].interval_h == regimen.interval_h and amount in (None, regimen.amount)
    if _SMALL.sub("", rest) or same:
        return None
    return _Change(words, bands[0].condition, often[0].interval_h, amount)


def _is_alike(figure: Figure, regimen: Regimen) -> bool:
    """Tell whether an amount is of the kind of a regimen's own."""
    assert regimen.amount is not None
    alike = (figure.per, figure.per_time) == (regimen.per, regimen.per_time)
    return alike and figure.is_dose and convert(Decimal(1), figure.amount.unit, regimen.amount.unit) is not None
