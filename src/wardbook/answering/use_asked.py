"""Whether a line says who is given something or when it is used, where that is what a question asks."""

import re
from collections.abc import Sequence
from functools import lru_cache

from wardbook.answering.terms import kind_headings
from wardbook.corpus.unit import Unit
from wardbook.lazy_regex import lazy_regex

SAID = 0.35
"""What a line gains that says it, and again where its heading does."""
_ASKS_WHOM = lazy_regex(
    r"\bwho (?:gets?|needs?|has|receives?|should (?:get|have|receive|be given)|is (?:given|offered))\b|"
    r"\b(?:which|what) patients (?:get|need|have|receive|should|are)\b|\bin (?:whom|which patients)\b|"
    r"\b(?:does|do|should|must|will) (?:every(?:one|body| (?:single )?patient)|all(?: of)?(?: the| our)? patients)"
    r" (?:get|need|have|receive|be (?:given|on))\b",
    re.IGNORECASE,
)
_ASKS_USE = lazy_regex(
    r"\bwhen (?:to|do|should|would|can) (?:(?:we|you|i|one) )?"
    r"(?:use|give|consider|choose|offer|add|think of|reach for)\b|"
    r"\bwhen (?:is|are|should) [\w-]+(?: [\w-]+)? (?:be )?(?:used|given|considered|indicated|needed|added)\b|"
    r"\bwhat (?:is|are) [\w-]+(?: [\w-]+)? (?:used |given )?for(?= *\?*$)|"
    r"\bwhat (?:is |are )?(?:it|they) (?:used |given )?for\b",
    re.IGNORECASE,
)
_WHOM = lazy_regex(
    r"\b(?:to|in|for|if|all|any|only)(?: (?:all|any|those|the))? (?:patients?|those|anyone|everyone|people|who)\b|"
    r"\bwho:|\bindicated\b|\bindications?:",
    re.IGNORECASE,
)
"""Says who is given something."""
_WHEN = lazy_regex(
    r"\b(?:first|second|third|next)[- ](?:line|choice)\b|\breserved? for\b|"
    r"\bnot (?:given |for |to )+(?:all|everyone)\b|"
    r"[<>≤≥] ?\d|\b(?:below|above) \d|\bonly (?:for|in|if|when|as|after)\b|"
    r"\b(?:if|when|unless|where|used (?:for|in|when|after)|given (?:for|in|when|after)|out of stock)\b",
    re.IGNORECASE,
)
"""Says when something is used."""
_NOT = lazy_regex(r"\bnot\b|\bnever\b|n['’]t\b", re.IGNORECASE)
"""Asks who is not to have it, which other rules know."""
_DOSE = lazy_regex(r"\d\s*(?:mg|g|mcg|µg|units?|mL)(?:/|\b)", re.IGNORECASE)


@lru_cache(maxsize=256)
def asks_whom(question: str) -> bool:
    """Tell whether a question asks which patients are given something ("who gets", "does everyone get")."""
    return bool(_ASKS_WHOM.search(question))


@lru_cache(maxsize=256)
def asks_use(question: str) -> bool:
    """Tell whether a question asks when or what for something is used ("when do we use", "what is it for")."""
    return bool(_ASKS_USE.search(question))


def use_fit(question: str, unit: Unit, path: Sequence[str], above: str) -> float:
    """Weigh whether a unit says who is given something or when, where that is asked; doses and dangers do not."""
    whom, use = asks_whom(question), asks_use(question)
    if not (whom or use) or _NOT.search(question):
        return 0.0
    near = " ".join(path[-1:])
    if use and _heads("safety", near):
        return -SAID
    words = " ".join([*unit.lead[-1:], unit.text])
    headed = _heads("indication", near)
    said = headed or _WHOM.search(words) or (use and _WHEN.search(words))
    fit = SAID if said else -0.3 * _heads("dose", above)
    fit += SAID * headed
    return fit - 0.2 * bool(_DOSE.search(unit.text))


@lru_cache(maxsize=20_000)
def _heads(kind: str, words: str) -> bool:
    return kind_headings()[kind].search(words) is not None
