"""Levels of risk ("high risk", "Intermediate:") by which pages tell the doses of a drug apart."""

import re
from collections.abc import Sequence

from wardbook.dosing.asked_words import DoseQuery, positive, words_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.lazy_regex import lazy_regex

_ALIKE = {"moderate": "intermediate", "average": "standard"}
_LEVELS = frozenset({"high", "low", "intermediate", "standard", *_ALIKE})
OF_RISK = _LEVELS | {"risk", "group"}
"""Words for a group of patients by their risk, as `words_of` gives them."""
_ASKED = lazy_regex(
    r"\b(high|low|intermediate|moderate|standard|average)"
    r"(?: ?(?:-|/|to|or) ?(high|low|intermediate|moderate|standard))?[- ]risk\b|"
    r"\brisk(?: group)?(?: is)?:? (high|low|intermediate|moderate|standard|average)\b"
)


def asked_levels(text: str) -> frozenset[str]:
    """Give the levels of risk that a question names."""
    found = (each for match in _ASKED.findall(positive(text)) for each in match if each)
    return frozenset(_ALIKE.get(each, each) for each in found)


_OPENING = lazy_regex(r"[\W\d]*([^:.;]{3,30}):")


def own_levels(regimen: Regimen) -> frozenset[str]:
    """Give the levels of risk that a row is labelled by: a label that says nothing else ("High", "Risk group: low")."""
    opening = _OPENING.match(regimen.verbatim) if regimen.from_text else None
    labels = (regimen.indication, regimen.severity, regimen.population, *regimen.notes, opening and opening[1])
    parts = (words_of(part) for label in labels if label for part in re.split(r"[:;]", uniform(label)))
    levels = frozenset[str]().union(*(words & _LEVELS for words in parts if words and words <= OF_RISK))
    return frozenset(_ALIKE.get(each, each) for each in levels)


def lacks_level(regimens: Sequence[Regimen], query: DoseQuery) -> str:
    """Say so where rows go by levels of risk and none is for the one that is asked; else ""."""
    asked = asked_levels(query.words)
    own = [levels for row in regimens if (levels := own_levels(row))] if asked else []
    if not own or any(asked & levels for levels in own):
        return ""
    given = ", ".join(sorted(frozenset[str]().union(*own)))
    return f"no regimen of {query.drug} is given for {' or '.join(sorted(asked))} risk, only for {given} risk"


def of_level(regimens: Sequence[Regimen], query: DoseQuery) -> list[Regimen]:
    """Leave out rows without a level of risk, and band, where others of their page are for the level asked."""
    asked = asked_levels(query.words)
    pages = {row.page for row in regimens if row.amount and asked & own_levels(row)} if asked else set[str]()
    return [row for row in regimens if row.page not in pages or row.bands or own_levels(row)]


def of_other_risk(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether a row is labelled by levels of risk of which the question, which names one, has none."""
    asked = asked_levels(query.words)
    own = own_levels(regimen) if asked else asked
    return bool(own) and not own & asked
