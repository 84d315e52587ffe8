"""The greatest rate that words give ("max 10 mmol/h ward, 20 mmol/h ICU"), and a proposed amount over a time.

Lines tell rates apart by where a drug runs: where the question names one of two sides, the rates of the other are not
compared. A fixed maximum holds whatever the patient weighs; one per kg needs the weight.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from wardbook.dosing.amount import Figure, read_amounts
from wardbook.dosing.notation import uniform
from wardbook.dosing.unit import convert
from wardbook.lazy_regex import lazy_regex

_MOST = lazy_regex(
    r"\b(?:max(?:imum|imal)?|at most|(?:no|not|never) (?:faster|quicker|above|over|more|exceed\w*)|do not exceed|"
    r"limit(?:ed)? to|up to)\b"
)
_SENTENCE = lazy_regex(r"(?<=[.;])\s+(?=[a-z])|\n")
_PIECE = lazy_regex(r"[,;()]|\band\b|\bor\b|\.\s")
_OVER = lazy_regex(
    r"\b(?:over|in|within|during)\s+(?:(?P<n>\d+(?:\.\d+)?)|an?|one|(?P<half>half an))\s*-?\s*"
    r"(?:(?P<h>h|hrs?|hours?)|min|mins|minutes?)\b"
)
_BARE = lazy_regex(
    r"(?<![\d.])(\d+(?:\.\d+)?)(?=\s+(?:with|on|in|if|via|by|for|central\w*|peripheral\w*|ward|hdu|icu|picu|monitor\w*)\b)"
)
_CHILD = lazy_regex(r"\b(?:child(?:ren)?|paed\w*|pediatric\w*|infants?|neonat\w*|bab(?:y|ies))\b")
_SIDES = tuple(
    tuple(re.compile(rf"\b(?:{words})\b") for words in sides)
    for sides in (
        (r"peri(?:ph|f)\w*|venflon|cannula|pvc", r"central\w*|cvc|picc|hickman|port"),
        (r"ward", r"hdu|icu|itu|picu|critical care|intensive care|high (?:care|dependency)|level [23]"),
        (
            r"(?:without|no|w/o) (?:an? )?(?:ecg |cardiac )?monitor\w*|unmonitored",
            r"with (?:\w+ )?monitor\w*|monitored",
        ),
    )
)
"""What rules one another out among where, and watched how, a drug runs."""
_VOLUMES = frozenset({"mL", "L"})


@dataclass(frozen=True, slots=True)
class Rate:
    """So much an hour."""

    value: Decimal
    """In an hour."""
    unit: str
    """UCUM code."""
    per: str | None
    """ "kg" | "m2" | None."""
    words: str
    """The piece of the sentence that gives it, in lower case; of a question the amount and its time."""
    figure: Decimal = Decimal(0)
    """As it is written."""
    per_time: str = "h"
    """ "h" | "min", as it is written."""


Result = Literal["exceeds", "within", "open"]


def read_rate(text: str) -> Rate | None:
    """Read the one rate that is proposed: an amount over a time ("40 mmol over 2 h"), or an hour ("20 mmol/h")."""
    plain = uniform(text)
    figures = [each for each in read_amounts(plain) if each.is_dose and each.amount.unit not in _VOLUMES]
    times = list(_OVER.finditer(plain))
    if len(figures) != 1 or figures[0].amount.low != figures[0].amount.high or len(times) > 1:
        return None
    figure = figures[0]
    if figure.per_time in ("h", "min") and not times:
        return _rate(figure, plain[figure.begin : figure.end])
    if figure.per_time is not None or not times or times[0].start() < figure.end:
        return None
    hours = _hours(times[0])
    words = plain[figure.begin : times[0].end()]
    return Rate(figure.amount.low / hours, figure.amount.unit, figure.per, words) if hours else None


def _hours(time: "re.Match[str]") -> Decimal:
    count = Decimal(time["n"]) if time["n"] else Decimal("0.5") if time["half"] else Decimal(1)
    return count if time["h"] else count / 60


def _rate(figure: Figure, words: str) -> Rate:
    value = figure.amount.high
    hourly = value * 60 if figure.per_time == "min" else value
    return Rate(hourly, figure.amount.unit, figure.per, words, value, figure.per_time or "h")


def greatest_rates(text: str) -> list[Rate]:
    """Give the rates that a text says are the most; a bare figure behind one has its unit ("10 mmol/h, 20 ICU")."""
    found: list[Rate] = []
    for sentence in _SENTENCE.split(uniform(text)):
        if _MOST.search(sentence):
            child = _CHILD.search(sentence)
            found += [_of_child(rate) if child else rate for rate in _rates_of(sentence)]
    return found


def telling_rates(text: str) -> str:
    """Give the sentences of a text that hold a rate: those beside them may be on something else."""
    return " ".join(each for each in _SENTENCE.split(uniform(text)) if next(rates_given(each), None))


def _of_child(rate: Rate) -> Rate:
    return Rate(rate.value, rate.unit, rate.per, f"child {rate.words}", rate.figure, rate.per_time)


def _rates_of(sentence: str) -> Iterator[Rate]:
    figures = read_amounts(sentence)
    rates = [each for each in figures if each.per_time in ("h", "min") and each.amount.unit not in _VOLUMES]
    for each in rates:
        yield _rate(each, _piece(sentence, each.begin, each.end))
    for bare in _BARE.finditer(sentence):
        before = [each for each in rates if each.end <= bare.start()]
        if before and not any(each.begin <= bare.start() < each.end for each in figures):
            last, value = before[-1], Decimal(bare[1])
            words = _piece(sentence, bare.start(), bare.end())
            hourly = value * 60 if last.per_time == "min" else value
            yield Rate(hourly, last.amount.unit, last.per, words, value, last.per_time or "h")


def _piece(sentence: str, begin: int, end: int) -> str:
    """Give the words around a figure, up to the next comma, bracket or "and"."""
    first = max((each.end() for each in _PIECE.finditer(sentence, 0, begin)), default=0)
    last = next((each.start() for each in _PIECE.finditer(sentence, end)), len(sentence))
    return sentence[first:last]


def rates_given(text: str) -> Iterator[Rate]:
    """Yield the rates at which words give something, the most or not ("20 mmol in 100 mL over 1 h")."""
    plain = uniform(text)
    for each in read_amounts(plain):
        if each.amount.unit in _VOLUMES:
            continue
        if each.per_time in ("h", "min"):
            yield _rate(each, _piece(plain, each.begin, each.end))
        elif each.per_time is None and (time := _OVER.search(plain, each.end, each.end + NEAR)) and _hours(time):
            yield Rate(each.amount.high / _hours(time), each.amount.unit, each.per, plain)


NEAR = 40
"""Characters behind an amount within which its time stands."""


def told_apart(rates: Iterable[Rate], asked: str, *, child: bool) -> list[Rate]:
    """Leave out the rates of a side that a question does not name, where it names the other, and of children."""
    left = [rate for rate in rates if child or not _CHILD.search(rate.words)]
    plain = uniform(asked)
    for sides in _SIDES:
        named = [bool(side.search(plain)) for side in sides]
        if sum(named) != 1:
            continue
        own, other = sides if named[0] else sides[::-1]
        kept = [rate for rate in left if own.search(rate.words) or not other.search(rate.words)]
        if any(own.search(rate.words) for rate in kept):
            left = kept
    return left


def judged(asked: Rate, rates: Sequence[Rate], weight_kg: Decimal | None) -> tuple[Result, Rate] | None:
    """Hold a rate against the greatest ones: with the one that decides, None where none can be compared."""
    values = [(_in_terms_of(asked, rate, weight_kg), rate) for rate in rates]
    known = [(value, rate) for value, rate in values if value is not None]
    if not known:
        return None
    most = max(known, key=lambda each: each[0])
    least = min(known, key=lambda each: each[0])
    if asked.value > most[0]:
        return "exceeds", most[1]
    if asked.value <= least[0] and len(known) == len(values):
        return "within", least[1]
    return "open", least[1]


def _in_terms_of(asked: Rate, rate: Rate, weight_kg: Decimal | None) -> Decimal | None:
    """Give a greatest rate in the unit and by the measure of the rate asked."""
    value = convert(rate.value, rate.unit, asked.unit)
    if value is None or asked.per == rate.per:
        return value
    if weight_kg is None or {asked.per, rate.per} != {"kg", None}:
        return None
    return value * weight_kg if rate.per == "kg" else value / weight_kg
