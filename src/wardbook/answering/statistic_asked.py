"""Whether a statement gives the statistic that a question names: a p value is no relative risk, and no interval."""

import re
from functools import lru_cache

from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_STATISTICS = tuple(
    (lazy_regex(asked), lazy_regex(given, re.IGNORECASE))
    for asked, given in (
        (r"\bp[ -]?values?\b|\bp ?=", r"\bp[ -]?values?\b|\bp\s?(?:[=<>≤≥]|0?\.\d)"),
        (r"\bhazard ratios?\b", r"\bhazard ratios?\b|\ba?HRs?\b"),
        (r"\bodds ratios?\b", r"\bodds ratios?\b|(?-i:\ba?ORs?\b)"),
        (
            r"\b(?:relative risks?|risk ratios?|rate ratios?)\b(?! reduc)",
            r"\b(?:relative risks?|risk ratios?|rate ratios?|I?RRs?)\b",
        ),
        (
            r"\bconfidence intervals?\b|\b\d\d ?% ?ci\b|\b(?:what|which)(?: is| was)?(?: the)? ci\b",
            r"\bconfidence intervals?\b|\bCI\b|[(\[]\s*\d[\d.]*\s*(?:-|–|to|,)\s*\d[\d.]*\s*[)\]]",
        ),
        (r"\bpfs\b|\bprogression[- ]free\b", r"\b(?:m?PFS|progression[- ]free)\b"),
        (r"\bo\.?r\.?r\b|\boverall response\b", r"\bORR\b|\boverall response\b"),
        (r"\boverall survival\b", r"\bOS\b|\bsurviv|\balive\b"),
        (
            r"\bnumbers? needed to (?:treat|harm)\b|\bnn[th]\b",
            r"\bnumbers? needed to (?:treat|harm)\b|\bNN[TH]\b",
        ),
    )
)
"""What asks for a statistic by its name, over uniform text, and what shows in words as written that it is given."""
_OF_INTERACTION = lazy_regex(r"\b(?:interactions?|heterogeneity|trend)\b", re.IGNORECASE)
"""A p value of something else than of a difference."""


@lru_cache(maxsize=256)
def statistics_asked(question: str) -> tuple[re.Pattern[str], ...]:
    """Give the patterns of what shows that a statistic is given, one for each that a question names."""
    plain = uniform(question)
    return tuple(given for asked, given in _STATISTICS if asked.search(plain))


def gives_statistic(question: str, words: str) -> bool:
    """Tell whether words give a statistic that the question names; True where it names none."""
    asked = statistics_asked(question)
    given = any(each.search(words) for each in asked) and re.search(r"\d|\bno[tn]?\b", words)
    other = len(asked) == 1 and _OF_INTERACTION.search(words) and not _OF_INTERACTION.search(question)
    return not asked or bool(given and not other)
