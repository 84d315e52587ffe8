"""Whether a question asks for the rate at which a drug runs: "rate" is said of many things that are no infusion."""

import re
from collections.abc import Iterable

from wardbook.dosing.drug import DrugNames
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import of_drug
from wardbook.lazy_regex import lazy_regex

_BEHIND = lazy_regex(r"(?:\s+(?:iv|infusion|drip|pump|continuous))*\s+rate\b", re.IGNORECASE)
_BEFORE = lazy_regex(
    r"(?:^|\b(?:infusion|drip|pump|start|starting|initial|max|maximum|the|what|which|at)\s+)"
    r"rate\s+(?:of|for|on|to (?:run|start|give|set))(?:\s+(?:the|an?|iv))*\s+$",
    re.IGNORECASE,
)
_ASKED = lazy_regex(r"\b(?:what|which)\s+rate\b(?!\s+of\b)", re.IGNORECASE)

_THRESHOLD = lazy_regex(r"\bat (?:what|which)\b[^?.;]*\brate\s+(?:do|does|should|is|are|can|must)\b", re.IGNORECASE)
"""Asks at which rate something else is done ("at what X rate is Y added")."""


def rate_asked(text: str, drugs: DrugNames) -> str | None:
    """Give the drug right beside which a question asks for a rate ("X rate", "rate of X", "what rate ... X")."""
    if _THRESHOLD.search(text):
        return None
    for each in drugs.find(text):
        before = text[: each.begin]
        if _BEHIND.match(text, each.end) or _BEFORE.search(before) or _ASKED.search(before):
            return each.drug
    return None


_RUNS = lazy_regex(
    r"\b(?:infusion|drip|pump)s?\b[^.;?]*\brates?\b|\brates? of (?:the )?(?:infusion|drip)\b|\bml ?/ ?h|"
    r"\b(?:infusion|drip)s? max\w*\b|\bmax\w* (?:(?:for|of) )?(?:an? |the )?(?:[\w-]+ )?(?:infusion|drip)\b|"
    r"\bover how (?:long|many (?:min\w*|h\w*))|"
    r"\bhow (?:long|fast|quick\w*|slow\w*)\b[^.;?]{0,20}\b(?:run|infused?|pushed?)\b",
    re.IGNORECASE,
)
_RATE = lazy_regex(
    r"\d[^.;|]{0,15}(?:/|\bper )\s*(?:kg ?/ ?)?(?:h|hrs?|hours?|min|minutes?)\b|\b(?:no rate|rates?\b[^.;]{0,40}\d)\b|"
    r"\b(?:over|in|within|during|for|infus\w*)\s+(?:at least |about |approximately )?"
    r"(?:\d[\d.]*(?:\s*(?:-|–|to)\s*\d[\d.]*)?|an?|one|two|half an)\s*-?(?:h|hrs?|hours?|min|mins|minutes?)\b|"
    r"\b(?:bolus|slow(?:ly)?|push|rapid(?:ly)?)\b",
    re.IGNORECASE,
)


def asks_how_it_runs(text: str, drugs: DrugNames) -> bool:
    """Tell whether nothing but the rate of a drug's infusion will do ("X infusion rate", "X in mL/h")."""
    return bool(_RUNS.search(text)) and bool(drugs.find(text)) and not _THRESHOLD.search(text)


def gives_rate(text: str) -> bool:
    """Tell whether words say how fast something runs: so much an hour or minute, or over how long."""
    return _RATE.search(text) is not None


def runs_at_rate(drug: str | None, regimens: Iterable[Regimen]) -> bool:
    """Tell whether the pages give a drug by the hour or the minute."""
    own = of_drug(regimens, drug) if drug else []
    return any(each.per_time in ("h", "min") for each in own if not each.evidence)
