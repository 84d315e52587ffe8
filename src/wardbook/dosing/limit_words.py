"""Words of a maximum: the clause that states it, the phase that it is of, the patients whom alone it is for."""

import re

from wardbook.dosing.notation import uniform
from wardbook.dosing.patient_group import SPECIAL, groups_of
from wardbook.lazy_regex import lazy_regex

_PHASES = lazy_regex(r"\b(load|maintenance|induction|bolus)(?:ing|es|s)?\b")
_OPENS = lazy_regex(
    r"\W*(?:the\s+)?(?:(?:absolute|single|daily|total|rate|infusion)\s+)?(?:doses?\s+(?:(?:is|are|should|must|be)\s+)*)?"
    r"(?:max|(?:do |must |should )?(?:not|never)\s+(?:to )?(?:exceed|give more|go)"
    r"|(?:no|not|never) (?:more|above|over|higher|greater)|at most|limit|total|cap(?:ped)?\b|up to \w+ doses)"
)


def opens_limit(words: str) -> bool:
    """Tell whether a sentence opens as one that states a maximum ("Do not exceed ...", "Max 2 g.")."""
    return _OPENS.match(uniform(words)) is not None


_CONDITION = lazy_regex(
    r"\b(?:if|in|when|where|unless|with|without|for|under|aged?|on|after|before|while|during)\b|[<>≤≥]"
)


_MAXIMUM = lazy_regex(
    r"\bmax|\bexceed|\bcap(?:ped)?\b|\bceiling|\blimit|\b(?:no|not|never) (?:more|above|over|higher|greater)\b"
)


_BASIS = lazy_regex(
    r"\b(?:based )?on (?:the )?(?:(?:actual|ideal|adjusted|dosing|lean|total|real|true|measured|dry|current)\s+)+"
    r"(?:body\s*)?(?:weight|surface(?: area)?)\b"
)
"""What doses are worked out by ("on actual weight"): it says of all patients, and is no condition."""


def speaks_of_maximum(words: str) -> bool:
    """Tell whether a sentence calls an amount the most that is given; "up to 2 mg/kg" may be a dose to choose."""
    return _MAXIMUM.search(uniform(words)) is not None


def limit_clause(words: str) -> str | None:
    """Give the clause of a sentence that opens as one that states a maximum, None where none does.

    "X: give slowly, maximum 150 mg": what stands before must name no condition, which would make it a maximum for some.
    """
    if opens_limit(words):
        return words
    for begin in re.finditer(r"[;:,](?!\d)\s*", words):
        if opens_limit(words[begin.end() :]):
            return None if _CONDITION.search(_BASIS.sub(" ", uniform(words[: begin.start()]))) else words[begin.end() :]
    return None


def phases_of(words: str) -> frozenset[str]:
    """Give the phases that words name ("maximum loading dose" → load), a bolus and a load as one."""
    return frozenset("load" if found == "bolus" else found for found in _PHASES.findall(uniform(words)))


_CLAUSE = lazy_regex(r"[;()\n]|\.(?!\d)")
_GROUP = lazy_regex(r"\b(?:in|if|for|when|with|during|on)\b")
_IF = lazy_regex(
    r"[\s,]*(?:(?:per|/|a) ?(?:day|dose)|daily)?[\s,]*\b(?:if|when)\b"
    r"(?!\s+(?:\w+\s+)?(?:needed|required|necessary|tolerated|given|used))"
)


def patients_of(before: str, after: str) -> str | None:
    """Give the words beside a maximum by which it is for some patients only ("... in renal failure"), or None.

    `before` reaches back to the dose or the beginning of the text; neither holds the words of the maximum itself.
    """
    ahead = before[max((match.end() for match in _CLAUSE.finditer(before)), default=0) :]
    stop = _CLAUSE.search(after)
    behind = after[: stop.start()] if stop else after
    if _IF.match(uniform(behind)):
        return behind.strip(" ,")
    for words in (ahead, behind):
        for match in _GROUP.finditer(uniform(words)):
            if groups_of(words[match.end() :]) & set(SPECIAL):
                return words[match.start() :].strip(" ,:")
    return None
