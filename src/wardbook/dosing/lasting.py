"""How long something lasts: the bound that a page draws ("lasting < 48 h"), the time that a question tells."""

import re
from collections.abc import Iterator
from functools import lru_cache

from wardbook.dosing.amount import number
from wardbook.dosing.band import Band
from wardbook.dosing.comparator import comparator_pattern, comparators
from wardbook.dosing.notation import has_digit, uniform
from wardbook.dosing.regimen import Condition
from wardbook.lazy_regex import lazy_regex

LASTING = "how long it lasts"
"""Name of the quantity, in hours."""
_HOURS = {"min": (1, 60), "h": (1, 1), "d": (24, 1), "w": (168, 1), "mo": (730, 1)}
"""Hours of a unit of time, as a fraction."""
_UNIT = r"(?P<unit>min(?:ute)?s?|h(?:ou)?rs?|h|d(?:ays?)?|w(?:ee)?ks?|months?)(?![a-z])"
_NUMBER = r"\d+(?:\.\d+)?"
_CUE = (
    r"(?:last(?:s|ed|ing)?|persist(?:s|ed|ing|ent)?|continu(?:es|ed|ing)|ongoing|going on|lasting|duration|prolonged)"
)
_LINK = r"(?:[\s:,]|\b(?:for|of|is|now|already|about|around|some|has|it)\b)*?"
_DRAWN = lazy_regex(
    rf"\b(?:lasting\s+(?P<low>{_NUMBER})\s*(?:-|to)\s*(?P<high>{_NUMBER})|"
    rf"{_CUE}{_LINK}(?P<sign>{comparator_pattern()}|longer than|shorter than|beyond)\s*(?P<bound>{_NUMBER}))"
    rf"\s*-?{_UNIT}"
)
_TOLD = lazy_regex(rf"\b(?P<cue>{_CUE}|for){_LINK}(?P<value>{_NUMBER})\s*-?{_UNIT}")
_GIVEN = lazy_regex(
    r"\b(?:on|give|gave|given|gives|giving|take|takes|took|taking|taken|treat\w*|receiv\w*|course|mg|doses?|"
    r"stop\w*|hold|held|wait\w*|monitor\w*|observe\w*|follow\w*|continue)\b[^.;,?]*$"
)
"""Stands before a "for 3 days" that tells how long something was given or done."""
_OTHER_WORDS = {"longer than": ("low", False), "beyond": ("low", False), "shorter than": ("high", False)}


@lru_cache(maxsize=20_000)
def bounds_drawn(text: str) -> tuple[Condition, ...]:
    """Find the bounds that a text draws on how long something lasts, in hours."""
    return tuple(_drawn(uniform(text))) if has_digit(text) else ()


def _drawn(plain: str) -> Iterator[Condition]:
    for match in _DRAWN.finditer(plain):
        times, part = _hours(match["unit"])
        if match["sign"] is None:
            low, high = (number(match[side]) * times / part for side in ("low", "high"))
            yield Condition(LASTING, low, True, high, True, "h")
            continue
        bound = number(match["bound"]) * times / part
        words = " ".join(match["sign"].split())
        side, inclusive = _OTHER_WORDS.get(words) or comparators()[words]
        if side == "low":
            yield Condition(LASTING, bound, inclusive, None, False, "h")
        else:
            yield Condition(LASTING, None, False, bound, inclusive, "h")


@lru_cache(maxsize=256)
def told_lasting(question: str) -> Band | None:
    """Find the one time that a question tells something to have lasted, in hours; None where there are several."""
    plain = uniform(question)
    found = [
        match for match in _TOLD.finditer(plain) if match["cue"] != "for" or not _GIVEN.search(plain[: match.start()])
    ]
    if len(found) != 1:
        return None
    times, part = _hours(found[0]["unit"])
    value = number(found[0]["value"]) * times / part
    return Band(Condition(LASTING, value, True, value, True, "h"), found[0].start(), found[0].end())


def _hours(unit: str) -> tuple[int, int]:
    return next(_HOURS[key] for key in ("min", "mo", "h", "d", "w") if unit.startswith(key))


_HOURS_IN = lazy_regex(rf"(?P<sign>{comparator_pattern()})\s*(?P<bound>{_NUMBER})\s*-?(?:hours?|hrs?|h)\b")
_BARE_HOURS = lazy_regex(
    r"(?<!every )(?<!over )(?<!each )(?<!within )(?<!last )(?<!next )(?<!past )(?<!after )(?<!before )(?<!in )"
    r"(?<![\w./-])"
    rf"(?P<hours>{_NUMBER})\s?(?:h|hrs?|hours?)\b(?! ?(?:ago|ly|apart|later|before|infusion|post|since|after)\b|-)"
)


def is_at_other_hours(label: str, asked: str) -> bool:
    """Tell whether a label bounds the hours ("1, < 24 h"), and the one time that a question tells is beyond ("30 h").

    One that has another reason too ("or frail"), or of which the question says more ("persistent"), may hold all the
    same; hours near an infusion or a dose are not how long it has been going on.
    """
    plain, question = uniform(label), uniform(asked)
    told = [number(match["hours"]) for match in _BARE_HOURS.finditer(question) if not _is_of_dose(match, question)]
    said = any(word[:7] in question for word in _LONG_WORD.findall(plain) if word not in _NO_NEWS)
    if len(told) != 1 or " or " in plain or said:
        return False
    for match in _HOURS_IN.finditer(plain):
        side, inclusive = comparators()[" ".join(match["sign"].split())]
        bound = number(match["bound"])
        beyond = told[0] < bound if side == "low" else told[0] > bound
        if beyond or (told[0] == bound and not inclusive):
            return True
    return False


_LONG_WORD = lazy_regex(r"[a-z]{4,}")
_NO_NEWS = frozenset(
    "grade stage hour hours than less more over under within after above below mild moderate severe".split()
)
"""Words of a label that say nothing of why it lasts."""
_DOSE_BEFORE = lazy_regex(r"(?:\b(?:infus\w*|per|given|doses?|max\w*|over|run\w*)\b[^\d,;.?]{0,15}|/\s*)$")
_DOSE_BEHIND = lazy_regex(r"\s*(?:/|(?:infus\w*|per|given|doses?|max\w*)\b)")


def _is_of_dose(hours: re.Match[str], question: str) -> bool:
    """Tell whether hours are those of an infusion, or of a dose ("infuse 1 h", "max 3 / 12 h")."""
    return bool(_DOSE_BEFORE.search(question[: hours.start()]) or _DOSE_BEHIND.match(question, hours.end()))


_MINUTES = lazy_regex(rf"\s*(?:time )?(?P<low>{_NUMBER})\s*-\s*(?P<high>{_NUMBER})\s*min(?:ute)?s?\W*")
_BARE_MINUTES = lazy_regex(
    r"(?<!every )(?<!over )(?<!each )(?<!within )(?<!last )(?<!in )(?<!by )(?<!for )(?<![\w./-])"
    rf"(?P<minutes>{_NUMBER})\s?(?:min|mins|minutes?)\b(?! ?(?:ago|apart|later|before|infusion)\b|-)"
)


def is_at_other_minutes(label: str, asked: str) -> bool:
    """Tell whether a row is labelled by minutes alone ("0-30 min"), and a question tells another one ("45 min")."""
    span = _MINUTES.fullmatch(uniform(label))
    told = [number(match["minutes"]) for match in _BARE_MINUTES.finditer(uniform(asked))]
    return span is not None and len(told) == 1 and not number(span["low"]) <= told[0] <= number(span["high"])
