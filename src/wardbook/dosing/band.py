"""Bands: by which weight, age or kidney function a text says that a dose holds ("< 30 kg", "aged 2-11 years")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from wardbook.dosing.age import is_since_event, read_ages
from wardbook.dosing.amount import number
from wardbook.dosing.comparator import comparator_pattern, comparators
from wardbook.dosing.notation import has_digit, uniform
from wardbook.dosing.regimen import Condition
from wardbook.dosing.weight_gain import is_gain_as_needed
from wardbook.kept import OF_BOTH
from wardbook.lazy_regex import lazy_regex

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
# unit spelling → (quantity, UCUM code); a quantity of None must be named by a word before ("CrCl < 30 mL/min").
_UNITS = (
    (r"kgs?|kilograms?|kilos?", "weight", "kg"),
    (r"lbs?|pounds?", "weight", "[lb_av]"),
    (r"years?(?: of age| old)?|yrs?(?: old)?|y/?o|y", "age", "a"),
    (r"months? (?:of age|old)|months?|mos?", "age", "mo"),
    (r"weeks? (?:of age|old)", "age", "wk"),
    (r"ml/min/1\.73 ?m(?:2|²|\^2)", None, "mL/min/{1.73_m2}"),
    (r"ml/min", None, "mL/min"),
    (r"m2|m²|m\^2", None, "m2"),
)
_SUBJECTS = (
    (r"(?:body ?)?weight|wt|weighing", "weight", "kg"),
    (r"aged?s?", "age", "a"),
    (r"cr ?cl|creatinine clearance|clcr", "creatinine clearance", "mL/min"),
    (r"e?gfr", "eGFR", "mL/min/{1.73_m2}"),
    (r"bsa|body surface area", "body surface area", "m2"),
)
_TIMED = lazy_regex(r"(?<![a-z-])(?:for|x|over|within|after|every|than|last|past|during|at)\s*$")
_OTHER_WEIGHT = lazy_regex(
    r"(?<![a-z])(?:(?:(?:ideal|adjusted|lean|predicted|dry|fat-?free)(?: body)?|a?ibw\d*|adjbw|lbw)"
    r"(?: weight| wt)?|"
    r"(?:gain\w*|los[st]\w*|up|increas\w*|ris(?:e|es|ing|en)|rose|drop\w*|fall\w*|fell)"
    r"(?: in(?: body)? weight)?(?: of| by)?|delta|[δ∆]|change in(?: body)? weight(?: of| by)?)[\s:,(]*$|[↑↓∆]\s*$"
)
"""Before a figure of kilograms that is not what the patient weighs ("ideal weight < 45 kg", "if up by > 1.5 kg")."""
_WEIGHT_CHANGE = lazy_regex(
    r"\s*(?:of\s+)?(?:(?:up|down)\b(?! to\b)|(?:weight[ -])?(?:gain\w*|los[st]\w*|increas\w*|ris(?:e|en|ing)\b|rose\b)|"
    r"(?:heavier|lighter|(?:over|above|below|under|up on|down on)) (?:than )?(?:the |his |her |their )?"
    r"(?:admission|baseline|base|dry|starting|yesterday|usual|target))"
)
"""Behind a bound in kilograms that is by how much the weight has changed ("> 2 kg up", "> 1 kg above baseline")."""
_MAY_MEASURE = lazy_regex(
    rf"\d\s*-?(?:{'|'.join(pattern for pattern, _, _ in _UNITS)})(?![a-z/\d])"
    rf"|(?<![a-z])(?:{'|'.join(pattern for pattern, _, _ in _SUBJECTS)})"
)
"""What every band has, but those of ages: a unit behind a figure, or a subject."""
RENAL = ("creatinine clearance", "eGFR", "renal function")
"""Quantities of a band that a creatinine clearance decides."""
SIZES = ("weight", "age", "body surface area")
"""Quantities of a band that the patient's own measures decide."""
NO_LESS = r"(?:or|and|&) (?:more|over|above|greater|higher|heavier|older|up|upwards?)"
NO_MORE = r"(?:or|and|&) (?:less|under|below|lower|lighter|younger)"


DOSE_NEXT = r"\d[\d.,]*(?:\s*-\s*[\d.,]+)?\s*-?(?:mg|mcg|[µμu]g|g|units?|ml|mmol|meq|iu)\b(?!/d?l)"
OR_DIALYSED = r"[/(]\s*(?:i?hd|pd|crrt|(?:ha?emo)?dialy[a-z]*|es[kr][df]|anuri[ac])\b"
"""Behind a bound on the kidney function: those who are on dialysis too ("CrCl < 10 / HD")."""
_ALONE = lazy_regex(
    rf"\s+(?:-\s+)?{DOSE_NEXT}|\s+-\s+[a-z]|"
    rf"\s*{OR_DIALYSED}|\s*(?:$|[),;:.\n]|(?:and|or|is|are|contra-?indicated|avoid|not|do not|omit|hold|withhold|"
    rf"max(?:imum)? {DOSE_NEXT})\b)"
)


@dataclass(frozen=True, slots=True)
class Band:
    """A band as it stands in a text."""

    condition: Condition
    """What must hold."""
    begin: int
    """Offset of the first character."""
    end: int
    """Offset behind the last character."""


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    compare = comparator_pattern()
    units = "|".join(pattern for pattern, _, _ in _UNITS)
    subject = rf"(?:(?<![a-z])(?P<subject>{'|'.join(pattern for pattern, _, _ in _SUBJECTS)})(?: (?:is|of))?[ :]*)?"
    unit = rf"\s*-?(?P<unit>{units})(?![a-z/\d])"
    maybe = rf"(?:{unit})?"
    first = rf"(?P<first>{_NUMBER})(?:\s*(?P<own>{units})(?![a-z/\d]))?"
    return (
        re.compile(
            rf"{subject}(?P<between>between )?(?P<above>{compare})?\s*(?<![\d.]){first}\s*(?P<join>-|to|and|but|,)\s*"
            rf"(?P<below>{compare})?\s*(?P<second>{_NUMBER}){maybe}"
        ),
        re.compile(
            rf"{subject}(?<![\d.])(?P<first>{_NUMBER}){maybe}[ ,]*"
            rf"(?:(?P<more>{NO_LESS})|(?P<less>{NO_MORE}))(?![a-z]|\s*\d+\s*(?:kg|years?|yrs?|y|months?)\b)"
        ),
        re.compile(rf"{subject}(?P<above>{compare})\s*(?P<first>{_NUMBER}){maybe}"),
        # "10+ y", "40 kg+"
        re.compile(rf"{subject}(?<![\d.])(?P<first>{_NUMBER})(?P<more>\+){unit}"),
        re.compile(rf"{subject}(?<![\d.])(?P<first>{_NUMBER}){unit}(?P<more>\+)(?=[\s:,;)]|$)"),
    )


def _matches(pattern: re.Pattern[str], plain: str) -> Iterator[re.Match[str]]:
    """Find a pattern from left to right; behind a number that is none of a band it is looked for again."""
    at = 0
    while match := pattern.search(plain, at):
        of_day = _is_of_day(match, plain)
        at = match.end("first") if of_day else max(match.end(), at + 1)
        if not of_day:
            yield match


def _is_of_day(match: re.Match[str], plain: str) -> bool:
    """Tell whether the first number is a day's ("D-1, <= 70 y"), or one that a comma parts from a bound behind it."""
    day = re.search(r"(?<![a-z])(?:d|days?)\s?[-+]$", plain[: match.start("first")]) is not None
    listed = match.groupdict().get("join") == "," and not (match["above"] or match["subject"] or match["between"])
    return day or listed


@lru_cache(maxsize=OF_BOTH)
def read_bands(text: str) -> tuple[Band, ...]:
    """Find every band of a text, left to right; a duration ("for 2-3 years") is none."""
    if not has_digit(text):
        return ()
    plain = uniform(text)
    found = [Band(*age) for age in read_ages(plain)]
    for pattern in _patterns() if _MAY_MEASURE.search(plain) else ():
        for match in _matches(pattern, plain):
            begin, end = match.start(), match.end()
            condition = _condition(match, plain)
            if condition and is_gain_as_needed(condition, plain[:begin]):
                continue
            if condition and all(end <= other.begin or begin >= other.end for other in found):
                found.append(Band(condition, begin, end))
    return tuple(sorted(_with_more(found, plain), key=lambda band: band.begin)) if found else ()


_REFUSAL = r"(?:no|none|nil|avoid|not|omit|hold|contra-?indicated)\b"
_REFUSES = lazy_regex(rf"\s*[:=]?\s*{_REFUSAL}")
_MORE_OF_A_LIST = lazy_regex(
    rf"(?:(?<=[;,.:/(])|(?<=\n)|(?<=\band)|(?<=\bor))\s*(?:(?P<first>{_NUMBER})\s*(?:-|to)\s*(?P<second>{_NUMBER})|"
    rf"(?P<above>{comparator_pattern()})\s*(?P<bound>{_NUMBER})|"
    rf"(?P<edge>{_NUMBER}) (?:(?P<more>{NO_LESS})|(?P<less>{NO_MORE})))"
    rf"\s*-?(?P<unit>{'|'.join(unit for unit, _, _ in _UNITS)})?"
    rf"(?=\s*[:=]|\s+(?:-\s+)?{DOSE_NEXT}|\s+{_REFUSAL})"
)
_NEXT_TO = Decimal(1)
"""How far apart two bands of one list may be that go on from one another ("50-69: ...; 25-49: ...")."""


def _with_more(found: list[Band], plain: str) -> list[Band]:
    """Add the bands of a list that name no quantity, each of which goes on where one that does, or such a one, ends."""
    for match in _MORE_OF_A_LIST.finditer(plain):
        begin, end = match.start() + len(match[0]) - len(match[0].lstrip()), match.end()
        if any(begin < other.end and other.begin < end for other in found):
            continue
        for other in (band.condition for band in reversed(found) if band.begin < begin):
            condition = _going_on(match, other)
            if condition:
                found.append(Band(condition, begin, end))
                break
    return found


def _going_on(match: re.Match[str], other: Condition) -> Condition | None:
    """Give the band of an item of a list where it goes on from another one of the same unit, or lies within it."""
    spelled = next((code for pattern, _, code in _UNITS if match["unit"] and re.fullmatch(pattern, match["unit"])), "")
    if spelled not in ("", other.unit) or other.low_unit:
        return None
    first, inclusive = match["first"], True
    side = "low" if match["more"] else "high"
    if match["above"]:
        side, inclusive = comparators()[" ".join(match["above"].split())]
    bound = number(first or match["bound"] or match["edge"])
    low = bound if first or side == "low" else None
    high = number(match["second"]) if first else bound if side == "high" else None
    condition = Condition(
        other.quantity, low, low is not None and inclusive, high, high is not None and inclusive, other.unit
    )
    if match["above"] and _lies_in(condition, other):
        return condition
    above = condition.low is not None and other.high is not None and 0 <= condition.low - other.high <= _NEXT_TO
    below = condition.high is not None and other.low is not None and 0 <= other.low - condition.high <= _NEXT_TO
    if condition.high is not None and other.low is not None and _REFUSES.match(match.string, match.end()):
        below = below or other.low / 2 <= condition.high <= other.low  # "40-60: 3 mg; < 30: no"
    ordered = condition.low is None or condition.high is None or condition.low < condition.high
    return condition if ordered and (above or below) else None


def _lies_in(inner: Condition, outer: Condition) -> bool:
    """Tell whether a bound narrows another one of the same side ("CrCl < 60: ...; < 30: ...")."""
    if inner.low is not None and outer.low is not None:
        return outer.high is None and inner.low > outer.low
    return inner.high is not None and outer.high is not None and outer.low is None and inner.high < outer.high


def _condition(match: re.Match[str], plain: str) -> Condition | None:
    measured = _measure(match, plain)
    if measured is None:
        return None
    quantity, unit = measured
    groups = match.groupdict()
    first = number(groups["first"])
    if groups.get("second"):
        return _between(match, quantity, unit)
    side, inclusive = "low", True
    if groups.get("less"):
        side = "high"
    elif groups.get("above"):
        side, inclusive = comparators()[" ".join(groups["above"].split())]
    if side == "low":
        return Condition(quantity, first, inclusive, None, False, unit)
    return Condition(quantity, None, False, first, inclusive, unit)


def _between(match: re.Match[str], quantity: str, unit: str) -> Condition | None:
    """Read "10 to < 20 kg": a plain range holds both its ends."""
    low, high = number(match["first"]), number(match["second"])
    above = comparators()[" ".join(match["above"].split())] if match["above"] else ("low", True)
    below = comparators()[" ".join(match["below"].split())] if match["below"] else ("high", True)
    joined = match["join"] in ("-", "to") or match["between"] or match["below"]
    if not joined or above[0] != "low" or below[0] != "high" or low > high:
        return None
    return Condition(quantity, low, above[1], high, below[1], unit)


def _measure(match: re.Match[str], plain: str) -> tuple[str, str] | None:
    """Tell quantity and unit, from the unit's spelling and the word before; None where they do not make a band."""
    subject, unit = match["subject"], match["unit"] or _of_first(match, plain)
    named = next(((q, c) for pattern, q, c in _SUBJECTS if subject and re.fullmatch(pattern, subject)), None)
    spelled = next(((q, c) for pattern, q, c in _UNITS if unit and re.fullmatch(pattern, unit)), None)
    if spelled is None:
        return named if named and _alone(plain, match.end()) else None
    quantity, code = spelled
    if quantity == "weight" and (
        is_of_other_weight(plain[: match.start()]) or _WEIGHT_CHANGE.match(plain, match.end())
    ):
        return None
    if named:
        fits = quantity in (None, named[0]) and (quantity or _fits(named[0], code))
        return (named[0], code) if fits else None
    if quantity is None:
        bounded = match.groupdict().get("above")
        return ("renal function", code) if code != "m2" and bounded and bounded != "up to" else None
    timed = _TIMED.search(plain[: match.start()]) or is_since_event(plain, match.start(), match.end())
    if quantity == "age" and code == "mo" and _heads_dose(match, plain):
        return quantity, code
    if quantity == "age" and (code != "a" or not _bounded(match)) and not re.search(r"of age|old|\by/?o\b", unit or ""):
        return None
    return None if quantity == "age" and timed else (quantity, code)


def _heads_dose(match: re.Match[str], plain: str) -> bool:
    """Tell whether a range that ends below a bound opens a text as the label of a dose ("1 - <6 mo: 7 mg/kg")."""
    below = match.groupdict().get("below")
    return bool(below) and not plain[: match.start()].strip(" -*") and plain[match.end() :].lstrip().startswith(":")


def is_of_other_weight(before: str) -> bool:
    """Tell whether the (uniform) words before a figure say that it is not the weight of the patient as he is."""
    return _OTHER_WEIGHT.search(before) is not None


def _of_first(match: re.Match[str], plain: str) -> str | None:
    """Give the unit that stands behind the first figure of a range alone ("1 year to 15: 20 mg"), or None."""
    return match.groupdict().get("own") if match.groupdict().get("second") and _alone(plain, match.end()) else None


def _bounded(match: re.Match[str]) -> bool:
    """Tell whether words like "at least", "or older" or a range bound the number."""
    groups = match.groupdict()
    return bool(groups.get("above") or groups.get("second") or groups.get("more") or groups.get("less"))


def _fits(quantity: str, code: str) -> bool:
    """Tell whether a named quantity may be measured in a unit whose own quantity is open."""
    return (quantity == "body surface area") == (code == "m2")


def _alone(plain: str, end: int) -> bool:
    """Tell whether no unit follows a number that only its subject explains ("age >= 65", "CrCl 30-50")."""
    return _ALONE.match(plain[end:]) is not None


def meets(condition: Condition, value: Decimal) -> bool:
    """Tell whether a value (in the condition's unit) lies in its band, each bound as the page has it."""
    above = condition.low is None or value > condition.low or (condition.low_inclusive and value == condition.low)
    below = condition.high is None or value < condition.high or (condition.high_inclusive and value == condition.high)
    return above and below


_RENAL_HEADER = lazy_regex(r"\s*(cr ?cl|clcr|e?gfr|creatinine clearance)\b")
_BOUND = lazy_regex(r"[<>≤≥]|\b(?:below|under|above|over|up to|at least)\b|\d")


def read_renal(header: str, cell: str) -> tuple[Band, ...]:
    """Read the bands of a cell below a header of kidney function ("maintenance, > 60" below "CrCl (mL/min)")."""
    named, bound = _RENAL_HEADER.match(uniform(header)), _BOUND.search(uniform(cell))
    return read_bands(f"{named[1]} {cell[bound.start() :]}") if named and bound else ()
