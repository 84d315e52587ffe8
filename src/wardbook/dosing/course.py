"""The course of a treatment in words: durations, days, tapers, infusion times and numbers of doses.

All keep the page's words; only a plain number of doses is typed too. What is a duration in one place is a moment in
another ("for 72 h", "after 72 h"), so a bare "72 h" is only a time.
"""

import re
from dataclasses import dataclass
from typing import Literal

from wardbook.dosing.band import comparator_pattern
from wardbook.dosing.notation import uniform

CourseKind = Literal["duration", "schedule", "infusion", "once", "count", "most doses", "repeat", "time"]

_NUMBER = r"\d+(?:\.\d+)?"
_RANGE = rf"{_NUMBER}(?:\s*(?:-|to|or)\s*{_NUMBER})?"
_HALF_DAY = r"(?:minutes?|mins?|hours?|hrs?|h)"
_LONG = r"(?:days?|weeks?|wks?|months?|years?|d|wk|mo|yrs?)"
_COUNTED = r"(?:doses?|infusions?|injections?|vials?|administrations?|boluses|bolus)"
_WORDED = r"(?:one|two|three|four|five|six|1|2|3|4|5|6|7|8|9|10|12|\d{1,2})"
_MANY = rf"{_WORDED}(?:\s*(?:-|to|or)\s*{_WORDED})?"
_MOST = r"(?:up to|max(?:imum)?(?: of)?|at most|no more than|not more than|not to exceed|limit(?:ed)?(?: to)?|≤)"
_DAY = r"(?:days?|d)\s*[+-]?\d+"
_MORE_DAYS = r"(?:\s*(?:,\s*and|,|to|through|and|-|/|&|or|\+)\s*(?:days?\s*|d\s?)?[+-]?\d+(?![\d.]|\s*(?:mg|g|mcg|units?|doses?)\b))*"
_COMPARE = comparator_pattern()

_RULES: tuple[tuple[CourseKind, str], ...] = (
    (
        "schedule",
        r"(?:(?:then|followed by|with|and|rapid|slow|quick|gradual|steroid)\s+)*\btaper\w*(?:\s+(?:over|by|to|off|down|"
        r"rapidly|slowly|quickly|as|at|within|once|when|after|per|if|every|in)\b[^.;,\n()]*)?",
    ),
    (
        "schedule",
        r"\b(?:titrate|increase|escalate|decrease|reduce|adjust)[ds]?\s+(?:the\s+)?(?:dose\s+)?"
        r"(?:by|in steps|in increments|to effect|to response)\b[^.;,\n()]*",
    ),
    (
        "schedule",
        r"(?:\b(?:starting|beginning|start|from|on|through|until|before|after|at least|to|and|or)\s+)*"
        rf"(?<![\d.]\s)(?<![\d.a-z])(?:study )?{_DAY}{_MORE_DAYS}(?![\d.]*\s*(?:mg|mcg|g|units)\b)(?:\s+only)?",
    ),
    (
        "infusion",
        rf"(?:\b(?:infuse[d]?|given|run|administer(?:ed)?)\s+)?\bover\s+(?:at least |about |approximately |~\s?)?{_RANGE}\s*-?"
        rf"{_HALF_DAY}\b|(?<![\d.]){_RANGE}[ -]?(?:minute|min|hour|hr|h)\s+infusion\b|\bcontinuous (?:iv |intravenous )?infusion"
        r"|\bcontinuous(?:ly)?\b|\b(?:slow )?(?:iv )?(?:push|bolus)\b(?! dose)",
    ),
    (
        "most doses",
        rf"\b{_MOST}\s*{_MANY}\s*(?:total\s+)?{_COUNTED}(?:\s+(?:in total|total|in all|overall))?(?!\s*(?:in|per|/|within|every)\b)"
        rf"|(?<![\d.-]){_MANY}\s*{_COUNTED}\s+(?:in total|total|in all|maximum|max|at most)\b"
        rf"|\btotal(?: of)?\s+{_MANY}\s*{_COUNTED}\b|\b(?:x|for)\s*{_MANY}\s*{_COUNTED}\b",
    ),
    ("once", r"\bsingle[- ](?:dose|infusion|injection|bolus)\b|\bas a single\b|\bonce only\b|\bone[- ]time\b|\bone dose\b"),
    ("once", rf"(?<![\d.-])1\s+{_COUNTED}\b|(?<![a-z\d])x\s?1(?![\d.-]|\s*(?:d|h|day|wk|week|month|dose|10)(?![a-z])|\s*(?:days|weeks|months|doses|hours?|hrs?)\b)|\bstat\b"),
    (
        "repeat",
        r"\b(?:may |can |could |should |to )?(?:be )?repeat(?:ed|ing)?(?:\s+(?:dose|once|after|in|every|at|if|up|x|the|as|q\d*h?)\b"
        r"[^.;,\n()]*)?",
    ),
    ("count", rf"\b(?:and )?up to {_MANY} (?:more|additional|further|times|repeats?)\b"),
    ("count", rf"(?:{_MOST}\s*|{_COMPARE}\s*)?(?<![\d.-]){_MANY}\s*(?:more\s+|additional\s+|further\s+|repeat\s+|divided\s+|"
              rf"equal\s+)*{_COUNTED}\b(?:\s+(?:per|a|in|/|within)\s*(?:\d+\s*)?(?:h|hours?|hrs?|day|days|week|episode|course)\b)?"),
    (
        "duration",
        rf"(?:\b(?:for|x|times)\s*|(?<![a-z\d])x)(?:at least |up to |a total of |about |approximately |another |{_COMPARE}\s*)?"
        rf"(?<![\d.]){_RANGE}\s*-?(?:{_LONG}|{_HALF_DAY})(?![a-z\d])(?:\s+(?:only|total|in total))?",
    ),
    ("duration", rf"\bover\s+{_RANGE}\s*-?{_LONG}(?![a-z\d])"),
    ("duration", rf"(?<![\d.]){_RANGE}[ -]?(?:days?|weeks?|months?)[ -](?:course|total|of therapy|of treatment|minimum)\b"),
    ("duration", r"\b(?:indefinitely|lifelong|life-long|long[- ]term|ongoing)\b"),
    (
        "time",
        rf"(?:(?:within|after|before|at|by|in|every|first|last|past|next|{_COMPARE}|~)\s*)*(?<![\d.a-z]){_RANGE}\s*-?"
        rf"(?:{_LONG}|{_HALF_DAY})(?![a-z\d])(?:\s+(?:before|after|prior to|later|post|from|of)\b)?",
    ),
)  # fmt: skip
_UNTIL = re.compile(r"\b(?:continue(?:d)? )?(?:until|till|while|as long as)\s[^.;\n()]*")
_AT = re.compile(
    r"\bonce\b(?!\s+(?:daily|a |per |weekly|monthly|every|the|crs|improv|resol|able|there|at grade|grade|stable|afebrile))"
)


@dataclass(frozen=True, slots=True)
class Course:
    """A piece of the course as it stands in a text."""

    kind: CourseKind
    """ "duration" | "schedule" | "infusion" | "once" | "count" | "most doses" | "repeat" | "time"."""
    begin: int
    """Offset of the first character."""
    end: int
    """Offset behind the last character."""
    most: int | None = None
    """Most doses in all, where kind is "most doses"."""


def read_courses(text: str) -> tuple[Course, ...]:
    """Find the pieces in order of their rules; they may overlap, the earlier rule is the surer one."""
    plain = uniform(text)
    found = []
    for kind, pattern in _RULES:
        for match in re.finditer(pattern, plain):
            begin, end = _trim(plain, match.start(), match.end())
            found.append(Course(kind, begin, end, _most(match.group()) if kind == "most doses" else None))
    found.extend(Course("once", match.start(), match.end()) for match in _AT.finditer(plain))
    return tuple(found)


def read_untils(text: str) -> tuple[Course, ...]:
    """Find "until ..." clauses, up to the end of the clause or the word that begins the next step."""
    plain = uniform(text)
    found = []
    for match in _UNTIL.finditer(plain):
        words = re.split(r",?\s*\b(?:then|followed by|thereafter)\b|,\s", match.group())[0]
        begin, end = _trim(plain, match.start(), match.start() + len(words))
        found.append(Course("duration", begin, end))
    return tuple(found)


def _trim(plain: str, begin: int, end: int) -> tuple[int, int]:
    words = plain[begin:end]
    return begin + len(words) - len(words.lstrip()), begin + len(words.rstrip(" ,"))


_SPELLED = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def _most(words: str) -> int | None:
    """Give the larger number of doses that the words name."""
    numbers = [_SPELLED.get(word) or int(word) for word in re.findall(rf"\b(?:{'|'.join(_SPELLED)}|\d+)\b", words)]
    return max(numbers, default=None)
