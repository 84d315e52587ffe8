"""Which ranges of measured values in a text decide a dose beside them ("6 mg if uric acid ≥12", "INR >10: 2.5 mg").

A text speaks of values for other reasons too: what to aim at, when to stop, what to check. Only a range that a word
like "if" ties to the dose right before it, or that heads the clause of the dose behind it, decides whether it holds.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.band import Band, read_bands
from wardbook.dosing.course import read_courses
from wardbook.dosing.exclusion import without_exclusions
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.measured import read_measured
from wardbook.dosing.notation import uniform
from wardbook.dosing.route import read_routes
from wardbook.dosing.separator import without
from wardbook.lazy_regex import lazy_regex

_OTHERWISE = lazy_regex(
    r"\b(?:until|till|target\w*|goal\w*|aim\w*|keep\w*|maintain\w*|achiev\w*|reach\w*|ensure|titrat\w*|adjust\w*|"
    r"expect\w*|"
    r"monitor\w*|check\w*|recheck\w*|repeat\w*|re-?dose\w*|hold|held|withhold|"
    r"stop\w*|discontinu\w*|avoid\w*|omit|skip|not|never|unless|"
    r"without|than|to|by|after|from|normal|reference|defin\w*|risk of|because|causes?|rais\w*|lower\w*|"
    r"increas\w*|decreas\w*|"
    r"reduc\w*|taper\w*|wean\w*|restart\w*|resum\w*|once|transfus\w*|when checking|taking|studied|trial|median|mean)\b"
)
_TIED = lazy_regex(
    r"(?:[\s,]*(?:[a-z][\w-]*[\s,]+){0,2}?\(?|\s*;)\s*(?:only\s+|but\s+)?"
    r"(?:if|when|where|for|with|in|in patients with|in case of)\s+"
    r"(?:(?:and|an?|the|initial|baseline|starting|current|patients?|with|whose|serum|plasma)\s+)*"
)
MOST_BETWEEN = 60
"""Characters between a range that heads a clause and the dose in it."""


@lru_cache(maxsize=8192)
def deciding(text: str) -> tuple[Band, ...]:
    """Give the ranges of measured values in a text that decide a dose of it, left to right."""
    text = without_exclusions(text)
    bands = read_measured(text)
    if not bands:
        return ()
    plain = uniform(text)
    doses = [(each.begin, each.end) for each in read_amounts(text) if each.is_dose]
    blank = _without_ways(text, plain)
    found: list[Band] = []
    for band in bands:
        if _ties(band, plain, blank, doses) or _heads(band, plain, doses) or _joins(band, plain, found):
            found.append(band)
    return tuple(found)


def whole(text: str) -> tuple[Band, ...]:
    """Give the ranges of a label without a dose ("4F-PCC, INR 4-6") that say for whom its row is."""
    plain = uniform(text)
    found = tuple(
        band for band in read_measured(without_exclusions(text)) if not _OTHERWISE.search(_before(band, plain))
    )
    rest = without(plain, [(band.begin, band.end) for band in read_measured(text)])
    return () if "," in rest and _OTHER_BOUND.search(rest) else found


_OTHER_BOUND = lazy_regex(r"\b(?:glucose|dextrose|saline|sodium chloride|nacl|mannitol) ?[<>≤≥]=? ?\d[\d.]* ?%")
"""A strength beside a range: the list is of fluids, and not of what is measured ("K > 40 mmol/L, glucose > 10 %")."""


def _before(band: Band, plain: str) -> str:
    return re.split(r"[;\n]|\.\s", plain[: band.begin])[-1]


def _without_ways(text: str, plain: str) -> str:
    """Blank how a dose is given, so that only words are left between it and what follows."""
    spans: Iterator[tuple[int, int]] = (
        (each.begin, each.end)
        for reader in (read_routes, read_frequencies, read_courses, read_bands)
        for each in reader(text)
        if each.end - each.begin < MOST_BETWEEN and "if " not in plain[each.begin : each.end]
    )
    for begin, end in spans:
        plain = plain[:begin] + " " * (end - begin) + plain[end:]
    return re.sub(r"\bx\s?1\b|\bprn\b", lambda match: " " * len(match[0]), plain)


_FOLLOWS = lazy_regex(
    r"\b(?:repeat\w*|re-?dose\w*|again|second|additional|additionally|extra|further|may|increas\w*|reduc\w*)\b"
)


def _ties(band: Band, plain: str, blank: str, doses: list[tuple[int, int]]) -> bool:
    """Tell whether a word like "if" ties a range to the dose right before it; not to one that only follows another."""
    before = [each for each in doses if each[1] <= band.begin]
    if not before:
        return False
    begin, end = max(before)
    clause = re.split(r"[;\n]|\.\s", plain[:begin])[-1]
    gap = blank[end : band.begin]
    bracket = re.fullmatch(r"(?:[\s(),/]|\b(?:or|and)\b)*\(\s*", gap) and re.match(r"\s*\)", plain[band.end :])
    return bool(_TIED.fullmatch(gap) or bracket) and not _FOLLOWS.search(clause[-MOST_BETWEEN:])


def _heads(band: Band, plain: str, doses: list[tuple[int, int]]) -> bool:
    """Tell whether a range heads the clause of the dose that comes next."""
    behind = [begin for begin, _ in doses if begin >= band.end]
    if not behind:
        return False
    gap = plain[band.end : min(behind)]
    if len(gap) > MOST_BETWEEN or re.search(r"[;\n]|\.\s|^\s*or\b", gap) or _OTHERWISE.search(gap):
        return False
    head = re.split(r"[;\n]|\.\s|:\s", plain[: band.begin])[-1]
    if any(end > band.begin - len(head) for _, end in doses if end <= band.begin):
        return False
    last = head.rpartition(",")[2].rpartition("(")[2]
    return not _OTHERWISE.search(head) and len(last.split()) <= MOST_HEAD


MOST_HEAD = 4
"""Words of a clause before the range that heads it."""


def _joins(band: Band, plain: str, found: list[Band]) -> bool:
    """Tell whether a range is joined by "or" or "and" to one that decides."""
    return bool(found) and re.fullmatch(r"\s*(?:,\s*)?(?:or|and|&|/)\s*", plain[found[-1].end : band.begin]) is not None
