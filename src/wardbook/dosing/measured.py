"""Measured values: a quantity with the range or the value that a text gives it ("INR 4-10", "uric acid 14").

The one reader for pages and questions. A quantity is known by a name of the vocabulary, or by the name that a header,
a label or the other side of a comparison gives it. A dose, a date, a day or a weight behind a name is no value of it.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache

from wardbook.dosing.band import Band
from wardbook.dosing.comparator import comparator_pattern, comparators
from wardbook.dosing.drug_vocabulary import key, published
from wardbook.dosing.notation import has_digit, uniform
from wardbook.dosing.quantity import believes, key_of, known_as, measure_units, named, quantities, quantity_above
from wardbook.dosing.regimen import Condition
from wardbook.kept import OF_BOTH, OF_QUESTIONS
from wardbook.lazy_regex import lazy_regex

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_LINK = (
    r"(?:[\s:=~]|\b(?:levels?|counts?|scores?|values?|conc(?:entration)?|points?|of|is|was|are|at|now|today|remains?|"
    r"remained|still|persistently|about|around|only|total|result|results?|came back|comes back|peak|trough|falls?|"
    r"drops?|"
    r"rises?|reaches|index|risk|(?:(?:have|has|had) )?(?:dropped|fallen|risen|gone up|gone down|come up|come down) to|"
    r"(?:down|up) to)\b|\((?:[^()\d<>≤≥]{0,30})\))*?"
)
# Behind these a number is a dose, a time, a day or a count of something, and no value of what stands before it.
_NO_VALUE = lazy_regex(
    r"\s*-?\s*(?:mg|mcg|µg|ug|g|gm|grams?|kg|lbs?|units?|u|iu|ml|l|meq|mmol|mol|tab(?:let)?s?|caps?(?:ules?)?|vials?|puffs?|"
    r"drops?|doses?|amps?|bags?|pools?|x\s*10|h|hr|hrs|hours?(?! ?\d)|d|days?(?! ?[-+]?\d)|wk|weeks?(?! ?\d)|mo|"
    r"months?|y|yr|yrs|yo|years?|min|mins|minutes?|times|sec|patients?|pts|episodes?|of \d|"
    r"th\b|st\b|nd\b|rd\b|mm|cm)(?![a-z])|\s*/\s*\d|:\d|[.,]?\d|[a-z]"
    r"|\s*x\s*\d|\^"
)
_MORE = r"(?:or|and|&) (?:more|over|above|greater|higher|up|upwards?)|\+(?!\d)"
_LESS = r"(?:or|and|&) (?:less|under|below|lower|fewer)"
_ROMAN = lazy_regex(r"[ivx]+[abc]?")


@cache
def _unit() -> str:
    spelled = sorted(measure_units(), key=len, reverse=True)
    return "|".join(_NO_TIMES if each == "x" else re.escape(each).replace(r"\ ", r"\s*") for each in spelled)


_NO_TIMES = r"x(?!\s*(?:[\d(]|daily|weekly|monthly|an? |per |/|each|every|day|week|month|then))"
"""An "x" that makes a multiple of a figure, and is no "2 x 500 mg" and no "2 x weekly"."""


@cache
def _range() -> str:
    """Give the pattern of a range, a bound or a value."""
    compare, unit = comparator_pattern(), rf"(?:\s*(?P<unit>{_unit()})(?![a-z\d/]))?"
    first = rf"(?P<first>{_NUMBER})(?:\s*(?:{_unit()})(?![a-z\d/]))?"
    between = (
        rf"(?P<between>between\s+)?(?P<above>{compare})?\s*{first}\s*(?P<join>-|to|and)\s*(?P<below>{compare})?\s*"
    )
    return (
        rf"(?:{between}(?P<second>{_NUMBER}){unit}"
        rf"|(?P<one>{_NUMBER}){unit.replace('<unit>', '<of_one>')}\s*(?:(?P<more>{_MORE})|(?P<less>{_LESS}))"
        rf"|(?:(?P<sign>{compare})\s*)?(?P<value>{_NUMBER}){unit.replace('<unit>', '<of_value>')})"
    )


@cache
def _alone() -> re.Pattern[str]:
    """Give the pattern of a range, which is long to compile: one for all, wherever the range stands."""
    return re.compile(_range())


@cache
def _begins() -> str:
    """Give the pattern of what any range begins with."""
    return rf"(?=(?:between\s+)?(?:{comparator_pattern()}\s*)?\.?\d)"


@cache
def _named_pattern(names: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/+-])(?<!\bvit )(?<!\bvitamin )(?P<name>{names})(?![a-z\d]){_LINK}{_begins()}")


def _ranges(before: re.Pattern[str], plain: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Yield, left to right, each match of what stands before a range with the range."""
    at = 0
    while lead := before.search(plain, at):
        match = _alone().match(plain, lead.end())
        if match:
            yield lead, match
        at = match.end() if match else lead.start() + 1


@cache
def _any_name() -> str:
    return "|".join(sorted((each.pattern for each in quantities().values()), key=len, reverse=True))


_SAMPLE = lazy_regex(r"\s*(?:,\s*)?\(?(?:at|@)\s*(?:hour\s*|t\s*=\s*)?(?P<hours>\d+)\s*-?\s*(?:h|hr|hrs|hours?)?\b\)?")
_GLUED_SAMPLE = lazy_regex(r"\bat (?:the )?(?P<hours>\d+)\s*-?\s*(?:h|hr|hrs|hours?)\b")


@lru_cache(maxsize=OF_BOTH)
def read_measured(text: str, *, values: bool = False) -> tuple[Band, ...]:
    """Find the ranges of known quantities in a text, left to right; single figures too where `values`."""
    if not has_digit(text):
        return ()
    return tuple(band for band in _of("", _any_name(), uniform(text), values) if not _is_unit(text, band.begin))


_OF_AMOUNT = lazy_regex(r"\d\s*$")


def _is_unit(text: str, begin: int) -> bool:
    """Tell whether what was taken for magnesium is the unit of an amount ("5 mg 2-4 hourly")."""
    return text.startswith("mg", begin) and _OF_AMOUNT.search(text, 0, begin) is not None


@lru_cache(maxsize=OF_QUESTIONS)
def read_values_of(quantity: str, text: str) -> tuple[Band, ...]:
    """Find the values and ranges that a text gives to a quantity of any name."""
    key, _ = key_of(quantity)
    known = quantities().get(next((n for n in quantities() if n.lower() == key or n == key), ""))
    names = known.pattern if known else re.escape(key).replace(r"\ ", r"[\s-]+")
    plain = uniform(text)
    found = tuple(_of(known.name if known else quantity, names, plain, True)) if key else ()
    return found or (tuple(_beside_noun(known.name, known.nouns, plain)) if known and known.nouns else ())


@lru_cache(maxsize=8192)
def read_by_nouns(text: str) -> tuple[Band, ...]:
    """Find the ranges that a text gives behind words for too much or too little of a quantity ("hypotension < 90")."""
    if not has_digit(text):
        return ()
    plain = uniform(text)
    known = ((each.name, each.nouns) for each in quantities().values() if each.nouns)
    return tuple(band for name, nouns in known for band in _beside_noun(name, nouns, plain, values=False))


def _beside_noun(name: str, nouns: tuple[str, ...], plain: str, values: bool = True) -> Iterator[Band]:
    """Yield the values right behind words for too much or too little of a quantity ("hyperkalaemia (5.7)")."""
    for lead, match in _ranges(_noun_pattern("|".join(nouns)), plain):
        condition = _condition(name, match, plain, values)
        if condition is not None and believes(name, condition):
            yield Band(condition, lead.end("noun"), match.end())


@cache
def _noun_pattern(nouns: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?P<noun>{nouns})(?:\s*[,(:]\s*|\s+(?:of|at|with)\s+|\s+){_begins()}")


def _of(one: str, names: str, plain: str, values: bool) -> Iterator[Band]:
    """Yield the ranges behind the names of one quantity, or of whichever each of them stands for."""
    for lead, match in _ranges(_named_pattern(names), plain):
        name = one or known_as(lead["name"]) or lead["name"]
        condition = _condition(name, match, plain, values)
        if condition is None or not believes(name, condition):
            continue
        words = plain[lead.start() : match.end()]
        sample = _SAMPLE.match(plain, match.end()) or _GLUED_SAMPLE.search(words[: lead.start()])
        hours = sample["hours"] if sample else ""
        quantity_name = f"{key_time(name)} at {hours} hours" if hours else name
        end = match.end() if not sample else max(match.end(), sample.end())
        yield Band(Condition(quantity_name, *_bounds(condition), condition.unit), lead.start(), end)


def key_time(name: str) -> str:
    """Give a name without the time of its sample."""
    return re.sub(r" at \d+ hours$", "", name)


def _bounds(condition: Condition) -> tuple[Decimal | None, bool, Decimal | None, bool]:
    return condition.low, condition.low_inclusive, condition.high, condition.high_inclusive


def _condition(name: str, match: re.Match[str], plain: str, values: bool) -> Condition | None:
    """Make the condition of a match; None for a single figure that is not asked for, or where it is no value."""
    groups = match.groupdict()
    spelled = next((groups[key] for key in ("unit", "of_one", "of_value") if groups.get(key)), "")
    if _NO_VALUE.match(plain, match.end()) and not (spelled and not re.match(r"[.\d]", plain[match.end() :])):
        return None
    unit = measure_units()[_spelling(spelled)].code if spelled else ""
    unit = "" if unit == "{points}" else unit
    if groups["value"] is not None and groups["sign"] is None:
        value = _number(groups["value"])
        return Condition(name, value, True, value, True, unit) if values else None
    if groups["second"] is not None:
        return _between(name, groups, unit)
    if groups["one"] is not None:
        side, inclusive, value = ("high" if groups["less"] else "low"), True, _number(groups["one"])
    else:
        side, inclusive = comparators()[" ".join(groups["sign"].split())]
        value = _number(groups["value"])
    if side == "low":
        return Condition(name, value, inclusive, None, False, unit)
    return Condition(name, None, False, value, inclusive, unit)


def _between(name: str, groups: dict[str, str | None], unit: str) -> Condition | None:
    low, high = _number(groups["first"] or ""), _number(groups["second"] or "")
    above = comparators()[" ".join(groups["above"].split())] if groups["above"] else ("low", True)
    below = comparators()[" ".join(groups["below"].split())] if groups["below"] else ("high", True)
    joined = groups["join"] in ("-", "to") or groups["between"] or (groups["above"] and groups["below"])
    if not joined or above[0] != "low" or below[0] != "high" or low > high:
        return None
    return Condition(name, low, above[1], high, below[1], unit)


def _number(words: str) -> Decimal:
    return Decimal(words.replace(",", ""))


@cache
def _spelled() -> dict[str, str]:
    return {re.sub(r"\s+", "", spelled): spelled for spelled in measure_units()}


def _spelling(written: str) -> str:
    """Give the spelling of the vocabulary for a unit as written, blanks aside."""
    return _spelled()[re.sub(r"\s+", "", written)]


_HEADS = lazy_regex(r"(?:\s+(?:or|and|with|without)\s+[a-z][a-z /-]{0,30})?:")
"""Behind a range that heads a line, and what goes with it ("6.5 or more or ECG: ...", "1.9-2.1 and well: ...")."""
_LISTED = lazy_regex(r"(?:^|[,;:.]\s*|\bor\b\s*|\band\b\s*)(?P<label>(?:[a-z][a-z/-]*\s+){0,3})$")


@lru_cache(maxsize=4096)
def read_more(text: str, quantity: str) -> tuple[Band, ...]:
    """Find the ranges of a list whose items name no quantity: `quantity` or else that of the first item is theirs.

    "4Ts: 0-3 low, 4-5 intermediate" and, under a heading that names calcium, "Mild 10.5-11.9, moderate 12-13.9".
    """
    plain = uniform(text)
    first = next(iter(read_measured(text)), None)
    name = first.condition.quantity if first else quantity
    if not name:
        return ()
    taken = [(band.begin, band.end) for band in read_measured(text)]
    found = []
    opens = first is not None
    for match in _alone().finditer(plain):
        begin = match.start() + len(match[0]) - len(match[0].lstrip())
        if any(begin < end and start < match.end() for start, end in taken):
            continue
        head = re.split(r"[;\n]|\.\s", plain[:begin])[-1]
        heading = (
            not head.strip() and (match["sign"] or match["second"] or match["one"]) and _HEADS.match(plain, match.end())
        )
        opens = opens or bool(heading)
        listed = heading or (_LISTED.search(head) and (first is not None or re.search(r"[a-z]", head)))
        condition = _condition(name, match, plain, False) if listed else None
        if condition is not None and believes(name, condition):
            found.append(Band(condition, begin, match.end()))
    return tuple(found) if opens or len(found) > 1 else ()


def ranges_of_headers(headers: Sequence[str], above: str) -> dict[int, Band]:
    """Give the ranges of several headers that name no quantity, where the headings above name one ("Mild 5.5-5.9")."""
    quantity = quantity_above(above)
    if not quantity or any(read_measured(words) for words in headers):
        return {}
    found = {at: band for at, words in enumerate(headers) if (band := _of_header(words, quantity))}
    ranged = {at for at, words in enumerate(headers) if re.search(r"\d", words)}
    return found if len(ranged) > 1 and found.keys() == ranged else {}


def _of_header(words: str, quantity: str) -> Band | None:
    plain = uniform(words)
    match = next((each for each in _alone().finditer(plain) if not re.search(r"\d", plain[: each.start()])), None)
    condition = _condition(quantity, match, plain, values=False) if match else None
    if match is None or condition is None or not believes(quantity, condition):
        return None
    begin = match.start() + len(match[0]) - len(match[0].lstrip())
    return Band(condition, begin, match.end())


def bare_figures(text: str) -> list[int]:
    """Give where the figures of a text begin that may be values: those that are no dose, time or count."""
    plain = uniform(text)
    found = (match for _, match in _ranges(_bare(), plain))
    return [match.start() for match in found if _condition("", match, plain, values=True) is not None]


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?:{_begins()}|(?=\s+\.?\d))")


_BARE_UNIT = lazy_regex(r"(?<=\w)\s(m?l ?/ ?min ?/ ?kg)$")
"""Ends a header without the brackets in which a unit stands."""
_HEADER_UNIT = lazy_regex(r"\(([^()]*)\)|\[([^\[\]]*)\]|,\s*([^,]*)$|\s([^\s()\[\],/]+/d?l|(?:ng|pg|mcg|µg|ug)/ml)$")
"""A unit in brackets, behind a comma, or, of what is measured in blood, at the end."""
_FIGURES = {"⁹": "9", "⁶": "6", "³": "3", "¹²": "12"}
_RAISED = lazy_regex(r"10(⁹|⁶|³|¹²)(?![⁰-⁹¹²³])")
_NO_QUANTITY = lazy_regex(
    r"(?<![a-z])(?:dos(?:e|es|ing|age)|days?|weeks?|months?|years?|cycles?|dates?|time|hours?|age|weight|wt|phases?|"
    r"steps?|line|no|number|n|patients?|duration|interval|frequency|route|drug|agent|rate|max\w*|min\w*|total|"
    r"volume of|"
    r"page|version|when|infusion|bolus|load\w*|study|trial|grades?|stages?|class|bsa|body surface|height|target|goal|"
    r"onset|lasts?|peak effect|half-?life|mortality|incidence|response|survival|risk of|prevalence|"
    r"probability|percent\w*|"
    r"rebleed\w*|sensitivity|specificity|cost|price|hold|next|change|recheck|repeat|points)(?![a-z])"
)


def is_quantity(header: str) -> bool:
    """Tell whether a header can be of something measured: no dose, time, size of the patient or share of patients."""
    return re.search(r"[a-z]{2}", header) is not None and _NO_QUANTITY.search(header) is None


@lru_cache(maxsize=4096)
def header_quantity(header: str) -> tuple[str, str] | None:
    """Give the quantity that a header names, with the code of its unit ("" where it gives none), or None.

    A header of the vocabulary is a quantity however it is worded; another one is where it says "level" or "score", or
    gives a unit of measurement.
    """
    plain = _RAISED.sub(lambda power: f"10^{_FIGURES[power[1]]}", uniform(header)).strip(" :.*")
    plain = _BARE_UNIT.sub(r" (\1)", plain)
    unit, bare = "", plain
    for match in _HEADER_UNIT.finditer(plain):
        written = re.sub(r"\s+", "", next(group for group in match.groups() if group is not None))
        if written in _spelled():
            unit = measure_units()[_spelled()[written]].code.replace("{points}", "")
            bare = (plain[: match.start()] + plain[match.end() :]).strip(" :,")
    bare = " ".join(re.sub(r"\([^()]*\)", " ", bare).split()) or plain
    name = named(bare)
    if quantities().get(key_time(name)):
        return name, unit
    name = _generic(name)
    if re.search(r"[a-z]", bare) is None or _NO_QUANTITY.search(re.sub(r"\bat \d+ ?\w+", " ", bare)):
        return None
    told = unit or re.search(r"\b(?:levels?|scores?|troughs?|counts?|concentrations?)\b", bare)
    return (name, unit) if told and len(bare.split()) <= MOST_WORDS else None


def _generic(name: str) -> str:
    """Give a drug whose level is measured by its generic name, as questions are read ("mtx": "methotrexate")."""
    short = published().short.get(key(name))
    return published().names.get(key(name)) or (short.drugs[0] if short and len(short.drugs) == 1 else name)


MOST_WORDS = 6
"""Words of a header that names a quantity."""


@lru_cache(maxsize=8192)
def cell_condition(header: str, text: str) -> Condition | None:
    """Give the condition that a cell under the header of a quantity draws ("8-14" under "CIWA-Ar"), or None.

    The cell holds nothing but the range, its unit and words behind a comma or in brackets.
    """
    quantity = header_quantity(header)
    if quantity is None:
        return None
    name, unit = quantity
    plain = uniform(text).lstrip()
    match = _alone().match(plain)
    if match is None or not re.match(r"\s*(?:$|[,;(])", plain[match.end() :]):
        return None
    condition = _condition(name, match, plain, values=True)
    if condition is None:
        return None
    condition = Condition(name, *_bounds(condition), condition.unit or unit)
    return condition if believes(name, condition) else None


_HOUR_HEADER = lazy_regex(
    r"\s*(?:hours?|hrs?|time)\s*(?:[(\[]\s*(?:h|hrs?|hours?)\s*[)\]])?(?: (?:of|after) [a-z ]+)?[\s:.*]*"
)
_HOUR = lazy_regex(r"\s*(?:h(?:our)? ?)?(?P<hours>\d+)\s*(?:h|hrs?|hours?)?\s*")


def names_hour(header: str) -> bool:
    """Tell whether a header is of the hour at which something is measured ("Hour", "Time (h)")."""
    return _HOUR_HEADER.fullmatch(uniform(header)) is not None


def sample_hour(labels: Sequence[tuple[str, str]]) -> str:
    """Give the hour that one label of a row tells, where another one draws a range of something measured; else ""."""
    told = [
        match["hours"] for header, text in labels if names_hour(header) and (match := _HOUR.fullmatch(uniform(text)))
    ]
    drawn = any(cell_condition(header, text) for header, text in labels if not names_hour(header))
    return told[0] if len(told) == 1 and drawn else ""
