"""Questions that tell how long ago a dose was given or vomited, and clauses that say what goes on after such a time."""

import re
from dataclasses import dataclass
from decimal import Decimal

from wardbook.corpus.unit import Unit
from wardbook.dosing.amount import Figure, read_amounts
from wardbook.dosing.comparator import comparator_pattern, comparators
from wardbook.dosing.notation import uniform
from wardbook.dosing.unit import convert
from wardbook.lazy_regex import lazy_regex

_MINUTES = {"min": 1, "h": 60, "d": 1440, "w": 10080, "m": 43800}
_SPELLED = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_COUNT = rf"(?:\d+(?:\.\d+)?|{'|'.join(_SPELLED)})"
_DAYS = r"(?:days?|d|weeks?|wks?|wk|w|months?|mths?)\b"
_HOURS = r"(?:minutes?|mins?|hours?|hrs?|h)\b"
_LONG = rf"(?:{_COUNT})\s{{0,9}}-?\s{{0,9}}{_DAYS}"
_SHORT = rf"(?:{_COUNT})\s{{0,9}}-?\s{{0,9}}{_HOURS}"
_AMOUNT = r"\d[\d.,]{0,15}\s{0,9}(?:mg|mcg|g|micrograms?|units?|iu|ml)\b(?:/(?:kg|m2))?"
_LAST = r"(?:last|latest|previous|prior|most recent)"
_GIVEN = rf"(?:{_LAST}\s+(?:[a-z-]+\s+){{0,2}}?(?:dose|injection|infusion)\b|{_LAST}\s+{_AMOUNT})"
_NEAR = r"(?:(?!\b(?:for|with)\b)[^.;?\n]){0,30}?"
_GAP = lazy_regex(
    rf"\b{_GIVEN}{_NEAR}\b(?P<a>{_LONG})\s*(?:ago|before|earlier|back)\b"
    rf"|{_AMOUNT}(?:\s{{1,9}}(?:was|were|dose|given|last|had|got|received|sc|iv|po|im)){{0,9}}\s{{0,9}},?\s{{0,9}}"
    rf"(?P<b>{_LONG})\s*(?:ago|back)\b"
    rf"|\b(?P<c>{_LONG})\s*(?:ago|back)\b{_NEAR}(?:\b{_GIVEN}|(?:had|got|given|received)\s+{_AMOUNT})"
    rf"|\b(?:missed|late|delayed|gap|break)(?: (?:by|for|of|doses?|was|is|about|has been)){{0,3}} (?P<e>{_LONG})"
    rf"|\b(?P<f>{_LONG})\s*(?:gap|late|delay|break|missed)\b"
    rf"|\b(?P<d>{_LONG})\s*(?:since|after|from)\s+(?:(?:the|his|her|their|a)\s+)?(?:{_GIVEN}|{_AMOUNT})"
)
_UP = r"(?:vomit(?:s|ted|ed)?(?: up)?|spat out|threw up|brought up)\b"
_NO_SPELL = r"(?:(?!\b(?:for|in|over|every|x\d)\b)[^.;?\n]){0,40}?"
_VOMITED = lazy_regex(
    rf"\b{_UP}{_NO_SPELL}\b(?P<a>{_SHORT})|(?<!for )(?<!in )(?<!over )(?<!every )\b(?P<b>{_SHORT}){_NO_SPELL}\b{_UP}"
)
"""A dose that came up again; a spell of vomiting ("vomiting for 2 hours") is none."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What a question tells of the dose before."""

    minutes: Decimal
    """How long ago it was."""
    figure: Figure | None
    """How much it was, where told."""
    vomited: bool
    """True where it came up again."""
    late: bool = False
    """True where it is told how long the next one was missed: a dose is asked all the same."""


def tells_gap(question: str) -> bool:
    """Tell whether a question says how long ago the last dose was ("36 mg 90 days ago"): that dose is not asked."""
    gap = told_gap(question)
    return gap is not None and not gap.late


def told_gap(question: str) -> Gap | None:
    """Give how long ago, and how much, the last dose was; None where a question does not tell."""
    plain = uniform(question)
    vomited = _VOMITED.search(plain)
    said = vomited or _GAP.search(plain)
    if said is None:
        return None
    time = next(words for words in said.groups() if words)
    figures = [figure for figure in read_amounts(said.group()) if figure.is_dose]
    late = not vomited and bool(said["e"] or said["f"])
    return Gap(_minutes(time), figures[0] if len(figures) == 1 else None, vomited is not None, late)


def _minutes(time: str) -> Decimal:
    found = re.match(rf"({_COUNT})\s*-?\s*(\w+)", time)
    assert found is not None
    return Decimal(_SPELLED.get(found[1], 0) or found[1]) * _scale(found[2])


def _scale(unit: str) -> int:
    return _MINUTES["min" if unit.startswith("min") else unit[0]]


_UNIT = rf"(?:{_DAYS}|{_HOURS})"
_BAND = lazy_regex(
    rf"(?<!for )(?<!over )(?P<low>\d+)\s*(?P<lowunit>{_UNIT})?\s*(?:-|to|and)\s*(?P<high>\d+)\s*(?P<unit>{_UNIT})"
    rf"|(?<!for )(?<!over )(?:(?P<sign>{comparator_pattern()}|after|beyond|within|up to)\s*)"
    rf"(?P<bound>\d+)\s*(?P<boundunit>{_UNIT})"
    rf"|(?P<bare>\d+)\s*(?P<bareunit>{_UNIT})\s*(?:or|and)\s+(?P<way>more|longer|later|over|above|less|under|sooner|below)\b"
)


def _within(words: str, minutes: Decimal) -> bool | None:
    """Tell whether a time lies in the one range of times of a clause; None where it has none or several."""
    found = list(_BAND.finditer(uniform(words)))
    if len(found) != 1:
        return None
    band = found[0]
    if band["low"]:
        low = Decimal(band["low"]) * _scale(band["lowunit"] or band["unit"])
        return low <= minutes <= Decimal(band["high"]) * _scale(band["unit"])
    if band["bare"]:
        bound = Decimal(band["bare"]) * _scale(band["bareunit"])
        return minutes >= bound if band["way"] in ("more", "longer", "later", "over", "above") else minutes <= bound
    bound = Decimal(band["bound"]) * _scale(band["boundunit"])
    sign = re.sub(r"\s+", " ", band["sign"])
    side, inclusive = {"after": ("low", False), "beyond": ("low", False), "within": ("high", True)}.get(
        sign
    ) or comparators().get(sign, ("high", True))
    if minutes == bound:
        return inclusive
    return (minutes > bound) == (side == "low")


_TIMED = lazy_regex(r"\b(?:last|previous|missed|late|delay\w*|gap|since|interrupt\w*|vomit\w*|break)\b")
_COLUMN = lazy_regex(r"\b(?:last|previous|given|missed|before)\b")


def speaks_of_gap(words: str, gap: Gap) -> bool:
    """Tell whether words are on a dose that was missed or came late, or on one that was vomited."""
    plain = uniform(words)
    return _TIMED.search(plain) is not None and ("vomit" in plain) == gap.vomited


def clauses_for(unit: Unit, gap: Gap) -> list[str]:
    """Give what a row or sentence says for this gap: the row, or each clause behind the words that lead it."""
    if unit.values:
        times = [cell for _, cell in unit.values if _BAND.fullmatch(uniform(cell).strip())]
        given = " ; ".join(cell for name, cell in unit.values if _COLUMN.search(uniform(name)) and cell not in times)
        fits = len(times) == 1 and _within(times[0], gap.minutes) and _same_dose(given, gap)
        return [unit.text] if fits else [] if times else _clauses_of_cells(unit, gap)
    first = _BAND.search(uniform(unit.text))
    if first is None:
        return []
    colon = unit.text.rfind(":", 0, first.start())
    head, rest = (unit.text[: colon + 1], unit.text[colon + 1 :]) if colon >= 0 else ("", unit.text)
    if not _same_dose(unit.text[: first.start()], gap):
        return []
    parts = [part.strip() for part in re.split(r";|(?<=[a-z\d)])\.\s+(?=[A-Z<>≥≤])", rest) if part.strip()]
    if any(_within(part, gap.minutes) is None and _BAND.search(uniform(part)) for part in parts):
        return [unit.text]
    return [f"{head} {part}".strip() for part in parts if _within(part, gap.minutes)]


def _clauses_of_cells(unit: Unit, gap: Gap) -> list[str]:
    """Give the clause for this gap of a cell that lists several ("<= 7 days: go on; > 7 days: start again")."""
    parts = [part.strip() for _, cell in unit.values[1:] for part in cell.split(";") if _BAND.search(uniform(part))]
    head = unit.values[0][1]
    return [f"{head}: {part}" for part in parts if _within(part, gap.minutes)] if _same_dose(head, gap) else []


def _same_dose(given: str, gap: Gap) -> bool:
    """Tell whether the dose before that a clause is for is the one told, or either is not said."""
    figures = [figure for figure in read_amounts(given) if figure.is_dose]
    if not figures or gap.figure is None:
        return True
    told = gap.figure.amount
    return any(convert(each.amount.low, each.amount.unit, told.unit) == told.low for each in figures)
