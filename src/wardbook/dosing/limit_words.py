"""Words of a maximum: the clause that states it, the phase that it is of, the patients whom alone it is for."""

import re

from wardbook.dosing.notation import uniform
from wardbook.dosing.patient_group import SPECIAL, groups_of
from wardbook.lazy_regex import lazy_regex

_PHASES = lazy_regex(r"\b(load|maintenance|induction|bolus)(?:ing|es|s)?\b")
_DOSES = (
    r"(?:(?:the|a|any|each|every|all|single|total|daily|individual|maintenance|loading|first|later|one|of)\s+)*"
    r"doses?\s+"
)
_BE = r"(?:(?:is|are|should|must|may|can|shall|will|be|to)\s+)*"
_AMOUNT = r"\d[\d.,]*\s?(?:mg|mcg|g|micrograms?|units?|mmol|ml)\b"
_OPENS = lazy_regex(
    r"\W*(?:the\s+)?(?:(?:absolute|single|daily|total|rate|infusion|upper|dose)\s+)?"
    rf"(?:{_DOSES}{_BE})?"
    r"(?:max|nmt\b|mdd\b|h(?:ö|oe)chst|ceiling|(?:do |must |should )?(?:not|never)\s+(?:to )?(?:exceed|give more|go)"
    rf"|(?:no|not|never) (?:to )?{_BE}(?:more|above|over|higher|greater|beyond|exceed)|at most|limit|total"
    r"|(?:dose-?)?cap(?:ped)?\b|up to \w+ doses"
    r"|tops? out|plateaus?\b|restricted to|stops? at)|"
    r"\W*(?:nobody|no one|no patient|(?:all |most )?(?:adults?|patients?|children))\s+"
    r"(?:[a-z]+\s+){0,3}?(?:no )?more than\b|"
    r"\W*we (?:stop|cap|never (?:go|give)|do not (?:go|give))\b[^.;]{0,20}?\b(?:at|above|over|beyond|more than)\b|"
    rf"\W*no (?:single |one |individual )?dose {_BE}(?:exceed|(?:greater|higher|more|larger) than|above|over)|"
    r"\W*avoid (?:single |daily |any )*doses? (?:above|over|beyond|of more than|higher than|greater than)\b|"
    rf"\W*(?:{_DOSES})?(?:of )?{_AMOUNT} (?:(?:must|should|may|can|is|are) (?:not|never) (?:to )?(?:be )?exceeded|"
    r"(?:is|are) the (?:max|largest|highest|ceiling|upper|most))|"
    rf"\W*(?:{_DOSES})?(?:(?:over|above|>|exceeding|beyond)\s*{_AMOUNT}|(?:of )?{_AMOUNT} or (?:more|above)) "
    r"(?:(?:must|should|may|can|is|are) (?:not|never) (?:to )?(?:be )?"
    r"(?:used|given|allowed|recommended|permitted|advised))"
)


def opens_limit(words: str) -> bool:
    """Tell whether a sentence opens as one that states a maximum ("Do not exceed ...", "Max 2 g.")."""
    return _OPENS.match(uniform(words)) is not None


_CONDITION = lazy_regex(
    r"\b(?:if|in|when|where|unless|with|without|for|under|aged?|on|after|before|while|during)\b|[<>≤≥]"
)


_MAXIMUM = lazy_regex(
    r"\bmax|\bexceed|\bcap(?:ped)?\b|\bceiling|\blimit|"
    r"\b(?:no|not|never) (?:to )?(?:be )?(?:more|above|over|higher|greater)\b|"
    r"\b(?:nobody|no one|no patient)\b.*\bmore than\b|\b(?:nmt|mdd)\b|\bh(?:ö|oe)chst|\btops? out\b|\bplateaus?\b"
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
