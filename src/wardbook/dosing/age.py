"""Ages: bands in days, weeks, months and years ("1 mo - 12 y", "neonate < 7 d"), and whether an age lies in one.

A span of weeks or months may be how long a drug is given; it is an age only where it mixes units as ages do and nothing
else stands there, behind a word for the young, at the head of a clause right before its dose beside other ages, or as
the range that opens a bracket behind a dose and has its own one behind it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from wardbook.dosing.comparator import comparator_pattern, comparators
from wardbook.dosing.regimen import Condition
from wardbook.lazy_regex import lazy_regex

_NUMBER = r"\d+(?:\.\d+)?"
_UNITS = {"a": r"years?|yrs?|y/?o|y", "mo": r"months?|mths?|mos?|m", "wk": r"weeks?|wks?|wk", "d": r"days?|d"}
_IN_YEAR = {"a": Decimal(1), "mo": Decimal(12), "wk": Decimal("365.25") / 7, "d": Decimal("365.25")}
_YOUNG = r"(?:neonat(?:e|es|al)|new-?borns?|infants?|bab(?:y|ies)|pre-?terms?|aged?|ages)"
_CHILD = r"(?:child(?:ren)?)"
_BESIDE_AGES = lazy_regex(rf"\b{_NUMBER}\s*-?(?:{_UNITS['a']})\b|\b(?:{_YOUNG}|{_CHILD})\b")
_TIMED = lazy_regex(r"(?<![a-z-])(?:for|x|over|within|after|every|than|last|past|during|at|by|until)\s*$")
_DOSE = lazy_regex(r"\s*:?\s*\d[\d.,]*(?:\s*-\s*[\d.,]+)?\s*-?(?:mg|mcg|[µμu]g|g|units?|ml|mmol|meq|iu|puffs?)\b")
_HEAD = lazy_regex(r"(?:^|[;:(\n]|\.\s)\s*$")
_NEXT_OF_CHILD = lazy_regex(rf"\b(?:{_YOUNG}|{_CHILD}|{_UNITS['a']})\b[^;:.\n]*\d[^;:\n]*, ?$")
"""A comma behind the dose of other children ("child 30 mg/kg daily, 3-24 months 45 mg/kg")."""
_BEHIND_DOSE = lazy_regex(
    r"\d ?(?:mg|mcg|g|units?|ml|mmol|iu)/kg(?:/[a-z]+)*\b[^();:.\n]*\(\s*$"
    rf"|\b(?:{_YOUNG}|{_CHILD})\b[^();\n]*\d ?(?:mg|mcg|g|units?|ml|mmol|iu)(?:/[a-z\d]+)*\b[^();:.\n]*\(\s*$"
)
"""A bracket behind a dose by weight or of the young: of a dose of adults it may as well be a later step."""
_NEXT_AGE = lazy_regex(
    rf"{_DOSE.pattern}(?:/[a-z]+)*[^;/,\d]{{0,20}}[;/,]\s*(?:[<>≤≥]=?\s*)?{_NUMBER}\+?(?:\s*(?:-|to)\s*{_NUMBER})?"
    rf"\s*-?(?:{_UNITS['a']})(?![a-z/\d])\+?\s*:?\s*\d"
)
"""Its dose, and those of the next age with theirs ("2-11 months 1 mg / 1-4 years 2 mg")."""
_STEP = lazy_regex(r"[^;)\n]*\b(?:then|stop\w*|taper\w*|wean\w*)\b")
_TAPERED = lazy_regex(r"\b(?:taper|wean)\w*\b[^;\n]*$")
_GROUP = lazy_regex(r"(?<![\w-])(?P<sign>under|over)[ -](?:the )?(?P<years>\d{1,2})s\b")
"""Those of an age as people call them ("under-65s", "the over 80s")."""
_OF_YEARS = (
    r"(?!\d|s\b|[./]\d|\s*-?(?:kg|m?c?g|[µμ]g|ml|l|units?|m2|mmol|y|yr|yrs|years?|mo|mos|mths?|months?|wks?|weeks?|d|days?|h|"
    r"hrs?|hours?|min|minutes?|lbs?|st|stones?|doses?|tablets?)\b|\s*[%/x-])"
)
_BARE = lazy_regex(
    r"\b(?:child(?:ren)?|kids|boys|girls|teenagers?|adolescents?|young people|adults?)"
    r"\s{0,9}\(?\s{0,9}(?:aged?\s{1,9})?"
    rf"(?:(?:(?P<under>under|below|younger than|less than|<)|(?P<upto>up to|≤|<=)|(?P<over>over|above|older than|>)|"
    rf"(?P<least>from|at least|≥|>=))\s{{0,9}}(?P<years>\d{{1,2}}){_OF_YEARS}|"
    r"(?P<low>\d{1,2})\s{0,9}(?:-|to)\s{0,9}(?P<high>\d{1,2})(?=\s*(?:$|[):;\n])))"
)
"""Those of an age whose years go without saying ("children under 12", "children 2-5: ...")."""
_TIME = lazy_regex(rf"\d\s*-?(?:{'|'.join(_UNITS.values())})(?![a-z/\d])")
"""A span of time: every other age has one."""
_EVENT = lazy_regex(
    r"(?<![a-z])(?:allo(?:s|graft(?:s|ed)?|-?(?:sct|hsct|hct|bmt))?|auto(?:s|graft(?:s|ed)?|-?(?:sct|hsct))|"
    r"transplant(?:s|ed|ation)?|h?sct|hct|bmt|car-?t(?:-?cells?)?|infusion|diagnosis|onset|disease|symptoms?|relapse|"
    r"remission|splenectomy|surgery|operation|stroke|clot|thrombosis|dvt|pe|vte|(?P<ever>menopause)|history)[\s(]*$"
)
"""Before a short span of time: an event from which it is counted ("allo < 1 y"); `ever`, before a long one too."""
_LONG = 5
"""Years from which on a span behind an event is an age."""
_SINCE = lazy_regex(
    r"\s*(?:ago|earlier|previously|since|(?:post|after|following)(?!-?menarch)|from (?:the )?(?:(?!of age)[a-z]+ )?"
    r"(?:transplant|infusion|diagnosis|onset|surgery|start))"
)
_PLACES = Decimal("0.000001")


@cache
def _pattern() -> re.Pattern[str]:
    compare = comparator_pattern()
    unit = "|".join(_UNITS.values())
    return re.compile(
        rf"(?P<above>{compare})?\s*(?<![\d.,/-])(?<![a-z])(?P<first>{_NUMBER})(?:\s*-?(?P<firstunit>{unit})(?![a-z/\d]))?"
        rf"(?:\s*(?:-|to)\s*(?P<below>{compare})?\s*(?P<second>{_NUMBER})\s*-?(?P<unit>{unit})(?![a-z/\d]))?"
        rf"(?:\s+(?:old|of age))?"
    )


def read_ages(plain: str) -> Iterator[tuple[Condition, int, int]]:
    """Find the age bands of a (uniform) text that need more than a number of years: condition, begin, end."""
    for match in _GROUP.finditer(plain) if "under" in plain or "over" in plain else ():
        years, over = Decimal(match["years"]), match["sign"] == "over"
        low, high = (years, None) if over else (None, years)
        yield Condition("age", low, over, high, False, "a"), match.start(), match.end()
    yield from _bare_years(plain)
    for match in _pattern().finditer(plain) if _TIME.search(plain) else ():
        condition = _condition(match)
        if condition and _is_age(match, plain, condition):
            yield condition, match.start("above" if match["above"] else "first"), match.end()


def _bare_years(plain: str) -> Iterator[tuple[Condition, int, int]]:
    for match in _BARE.finditer(plain):
        begin = next(match.start(name) for name in ("under", "upto", "over", "least", "low") if match[name])
        if match["low"]:
            low, high = Decimal(match["low"]), Decimal(match["high"])
            if low < high:
                yield Condition("age", low, True, high, True, "a"), begin, match.end()
        elif match["under"] or match["upto"]:
            yield Condition("age", None, False, Decimal(match["years"]), bool(match["upto"]), "a"), begin, match.end()
        else:
            yield Condition("age", Decimal(match["years"]), bool(match["least"]), None, False, "a"), begin, match.end()


def is_since_event(plain: str, begin: int, end: int) -> bool:
    """Tell whether a span of time in a (uniform) text is counted from an event, so that it is nobody's age."""
    if _SINCE.match(plain, end):
        return True
    event = _EVENT.search(plain[:begin])
    return bool(event and (event["ever"] or not _is_long(plain[begin:end])))


def _is_long(span: str) -> bool:
    """Tell whether a span is of so many years that behind an event it is the patient's age ("PE > 75 years")."""
    figures = re.findall(_NUMBER, span)
    return bool(figures and re.search(r"\d\s*-?y", span) and Decimal(figures[-1]) >= _LONG)


def _condition(match: re.Match[str]) -> Condition | None:
    first = Decimal(match["first"])
    unit = _code(match["unit"] or match["firstunit"])
    side, inclusive = comparators()[" ".join(match["above"].split())] if match["above"] else ("low", True)
    if match["second"] is None:
        if unit is None or not match["above"]:
            return None
        if side == "low":
            return Condition("age", first, inclusive, None, False, unit)
        return Condition("age", None, False, first, inclusive, unit)
    other, below = comparators()[" ".join(match["below"].split())] if match["below"] else ("high", True)
    low_unit = _code(match["firstunit"]) or unit
    assert unit and low_unit
    second = Decimal(match["second"])
    if side != "low" or other != "high" or first / _IN_YEAR[low_unit] >= second / _IN_YEAR[unit]:
        return None
    return Condition("age", first, inclusive, second, below, unit, None if low_unit == unit else low_unit)


def _code(spelling: str | None) -> str | None:
    return next((code for code, words in _UNITS.items() if spelling and re.fullmatch(words, spelling)), None)


def _is_age(match: re.Match[str], plain: str, condition: Condition) -> bool:
    """Tell whether a span of time is the patient's age; one in years alone is told elsewhere."""
    if {condition.unit, condition.low_unit or condition.unit} == {"a"}:
        return False
    before, after = plain[: match.start("above" if match["above"] else "first")], plain[match.end() :]
    if re.search(rf"(?<![a-z-]){_YOUNG}[\s,(:]*(?:aged?\s*)?$", before):
        return True
    if match["above"] in ("<", ">", "≥", "≤", "<=", ">=") and re.search(rf"(?<![a-z-]){_CHILD}[\s,(:]*$", before):
        return condition.unit == "mo"
    if _TIMED.search(before) or is_since_event(plain, len(before), match.end()):
        return False
    mixed = condition.low_unit and (condition.unit == "a" or condition.low_unit == "d")
    if mixed and not (before.strip(" (:") or after.strip(" ):")):
        return True
    if condition.unit not in ("mo", "a") or not _DOSE.match(after):
        return False
    if before.rstrip().endswith(("(", ",")) and (_STEP.match(after) or _TAPERED.search(before)):
        return False
    if match["second"] and (_BEHIND_DOSE.search(before) or _NEXT_OF_CHILD.search(before)):
        return True
    if match["second"] and _NEXT_AGE.match(after):
        return True
    ages = _BESIDE_AGES.search(before + " " * (match.end() - len(before)) + after) or condition.low_unit
    return bool(ages and _HEAD.search(before))


def in_unit(years: Decimal, unit: str) -> Decimal:
    """Express an age of so many years in another unit, to six decimals."""
    return (years * _IN_YEAR[unit]).quantize(_PLACES)


def is_aged(condition: Condition, years: Decimal) -> bool:
    """Tell whether an age lies in a band of ages, each bound as the page has it."""
    if condition.low is not None:
        own, low = in_unit(years, condition.low_unit or condition.unit), condition.low
        if own < low or (own == low and not condition.low_inclusive):
            return False
    if condition.high is not None:
        own, high = in_unit(years, condition.unit), condition.high
        return own < high or (own == high and condition.high_inclusive)
    return True


def in_years(condition: Condition) -> tuple[Decimal, Decimal | None]:
    """Give the bounds of a band of ages in years; None for no upper one."""
    low = condition.low / _IN_YEAR[condition.low_unit or condition.unit] if condition.low is not None else Decimal(0)
    return low, condition.high / _IN_YEAR[condition.unit] if condition.high is not None else None


def one_unit(condition: Condition) -> Condition:
    """Give a band with both bounds in the unit of the lower one, where a whole number of those makes the upper."""
    unit = condition.low_unit
    if unit is None or condition.high is None:
        return condition
    high = (condition.high / _IN_YEAR[condition.unit] * _IN_YEAR[unit]).quantize(_PLACES).normalize()
    return replace(condition, high=high + 0, unit=unit, low_unit=None)
