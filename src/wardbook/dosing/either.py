"""A dose for either of two reasons ("age over 65 or liver disease"): which of them a patient has."""

import re
from collections.abc import Iterator
from dataclasses import replace

from wardbook.dosing.asked_words import DoseQuery, words_of
from wardbook.dosing.band import read_bands
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient import holds
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.wording import condition_words


def by_either(regimen: Regimen) -> Iterator[Regimen]:
    """Give a regimen, and once more by its other reason where that is a band of its own ("or CrCl 30-60")."""
    yield regimen
    if not regimen.or_else or len(regimen.bands) != 1 or regimen.condition is None:
        return
    bands = read_bands(regimen.or_else)
    if len(bands) == 1 and not re.search(r"[a-z]", _bare(regimen.or_else, bands[0].begin, bands[0].end)):
        other = f"or {condition_words(regimen.condition)}"
        yield replace(regimen, condition=bands[0].condition, or_else=other)


def _bare(words: str, begin: int, end: int) -> str:
    return re.sub(r"^\s*or\b", " ", uniform(words[:begin])) + uniform(words[end:])


def is_of_neither(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether a patient is out of the band of a dose for either of two reasons, and the other is not spoken of."""
    return False in _told(regimen, query) and is_unasked(regimen, query)


def is_unasked(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether a question gives neither of the two reasons of a dose."""
    asked = words_of(f"{query.for_text} {query.population or ''} {query.measured or ''}")
    spoken = asked & (words_of(regimen.or_else or "") - _LINKS)
    return bool(regimen.or_else) and True not in _told(regimen, query) and not spoken


def _told(regimen: Regimen, query: DoseQuery) -> set[bool | None]:
    return {holds(band, query.patient) for band in regimen.bands}


_LINKS = frozenset("or and of the more less than over under above below least most at".split())


def once(regimens: list[Regimen]) -> list[Regimen]:
    """Leave out what is there twice, by each of its two reasons."""
    found: list[Regimen] = []
    for each in regimens:
        plain = replace(each, condition=None, or_else=None)
        if not each.or_else or all(replace(other, condition=None, or_else=None) != plain for other in found):
            found.append(each)
    return found
