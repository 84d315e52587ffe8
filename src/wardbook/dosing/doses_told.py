"""Doses that were given before, as a question tells them: the number of the next one, and how long ago the last was."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wardbook.dosing.drug import DrugMention
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_COUNTED = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_SPELLED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_N = rf"(?P<n>\d{{1,2}}|{'|'.join(_SPELLED)})"
_NTH = rf"(?P<nth>{'|'.join(_COUNTED)}|\d{{1,2}}(?:st|nd|rd|th))"
_DOSES = r"(?:doses?|infusions?|injections?)"
_IN_ORDER = lazy_regex(
    rf"\b{_NTH} (?:(?!lines?\b|step|cycle|day|week)[a-z]+ )?(?:{_DOSES}|one)\b"
    rf"|\b(?:give|have|get|need|want) (?:(?:a|the|his|her|him|them|another) ){{1,2}}{_NTH.replace('<nth>', '<next>')}"
    r"(?=\s*(?:[?.,;]|$|now\b|today\b|tomorrow\b|tonight\b))"
)
_HAD = lazy_regex(
    r"(?:\b(?:had|after|since|following|post|completed|finished|s/p|despite|(?<!be )given|got|gotten|received)"
    r"(?: (?:a|the|his|her|their|already|now|all|only|just|all of)){0,2})\s*$"
)
"""Before a dose: it was given."""
_COUNT = lazy_regex(rf"\b{_N} ?(?:x )?(?:of )?(?:(?!more\b|further\b)[a-z-]+ )?{_DOSES}\b")
_DONE = lazy_regex(
    r"(?: of [a-z-]+)?(?: (?:for|in) [a-z-]+)?\s*,?\s*(?:(?:were|was|are|is|have|has|been|all|now|both|she|he|they) )*"
    r"(?:already|given|done|so far|since|today|on board|received|behind|had|down)\b"
)
"""Behind a number of doses: they were given."""
_HAD_SOME = lazy_regex(
    rf"\bhad (?:already )?{_N}(?: of (?:them|these|it))?\s*(?:already|so far|now|today|since|$|[,;.?!])"
)
_NO_RATE = (
    r"(?!\s*(?:(?:a|per|each|every)\s+)?(?:d|day|daily|wk|week|weekly|h|hourly|month|monthly|night|nocte)\b|\s*/)"
)
_TIMES = lazy_regex(rf"\b(?:x ?{_N}|{_N.replace('<n>', '<m>')} ?(?:x|times)|(?P<word>once|twice|thrice))\b{_NO_RATE}")
"""How many times, and not how often."""
_GIVEN_SO = lazy_regex(
    r"\b(?:(?<!be )(?<!to )given|had|got|gotten|received|has had)(?: (?:it|already|now|this|that|[a-z]+mab|dose))?\s*$"
)
_THEN_DONE = lazy_regex(
    r"\s*(?:(?:was|were|is|has|have|been|all|now|dose) )*"
    r"(?:already|given|done|so far|since|today|on board|had|this morning)\b"
)
_BARE_GIVEN = lazy_regex(
    rf"(?<!grade )(?<!gr )(?<!day )(?<!step )(?<!cycle )(?<!week )(?<!dose )(?<![\w.,/<>≤≥+-])(?<![<>≤≥] ){_N}\s+"
    r"(?:(?:already|now) )?(?:given|so far|done)\b"
)
"""A bare number, and that so many were given ("x, 4 given")."""
_ITS_NAME = lazy_regex(rf"\b{_N} (?:of )?(?:iv )?$")
"""Before a drug: how many of it."""
_LEFT = lazy_regex(r"(?: of [a-z-]+)?\s*(?:are |is )?(?:left|remain|available|to go|planned|due|more|allowed|max)")
_AGAIN = lazy_regex(
    r"\bagain\b|\banother (?:dose|one|go)\b|\bone more\b|\brepeat(?:ed)? (?:the |a )?dose\b|\bre-?dos(?:e|ing)\b"
)
_SAME_DAY = lazy_regex(
    r"\b(?:today|(?:since )?this morning|since (?:midnight|last night|yesterday)|in (?:the (?:last|past) )?24 ?h)"
)
_H = r"(?P<h>\d{1,2}(?:\.\d+)?) ?-?(?:h|hrs?|hours?)\b"
_AGO = lazy_regex(rf"\b{_H} ago\b")
_LATER = lazy_regex(
    r"\b(?:again|another (?:dose|one)|repeat\w*|next(?: (?:dose|one))?|re-?dos\w+)(?: [a-z]+){0,2}? (?:after|in|at) "
    r"(?P<next>\d{1,2}(?:\.\d+)?) ?-?(?:h|hrs?|hours?)\b"
    rf"|\b{_H}(?: [a-z]+)? (?:after|since|from|post) (?:the |his |her )?(?:last|previous|first|prior)\b"
)
_LAST = lazy_regex(r"\b(?:last|previous|prior|first|second|third|had|given|gave|got|received|dosed)\b[^.;?]*$")


@dataclass(frozen=True, slots=True)
class Before:
    """What a question tells of the doses of one drug before the one that is asked."""

    number: int = 1
    """Which dose the next one would be; 1 where nothing is told."""
    same_day: bool = False
    """True where those before it were of the same day."""
    hours: Decimal | None = None
    """Hours since the last one, or None."""
    often: Decimal | None = None
    """Hours between doses, where it is told how often the drug is to be given."""


def told_before(text: str, mentions: Sequence[DrugMention], drug: str) -> Before:
    """Read what a question tells of the doses of a drug that were given before; `mentions` are all its drugs."""
    plain = uniform(text)
    numbers = [1]
    for match in _IN_ORDER.finditer(plain):
        if _is_of(match.span(), plain, mentions, drug):
            place = _place(match["nth"] or match["next"])
            numbers.append(place + bool(_HAD.search(plain[: match.start()])))
    for match in _COUNT.finditer(plain):
        told = _HAD.search(plain[: match.start()]) or _DONE.match(plain, match.end())
        if told and not _LEFT.match(plain, match.end()) and _is_of(match.span(), plain, mentions, drug):
            numbers.append(_number(match["n"]) + 1)
    numbers += [
        _number(match["n"]) + 1 for match in _HAD_SOME.finditer(plain) if _is_of(match.span(), plain, mentions, drug)
    ]
    numbers += [each + 1 for each in _times(plain, mentions, drug)]
    again = _AGAIN.search(plain)
    if again and _is_of(again.span(), plain, mentions, drug):
        numbers.append(2)
    found = [each for each in read_frequencies(text) if _is_of((each.begin, each.end), plain, mentions, drug)]
    often = {each.interval_h[1] for each in found if each.interval_h}
    numbers.append(2 if often else 1)
    rhythm = often.pop() if len(often) == 1 else None
    return Before(max(numbers), bool(_SAME_DAY.search(plain)), _hours(plain, mentions, drug), rhythm)


def _times(plain: str, mentions: Sequence[DrugMention], drug: str) -> Iterator[int]:
    """Give how many times a drug was given, as it is told without the word dose ("x4 given", "after three xs")."""
    for match in _TIMES.finditer(plain):
        told = _GIVEN_SO.search(plain[: match.start()]) or _THEN_DONE.match(plain, match.end())
        if told and _is_of(match.span(), plain, mentions, drug):
            yield _ADVERBS[match["word"]] if match["word"] else _number(match["n"] or match["m"])
    for match in _BARE_GIVEN.finditer(plain):
        if _is_of(match.span(), plain, mentions, drug):
            yield _number(match["n"])
    for each in mentions:
        counted = _ITS_NAME.search(plain[: each.begin]) if each.drug == drug else None
        if counted and (_HAD.search(plain[: counted.start()]) or _THEN_DONE.match(plain, each.end)):
            yield _number(counted["n"])


_ADVERBS = {"once": 1, "twice": 2, "thrice": 3}


def hours_since(text: str, mentions: Sequence[DrugMention], drug: str) -> Decimal | None:
    """Give the hours since another drug was given ("got x 6 hours ago", "x this morning": less than a day)."""
    plain = uniform(text)
    for match in (*_AGO.finditer(plain), *_SAME_DAY.finditer(plain)):
        if _is_of(match.span(), plain, mentions, drug) and not re.search(r"[.;?]", _between(match, plain, mentions)):
            return Decimal(match["h"]) if match.re.groups else Decimal(0)
    return None


def _hours(plain: str, mentions: Sequence[DrugMention], drug: str) -> Decimal | None:
    for match in _LATER.finditer(plain):
        if _is_of(match.span(), plain, mentions, drug):
            return Decimal(match["next"] or match["h"])
    for match in _AGO.finditer(plain):
        ends = [each.end for each in mentions if each.end <= match.start() and each.drug == drug]
        beside = bool(ends) and _BESIDE.fullmatch(plain, max(ends), match.start()) is not None
        if (beside or _LAST.search(plain[: match.start()])) and _is_of(match.span(), plain, mentions, drug):
            return Decimal(match["h"])
    return None


_BESIDE = lazy_regex(
    r"(?:[\s,:(]|\b(?:iv|sc|po|was|were|is|has been|given|had|done|only|just|about|at|dose|"
    r"\d+(?:\.\d+)? ?(?:m?c?g(?:/kg)?|kg))\b)*"
)
"""Between a drug and the time since: nothing that may itself be as long ago."""


_OF = lazy_regex(r"\s+(?:of|for)\s+(?:the )?$|\s+$")


def _is_of(span: tuple[int, int], plain: str, mentions: Sequence[DrugMention], drug: str) -> bool:
    """Tell whether words on doses are of a drug: the one inside or right behind them, else the last before them."""
    begin, end = span
    inside = [each for each in mentions if begin <= each.begin < end]
    behind = [each for each in mentions if each.begin >= end and _OF.match(plain[end : each.begin])]
    before = [each for each in mentions if each.end <= begin]
    own = inside or behind[:1] or before[-1:] or list(mentions[:1])
    return not own or any(each.drug == drug for each in own)


def _between(match: re.Match[str], plain: str, mentions: Sequence[DrugMention]) -> str:
    ends = [each.end for each in mentions if each.end <= match.start()]
    return plain[max(ends, default=0) : match.start()]


def _place(word: str) -> int:
    return int(word[:-2]) if word[0].isdigit() else _COUNTED.index(word) + 1


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _SPELLED.index(word) + 1
