"""Frequencies: how often a text says that a dose is given, in hours between doses.

`read_frequencies("100 mg q6-12h")` gives 6 to 12 hours; "every 8 h", "BID", "q 4 weeks" and "daily" likewise. What is
not even in hours ("3x/week", "monthly", "q5m") has no interval and keeps its words. A month is not a number of hours.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from wardbook.dosing.notation import uniform
from wardbook.dosing.unit import exact
from wardbook.dosing.vocabulary import any_of, holds, rows
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
_COUNTS = {
    name: Fraction(value)
    for name, value in (
        ("half", "1/2"), ("once", "1"), ("one", "1"), ("twice", "2"), ("two", "2"), ("thrice", "3"), ("three", "3"),
        ("four", "4"), ("five", "5"), ("six", "6"), ("seven", "7"), ("eight", "8"), ("nine", "9"), ("ten", "10"),
        ("twelve", "12"), ("fourteen", "14"), ("eighteen", "18"), ("twenty-four", "24"), ("thirty-six", "36"),
        ("forty-eight", "48"), ("seventy-two", "72"),
    )
}  # fmt: skip
_COUNT = rf"(?:{_NUMBER}|{'|'.join(name.replace('-', '[ -]?') for name in _COUNTS)})"
_COUNTED = lazy_regex(
    rf"(?<![a-z\d.])(?:(?P<every>every|each)\s+)?(?P<low>{_COUNT})(?:[ -]*(?:-|to|or)\s*(?P<high>{_COUNT}))?[ -]*(?:"
    r"(?P<hours>hourly|hrly)|"
    r"(?P<times>(?:x|times?)?\s*(?:daily|a day|per day|/\s?day|each day|every day)|(?:x|times?)\s*/\s?d)|"
    r"(?P<weeks>(?:x|times?)\s*(?:weekly|a week|per week|/\s?w(?:ee)?k|each week|every week|week(?!s|\s*\d)))|"
    r"(?P<weekly>weekly)(?!\s+(?:dos|infusion|injection|course|cycle|treatment))|"
    r"(?P<span>hours?|hrs?|h|days?|weeks?|wks?)"
    r")(?![a-z])|(?<![a-z])(?P<fortnight>fortnightly|every fortnight|each fortnight)(?![a-z])"
)
"""Intervals and times by a count that may be a word ("six-hourly", "every eight hours", "two to three times a day")."""
_COUNTED_STEMS = ("hourly", "hrly", "day", "daily", "week", "fortnight", "every", "each")


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
    names = any_of(_spelling(name) for name in ordered)
    each = rf"(?:{names})(?![a-z\d])"
    return re.compile(rf"(?<![a-z\d.-])(?P<first>{each})(?:\s*(?:-|to|or)\s*(?P<last>{each}))?"), table


def _spelling(name: str) -> str:
    pattern = re.escape(name).replace(r"\ ", r"[\s-]+")
    return pattern.removesuffix(r"\.") + r"\.?" if name.endswith(".") else pattern


@lru_cache(maxsize=OF_BOTH)
def read_frequencies(text: str) -> tuple[Frequency, ...]:
    """Find every frequency of a text, left to right, none within another; "BID-TID" is one."""
    plain = uniform(text)
    found = list(_counted(plain)) if holds(plain, _COUNTED_STEMS) else []
    every = map(_every, _EVERY.finditer(plain)) if holds(plain, _EVERY_STEMS) else ()
    counted = tuple(found)
    found += [each for each in every if all(each.end <= one.begin or each.begin >= one.end for one in counted)]
    pattern, table = _words()
    for match in pattern.finditer(plain):
        if all(match.end() <= other.begin or match.start() >= other.end for other in found):
            first, last = (_hours(match[name], table) for name in ("first", "last"))
            pair = None if first is None or (match["last"] and last is None) else (first, last or first)
            found.append(Frequency(pair and (min(pair), max(pair)), match.start(), match.end()))
    daily = (Decimal(24), Decimal(24))
    once = _ONCE_DAILY.finditer(plain) if "od" in plain else ()
    found += [
        Frequency(daily, match.start("od"), match.end("od"))
        for match in once
        if not (match["some"] and _EYES.search(plain))
    ]
    return tuple(sorted(found, key=lambda frequency: frequency.begin))


# "OD" is an eye and an overdose too: it is once daily only right behind an amount or a route, or where it is for some
# patients in place of what stands before it ("1 mg/kg BD (OD if CrCl < 30)").
_ONCE_DAILY = lazy_regex(
    r"(?:(?:\d\s?(?:mg|g|mcg|micrograms?|units?|mmol|tab(?:let)?s?|cap(?:sule)?s?|sachets?|puffs?)(?:\s?/\s?(?:kg|m[2²]))?|"
    r"(?<![a-z])(?:po|iv|sc|im|oral(?:ly)?|then))\s+|(?P<some>[(;,]\s*|(?<![a-z])or\s+)(?=od\s+(?:if|for|when)\s))"
    r"(?P<od>od)(?![a-z\d])"
)
_EYES = lazy_regex(r"\b(?:drops?|eyes?|ointment|ophthalmic|overdoses?|toxicity|poison\w*)\b")


def _hours(words: str | None, table: dict[str, str]) -> Decimal | None:
    if words is None:
        return None
    words = re.sub(r"[\s-]+", " ", words)
    hours = table[words] if words in table else table[words + "."]
    return None if hours == "-" else Decimal(hours)


def _counted(plain: str) -> Iterator[Frequency]:
    """Give what `_COUNTED` finds; "3 days" without "every" is a duration, "2 a day" may be tablets.

    "4 weekly" may be every four weeks or four doses a week apart: its words are kept.
    """
    for match in _COUNTED.finditer(plain):
        if match["fortnight"]:
            yield Frequency((Decimal(336), Decimal(336)), match.start(), match.end())
            continue
        low, high = _count(match["low"]), _count(match["high"] or match["low"])
        tells_times = match["low"] in _TIMES or re.match("x|time", match["times"] or "x")
        numbered = _NUMBERS_THINGS.search(plain[: match.start()])
        if numbered or (match["span"] and not match["every"]) or not tells_times or not 0 < low <= high:
            continue
        weekly = match["weeks"] or match["weekly"]
        if weekly and "-" not in match[0]:
            pair = _hours_between(168, 168) if low == high == 1 else None
        elif match["times"]:
            pair = _hours_between(24 / high, 24 / low)
        else:
            unit = _HOURS["w" if weekly else (match["span"] or "h")[0]]
            pair = _hours_between(low * unit, high * unit)
        yield Frequency(pair, match.start(), match.end())


_NUMBERS_THINGS = lazy_regex(
    r"(?:\b(?:cycles?|days?|weeks?|months?|doses?|steps?|grades?|stages?|courses?|phases?)|\bc|\bd|[x×])[\s#.]*[+-]?\s*$"
)
"""Stands before a number that names a day or counts doses: "weekly" behind it is every week ("days 1-3 weekly")."""
_TIMES = ("once", "twice", "thrice")


def _count(words: str) -> Fraction:
    return _COUNTS.get(re.sub("[ -]+", "-", words)) or Fraction(words)


def _hours_between(low: Fraction | int, high: Fraction | int) -> tuple[Decimal, Decimal] | None:
    """Give a pair of hours; None where they are no half or whole ones, as of "five times a day"."""
    first, last = exact(Fraction(low)), exact(Fraction(high))
    return None if first is None or last is None or first % _HALF or last % _HALF else (first, last)


_HALF = Decimal("0.5")


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
