"""The course of a treatment in words: durations, days, tapers, infusion times and numbers of doses.

All keep the page's words; only a plain number of doses is typed too. What is a duration in one place is a moment in
another ("for 72 h", "after 72 h"), so a bare "72 h" is only a time.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from wardbook.dosing.comparator import comparator_pattern
from wardbook.dosing.notation import uniform
from wardbook.dosing.vocabulary import Stems, expand, rows
from wardbook.lazy_regex import lazy_regex

SPELLED = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
"""Small numbers in words."""
_WORDED = rf"(?:{'|'.join(SPELLED)}|\d{{1,2}})"
_NONE = r"(?:none|nil|nothing|no (?:further |more )?(?:doses?|drug|treatment)|omit(?:ted)?|skip(?:ped)?|rest)"
_MACROS = {
    "CLAUSE": r"(?:(?!\b(?:taper|until)\b)(?:[^.;,\n()\[]|(?<=\d)[.,](?=\d)))*",
    "MANY": rf"{_WORDED}(?:\s*(?:-|to|or)\s*{_WORDED})?",
    "DOSES": r"(?:doses?|infusions?|injections?|vials?|administrations?|boluses|bolus)",
    "MOST": r"(?:up to|max(?:imum)?(?: of)?|at most|no more than|not more than|not to exceed|limit(?:ed)?(?: to)?|≤)",
    "SHORT": r"(?:minutes?|mins?|hours?|hrs?|h)",
    "LONG": r"(?:days?|weeks?|wks?|months?|years?|d|wk|mo|yrs?)",
    "NONE": _NONE,
    "DAY": rf"(?:days?|d)\s*[+-]?\d+(?![a-z\d])(?!\s*[:=-]?\s*{_NONE}\b)",
    "DAYS": r"(?:\s*(?:,\s*and|,|to|through|and|-|/|&|or|\+)\s*(?:days?\s*|d\s?)?[+-]?\d+"
    rf"(?!\d|\.\d|\s*(?:mg|g|mcg|units?|doses?)\b|\s*[:=-]?\s*{_NONE}\b))*",
}
_UNTIL = lazy_regex(
    r"\b(?:continue(?:d)? )?(?:until|till|while|as long as)\s"
    r"(?:(?!\b(?:until|till|while|taper)\b)(?:[^.;\n()]|(?<=\d)\.(?=\d)))*"
)
_NEXT = lazy_regex(r",?\s*\b(?:then|followed by|thereafter)\b|,\s")


@dataclass(frozen=True, slots=True)
class Course:
    """A piece of the course as it stands in a text."""

    kind: str
    """ "duration" | "schedule" | "infusion" | "once" | "count" | "most doses" | "repeat" | "time" | "no dose"."""
    begin: int
    """Offset of the first character."""
    end: int
    """Offset behind the last character."""
    most: int | None = None
    """Most doses in all, where kind is "most doses"."""


@cache
def _rules() -> tuple[Stems, tuple[tuple[str, re.Pattern[str]], ...]]:
    macros = {**_MACROS, "COMPARE": comparator_pattern()}
    listed = rows("courses.tsv")
    rules = tuple((kind, lazy_regex(expand(pattern, macros))) for kind, _, pattern in listed)
    return Stems(stems.split("|") for _, stems, _ in listed), rules


@lru_cache(maxsize=4096)
def read_courses(text: str) -> tuple[Course, ...]:
    """Find the pieces in order of their rules; they may overlap, the earlier rule is the surer one."""
    plain = uniform(text)
    found = []
    stems, rules = _rules()
    for at in stems.may_match(plain):
        kind, pattern = rules[at]
        for match in pattern.finditer(plain):
            begin, end = _trim(plain, match.start(), match.end())
            found.append(Course(kind, begin, end, _most(match.group()) if kind == "most doses" else None))
    return tuple(found)


def read_untils(text: str) -> tuple[Course, ...]:
    """Find "until ..." clauses, up to the end of the clause or the word that begins the next step."""
    plain = uniform(text)
    found = []
    for match in _UNTIL.finditer(plain):
        words = _NEXT.split(match.group())[0]
        begin, end = _trim(plain, match.start(), match.start() + len(words))
        found.append(Course("duration", begin, end))
    return tuple(found)


def _trim(plain: str, begin: int, end: int) -> tuple[int, int]:
    words = plain[begin:end]
    return begin + len(words) - len(words.lstrip()), begin + len(words.rstrip(" ,"))


def _most(words: str) -> int | None:
    """Give the larger number of doses that the words name."""
    numbers = [SPELLED.get(word) or int(word) for word in re.findall(rf"\b(?:{'|'.join(SPELLED)})\b|\d+", words)]
    return max(numbers, default=None)
