"""Grades: which grades a text covers, so that "grade >= 2" holds for 3 and "severe" only where the page says severe."""

import re

from wardbook.dosing.notation import uniform

HIGHEST = 5
"""Highest grade of the common scales (CTCAE, ASTCT); 5 is death."""
_GRADE = re.compile(
    r"\b(?:grades?|gr\.?|g|stages?)[ -]?\s*(?P<sign>[<>≤≥]=?|at least|at most|above|below|over|under|up to)?\s*"
    r"(?P<list>[0-5](?:\s*(?:-|to|or|and|/|,|&)+\s*(?:grades?\s*|g)?[0-5](?![\d.]))*)(?P<more>\s*\+|\s*(?:or|and) "
    r"(?:above|higher|more|over|worse|greater|up)|\s*(?:or|and) (?:below|lower|less|under))?(?![\d.])"
)
_WORD = re.compile(r"\b(mild|moderate|severe|life.threatening|critical|fatal)\b")
_ANY = re.compile(r"\b(?:any|all) grades?\b")


def grades(text: str) -> frozenset[int]:
    """Give the grades that a text covers ("grade 3-4", "G2", "grade >= 2", "grade 2 or above"); empty for none."""
    plain = uniform(text)
    found: set[int] = set(range(HIGHEST + 1)) if _ANY.search(plain) else set()
    for match in _GRADE.finditer(plain):
        found |= _covered(match)
    return frozenset(found)


def _covered(match: re.Match[str]) -> set[int]:
    digits = [int(digit) for digit in re.findall(r"\d", re.sub(r"(?:grades?|g)\s*(?=\d)", "", match["list"]))]
    covered = set(digits)
    if re.search(r"\d\s*(?:-|to)\s*(?:grades?\s*|g)?\d", match["list"]):
        covered = set(range(min(digits), max(digits) + 1))
    sign, more = match["sign"] or "", match["more"] or ""
    if sign in (">", "above", "over"):
        return set(range(max(digits) + 1, HIGHEST + 1))
    if sign in ("<", "below", "under"):
        return set(range(min(digits)))
    if sign in (">=", "≥", "at least") or "+" in more or re.search(r"above|higher|more|over|worse|greater|up", more):
        return set(range(min(digits), HIGHEST + 1))
    if sign in ("<=", "≤", "at most", "up to") or re.search(r"below|lower|less|under", more):
        return set(range(max(digits) + 1))
    return covered


def severity_words(text: str) -> frozenset[str]:
    """Give the words for a severity in a text ("severe", "life-threatening")."""
    return frozenset(match.replace(" ", "-") for match in _WORD.findall(uniform(text)))
