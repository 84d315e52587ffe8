"""Grades: which grades a text covers, so that "grade >= 2" holds for 3 and "severe" only where the page says severe."""

import re

from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

HIGHEST = 5
"""Highest grade of the common scales (CTCAE, ASTCT); 5 is death."""
_LEAD = r"(?:[<>≤≥]=?|at least|at most|above|below|up to|from)"
_MORE = (
    r"(?:\s*\+|,?\s*(?:or|and) (?:above|higher|more|over|worse|greater|beyond|up(?:wards?)?)\b"
    r"|\s*(?:onwards?|upwards?)\b|(?<=[0-5]) on(?=\W*$)|,?\s*(?:or|and) (?:below|lower|less|under|better)\b)"
)
BOUND = (_LEAD, _MORE)
"""Patterns, over uniform text, of what before and behind a grade makes it a bound ("at least", "or higher")."""
_GRADE = lazy_regex(
    rf"(?:(?P<lead>{_LEAD})\s*)?\b(?:grades?|gr\.?|g|stages?)[ -]?\s*"
    r"(?P<sign>[<>≤≥]=?|at least|at most|above|below|over|under|up to)?\s*"
    r"(?P<list>[0-5](?:\s*(?:-|to|or|and|/|,|&)+\s*(?:grades?\s*|g)?[0-5](?![\d.]))*)"
    rf"(?P<more>{_MORE})?(?![\d.])"
)
_BARE = lazy_regex(r"\s*(?:[<>≤≥]=?\s*|at least |at most )?[0-5](?![\d.%]|\s*(?:mg|g|mcg|kg|days?|hours?|h|x)\b)")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
_WORD = lazy_regex(
    r"(?<!how )\b((?:non|not)[ -]?(?:severe|critical|life.threatening)|mild|moderate|severe|life.threatening|critical|"
    r"fatal|fulminant)\b"
)
_ANY = lazy_regex(r"\b(?:any|all) grades?\b")


def grades(text: str) -> frozenset[int]:
    """Give the grades that a text covers ("grade 3-4", "G2", "grade >= 2", "grade 2 or above"); empty for none."""
    plain = _arabic(uniform(text))
    found: set[int] = set(range(HIGHEST + 1)) if _ANY.search(plain) else set()
    for match in _GRADE.finditer(plain):
        found |= _covered(match)
    return frozenset(found)


def stated_grades(severity: str) -> frozenset[int]:
    """Give the grades of a severity as a row states it, where a bare figure is one ("2", "III-IV", "II other, III")."""
    if found := grades(severity):
        return found
    parts = (uniform(part).strip() for part in severity.split(","))
    bare = (part for part in parts if _BARE.match(part) or _BARE_ROMAN.match(part))
    return frozenset[int]().union(*(grades(f"grade {_BARE_ROMAN.sub(_without_letter, part)}") for part in bare))


_BARE_ROMAN = lazy_regex(r"(iii|iv|ii|i|v)[a-d]?\b")


def _without_letter(match: re.Match[str]) -> str:
    """Give a Roman grade without the letter of its part ("IIa")."""
    return str(match[1])


def _arabic(plain: str) -> str:
    """Write Roman grades in figures ("grade iii-iv"), and only those that follow the word."""
    return re.sub(
        r"\b(grades?|gr\.?|stages?)(\s*)((?:iii|iv|ii|i|v)\b(?:\s*(?:-|to|or|and|/|,)\s*(?:iii|iv|ii|i|v)\b)*)",
        lambda m: m[1] + m[2] + re.sub(r"iii|iv|ii|i|v", lambda roman: _ROMAN[roman[0]], m[3]),
        plain,
    )


def _covered(match: re.Match[str]) -> set[int]:
    digits = [int(digit) for digit in re.findall(r"\d", re.sub(r"(?:grades?|g)\s*(?=\d)", "", match["list"]))]
    covered = set(digits)
    if re.search(r"\d\s*(?:-|to)\s*(?:grades?\s*|g)?\d", match["list"]):
        covered = set(range(min(digits), max(digits) + 1))
    sign, more = match["sign"] or match["lead"] or "", match["more"] or ""
    if sign in (">", "above", "over"):
        return set(range(max(digits) + 1, HIGHEST + 1))
    if sign in ("<", "below", "under"):
        return set(range(min(digits)))
    onward = "+" in more or re.search(r"above|higher|more|over|worse|greater|beyond|up|\bon", more)
    if sign in (">=", "≥", "at least") or onward:
        return set(range(min(digits), HIGHEST + 1))
    if sign in ("<=", "≤", "at most", "up to") or re.search(r"below|lower|less|under|better", more):
        return set(range(max(digits) + 1))
    return covered


def severity_words(text: str) -> frozenset[str]:
    """Give the words for a severity in a text ("severe", "life-threatening"); "non-severe" is one of its own."""
    found = (re.sub(r"^(?:non|not)[ -]?", "non-", match) for match in _WORD.findall(uniform(text)))
    return frozenset(match.replace(" ", "-") for match in found)


_STOPPED = lazy_regex(
    r"(?i:(?<=;)\s*(?:grades?|gr\.?|g)\s*[<>≤≥]?=?\s*[0-5](?:\s*-\s*[0-5])?\s*:?\s*(?:permanently\s+)?"
    r"(?:stop|hold|withhold|discontinue|omit)\b)"
)


def without_stopped(text: str) -> str:
    """Leave blank the grades of a further clause at which something is stopped ("10 mg q6h; G4 stop")."""
    return _STOPPED.sub(lambda match: " " * len(match[0]), text) if ";" in text else text
