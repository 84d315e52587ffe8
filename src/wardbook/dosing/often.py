"""How often a person proposes to give a dose, against how often the row gives it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from wardbook.dosing.asked import Asked
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.unit import convert
from wardbook.dosing.wording import hours_words, interval_words, limit_words, quantity
from wardbook.lazy_regex import lazy_regex

_ONCE = lazy_regex(
    r"\bonce\b(?!\s*-?\s*(?:daily|weekly|monthly|nightly|a|an|per|every|each|in|the|only if)\b)|"
    r"\b(?:a|one|as a|as one)? ?single (?:dose|infusion|injection)\b|"
    r"\bone(?:-time| time)? (?:dose|infusion|injection)\b|"
    r"\bx ?1\b(?! ?(?:d|h|day|week|hour|month|\.))|\bstat\b",
    re.IGNORECASE,
)
_AGAIN = lazy_regex(
    r"\b(?:repeat|again|second dose|then|followed by|may be given|if needed|as needed|prn)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Bound:
    """The figure of the page that decided."""

    value: Decimal
    """Figure, as the page gives it."""
    unit: str
    """UCUM code; "h" for the hours between doses, "{dose}" for how many doses."""
    per: str | None = None
    """ "kg" | "m2" | None."""
    per_time: str | None = None
    """ "d" | "h" | None."""


def too_often(asked: Asked, row: Regimen) -> tuple[Bound, str] | None:
    """Give the bound that a proposed frequency breaks and one line on it; None where it breaks none."""
    if gives_once(row) and _is_repeated(asked):
        return Bound(Decimal(1), "{dose}"), f"{_words(asked)} is more than once: the page gives one dose"
    if (most := _days_of(row)) and asked.days and asked.days > most:
        return Bound(Decimal(most), "d"), f"{asked.days_said or _of_days(asked.days)} is more than {_of_days(most)}"
    if row.max_doses and asked.doses and asked.doses > row.max_doses:
        return Bound(Decimal(row.max_doses), "{dose}"), f"{asked.doses} doses are above the maximum of {row.max_doses}"
    given = _count(row)
    if given and asked.doses and asked.doses > given:
        return Bound(Decimal(given), "{dose}"), f"{asked.doses} doses are more than the {given} that the row gives"
    if asked.interval_h is None:
        return None
    if row.interval_h and asked.interval_h[0] < row.interval_h[0]:
        least = interval_words(row) or hours_words(*row.interval_h)
        return Bound(row.interval_h[0], "h"), f"{_words(asked)} is more often than {least}"
    return _above_day(asked, row)


_COUNT = lazy_regex(
    r"\bx ?(\d{1,2})(?! ?(?:d|h|days?|weeks?|hours?|months?|mg|min)\b|[\d./^])|\b(\d{1,2}) doses\b", re.IGNORECASE
)


def _count(row: Regimen) -> int | None:
    """Give how many doses a row's words say that it gives ("weekly x4"); None where they say none, or several."""
    told = " ; ".join(filter(None, (row.schedule, row.duration, row.verbatim, *row.unparsed)))
    found = {int(match[1] or match[2]) for match in _COUNT.finditer(told)}
    return found.pop() if len(found) == 1 and not _AGAIN.search(told) else None


_OF_DAYS = lazy_regex(r"(?:for |x ?)?(\d{1,2}) ?(?:days?|d)", re.IGNORECASE)


def _days_of(row: Regimen) -> int | None:
    """Give for how many days a row gives the dose, where it says just that ("3 days")."""
    match = _OF_DAYS.fullmatch((row.duration or "").strip())
    return int(match[1]) if match else None


def gives_once(row: Regimen) -> bool:
    """Tell whether a row gives one dose and no more."""
    if row.max_doses is not None:
        return row.max_doses == 1
    told = " ; ".join(filter(None, (row.schedule, row.duration, row.verbatim, *row.notes)))
    return row.interval_h is None and row.per_time is None and bool(_ONCE.search(told)) and not _AGAIN.search(told)


def _is_repeated(asked: Asked) -> bool:
    return bool(asked.interval_h or asked.often or (asked.doses or 0) > 1 or (asked.days or 0) > 1)


def _above_day(asked: Asked, row: Regimen) -> tuple[Bound, str] | None:
    """Find a dose that at its interval makes more in a day than the page allows, whole doses a day or not."""
    limit = row.max_daily
    most = convert(limit.value, limit.unit, asked.unit) if limit else None
    if limit is None or most is None or asked.per or asked.per_time or asked.interval_h is None:
        return None
    if Fraction(asked.high) * 24 / Fraction(asked.interval_h[0]) <= Fraction(most):
        return None
    said = quantity(asked.low, asked.high, asked.unit)
    return (
        Bound(limit.value, limit.unit, None, "d"),
        f"{said} {_words(asked)} makes more in a day than the maximum of {limit_words(limit, 'd')}",
    )


def unjudged(asked: Asked, row: Regimen) -> str | None:
    """Say why the frequency of a proposal cannot be judged by a row; None where it can, or none is proposed."""
    if asked.often:
        return f"how often ({asked.often}) cannot be compared with the row"
    if asked.doses and row.max_doses is None and _count(row) is None and not gives_once(row):
        return f"the row does not say how many doses ({asked.doses} were asked)"
    if asked.interval_h and row.interval_h is None and row.per_time != "d":
        return f"the row gives no interval to compare '{_words(asked)}' with"
    return None


def _of_days(count: int | None) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


def _words(asked: Asked) -> str:
    if asked.interval_h:
        return asked.said or hours_words(*asked.interval_h)
    return asked.often or (f"{asked.doses} doses" if asked.doses else f"on {_of_days(asked.days)}")
