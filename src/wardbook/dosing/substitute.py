"""The drug for those who must not have the one before it ("CrCl < 30: not recommended, denosumab 60 mg SC")."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wardbook.dosing.draft import Draft
from wardbook.dosing.exclusion import Exclusion
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Condition
from wardbook.lazy_regex import lazy_regex

_GAP = lazy_regex(
    r"\s*(?:[,;:.]|->|→|-)?\s*(?:(?:then|instead|use|give|try|consider|switch to|change to|or)\s+)*"
    r"[a-z][a-z-]*(?:\s+[a-z][a-z-]*)?(?:\s+(?:iv|sc|po|im))?\s*"
)


def bind_substitute(drafts: Sequence[Draft], exclusion: Exclusion, held: Sequence[Draft], text: str) -> None:
    """Say of the dose of another drug right behind an exclusion that it is only for those excluded.

    Where these are no one band, their words are not understood of it.
    """
    behind = [draft for draft in drafts if draft.figure and draft.figure.begin >= exclusion.end]
    if not exclusion.whom or not held or not behind:
        return
    first = min(behind, key=lambda draft: draft.figure.begin if draft.figure else 0)
    assert first.figure is not None
    gap = uniform(text[exclusion.end : first.figure.begin])
    if first in held or first.drug in (None, *(draft.drug for draft in held)) or not _GAP.fullmatch(gap):
        return
    if re.search(r"\d", text[exclusion.begin : exclusion.end]) is None or first.conditions:
        return
    if exclusion.outside:
        first.conditions.append(_contrary(exclusion.outside))
    else:
        first.unparsed.append(text[exclusion.begin : exclusion.end])


def _contrary(outside: Condition) -> Condition:
    """Give the band of those excluded, whose contrary has one bound."""
    if outside.high is None:
        return replace(
            outside, low=None, low_inclusive=False, high=outside.low, high_inclusive=not outside.low_inclusive
        )
    return replace(outside, low=outside.high, low_inclusive=not outside.high_inclusive, high=None, high_inclusive=False)
