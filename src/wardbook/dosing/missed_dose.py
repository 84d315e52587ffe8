"""Doses for who missed one or had it late: they are never the dose that is asked for otherwise."""

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.lazy_regex import lazy_regex

_MISSED = r"(?:missed|late|delayed|forgotten|omitted|skipped|interrupted|vomited)"
_GIVEN = (
    r"(?:dos(?:es?|ing)|tablets?|capsules?|(?:injection|infusion)s?(?!\W+(?:[a-z]+\W+)?(?:reaction|site|toxicity)))"
)
_NOT_GIVEN = (
    rf"(?!(?:delayed|interrupted)\W+(?:injection|infusion)){_MISSED}(?:\W+(?:or|and)\W+{_MISSED})*\W+{_GIVEN}\b"
)
"""What was not given when it was due stands right behind: "delayed clearance" is of something else, and an infusion
may be delayed or interrupted by intent."""
_HEADING = lazy_regex(
    rf"\b(?:{_NOT_GIVEN}|(?:missed|forgotten|omitted|skipped)\b.*\b{_GIVEN}\b|vomited\b.*\bdos(?:es?|ing)\b)"
)
"""A heading on such doses."""
_LABEL = lazy_regex(
    rf"\W*(?:(?:if|when|for|after|in case of|what to do|with|an?|the|any|one|two|or more|more than|\d+)\W+)*"
    rf"(?:{_NOT_GIVEN}|"
    r"(?:missed|forgotten)\W*$|(?:late|missed|delayed) by\b|"
    rf"{_GIVEN}\W+(?:(?:is|are|was|were|has|have|been|a|by)\W+)*{_MISSED}\b|"
    r"(?:(?:he|she|they|patient|child|the)\s+)*"
    r"(?:misses|forgets|vomit(?:s|ed)\W+(?:within|<|in\b|after|(?:a|the) dose))\b)|"
    r"\W*if (?:missed|forgotten|vomited|late)\W*$"
)
"""Opens a row, a column or a sentence on such a dose."""
ASKED = lazy_regex(
    r"\b(?:miss|late|delay|forg[eo]t|omit|skip|interrupt|vomit|gap|break|pause|restart|re-start|resum|ago|last|since|hold|"
    r"held|holiday|days? after|weeks? after|go(?:ing)? on|start again)"
)
"""Words of a question that may ask for such a dose."""


def is_of_missed(regimen: Regimen) -> bool:
    """Tell whether heading, row, column or sentence of a dose say that it is for who missed one or had it late.

    What a column beside it says of a missed dose ("Missed dose: skip it") is a note of a dose that is none.
    """
    if _HEADING.search(uniform(regimen.section.rpartition(" > ")[2])):
        return True
    if regimen.from_text:
        figures = read_amounts(regimen.verbatim)
        label = _LABEL.match(uniform(regimen.verbatim))
        return label is not None and bool(figures) and label.end() <= figures[0].begin
    own = uniform(regimen.verbatim)
    labels = (
        (regimen.indication or "").rpartition(": ")[2],
        *(each for each in regimen.notes if ": " not in each),
        *(regimen.schedule or "").split("; "),
    )
    return any(_LABEL.match(label) and label not in own and not read_amounts(label) for label in map(uniform, labels))
