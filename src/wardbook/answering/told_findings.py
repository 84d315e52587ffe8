"""Findings that a question tells of a patient in the words of the bedside, and the words that pages have for them.

"Wont bleed back" is a blocked line, "cant write his name" is told of under ICANS: the words of such questions stand on
few pages, and what is meant stands on many.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from wardbook.kept import OF_QUESTIONS
from wardbook.lazy_regex import lazy_regex


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """One finding that a question tells."""

    name: str
    """Of the finding, as the list has it."""
    words: str
    """As the question has it."""
    begin: int
    """Where in the question, characters."""
    end: int
    """One past it."""
    on_pages: tuple[str, ...]
    """Words by which pages speak of it."""
    told_under: tuple[str, ...]
    """Words for what it is told of under: a disease that it may be, a drug that it is treated with."""


@cache
def _listed() -> Sequence[tuple[str, re.Pattern[str], tuple[str, ...], tuple[str, ...]]]:
    rows = files("wardbook.answering").joinpath("data/told_findings.tsv").read_text(encoding="utf-8").splitlines()
    listed = (row.split("\t") for row in rows if row and not row.startswith("#"))
    parted = ((name, told, *pages.partition("|")) for name, told, pages in listed)
    return [(name, _pattern(told), _worded(pages), _worded(under)) for name, told, pages, _, under in parted]


def _pattern(told: str) -> re.Pattern[str]:
    ways = (rf"(?<![\w-])(?:{way.strip()})(?![\w-])" for way in told.split(" ; "))
    return lazy_regex("|".join(ways), re.IGNORECASE)


def _worded(words: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in words.split())


@lru_cache(maxsize=OF_QUESTIONS)
def told_findings(text: str) -> tuple[ToldFinding, ...]:
    """Give the findings that a text tells, in its order; none is taken from words that tell a more special one."""
    return tuple(sorted(_found(text), key=lambda each: each.begin))


_DENIED = lazy_regex(r"\b(?:no|not|never|nil|denies|denied|without|afebrile,? no)\s+(?:new\s+|any\s+)?$", re.IGNORECASE)
"""Says of what stands behind it that it is not found ("no fever")."""
_GONE = lazy_regex(
    r"[- ](?:prophyla\w*|prevention|free|(?:has |have |is |are )?(?:resolved|settled|gone|better))\b", re.IGNORECASE
)
"""Says of what stands before it that it is not there, or not yet."""


def _found(text: str) -> Iterator[ToldFinding]:
    rest = text
    for name, pattern, pages, under in _listed():
        for match in pattern.finditer(rest):
            if _DENIED.search(rest, 0, match.start()) or _GONE.match(rest, match.end()):
                continue
            yield ToldFinding(name, match[0], match.start(), match.end(), pages, under)
        rest = pattern.sub(lambda match: " " * len(match[0]), rest)
