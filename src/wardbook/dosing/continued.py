"""Steps and other ways behind a dose that have no amount of their own."""

import re
from collections.abc import Sequence

from wardbook.dosing.draft import Draft
from wardbook.dosing.phrase import Phrase
from wardbook.lazy_regex import lazy_regex


def continued(text: str, draft: Draft, phrases: Sequence[Phrase], anchor: Phrase | None) -> int | None:
    """Give where a step without an amount of its own begins ("40 mg IV BID x72h, then PO BID x14 days"), or None.

    Only where both it and the words before it say by which route: the two are never given as one.
    """
    if anchor is None:
        return None
    step = re.compile(r",?\s*\b(?:then|followed by)\b", re.IGNORECASE).search(text, anchor.end, draft.end)
    if step is None:
        return _other_way(text, draft, phrases, anchor)
    routes = [phrase.begin for phrase in phrases if phrase.kind == "route"]
    return step.start() if any(begin >= step.end() for begin in routes) else None


_OR = lazy_regex(r"[\s,–—-]*\bor\b", re.IGNORECASE)


_CLOSED = lazy_regex(r"[,;(]")
_CAPPED = lazy_regex(r"\b(?:max\w*|up to|(?:no|not) more than|limit)\b", re.IGNORECASE)


def _other_way(text: str, draft: Draft, phrases: Sequence[Phrase], anchor: Phrase) -> int | None:
    """Give where another way without an amount begins, with a route and a rhythm of its own ("OD, or nebs weekly")."""
    told = [(phrase.kind, phrase.begin) for phrase in phrases if phrase.kind in ("route", "frequency")]
    for match in _OR.finditer(text, anchor.end, draft.end):
        before = {kind for kind, at in told if at < match.start()}
        closed = _CLOSED.search(text, match.end(), draft.end)
        behind = {kind for kind, at in told if match.end() <= at < (closed.start() if closed else draft.end)}
        apart = re.search(r"[–—]", match[0])  # what a dash parts needs no rhythm that is understood before it
        if _CAPPED.search(text, match.end(), draft.end):
            continue  # "PO or IV, max 4 g daily": the rhythm is the maximum's
        if ("frequency" in before or apart) and len(behind) == 2:
            return match.start()
    return None
