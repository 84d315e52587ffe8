"""The amount that a person proposes to give, with how often, read from its words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from wardbook.dosing.amount import Figure, read_amounts
from wardbook.dosing.course import SPELLED
from wardbook.dosing.frequency import Frequency, read_frequencies
from wardbook.dosing.notation import uniform
from wardbook.dosing.unit import convert, exact
from wardbook.errors import QuestionError
from wardbook.lazy_regex import lazy_regex


@dataclass(frozen=True, slots=True)
class Asked:
    """The amount that a person proposes to give."""

    low: Decimal
    """Lower figure."""
    high: Decimal
    """Upper figure; equal to `low` for a single one."""
    unit: str
    """UCUM code."""
    per: str | None = None
    """ "kg" | "m2" | None."""
    per_time: str | None = None
    """ "d" | "h" | None for one dose."""
    interval_h: tuple[Decimal, Decimal] | None = None
    """Hours between doses, low and high, where the person says how often."""
    often: str = ""
    """How often in words, where these have no interval in hours ("3x/week", "every 5 min")."""
    doses: int | None = None
    """How many doses in all, where the person says so ("x 6 doses")."""
    days: int | None = None
    """On how many days, where the person says so ("on all three days", "x3d")."""
    days_said: str = field(default="", compare=False)
    """These days in the person's own words ("three days")."""
    said: str = field(default="", compare=False)
    """How often in the person's own words, with an interval or without."""


_COUNT = lazy_regex(
    r"(?:\bx\s*|(?<![\w.]))(\d{1,2})\s*(?:doses?|times in all)\b|"
    r"\bx\s*(\d{1,2})(?![\w./]|\s*(?:d|h|days?|weeks?|hours?|hrs?|wks?|months?|min)\b)"
)
_DAYS = lazy_regex(
    rf"(?:\bx\s?|\b(?:for|on|over)\s+(?:all\s+)?(?:the\s+)?|\ball\s+(?:of\s+)?(?:the\s+)?)(?P<days>\d{{1,2}}|{'|'.join(SPELLED)})\s?"
    r"(?:consecutive\s+|successive\s+)?(?:days?|d)\b(?! (?:ago|old|after|before|post|into)\b)"
)
_OF_PATIENT = lazy_regex(
    r"(?:\b(?:weigh(?:s|ing|t)?|wt|cr ?cl|clcr|e?gfr|clearance|creatinine|clears?|albumin|glucose)\b[^.;?\d]{0,12}|"
    r"\bbirth ?weight (?:of )?)[<>=≤≥:]*\s*$"
)
_ITS_WEIGHT = lazy_regex(
    r"\s*-?\s*(?:premi?e|preterm|neonat\w*|newborn|bab(?:y|ies)|infant|child|kid|toddler|boy|girl|man|woman|patient|pt|"
    r"adult|body ?weight|weight|bw)\b"
)
_CAP = lazy_regex(r"\b(?:max(?:imum)?|limit|cap|up to|not more than|than)\W*(?:is|of|dose)?\s*$")


def read_amount(text: str) -> Asked:
    """Read a proposed amount ("600 mg/day", "12 mg/kg", "1 g q6h"); QuestionError where it is not one dose."""
    figures = [figure for figure in read_amounts(text) if figure.is_dose]
    if len(figures) != 1:
        raise QuestionError(
            f"'{text.strip()}' is not one amount", "write a figure with its unit, as 600 mg/day or 12 mg/kg"
        )
    often = _unlike(_frequencies(text))
    if len(often) > 1 or (often and figures[0].per_time):
        raise QuestionError(f"'{text.strip()}' gives two times", "give the amount of one dose, or of one day")
    return _asked(text, figures[0], often[0] if often else None)


def read_proposal(text: str, weight_kg: Decimal | None = None) -> Asked | None:
    """Find in free text the one amount that a person proposes, with how often; None where it is not one.

    The patient's weight and kidney function are no amount. Where two amounts or two frequencies stand, nothing is
    chosen for the person, but where the one is what the other makes of the weight: then that is proposed.
    """
    plain = uniform(text)
    figures = [figure for figure in read_amounts(text) if figure.is_dose and not _is_of_patient(plain, figure)]
    proposed = [figure for figure in figures if not _CAP.search(plain[: figure.begin])] or figures
    often = _unlike(_frequencies(text))
    if len(proposed) > 1 and weight_kg is not None and (made := _made_of(proposed, weight_kg)):
        proposed = [made]
    if len(proposed) != 1 or len(often) > 1:
        return None
    return _asked(text, proposed[0], often[0] if often else None)


_EACH_AND_WHOLE = 2
"""Figures of an amount that is given per kg and worked out."""


def _made_of(figures: Sequence[Figure], weight_kg: Decimal) -> Figure | None:
    """Give the amount that the other figure, per kg, makes of the weight ("0.2 mg/kg ... so 12 mg" of 60 kg)."""
    each = next((figure for figure in figures if figure.per == "kg"), None)
    whole = next((figure for figure in figures if figure.per is None), None)
    if len(figures) != _EACH_AND_WHOLE or each is None or whole is None or each.per_time != whole.per_time:
        return None
    made = [
        convert(value * weight_kg, each.amount.unit, whole.amount.unit) for value in (each.amount.low, each.amount.high)
    ]
    return whole if made == [whole.amount.low, whole.amount.high] else None


def _is_of_patient(plain: str, figure: Figure) -> bool:
    measured = _OF_PATIENT.search(plain[: figure.begin])
    heavy = figure.amount.unit == "g" and figure.per is None and _ITS_WEIGHT.match(plain[figure.end :])
    return bool(measured or heavy)


_TIMES = lazy_regex(r"(?<![\w.])(\d{1,2})\s*(?:x|times)\s*(?:a|per|/|each|every)?\s*(?:day|d|24 ?h(?:ours)?|daily)\b")


def _frequencies(text: str) -> tuple[Frequency, ...]:
    """Find the frequencies of a text; "5 times a day" is every 4.8 hours on average."""
    found = read_frequencies(text)
    for match in _TIMES.finditer(uniform(text)):
        hours = exact(Fraction(24, int(match[1]))) if int(match[1]) else None
        if hours is not None:
            found = tuple(each for each in found if each.end <= match.start() or each.begin >= match.end())
            found += (Frequency((hours, hours), match.start(), match.end()),)
    return found


def _unlike(found: tuple[Frequency, ...]) -> list[Frequency]:
    """Give the frequencies that differ, as they come; each without an interval stands for itself."""
    return list({each.interval_h or (each.begin,): each for each in found}.values())


def _asked(text: str, figure: Figure, often: Frequency | None) -> Asked:
    plain = uniform(text)
    count = _COUNT.search(plain[figure.end :])
    doses = int(count[1] or count[2]) if count else None
    course = _DAYS.search(plain[figure.end :])
    days = (SPELLED.get(course["days"]) or int(course["days"])) if course else None
    days_said = f"{course['days']} day{'s' if days != 1 else ''}" if course else ""
    interval = often.interval_h if often else None
    unread = " ".join(plain[often.begin : often.end].split()) if often and interval is None else ""
    if re.fullmatch(r"(?:at )?once|stat|one[- ]off", unread):
        unread = ""
    amount = figure.amount
    said = " ".join(text[often.begin : often.end].split()) if often else ""
    return Asked(
        amount.low,
        amount.high,
        amount.unit,
        figure.per,
        figure.per_time,
        interval,
        unread,
        doses,
        days,
        days_said,
        said,
    )
