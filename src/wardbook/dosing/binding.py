"""Which drug an amount of a text belongs to, as far as the published names tell."""

import re
from functools import cache, lru_cache

from wardbook.dosing.drug import DrugMention, DrugNames
from wardbook.kept import OF_BOTH
from wardbook.lazy_regex import lazy_regex

_ADJACENT = lazy_regex(r"\s*(?:(?:of|iv|po|sc|im|oral|intravenous|subcutaneous)\s+){0,2}\Z", re.IGNORECASE)


@cache
def _names() -> DrugNames:
    return DrugNames({}, {}, frozenset())


def drug_at(text: str, mentions: tuple[DrugMention, ...], begin: int, end: int) -> str | None:
    """Give the drug of the amount between two offsets: one that follows at once, else the nearest before it."""
    after = next((mention for mention in mentions if mention.begin >= end), None)
    if after and _ADJACENT.match(text[end : after.begin]):
        return after.drug
    before = [mention for mention in mentions if mention.end <= begin]
    return before[-1].drug if before else None


@lru_cache(maxsize=OF_BOTH)
def mentions_of(text: str) -> tuple[DrugMention, ...]:
    """Find the drugs that a text names, by published names."""
    return _names().find(text)
