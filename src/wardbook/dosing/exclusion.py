"""Exclusions: the words of a text that say for whom, how or when a dose is not to be given.

What stands in them is never what the dose is for: "not in CrCl < 40" is no band of the dose but its contrary, and "not
intrathecally" names no route. Each goes to the notes word for word.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.band import read_bands
from wardbook.dosing.course import read_courses
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.measured import read_measured
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Condition
from wardbook.dosing.route import read_routes
from wardbook.dosing.vocabulary import holds, rows
from wardbook.lazy_regex import lazy_regex


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A stretch of a text that excludes."""

    begin: int
    """Offset of the first character."""
    end: int
    """Offset behind the last character."""
    whom: bool
    """True where patients are excluded; False where only a way of giving is ("not IV")."""
    outside: Condition | None = None
    """The band of those who are not excluded, where the words hold one simple bound alone."""


# A dose, course or maximum that begins a new clause behind an exclusion: it ends there.
_NEXT = lazy_regex(
    r"[;\n]|(?<=[a-z\d)%])\.(?=\s|$)|,?\s*\b(?:then|followed by)\b"
    r"|,\s*(?=(?:max|up to|for \d|x ?\d|q\d|every|over|then|given|from|until|repeat)\b)"
    r"|,\s*(?:or\s+)?(?=(?:[a-z-]+\s+){0,3}\d+(?:\.\d+)?(?:\s*-\s*\d+(?:\.\d+)?)?\s*(?:mg|mcg|g|units?|ml|mmol|meq|iu)\b(?!/d?l))"
)


@cache
def _words(kind: str) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """Give the pattern of one kind of words, and stems of which one stands in every text that it matches."""
    own = [(stems.split("|"), pattern) for each, stems, pattern in rows("exclusions.tsv") if each == kind]
    whole = lazy_regex("|".join(f"(?:{pattern})" for _, pattern in own))
    return tuple(dict.fromkeys(stem for stems, _ in own for stem in stems)), whole


@cache
def _stems() -> tuple[str, ...]:
    """Give stems of which one stands in every text that refuses anything but a route before the refusal."""
    named = (stem for kind in ("whom", "way", "band behind") for stem in _words(kind)[0])
    return tuple(dict.fromkeys((*named, "no ", "never", "contra", "nil", "none")))


def _said(kind: str, plain: str) -> Iterable[re.Match[str]]:
    stems, pattern = _words(kind)
    return pattern.finditer(plain) if holds(plain, stems) else ()


@lru_cache(maxsize=4096)
def read_exclusions(text: str) -> tuple[Exclusion, ...]:
    """Find every exclusion of a text, left to right, none within another."""
    plain = uniform(text)
    refused = [*_whom(text, plain), *_behind(text, plain)] if holds(plain, _stems()) else []
    spans = [*refused, *_routes(text, plain)]
    spans.sort(key=lambda span: (span[0], -span[1]))
    found: list[Exclusion] = []
    for begin, end, whom in spans:
        if found and begin < found[-1].end:
            continue
        end = begin + len(plain[begin:end].rstrip(" ,:-"))
        found.append(Exclusion(begin, end, whom, outside(text[begin:end]) if whom else None))
    return tuple(found)


def _whom(text: str, plain: str) -> list[tuple[int, int, bool]]:
    """Give the stretches that a word opens ("not in ...", "avoid if ..."), up to the end of the clause."""
    found = []
    for match in _said("whom", plain):
        if _bounds_dose(text, match):
            continue
        end = _clause_end(plain, match.end())
        deadly = match.group().startswith(("fatal", "lethal")) and bool(read_routes(text[match.end() : end]))
        other = _other_route(text, plain, match.start())
        way = deadly or other is not None or _is_repeat(plain[match.start() : end]) or _is_way(text, match.end(), end)
        found.append((match.start() if other is None else other, end, not way))
    found += _without_thing(text, plain)
    for match in _NOT.finditer(plain) if holds(plain, ("not", "never", "contra")) else ():
        banded = match.end() in {band.begin for band in read_bands(text)}
        if banded or _starts(text, match.end()):
            found.append((match.start(), _clause_end(plain, match.end()), banded))
    return [*found, *((match.start(), match.end(), False) for match in _said("way", plain))]


_NOT = lazy_regex(
    r"(?<!\bif )\b(?:(?:not|never)(?! (?:an? )?(?:(?:be )?(?:withh|delay|omit|stop|wait)|contra))|"
    r"(?<!not )(?<!not a )contra-?indicated)\s+(?=\S)"
)
"""Excludes what follows; "not contraindicated" and "do not withhold" do not."""
_NO_THING = lazy_regex(
    r"\bno (?!(?:change|adjust|modif|reduc|response|effect|improve|need|further|more|other|max|limit|difference|data)"
    r"[a-z]*\b)([a-z]+)(?: dose| infusion)? (?:if|when|in|with|for|below|under|above|over)\b"
)


_NO_LOAD = lazy_regex(r"(?<=[a-z\d])[ :]+no (bolus|load|loading)\b(?: dose)?")
"""Behind those who are not given it ("infants under 1 year no bolus")."""


def _without_thing(text: str, plain: str) -> list[tuple[int, int, bool]]:
    """Give what is not given within a band ("no bolus if platelets < 50", "under 1 year no bolus").

    It excludes those within it from the one dose before it that is called so; of another dose it is only a remark.
    """
    found = []
    spans = [(match[1], match.start(), match.end()) for match in _NO_THING.finditer(plain) if "no " in plain]
    spans = [(what, begin, _clause_end(plain, end)) for what, begin, end in spans]
    for match in _NO_LOAD.finditer(plain) if "no " in plain else ():
        begin = max(plain.rfind(mark, 0, match.start()) for mark in ",;.(\n") + 1
        spans.append((match[1], begin + len(plain[begin:]) - len(plain[begin:].lstrip()), match.end()))
    for what, begin, end in spans:
        if re.search(r"\d", plain[begin:end]):
            one = sum(figure.is_dose for figure in read_amounts(text[:begin])) < 3
            called = what == "dose" or re.search(rf"\b{what}\b", plain[:begin])
            found.append((begin, end, bool(one and called)))
    return found


def _other_route(text: str, plain: str, at: int) -> int | None:
    """Give where a clause begins that is about another route than the text names before it ("IV only; SC pens are")."""
    begin = max(plain.rfind(mark, 0, at) for mark in ";.\n") + 1
    here = {route.code for route in read_routes(text[begin:at])}
    before = {route.code for route in read_routes(text[:begin])}
    apart = here and before and not here & before and not read_amounts(text[begin:at])
    return begin if apart else None


def _is_repeat(words: str) -> bool:
    """Tell whether words exclude only a time to give it again ("never within the same episode")."""
    return _AGAIN.match(words) is not None


_AGAIN = lazy_regex(
    r"(?:not|never) (?:within|in|during|for) (?:the )?(?:same|one|this|any one|a single) (?:[a-z-]+ ){0,2}"
    r"(?:episodes?|courses?|cycles?|admissions?|attacks?|days?)\b"
)


def _bounds_dose(text: str, match: re.Match[str]) -> bool:
    """Tell whether words bound an amount and exclude nobody ("not above 4 g/day", "2 g must not be exceeded")."""
    if _MOST_GIVEN.match(uniform(text), match.start()):
        return True
    gap = re.match(r"\s*(?:a |the )?(?:(?:total|maximum|single|daily)\s+)?(?:dose )?(?:of )?", text[match.end() :])
    at = match.end() + (gap.end() if gap else 0)
    bounds = re.search(r"(?:above|over|below|under|within)$", match.group())
    return bool(bounds) and any(figure.begin == at and figure.is_dose for figure in read_amounts(text))


_MOST_GIVEN = lazy_regex(
    r"(?:(?:do|must|should|may|can|shall) (?:not|never) (?:to )?(?:be )?"
    r"(?:exceeded\b|(?:above|over|beyond|(?:more|greater|higher|larger) than)\s+(?:a |an |the )?"
    r"(?:(?:total|maximum|single|daily)\s+)?(?:dose )?(?:of )?\d[\d.,]*\s?(?:mg|mcg|g|micrograms?|units?|mmol|ml)\b))|"
    r"avoid (?:single |daily |any )*doses? (?:above|over|beyond|of more than|higher than|greater than)\s+\d"
)
"""The most that is given, told as what is not to be."""


def _starts(text: str, at: int) -> bool:
    """Tell whether a route, how often, or on which days, stands at this place."""
    days = {each.begin for each in read_courses(text) if each.kind == "schedule"}
    return at in days | {route.begin for route in read_routes(text)} | {each.begin for each in read_frequencies(text)}


def _is_way(text: str, begin: int, end: int) -> bool:
    """Tell whether words say only by which way not to give ("by mouth", "as IV push"), with no "if" behind."""
    plain = uniform(text[begin:end])
    routed = any(begin <= route.begin <= begin + 6 for route in read_routes(text[:end]))
    return routed and not re.search(r"\b(?:if|when|in|for|unless|with)\b", plain)


def _clause_end(plain: str, at: int) -> int:
    """Find where the clause ends: at the end of its own bracket, sentence or line, or where another dose begins."""
    depth = 0
    for place in range(at, len(plain)):
        if plain[place] == ")" and depth == 0:
            return place
        depth += {"(": 1, ")": -1}.get(plain[place], 0)
        if depth == 0 and (match := _NEXT.match(plain, place)) and place > at:
            return match.start()
    return len(plain)


def _behind(text: str, plain: str) -> list[tuple[int, int, bool]]:
    """Give the bands and routes that the words behind them refuse ("CrCl < 30 contraindicated", "IV not licensed")."""
    found: list[tuple[int, int, bool]] = []
    stems, pattern = _words("band behind")
    if not holds(plain, (*stems, "nil")):
        return found
    for band in (*read_bands(text), *read_measured(text)):
        match = pattern.match(plain, band.end)
        if match is None and band.condition.low is None and not _OF_CHANGE.search(plain[: band.begin]):
            match = _BARE_NO.match(plain, band.end)
        if match:
            found.append((band.begin, match.end(), True))
    return found


_BARE_NO = lazy_regex(r"\s*[:=,]?\s*(?:no|none|nil)(?=\s*(?:$|[,;.)\n]))")
"""Behind a bound from above: those below it are not given the dose ("CrCl 30-60: 10 mg; < 30: no")."""

_OF_CHANGE = lazy_regex(r"\b(?:re-?)?(?:adjust|chang|reduc|modif|correct)(?:(?!\.\s)[^;,(\n])*$")
"""Before a bound in its clause: "no" is said to a change of the dose, not to the dose ("adjust if CrCl < 30: no")."""


def _routes(text: str, plain: str) -> list[tuple[int, int, bool]]:
    found: list[tuple[int, int, bool]] = []
    stems, pattern = _words("route behind")
    if not holds(plain, stems):
        return found
    for route in read_routes(text):
        if match := pattern.match(plain, route.end):
            found.append((route.begin, match.end(), False))
    return found


def outside(words: str) -> Condition | None:
    """Give the contrary of the one bound of an exclusion ("CrCl < 40" → at least 40).

    None where it holds no bound, several or a range.
    """
    bands = read_bands(words)
    if len(bands) != 1:
        return None
    band = bands[0].condition
    if (band.low is None) == (band.high is None):
        return None
    if re.search(r"\b(?:and|plus|with)\b", uniform(words[bands[0].end :])):  # excludes only both together
        return None
    if band.high is not None:
        return replace(band, low=band.high, low_inclusive=not band.high_inclusive, high=None, high_inclusive=False)
    return replace(band, high=band.low, high_inclusive=not band.low_inclusive, low=None, low_inclusive=False)


def without_exclusions(text: str) -> str:
    """Give a text with its exclusions blank, every offset as it was."""
    for found in read_exclusions(text):
        text = text[: found.begin] + " " * (found.end - found.begin) + text[found.end :]
    return text


def in_order(notes: Sequence[str]) -> list[str]:
    """Put what is fatal before all other notes."""
    return sorted(notes, key=lambda note: not re.search(r"\b(?:fatal|lethal)", uniform(note)))
