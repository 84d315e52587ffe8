"""Whether rows leave untold the one part of a dose that is asked: its maximum, or how long it is given."""

import re
from collections.abc import Sequence

from wardbook.answering.dose_draft import Draft
from wardbook.dosing.lookup import DoseQuery
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.sameness import states
from wardbook.lazy_regex import lazy_regex

_MAXIMUM = lazy_regex(
    r"\b(?:max\w*|exceed\w*|up to|at most|not? more than|cap(?:ped)?|ceiling|limit\w*|[≤<])", re.IGNORECASE
)
_ASKS_MAXIMUM = lazy_regex(r"\b(?:max(?:imum|imal)?|highest|most|upper limit)\b", re.IGNORECASE)
_ASKS_HOW_LONG = lazy_regex(r"\bhow (?:long|many (?:days?|weeks?|months?))\b|\bduration\b", re.IGNORECASE)
_TIME = lazy_regex(
    r"\d\s*[-–]?\s*(?:d|y|wk)s?\b|\b(?:days?|weeks?|months?|mths?|years?|until|till|til|courses?|cycles?|"
    r"stop\w*|single dose|one dose|stat|taper\w*|as long|life|lifelong|continu\w+|while|indefinite\w*)\b|"
    r"[x×]\s?\d|\bD[+-]?\d|"
    r"\bto (?:D|day|week|month)",
    re.IGNORECASE,
)
"""What may tell for how long something is given."""


def part_untold(draft: Draft, query: DoseQuery, rows: Sequence[Regimen]) -> str:
    """Say what is asked of a dose that none of its rows may tell, be it in words that were not understood; else ""."""
    asked = draft.standalone
    if query.wants == "max" and _ASKS_MAXIMUM.search(asked) and not any(_may_tell_maximum(draft, row) for row in rows):
        return f"the pages state no maximum of {query.drug} for this"
    if query.wants == "duration" and _ASKS_HOW_LONG.search(asked) and not any(_may_tell_time(draft, r) for r in rows):
        return f"the pages do not say for how long {query.drug} is given for this"
    return ""


def _may_tell_maximum(draft: Draft, row: Regimen) -> bool:
    said = " ; ".join((row.verbatim, *row.notes, *row.unparsed, row.duration or "", row.schedule or "", row.section))
    limits = (row.max_single_by_size, row.max_daily_by_size, *(each for each in row.limited_by if not each.rule))
    beside = " ; ".join(draft.limits(row))
    return states(row, "max") or any(limits) or any(_MAXIMUM.search(words) for words in (said, beside))


def _may_tell_time(draft: Draft, row: Regimen) -> bool:
    if row.duration or row.schedule or row.max_doses:
        return True
    said = " ; ".join((row.verbatim, *row.notes, *row.unparsed, draft.lines(row), *draft.limits(row)))
    return _TIME.search(said) is not None
