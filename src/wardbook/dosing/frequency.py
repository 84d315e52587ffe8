"""Frequencies: how often a text says that a dose is given, in hours between doses.

`read_frequencies("100 mg q6-12h")` gives 6 to 12 hours; "every 8 h", "BID", "q 4 weeks" and "daily" likewise. What is
not even in hours ("3x/week", "monthly", "q5m") has no interval and keeps its words. A month is not a number of hours.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from wardbook.dosing.notation import uniform
from wardbook.dosing.unit import exact
from wardbook.dosing.vocabulary import holds, rows
from wardbook.kept import OF_BOTH
from wardbook.lazy_regex import lazy_regex

_HOURS = {"h": Fraction(1), "d": Fraction(24), "w": Fraction(168), "m": Fraction(1, 60)}
_NUMBER = r"\d+(?:\.\d+)?"
_RANGE = rf"(?P<low>{_NUMBER})(?:\s*(?:-|to|or)\s*(?P<high>{_NUMBER}))?"
_SPAN = r"(?P<span>hourly|hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|minutes?|mins?|min|m)"
_EVERY = lazy_regex(
    rf"(?<![a-z])(?:q\.?|every|each)\s*-?\s*{_RANGE}\s*-?\s*{_SPAN}(?![a-z])"
    rf"|(?<![a-z\d])(?:q)\s*(?P<bare>4|6|8|12|24|48|72)(?:\s*-\s*(?P<barehigh>6|8|12|24|48|72))?(?![\d.a-z])"
    rf"|(?<![a-z\d.])(?P<hourly>{_NUMBER})[ -]hourly(?![a-z])"
    r"|(?<![a-z])every\s+hour(?![a-z])|(?<![a-z])(?:q1?h|hourly)(?![a-z])"
)

_EVERY_STEMS = ("q", "every", "each", "hourly")


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often, as it stands in a text."""

    interval_h: tuple[Decimal, Decimal] | None
    """Hours between doses, low and high; None where they are not even, or not exact in hours."""
    begin: int
    """Offset of the first character."""
    end: int
    """Offset behind the last character."""


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {row[0]: row[1] for row in rows("frequencies.tsv")}
    ordered = sorted(table, key=len, reverse=True)
    names = "|".join(_spelling(name) for name in ordered)
    each = rf"(?:{names})(?![a-z\d])"
    return re.compile(rf"(?<![a-z\d.-])(?P<first>{each})(?:\s*(?:-|to|or)\s*(?P<last>{each}))?"), table


def _spelling(name: str) -> str:
    pattern = re.escape(name).replace(r"\ ", r"[\s-]+")
    return pattern.removesuffix(r"\.") + r"\.?" if name.endswith(".") else pattern


@lru_cache(maxsize=OF_BOTH)
def read_frequencies(text: str) -> tuple[Frequency, ...]:
    """Find every frequency of a text, left to right, none within another; "BID-TID" is one."""
    plain = uniform(text)
    found = [_every(match) for match in _EVERY.finditer(plain)] if holds(plain, _EVERY_STEMS) else []
    pattern, table = _words()
    for match in pattern.finditer(plain):
        if all(match.end() <= other.begin or match.start() >= other.end for other in found):
            first, last = (_hours(match[name], table) for name in ("first", "last"))
            pair = None if first is None or (match["last"] and last is None) else (first, last or first)
            found.append(Frequency(pair and (min(pair), max(pair)), match.start(), match.end()))
    daily = (Decimal(24), Decimal(24))
    once = _ONCE_DAILY.finditer(plain) if "od" in plain else ()
    found += [Frequency(daily, match.start("od"), match.end("od")) for match in once]
    return tuple(sorted(found, key=lambda frequency: frequency.begin))


# "OD" is an eye and an overdose too: it is once daily only right behind an amount or a route.
_ONCE_DAILY = lazy_regex(
    r"(?:\d\s?(?:mg|g|mcg|micrograms?|units?|tablets?|capsules?|puffs?)|(?<![a-z])(?:po|iv|sc|im|oral(?:ly)?))\s+"
    r"(?P<od>od)(?![a-z\d])"
)


def _hours(words: str | None, table: dict[str, str]) -> Decimal | None:
    if words is None:
        return None
    words = re.sub(r"[\s-]+", " ", words)
    hours = table[words] if words in table else table[words + "."]
    return None if hours == "-" else Decimal(hours)


def _every(match: re.Match[str]) -> Frequency:
    groups = match.groupdict()
    low = groups["low"] or groups["bare"] or groups["hourly"] or "1"
    high = groups["high"] or groups["barehigh"] or low
    span = (groups["span"] or "h").removesuffix("s")
    size = None if span == "month" else _HOURS[span[0]]
    pair = None if size is None else _exact_pair(low, high, size)
    return Frequency(pair, match.start(), match.end())


@lru_cache(maxsize=1024)
def _exact_pair(low: str, high: str, size: Fraction) -> tuple[Decimal, Decimal] | None:
    first, second = exact(Fraction(low) * size), exact(Fraction(high) * size)
    if first is None or second is None or not Decimal(0) < first <= second:
        return None
    return first, second
