"""Amounts: every figure with a dose unit that a text holds, as exact typed values.

`read_amounts("8 mg/kg IV (max 800 mg)")` gives two: 8 mg per kg, and 800 mg, each with the offsets of its words.
Each is a number or a range with a unit of the closed table; `per` says per what ("kg", "m2", a volume, an item),
`per_time` per which time. A level ("100 pg/mL") is told apart by `is_dose`. Frequencies and intervals are in
`frequency`; everything that a text says of a dose, in order, is in `phrase`.

What cannot be read for sure gives no amount at all: "875/125 mg", "2 x 500 mg", "1,25 mg", "10 ± 2 mg",
"2 x 106 cells", "100 mg/0.67 mL". `word` puts a figure into words that cannot be misread.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache

from wardbook.dosing.gauge import is_gauge
from wardbook.dosing.notation import has_digit, uniform
from wardbook.dosing.regimen import Amount
from wardbook.dosing.slashed import NEXT_AMOUNT, is_strength
from wardbook.dosing.unit import OTHER_DIMENSIONS, convert, unit, units
from wardbook.dosing.vocabulary import any_of
from wardbook.kept import OF_PARTS
from wardbook.lazy_regex import lazy_regex

_PLAIN = r"(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d+)?|\.\d+"
_BEFORE = r"(?<![\d.,/^%µ²³⁰-⁹])(?<![a-z])(?<!\d[x/] )(?<!\d [x/] )(?<!\d x)(?<!± )(?<!±)(?<!\+/-)(?<!\+/- )"
_POWER = r"\s*[x*·]\s*10\s?(?:\^\s?\{?(?P<SIDEcaret>\d{1,2})\}?|(?P<SIDEsuper>[⁰¹²³⁴-⁹]{1,2}))(?!\d)"
_SCALE = _POWER + r"|e\+?(?P<SIDEexp>\d{1,2})(?!\d)|\s*-?(?P<SIDEword>million|billion|thousand)\b"
_CELLS = (
    r"(?:\s*-?\s*(?:(?:viable|positive|transduced|nucleated|mononuclear|total|infused|live|target|gene-modified)\b|"
    r"(?:car|cd\d{1,3}[a-z]?)(?:[ -]?t(?![a-z]))?\+?(?![a-z\d])|(?:[tb]|nk|til|tnc|mnc|tvc)s?\b|cells?\b))+"
)
"""Which cells a power of ten counts ("2 x 10^6 CAR-T/kg", "CD19 CAR-positive viable T cells")."""
_TO = r"\s*(?:-|to)\s*"
_TIMES = {
    "d": r"d|day|daily dose|24 ?h(?:ou)?rs?|24 ?h",
    "h": r"h|hr|hour",
    "min": r"min|minute",
    "wk": r"wk|week",
    "mo": r"month",
}
_PERS = {
    "kg": r"kg(?: (?:of )?(?:body ?weight|bw))?",
    "m2": r"m2|m²|m\^2|m\^\{2\}|sq ?m|square met(?:er|re)",
    "dose": r"dose|infusion|injection|administration",
    "mL": r"ml|cc",
    "L": r"l|lit(?:er|re)",
    "dL": r"dl",
    "uL": r"[uµ]l|mm\^?[3³]|mcl",
    "item": r"tablet|tab|capsule|cap|vial|ampoule|ampule|amp|syringe|bag|pen|patch|puff|bottle",
}
# Behind a slash: whom the next dose is for ("1 mg / 2-4 y 2 mg"), and no volume or item that this one is in.
_NEXT_BAND = (
    r"(?:\d+(?:\.\d+)?\+?(?:\s*(?:-|to)\s*\d+(?:\.\d+)?)?\s*(?:y|yrs?|years?|mo|mths?|months?|wks?|weeks?)(?![a-z])\+?|"
    r"\d+(?:\.\d+)?\s*(?:-|to)\s*\d+(?:\.\d+)?\s*kg(?![a-z]))\s*[:=]?\s*\d"
)
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_WORDS = {"thousand": 3, "million": 6, "billion": 9}
# A number after these is a label, so "day 1 - 8 mg/kg" is no range from 1 to 8.
_LABEL = lazy_regex(
    r"(?<![a-z])(?:days?|d|grades?|gr|g|steps?|weeks?|cycles?|lines?|phases?|stages?|levels?|cohorts?|arms?|"
    r"no\.?|numbers?|groups?|types?|parts?|options?|tiers?|il|section|table|x)[ .:#-]*$"
)
# "Dose 1 - 8 mg/kg" counts doses; "dose 5-10 mg/kg" and "Dose: 5 - 10 mg/kg" are ranges.
_COUNTED = lazy_regex(r"(?<![a-z])doses?[ .#]*$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or range with a unit, as it stands in a text."""

    amount: Amount
    """Low, high and UCUM unit, scale words and powers of ten worked in."""
    per: str | None
    """ "kg" | "m2" | "mL" | "L" | "dL" | "uL" (a level or strength) | "item" (a tablet's strength) | None."""
    per_time: str | None
    """ "d" | "h" | "min" | "wk" | "mo" | None."""
    per_dose: bool
    """True where the words say "per dose" or "/dose"."""
    begin: int
    """Offset of the first character of the number."""
    end: int
    """Offset behind the last character of the unit and what it is per."""
    bare_scale: bool = False
    """True for a power of ten or a scale word without a unit ("100-300 x 10^6"); the unit is then ""."""

    @property
    def is_dose(self) -> bool:
        """True where a drug could be given in it: no level, no strength."""
        return self.per in (None, "kg", "m2") and not self.bare_scale


@cache
def _pattern() -> re.Pattern[str]:
    spellings = sorted(
        (u.spelling for u in units().values() if u.dimension not in OTHER_DIMENSIONS), key=len, reverse=True
    )
    names = any_of(re.escape(name).replace(r"\ ", r"\s+") for name in spellings)
    times = "|".join(pattern for pattern in _TIMES.values())
    pers = "|".join(pattern for pattern in _PERS.values())
    per = rf"(?P<per>(?:\s*(?:/|\bper\b|\ba\b(?= day| week| dose)|\beach\b)\s*(?:{pers}|{times})(?![a-z]))*)"
    low, high = (rf"(?P<{side}>{_PLAIN})(?:{_SCALE.replace('SIDE', side)})?" for side in ("low", "high"))
    # What is counted may stand before what it is per: "20 mg PE/kg", "5 mg of x per kg", "10 mg x component/kg".
    of = (
        r"(?:(?:\s+[a-z]{2,15}){1,3}?(?=\s*(?:/|\bper\b)\s*(?:kg|m2|m²)(?![a-z]))|"
        r"\s+[a-z]{2,3}(?=/(?:min|hr?)(?![a-z])))?"
    )
    unit_after = rf"\s*-?(?P<unit>{names})(?![a-z])(?!-[a-z]){of}"
    low = rf"(?:{low}(?:\s*-?(?P<lowunit>{names})(?![a-z]))?{_TO})?"
    other = r"(?:(?:\s+[a-z][a-z+-]{0,20}){1,4}?(?=\s*(?:/|\bper\b)\s*kg(?![a-z])))?"
    no_unit = rf"(?P<cells>{_CELLS})?{other}{per.replace('P<per>', 'P<bareper>')}"
    # a figure begins with a digit or its point: told first, it spares all other places the rest
    return re.compile(
        rf"(?=[\d.]){_BEFORE}{low}{high}(?:{unit_after}{per}(?!/\s?(?!{NEXT_AMOUNT})[a-z\d])"
        rf"(?!\s/\s?(?!{_NEXT_BAND}|{NEXT_AMOUNT})\d)|{no_unit})"
    )


def number(text: str) -> Decimal:
    """Read a plain number ("1,600", ".5") that `read_amounts` or a sibling has found."""
    return Decimal(text.replace(",", ""))


def _exponent(match: re.Match[str], side: str) -> int | None:
    for kind in ("caret", "super", "exp"):
        if digits := match[side + kind]:
            return int(digits.translate(_SUPERSCRIPT))
    return _WORDS[match[side + "word"]] if match[side + "word"] else None


def _scaled(value: str, exponent: int) -> Decimal:
    scaled = number(value) * Decimal(10**exponent)
    whole = scaled.to_integral_value()  # quantized to 1, a number of more than 28 digits would be refused
    return whole if exponent and scaled == whole else scaled


@lru_cache(maxsize=1024)
def _rates(words: str) -> tuple[str | None, str | None, bool] | None:
    """Tell what "/kg/day" is per: (per, per_time, per_dose); None where two do not go together."""
    per: str | None = None
    time: str | None = None
    dose = False
    for part in re.split(r"\s*(?:/|\bper\b|\ba\b|\beach\b)\s*", words.strip())[1:]:
        named = next((code for code, pattern in _PERS.items() if re.fullmatch(pattern, part)), None)
        if named == "dose":
            dose = True
        elif named and per is None:
            per = named
        elif named is None and time is None:
            time = next(code for code, pattern in _TIMES.items() if re.fullmatch(pattern, part))
        else:
            return None
    return per, time, dose


@lru_cache(maxsize=OF_PARTS)
def read_amounts(text: str) -> tuple[Figure, ...]:
    """Find every amount of a text, left to right; ranges as one, "100-200 mg" as 100 to 200."""
    if not has_digit(text):
        return ()
    plain = uniform(text)
    found: list[Figure] = []
    at = 0
    while match := _pattern().search(plain, at):
        spaced = re.match(r"\s+-\s+", plain[match.end("low") :]) if match["low"] else None
        counted = spaced and re.fullmatch(r"\d", match["low"]) and _COUNTED.search(plain[: match.start()])
        bound = spaced and not match["lowunit"] and _COMPARED.search(plain[: match.start()])
        if match["low"] is not None and (counted or bound or _is_label(plain, match.start())):
            at = match.end("low")
            continue
        figure = _figure(match)
        strange = is_gauge(text, match) or is_strength(plain, match) or _may_be_tail(plain, match)
        strange = strange or _EXPONENT.search(plain[: match.start()]) is not None
        if figure is not None and not strange:
            found += [*_series(plain, figure, found[-1].end if found else 0), figure]
        at = max(match.end(), match.start() + 1)
    return tuple(found)


_EXPONENT = lazy_regex(r"\de[-+]?$")
"""Before the exponent of a figure that is not read ("0.5e-3 mg"): it is no amount of its own."""
_COMPARED = lazy_regex(r"[<>≤≥]=?\s*$")
"""Before the bound that a dose stands behind ("CrCl > 90 - 1.5 g"), and before no range of doses."""
_HEAD_OF_THOUSANDS = lazy_regex(
    r"(?<![a-z])(?!(?:and|or|to|by|over|under|than|least|most|age|aged|weight|score|doses?|every|after|for|give|take|q)\b)"
    r"[a-z][a-z-]+:? [1-9]\d?$"
)
_NUMBERED = frozenset(
    "attempt bag block bolus bottle course infusion injection night pulse round session set syringe visit".split()
)
"""Words that number what is given: no thousands stand behind them where the text goes on counting."""


def _may_be_tail(plain: str, match: re.Match[str]) -> bool:
    """Tell whether a figure may be the last three digits of one whose thousands stand apart ("X 1 250 mg").

    It may as well be 250 mg of what stands before it: neither is given.
    """
    at = match.start()
    if not re.fullmatch(r"\d{3}", match["low"] or match["high"]) or plain[at - 1 : at] != " ":
        return False
    head = _HEAD_OF_THOUSANDS.search(plain[: at - 1])
    return (
        head is not None
        and not _is_counted(plain, head[0])
        and not _is_label(plain, head.end() - len(head[0].split()[-1]))
    )


def _is_counted(plain: str, head: str) -> bool:
    """Tell whether a word and its number count what is given: the one before or the second is told too ("bag 2")."""
    word, number = head.replace(":", "").split(" ")
    beside = int(number) - 1 or 2
    return word in _NUMBERED and re.search(rf"(?<![a-z-]){word} {beside}(?![\d.,])", plain) is not None


# "3, 6, then 10 mg/kg", "300 or 480 mcg", "60 → 40 → 10 mg": the numbers before share the unit; "d+1, then" is a day.
_LISTED = r"(?<![\w.,/^<>≤≥%+-])(?<![<>≤≥~+-]\s)(?P<number>\d+(?:\.\d+)?)"
_JOINTS = (",", "or", "then", "→", "->")
_JOINED = lazy_regex(rf"{_LISTED}\s*(?P<join>,?\s*\b(?:or|then)\b|,|→|->)\s*$")


def _series(plain: str, figure: Figure, begin: int) -> list[Figure]:
    """Give the figures of the bare numbers that stand before an amount and share its unit, left to right.

    The last joint must be "or", "then" or an arrow, and nothing before the first number may say what it counts.
    """
    listed: list[re.Match[str]] = []
    at = figure.begin
    if not plain[begin:at].rstrip().endswith(_JOINTS):
        return []
    while match := _JOINED.search(plain, begin, at):
        if not listed and match["join"] == ",":
            return []
        listed.insert(0, match)
        at = match.start()
    if not listed or figure.bare_scale or _is_label(plain, at) or _COUNTS.search(plain[:at]):
        return []
    sized = [(match, number(match["number"])) for match in listed]
    return [
        replace(
            figure,
            amount=replace(figure.amount, low=value, high=value),
            begin=match.start("number"),
            end=match.end("number"),
        )
        for match, value in sized
        if figure.amount.low <= 10 * value and value <= 10 * figure.amount.high
    ]


_COUNTS = lazy_regex(
    r"(?<![a-z])(?:and|or|to|over|under|than|least|most|age|aged|weight|bmi|score|crcl|egfr|q|every|after|for|by|day|days|"
    r"cycle|cycles|week|weeks|x)[\s:=]*$"
)


def _is_label(plain: str, at: int) -> bool:
    """Tell whether the number at this place names something ("day 1", "grade 2", "il-1") and opens no range."""
    return bool(_LABEL.search(plain[:at]) or re.search(r"[a-z]-?$", plain[:at]))


MOST = Decimal(10**24)
"""What no amount in any unit comes near (doses of viral vectors are below 10^16): sums of more would not be exact."""


def _figure(match: re.Match[str]) -> Figure | None:
    low_text = match["low"]
    exponent = _exponent(match, "high")
    if match["unit"] is None and exponent is None:
        return None
    code, size = _unit_of("cells" if match["cells"] and exponent is not None else match["unit"])
    high = _scaled(match["high"], exponent or 0) * size
    low = high if low_text is None else _low(match, code, exponent)
    rates = _rates(match["per"] or match["bareper"] or "")
    if low is None or rates is None or not 0 < high <= MOST or not (low < high or low_text is None):
        return None
    if re.match(r"0\d", low_text or match["high"]):  # the tail of "500 000", not a figure
        return None
    per, time, dose = rates
    return Figure(Amount(low, high, code), per, time, dose, match.start(), match.end(), not code)


@lru_cache(maxsize=1024)
def _unit_of(spelling: str | None) -> tuple[str, Decimal]:
    """Give code and multiplier of a spelling ("MU" counts a million units)."""
    if spelling is None:
        return "", Decimal(1)
    known = unit(spelling)
    assert known is not None  # the pattern is made of the table
    return known.code, Decimal(10**6) if known.code == "[iU]" and known.size != 1 else Decimal(1)


def _low(match: re.Match[str], code: str, high_exponent: int | None) -> Decimal | None:
    """Give the lower figure of a range in the unit of the higher; a scale or unit of its own goes before."""
    own = _exponent(match, "low")
    exponent = own if own is not None else (high_exponent or 0)
    if match["lowunit"] is None:
        return _scaled(match["low"], exponent) * _unit_of(match["unit"])[1]
    low_code, size = _unit_of(match["lowunit"])
    return convert(_scaled(match["low"], own or 0) * size, low_code, code)


def word(value: Decimal) -> str:
    """Write a figure so that it cannot be misread: leading zero, no trailing zero, no exponent, commas from 1,000."""
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text
