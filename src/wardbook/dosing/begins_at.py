"""Statements that a drug is given from some severity on ("treat from severe up"): below it, it is not given."""

import re
from collections.abc import Iterator

from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.drug_vocabulary import published
from wardbook.dosing.fitting import asked_severity
from wardbook.dosing.notation import uniform
from wardbook.dosing.severity import grades, severity_words
from wardbook.lazy_regex import lazy_regex

_ORDER = {"mild": 1, "moderate": 2, "severe": 3, "critical": 4, "life-threatening": 4, "fulminant": 4}
"""Words for severity, the worse the higher; those that only deny one ("non-severe") have no place."""
_GIVEN = lazy_regex(
    r"\b(?:treat(?:ed|ment|s|ing)?|giv(?:e|en|ing)|us(?:e|ed)|start(?:ed|s|ing)?|begin\w*|indicated|reserved?|add(?:ed)?|"
    r"prescribe[ds]?|drug|therapy|only)\b"
)
_LEVEL = (
    r"(?:(?:a )?(?:very )?(?:mild|moderate|severe|life.threatening|critical|fulminant)|"
    r"(?:grade|stage) ?(?:[1-4]|iv|i{1,3}))"
)
_FROM = lazy_regex(
    r"(?<!recovery )(?<!recovering )(?<!recovered )(?<!improves )(?<!down )\b(?:only )?"
    rf"from {_LEVEL}\b(?!\s*(?:to|-|–)\b)|"
    rf"\b(?:only|reserved?|not (?:before|below|under|until)|starting|start(?:s|ed)? (?:at|with))"
    rf" (?:(?:in|for|if|when|with|at|once) )?(?:it is )?{_LEVEL}\b|"
    rf"\b(?:in|for|if|at|when|with) {_LEVEL}(?: disease)?(?: (?:or|and) (?:worse|above|more|higher|up)\b| ?\+| only\b)"
)
"""From where on: a range ("from mild to severe") has no such beginning."""


def begins_above(words: str, query: DoseQuery) -> bool:
    """Tell whether a statement about the drug gives it from a severity on that is above the one asked."""
    asked, asked_words = asked_severity(query)
    if not (asked or asked_words):
        return False
    worst = max((_ORDER.get(word, 5) for word in asked_words), default=0)
    for match in _beginnings(words, query.drug):
        level = match[0]
        stated = grades(level)
        if asked and stated and max(asked) < min(stated):
            return True
        named = [_ORDER[word] for word in severity_words(level) if word in _ORDER]
        if asked_words and named and not asked and worst < min(named):
            return True
    return False


def _beginnings(words: str, drug: str) -> Iterator[re.Match[str]]:
    """Yield where clauses that say of the drug that it is given say from where on; of another drug they do not."""
    known = published().names
    for clause in re.split(r"[;:]|\.\s|\n", uniform(words.replace("*", ""))):
        named = {known[word] for word in re.findall(r"[a-z][a-z-]+", clause) if word in known}
        if (drug in named or drug in clause or not named) and _GIVEN.search(clause):
            yield from _FROM.finditer(clause)
