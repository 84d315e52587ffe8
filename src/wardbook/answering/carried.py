"""What a sentence goes on about without naming it: "Evidence for it is poor", "Contraindicated in ..."."""

import re
from collections.abc import Sequence

from wardbook.corpus.unit import Unit
from wardbook.lazy_regex import lazy_regex

MOST_CARRIED = 2
"""Sentences before one that may name what it is about."""
_GOES_ON = lazy_regex(
    r"\b(?:it|its|it['’]s)\b|"
    r"^\W*(?:contra-?indicated|not (?:in|for|with|if|when)|avoid (?:in|with|if)|never (?:in|with))\b",
    re.IGNORECASE,
)


def goes_on(text: str) -> bool:
    """Tell whether a sentence speaks of what those before it name."""
    return _GOES_ON.search(text) is not None


def labelled(units: Sequence[Unit], at: int) -> Unit | None:
    """Give the sentence whose label ("Rasburicase: in 50 mL.") opens the paragraph of one that has none itself."""
    unit = units[at]
    if unit.kind != "sentence" or _LABEL.match(unit.text):
        return None
    before = [each for each in units[max(at - MOST_LABELLED, 0) : at] if each.block == unit.block]
    found = next((each for each in reversed(before) if _LABEL.match(each.text)), None)
    return found if found and found.section == unit.section and found is before[0] else None


_LABEL = lazy_regex(r"[^\W\d_][^.:;!?\d]{2,40}:\s")
"""What a paragraph is on, named at its beginning."""
MOST_LABELLED = 8
"""Sentences of a paragraph before one, among which its label may stand."""


def carried(units: Sequence[Unit], at: int) -> str:
    """Give the sentences of a paragraph before one that goes on about what they name, or the one with its label."""
    unit = units[at]
    if unit.kind != "sentence":
        return ""
    if not goes_on(unit.text):
        label = labelled(units, at)
        return label.text.partition(":")[0] if label else _study(units, at)
    before = units[max(at - MOST_CARRIED, 0) : at]
    return " ".join(each.text for each in before if each.block == unit.block and each.kind == "sentence")


def _study(units: Sequence[Unit], at: int) -> str:
    """Give the sentence that opens a paragraph with the study whose result a later one gives; "" for any other."""
    unit = units[at]
    first = next(each for each in units[max(at - MOST_LABELLED, 0) :] if each.block == unit.block)
    told = first is not unit and first.kind == "sentence" and _OF_STUDY.search(first.text) and _RESULT.match(unit.text)
    return first.text if told else ""


_OF_STUDY = lazy_regex(
    r"\bn ?= ?\d|\bvs\.?\b|\bversus\b|\bphase [1-4]\b|\brandomi[sz]ed\b|\bsingle[- ]arm\b", re.IGNORECASE
)
_RESULT = lazy_regex(
    r"(?:[PDERLT]FS|OS|ORR|CRR?|MRD|HR|RR|TTP|NRM)\b|(?:median|overall|progression|event|response|complete|remission|"
    r"survival|deaths?|mortality|grade ?(?:>=|≥)? ?\d|CRS|ICANS|infections?)\b[^.]*\d",
    re.IGNORECASE,
)
"""A study, and how a sentence begins that gives a result of one."""
