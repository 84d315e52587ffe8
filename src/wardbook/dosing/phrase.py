"""Everything that a text says of doses, in order: one closed list of phrase readers, the surer ones first.

A phrase that overlaps one already found is left out, so each character belongs to one phrase at most. Whatever holds a
number and is in no phrase comes out as a phrase of kind "number": a reader of doses must account for it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from wardbook.dosing.amount import Figure, read_amounts
from wardbook.dosing.band import Band, read_bands
from wardbook.dosing.comparator import comparator_pattern
from wardbook.dosing.course import Course, read_courses, read_untils
from wardbook.dosing.cue import cue
from wardbook.dosing.frequency import Frequency, read_frequencies
from wardbook.dosing.governed import deciding
from wardbook.dosing.notation import has_digit, uniform
from wardbook.dosing.route import Route, read_routes
from wardbook.dosing.severity import BOUND
from wardbook.dosing.vocabulary import Stems, any_of, expand, rows
from wardbook.lazy_regex import lazy_regex

Value = Figure | Frequency | Route | Band | Course | None


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of a text."""

    kind: str
    """ "amount" | "frequency" | "route" | "band" | a kind of `course` | "level" | "grade" | "mark" | "number"."""
    begin: int
    """Offset of the first character."""
    end: int
    """Offset behind the last character."""
    value: Value = None
    """What it was read as; None for a level, grade, mark or number."""


_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?|\.\d+"
_POWER = r"(?:\s*[x*]\s*10\s?(?:\^\s?\d{1,2}|[⁰¹²³⁴-⁹]{1,2}|\d)|\s*(?:million|thousand|k)\b)?"
_OTHER_UNIT = (
    r"(?:\s*(?:%|°\s?[cf]?|x\s*(?:the\s+)?(?:uln|lln)|mmhg|bpm|cells/[a-zµ³]+\d?|/[a-zµ]+[³\d]?|[cf]\b|ms\b|l/min"
    r"|points?))?"
)
_GRADE = lazy_regex(
    rf"(?:(?<![a-z]){BOUND[0]}\s*)?"
    r"(?:\b(?:grades?|gr\.?)\s*|(?<![\d.]\s)(?<![\d.])\bg(?=[0-5<>≤≥]))(?:[<>≤≥]=?\s*)?[0-5]"
    r"(?:\s*(?:-|to|or|and|/|,)\s*[0-5](?!\d|\.\d|\s*(?:mg|g|mcg|days?|h)\b))*\+?"
    rf"(?:{BOUND[1]})?(?!\d|\.\d)"
)
_MAY_GRADE = lazy_regex(r"g(?:r|[0-5<>≤≥])")
"""What every grade holds: its word, or its letter before its figure."""


@cache
def _behind_event() -> re.Pattern[str]:
    """Give the pattern of a grade that is told by its figure alone, right behind the name of what is graded."""
    behind = "|".join(rf"(?<=(?<![a-z-]){re.escape(name)} )" for (name,) in rows("graded_events.tsv"))
    units = (
        "mg|g|mcg|ml|days?|d|h|hours?|doses?|x|%|/|of|patients?|weeks?|times|courses?|years?|vials?|tab(?:let)?s?|"
        "caps?(?:ules?)?|sprays?|puffs?|drops?|infusions?|lines?|further|more|other|units?|kg|drugs?|agents?"
    )
    no_dose = rf"(?![a-z\d]|[.,]\d|\s*(?:{units})(?![a-z])|\s*(?:-|to|or)\s*\d(?:\.\d+)?\s*(?:{units})(?![a-z]))"
    return re.compile(
        rf"(?:{behind})(?:[<>≤≥]=?\s*)?[1-5]{no_dose}(?:\s*(?:-|to|or|and|/|,)\s*[1-5]{no_dose})*\+?"
        rf"(?:{BOUND[1]})?(?!\d|\.\d)"
    )


def _event_grades(plain: str) -> list[tuple[int, int]]:
    """Give where grades stand that are told by a figure alone: right behind an event, or of it in a later clause."""
    found = [match.span() for match in _behind_event().finditer(plain)] if has_digit(plain) else []
    return [*found, *(match.span(1) for match in _NEXT_GRADE.finditer(plain) if found and match.start() > found[0][1])]


_NEXT_GRADE = lazy_regex(r"[;,]\s*((?:[<>≤≥]=?\s*)?[1-5]\+)(?=\s)")
# A name with digits in it ("il-6", "cd19", "zuma-1"), unless its letters are shorthand of their own ("q6", "x3", "d5").
_NAME = lazy_regex(
    r"\b(?!(?:x|q|d|day|days|g|gr|grade|to|and|or|over|for)-?\d)[a-z]+[a-z+/]*-?\d+[a-z\d]*(?:-[a-z\d]+)*\b"
    r"|\b\d+-[a-z]{4,}\b|\b\d[a-z]{1,2}s\b"
)
_FIGURE = lazy_regex(r"\d+(?:[.,/]\d+)*")
_CHANGES = lazy_regex(
    r"\b(?:taper|titrat|increas|escalat|decreas|reduc|adjust|lower|drop|cut|wean|(?:go|come|step|bring) down)"
)


@cache
def _level() -> re.Pattern[str]:
    names = any_of(re.escape(name) for (name,) in sorted(rows("levels.tsv"), key=lambda row: -len(row[0])))
    number = rf"(?:{_NUMBER})(?:\s*(?:-|to)\s*(?:{_NUMBER}))?{_POWER}{_OTHER_UNIT}"
    sign = rf"(?:{comparator_pattern()}|=|of|:|falls? to|drops? to|rises? to|reaches)"
    dose = r"(?!\s?-?(?:mg|g|gm|mcg|units?|iu|meq|mmol|ml|tablets?|tabs?)\b(?!/[a-zµ]*l\b))"
    return re.compile(
        rf"(?<![a-z\d-])(?:{names})(?:\s+(?:count|level|concentration|titer|titre|is|was|remains?|persistently))*"
        rf"\s*{sign}\s*{number}(?:\s?[a-zµ]+/[a-zµ]+)?{dose}(?!\d|\.\d)"
        rf"|{comparator_pattern()}\s*(?:{_NUMBER})\s*(?:%|°\s?[cf]?|x\s*(?:the\s+)?uln|mmhg|bpm|ms\b)"
        rf"|(?<![\d.])(?:{_NUMBER})\s*(?:°\s?[cf]|mmhg\b|bpm\b|l/min\b|x\s*(?:the\s+)?uln\b)"
    )


def _levels(text: str, plain: str) -> Iterable[Phrase]:
    for match in _level().finditer(plain):
        yield Phrase("level", match.start(), match.end())
    for figure in read_amounts(text):
        if not figure.is_dose and figure.per in ("mL", "L", "dL", "uL"):
            begin = re.search(rf"(?:{comparator_pattern()}\s*)?$", plain[: figure.begin])
            yield Phrase("level", begin.start() if begin else figure.begin, figure.end)


def _grades(text: str, plain: str) -> Iterable[Phrase]:
    found = _GRADE.finditer(plain) if _MAY_GRADE.search(plain) else ()
    told = (*(match.span() for match in found), *_event_grades(plain))
    return (Phrase("grade", begin, end) for begin, end in told)


@cache
def _mark_patterns() -> tuple[Stems, tuple[re.Pattern[str], ...]]:
    listed = rows("marks.tsv")
    return Stems(stems.split("|") for stems, _ in listed), tuple(lazy_regex(expand(pattern)) for _, pattern in listed)


def _marks(text: str, plain: str) -> Iterable[Phrase]:
    stems, patterns = _mark_patterns()
    for at in stems.may_match(plain):
        for match in patterns[at].finditer(plain):
            yield Phrase("mark", match.start(), match.end())


def _names(text: str, plain: str) -> Iterable[Phrase]:
    return (Phrase("mark", match.start(), match.end()) for match in _NAME.finditer(plain))


@cache
def _bound() -> re.Pattern[str]:
    number = rf"(?:{_NUMBER})(?:\s*(?:-|to)\s*(?:{_NUMBER}))?"
    return re.compile(rf"{comparator_pattern()}\s*{number}(?!\d|\.\d|\s?-?[a-zµ%/])")


def _bounds(text: str, plain: str) -> Iterable[Phrase]:
    return (Phrase("level", match.start(), match.end()) for match in _bound().finditer(plain))


def _numbers(text: str, plain: str) -> Iterable[Phrase]:
    return (Phrase("number", match.start(), match.end()) for match in _FIGURE.finditer(plain))


def _amounts(text: str, plain: str) -> Iterable[Phrase]:
    return (Phrase("amount", figure.begin, figure.end, figure) for figure in read_amounts(text))


def _frequencies(text: str, plain: str) -> Iterable[Phrase]:
    return (Phrase("frequency", found.begin, found.end, found) for found in read_frequencies(text))


def _routes(text: str, plain: str) -> Iterable[Phrase]:
    return (Phrase("route", found.begin, found.end, found) for found in read_routes(text))


def _bands(text: str, plain: str) -> Iterable[Phrase]:
    return (Phrase("band", found.begin, found.end, found) for found in read_bands(text))


def _values(text: str, plain: str) -> Iterable[Phrase]:
    return (Phrase("band", found.begin, found.end, found) for found in deciding(text))


def _courses(text: str, plain: str) -> Iterable[Phrase]:
    return (Phrase(found.kind, found.begin, found.end, found) for found in read_courses(text))


def _untils(text: str, plain: str) -> Iterable[Phrase]:
    return (Phrase("duration", found.begin, found.end, found) for found in read_untils(text))


def _orders(text: str, plain: str) -> Iterable[Phrase]:
    """Clauses that tell what to do with a dose already given ("taper by 10 mg", "may repeat every 12 h")."""
    for found in read_courses(text):
        if found.kind in ("repeat", "schedule"):
            words = plain[found.begin : found.end]
            if not read_amounts(words) if found.kind == "repeat" else _CHANGES.search(words):
                yield Phrase(found.kind, found.begin, found.end, found)


READERS: tuple[Callable[[str, str], Iterable[Phrase]], ...] = (
    _orders,
    _untils,
    _values,
    _levels,
    _bands,
    _grades,
    _amounts,
    _frequencies,
    _courses,
    _marks,
    _bounds,
    _routes,
    _names,
    _numbers,
)
"""The readers, surest first."""
OF_WORDS = tuple(reader for reader in READERS if reader in (_orders, _untils, _frequencies, _courses, _marks, _routes))
"""Those that may find something in a text without a digit."""


@lru_cache(maxsize=4096)
def read_phrases(text: str, names: tuple[int, ...] = ()) -> tuple[Phrase, ...]:
    """Give the phrases of a text from left to right, none overlapping another.

    `names` are the offsets of the drugs named in it: a clause ("until ...", "taper ...") ends before the next dose.
    """
    plain = uniform(text)
    doses = tuple(
        figure.begin
        for figure in read_amounts(text)
        if figure.is_dose and not cue("reached after").match(plain[figure.end :])
    )
    taken: list[Phrase] = []
    for found in _found(text):
        phrase = _cut_short(found, plain, names, doses)
        begin, end = phrase.begin, phrase.end
        if begin < end and all(end <= kept.begin or begin >= kept.end for kept in taken):
            taken.append(phrase)
    return tuple(sorted(taken, key=lambda phrase: phrase.begin))


@lru_cache(maxsize=4096)
def _found(text: str) -> tuple[Phrase, ...]:
    """Give all that the readers find, in their order; the same whichever drugs are named."""
    plain = uniform(text)
    return tuple(found for reader in (READERS if has_digit(plain) else OF_WORDS) for found in reader(text, plain))


_MAY_HOLD: dict[str, Callable[[str], object]] = {
    "amount": read_amounts,
    "band": has_digit,
    "grade": lambda text: has_digit(text) and _may_hold_grade(uniform(text)),
}


def _may_hold_grade(plain: str) -> object:
    return (_MAY_GRADE.search(plain) and _GRADE.search(plain)) or _event_grades(plain)


def phrases_of(kind: Literal["amount", "band", "grade"], text: str) -> tuple[Phrase, ...]:
    """Give the phrases of one kind; that a text holds none is mostly told at once."""
    return tuple(phrase for phrase in read_phrases(text) if phrase.kind == kind) if _MAY_HOLD[kind](text) else ()


def _cut_short(phrase: Phrase, plain: str, names: Sequence[int], doses: Sequence[int]) -> Phrase:
    """End a clause before the dose of another drug; "until ..." before any dose."""
    if phrase.kind not in ("duration", "schedule", "repeat", "time"):
        return phrase
    until = phrase.kind == "duration"
    inside = [at for at in doses if phrase.begin < at < phrase.end]
    named = [
        at for at in names if phrase.begin < at < phrase.end and any(at < dose <= phrase.end + 2 for dose in doses)
    ]
    stops = [*named, *(inside if until else ())]
    if not stops:
        return phrase
    words = plain[phrase.begin : min(stops)]
    last = list(re.finditer(r"[,;/+&]|\b(?:or|and|plus|with|then|followed by)\b", words))
    end = phrase.begin + (last[-1].start() if last else len(words))
    return replace(phrase, end=phrase.begin + len(plain[phrase.begin : end].rstrip()))
