"""Doses beside a drug that interacts: "with posaconazole: 5 mg" below another drug is its dose, for such patients."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from wardbook.dosing.asked_words import DoseQuery
from wardbook.dosing.draft import Mention
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.vocabulary import rows

_OPENS = re.compile(
    r"\W*((?:if |when |where )?(?:given |taken |used |together |patient |also )*(?:with|on|taking|receiving)\b"
    r"(?: concurrent| concomitant)?)([^:;.\d]*):(?=\s)"
)
_SMALL = re.compile(r"[\s,/()*+]|\b(?:or|and|both|either|the|an?|other|azoles?|strong|inhibitors?|inducers?)\b")


@dataclass(frozen=True, slots=True)
class BesideLabel:
    """What a line opens with."""

    end: int
    """Offset behind its colon."""
    words: str
    """As written, without the colon."""


@cache
def interacting() -> frozenset[str]:
    """Give the generic names of drugs beside which others have another dose."""
    return frozenset(name for (name,) in rows("interacting.tsv"))


def beside_label(words: str, mentions: Sequence[Mention], governing: str | None) -> BesideLabel | None:
    """Give the label that opens a line with drugs taken beside the `governing` one, or None.

    Nothing but names of interacting drugs stands in it: of any other drug the dose could be that drug's own.
    """
    match = _OPENS.match(uniform(words))
    if match is None:
        return None
    named = [each for each in mentions if match.start(2) <= each.begin and each.end <= match.end(2)]
    rest = "".join(
        " " if any(each.begin <= at < each.end for each in named) else words[at] for at in range(*match.span(2))
    )
    known = bool(named) and {each.drug for each in named} <= interacting() - {governing or ""}
    if not known or _SMALL.sub("", uniform(rest)):
        return None
    return BesideLabel(match.end(), words[match.start(1) : match.end(2)].strip())


def with_label(indication: str | None, beside: BesideLabel | None) -> str | None:
    """Put a label behind what a dose is for; what that denies ("no fever") ends before it."""
    return "; ".join(filter(None, (indication, beside.words if beside else None))) or None


def is_unasked_beside(regimen: Regimen, query: DoseQuery) -> bool:
    """Tell whether a dose is for patients on an interacting drug, and the question names no such drug."""
    label = uniform((regimen.indication or "").rpartition("; ")[2])
    if not regimen.from_text or not _OPENS.match(f"{label}: "):
        return False
    named = {drug for drug in interacting() if re.search(rf"\b{re.escape(drug)}\b", label)}
    asked = {uniform(name) for pair in query.other_drugs for name in pair}
    return bool(named) and not asked & named
