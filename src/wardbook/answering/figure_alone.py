"""A turn that is a bare figure ("what if 25", "55?"): of which quantity of the question before it is the new value.

An old weight beside a new one gives a wrong dose. So the figure takes the place of the one quantity that it can be of;
where it can be of several, none of those is carried on.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from wardbook.answering.age_held import GROWN_UP
from wardbook.answering.measures import age_of, weight_of
from wardbook.answering.slots import Slot
from wardbook.answering.spelling import NUMBER_WORDS, in_figures
from wardbook.answering.turn import Turn
from wardbook.dosing.frequency import read_frequencies
from wardbook.dosing.life_stage import may_weigh
from wardbook.dosing.patient import AGES_Y, CLEARANCES, SURFACES_M2, read_weight
from wardbook.errors import QuestionError
from wardbook.lazy_regex import lazy_regex

_NUMBER = lazy_regex(r"(?<![\w.])\d+(?:\.\d+)?")
_FIGURE = r"\d+(?:\.\d+)?"
_BOUND = (
    r"(?:(?:under|below|over|above|(?:less|more|lighter|heavier|greater) than|at least|at most|up to)\s+|[<>≤≥]=?\s*)"
)
_SEVERAL = rf"(?:\s*(?:-|–|/|\bto\b|\bor\b|\band\b|,)\s*{_FIGURE}\b)+"
_BARE = lazy_regex(
    rf"(?P<bound>{_BOUND})?(?P<figure>{_FIGURE})(?P<several>{_SEVERAL})?(?=$|,|\s(?:and|but|with)\b)", re.IGNORECASE
)
"""A figure that nothing names, alone or with more behind it; a bound or several figures as well."""
_LAST = lazy_regex(rf"(?P<before>.*(?:[a-z]|\bgrade [0-5]))(?:,| and|, and)\s+(?P<figure>{_FIGURE})", re.IGNORECASE)
"""Such a figure behind all else that is said ("grade 2 and 25")."""
_WEIGHS = lazy_regex(
    r"\b(?:weigh(?:s|ed|ing|t)?|wt)\.?(?: (?:is|was|of|now|only))*\s*[:=]?\s*\d+(?:\.\d+)?(?![\d.]|\s*[a-z])",
    re.IGNORECASE,
)
"""A weight without its unit."""
_YEARS = lazy_regex(
    r"(?:if )?(?:(?:the |this |my |our )?(?:pt|patient|lady|gentleman|man|woman|guy)|he|she|they)"
    r"(?:['’]?s| is| was| are)(?: (?:now|only|already|actually))?(?: an?)? (1[89]|[2-9]\d|10\d)",
    re.IGNORECASE,
)
"""A bare figure said of a grown-up, as ages are said."""
_MOVES = (
    r"(?:(?:falls?|fell|drops?|dropped|goes|went|rises?|rose|climbs?|comes?|came|gets?|got|is|are|was|were)"
    r"(?: (?:up|down|back|now|only|just))?(?: to| at)? )"
)
_CLIMBS = r"(?:falls?|drops?|goes|went|rises?|climbs?|comes?|came|gets?) (?:up |down |back )?to "
"""Says of a patient that a score is another one now."""
_IT_IS = lazy_regex(
    rf"(?:(?:if|when|once|suppose|say) )?"
    rf"(?:at |(?:it|this|that|they)(?:[’']?s|[’']re)? (?:now |only |just )?{_MOVES}?|(?:he|she) {_CLIMBS})"
    r"(\d[\d.,]*)\W*",
    re.IGNORECASE,
)
_AGAIN = (
    r"(?:redo|re-?calc\w*|calculate|work (?:it|that) out|how much|what about|how about|"
    r"(?:what(?:['’]?s| is| would be)? |how much )?(?:the )?(?:dose|amount)|"
    r"(?:what|how much) (?:would|will|should) (?:it|that|the (?:dose|amount)) be|and|so|then|it|that|again)"
)
_SUPPOSED = (
    r"(?:if|for|with|at|say|suppose|supposing|assum(?:e|ing)|let['’]?s say|take|using|now|no|same|but|an?(?! hundred)|"
    r"only|just|about|around|roughly|maybe|perhaps|actually|rather|more like|closer to|nearer(?: to)?|is|was|were|be)"
)
_LED = lazy_regex(
    rf"(?P<led>(?:(?:{_AGAIN}|{_SUPPOSED})[\s,]+)*{_SUPPOSED}\s+)?(?P<bound>{_BOUND})?(?P<number>{_FIGURE}|{NUMBER_WORDS})"
    rf"(?P<several>{_SEVERAL})?"
    r"(?:,? (?:not|instead of|rather than) \d+(?:\.\d+)?(?: ?[a-z]\S*)?| instead| then| now|,? please)*[\s?.!]*"
    r"(?P<more>(?:,|\band\b|\bbut\b|\bwith\b)\s*(?:and |but )?(?:[a-z]|\d[\d.]*\s?[a-z]).*)?",
    re.IGNORECASE,
)
"""A figure that is supposed, and perhaps more behind it ("if 25 and grade 3")."""
_MOVED = lazy_regex(
    rf"(?:if|when|once|suppose|say) (?:(?:the|her|his|their) )?([a-z][\w+-]*(?: [a-z][\w+-]*)?) {_MOVES}"
    r"(\d[\d.,]*(?: ?[a-z%/\d.^]+)?)\W*",
    re.IGNORECASE,
)
_SOMEBODY = lazy_regex(r"(?:it|this|that|they|he|she|we|you|there|patient|pt)\b", re.IGNORECASE)
_WHOSE = lazy_regex(
    r"(?:his|her|their|(?:the |this |my )?(?:pt|patient)['’]?s)\s+"
    r"(?=[a-z][\w/+-]*(?: [a-z][\w+-]*)? (?:(?:is|was) )?\d)",
    re.IGNORECASE,
)


def value_alone(rest: str) -> str:
    """Give what is said without the words that only say that a value is another one now, or whose it is.

    "If it drops to 55" and "what if 55" are "55", which takes the old value's place; "if CrCl falls to 20" is "CrCl
    20", "his CrCl is 20" is "CrCl is 20".
    """
    rest = _WHOSE.sub("", rest) if _WHOSE.match(rest) else rest
    if alone := _IT_IS.fullmatch(rest):
        return alone[1].rstrip(".,")
    led = _LED.fullmatch(rest)
    if led and (number := _figure(led["number"], led=bool(led["led"]))):
        return f"{led['bound'] or ''}{number}{led['several'] or ''} {led['more'] or ''}".rstrip().replace(" ,", ",")
    moved = _MOVED.fullmatch(rest)
    return f"{moved[1]} {moved[2].rstrip('.,')}" if moved and not _SOMEBODY.match(moved[1]) else rest


def _figure(number: str, *, led: bool) -> str | None:
    """Give a number in figures; one in words only behind what leads it in, and never "one", which may be a person."""
    if number[0].isdigit():
        return number
    return in_figures(number) if led and number.lower() != "one" else None


def figure_named(rest: str, previous: Turn, options: Sequence[str], earlier: str = "") -> str:
    """Give a bare figure the name and the unit of what it can only be: the quantity that was asked for, a grade where
    the question before gives another one, an age where it gives one in months, the one measure of the patient that it
    can be of among those that it gives.
    """
    if (years := _YEARS.fullmatch(rest)) and not previous.all(*_MEASURES):
        return f"{years[1]} years old"
    weights, weighs = previous.all("weight"), _WEIGHS.search(rest)
    if weights and weighs and (written := re.search(r"[a-z]+$", weights[-1].words, re.IGNORECASE)):
        said = re.sub(r"\b\w+\s*[:=]\s*(?=\d)", "", rest[: weighs.end()])  # "weight=25" is "25 kg"
        return f"{said} {written[0]}{rest[weighs.end() :]}"
    if _is_other_grade(rest, previous):
        return f"grade {rest}"
    if re.fullmatch(r"\d+\s*(?:months?|mos?|weeks?|wks?|days?)", rest) and previous.all("age", "age group"):
        return f"{rest} old"
    bands = [_BAND.fullmatch(option) for option in options if option != "none of these"]
    asked = {(match[1], match[2] or "") for match in bands if match}
    if len(asked) == 1 and all(bands) and len(options) > 1 and re.fullmatch(r"\d+(?:\.\d+)?", rest):
        quantity, unit = asked.pop()
        return f"{quantity} {rest} {unit}".strip()
    meant = _meant(rest, previous, options, earlier)
    if len(meant) != 1 or (meant[0].what == "figure" and not (meant[0].key or meant[0].sort)):
        return rest
    if number := _BARE.match(rest):
        named = _with_bound(meant[0], (number["bound"] or "").strip().lower(), number["figure"])
        return rest if number["several"] else named + rest[number.end() :]
    last = _LAST.fullmatch(rest)
    return f"{last['before']}, {_with_figure(meant[0], last['figure'])}" if last else rest


def _is_other_grade(rest: str, previous: Turn) -> bool:
    """Tell whether a figure is a grade, and not the one that the question before has."""
    grades = previous.all("grade")
    fits = re.fullmatch(r"[0-5](?:\s*[-/]\s*[0-5])?\+?", rest) is not None and bool(grades)
    return fits and not any(rest in slot.words for slot in grades)


def unclear(rest: str, previous: Turn, options: Sequence[str] = (), earlier: str = "") -> list[Slot]:
    """Give the quantities of the question before of which a bare figure may be the new value where it cannot be told
    of which; those too of which several new values are given.
    """
    meant = _meant(rest, previous, options, earlier)
    number = _BARE.match(rest)
    return meant if len(meant) > 1 or (number and number["several"]) else []


def outdated(rest: str, turn: Turn, previous: Turn) -> list[Slot]:
    """Give the measures of the question before that a figure of a turn, of which nothing else tells what it is, may be
    the new value of ("how much would 25 get"): beside it the old ones stand no more.
    """
    figures = [slot for slot in turn.all("figure") if not slot.sort and slot.key in _UNTOLD]
    if turn.all("drug", *_MEASURES) or read_frequencies(rest) or len(figures) != 1:
        return []
    number = _NUMBER.search(figures[0].words)
    given = [slot for slot in previous.all(*_MEASURES) if slot.has_figure]
    return [slot for slot in given if number and _is_near(number[0], slot) and _may_be(number[0], slot, previous)]


_UNTOLD = frozenset({"", "weight", "wt", "bsa", "surface", "age"})
"""Labels of figures that are measures of the patient or nothing."""


def _meant(rest: str, previous: Turn, options: Sequence[str], earlier: str) -> list[Slot]:
    """Give the quantities of the question before that a bare figure can be the new value of; [] for no such figure.

    Of several those count that a patient can have it of, that the question `earlier` had not, and that it is near to;
    a time or a rhythm only where no measure of the patient is left. It is none where it tells one of the options.
    """
    number = _BARE.match(rest) or _LAST.fullmatch(rest)
    if number is None:
        return []
    given = [slot for slot in previous.all(*_MEASURES, "figure") if slot.has_figure and slot.key not in _OF_SCHEDULES]
    figure = number["figure"]
    given = [slot for slot in given if not (slot.what == "weight" and Decimal(figure) < LIGHTEST)]
    alone = len(given) < 2
    narrowed: tuple[list[Slot], ...] = (
        [slot for slot in given if alone or _may_be(figure, slot, previous)],
        [slot for slot in given if earlier and slot.words.lower() not in earlier.lower()],
        [slot for slot in given if _is_near(figure, slot)],
        [slot for slot in given if slot.sort in ("", "amount", "level")],
    )
    for some in narrowed:
        given = [slot for slot in given if slot in some] or given
    is_place = figure == rest and figure.isdigit() and 1 <= int(figure) <= len(options)
    doubted = is_place or number.re.pattern == _LAST.pattern
    return [] if doubted and not any(_is_near(figure, slot) for slot in given) else given


_SIGNS = {
    **dict.fromkeys(("under", "below", "less than", "lighter than"), "<"),
    **dict.fromkeys(("over", "above", "more than", "heavier than", "greater than"), ">"),
    "at least": "≥",
    **dict.fromkeys(("at most", "up to"), "≤"),
}
"""Words of a bound to its sign, which is read behind every name."""


def _with_bound(slot: Slot, bound: str, figure: str) -> str:
    """Give the words of a quantity with another figure and what bounds it: right before the figure ("CrCl < 10")."""
    if not bound or slot.words[0].isdigit():
        return f"{bound} {_with_figure(slot, figure)}".strip()
    plain = re.sub(r"[<>≤≥]=?\s*(?=\d)", "", slot.words)
    return _NUMBER.sub(f"{_SIGNS.get(bound, bound)} {figure}", plain, count=1)


def _with_figure(slot: Slot, figure: str) -> str:
    """Give the words of a quantity with another figure."""
    return _NUMBER.sub(figure, slot.words, count=1)


def _may_be(figure: str, slot: Slot, previous: Turn) -> bool:
    """Tell whether a patient of whom the question before tells the rest can have this value of a quantity."""
    value = Decimal(figure)
    bounds = {"surface": SURFACES_M2, "renal impairment": CLEARANCES}.get(slot.what)
    if bounds:
        return bounds[0] <= value <= bounds[1]
    if slot.what not in ("weight", "age"):
        return True
    words = f"{previous.text[: slot.begin]}{_with_figure(slot, figure)}{previous.text[slot.end :]}"
    written, age = weight_of(words)[0], age_of(words)
    try:
        kg = read_weight(written).kg if written else None
    except QuestionError:
        return False
    grown = slot.what == "age" and any(each.key == "child" for each in previous.all("age group"))
    believed = age is None or (AGES_Y[0] <= age <= AGES_Y[1] and not (grown and age >= GROWN_UP))
    return believed and (age is None or kg is None or may_weigh(age, kg))


def _is_near(figure: str, slot: Slot) -> bool:
    """Tell whether a figure is another value of a quantity as of one and the same patient, or of another."""
    old, new = _NUMBER.search(slot.words), Decimal(figure)
    return old is not None and Decimal(old[0]) / MOST_APART <= new <= Decimal(old[0]) * MOST_APART


LIGHTEST = 2
"""Kilograms below which a bare figure is no other weight of the patient: it is a rate ("and at 0.3?")."""
MOST_APART = 5
"""Times by which two values of one quantity differ at most where the figure may as well be of another."""
_MEASURES = ("weight", "age", "surface", "renal impairment")
_OF_SCHEDULES = frozenset({"day", "week", "cycle", "dose", "course", "month", "step", "line"})
_BAND = lazy_regex(
    r"([A-Za-z][\w -]*?) (?:(?:at least|less than|more than|at most|over|under) )?\d[\d.,]*"
    r"(?: to (?:less than )?\d[\d.,]*)?(?: ([^\d\s;,]\S*|x\s?10\S*))?"
)
"""An option that is a band of a quantity ("weight 15 to less than 30 kg")."""
