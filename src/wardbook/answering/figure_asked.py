"""Whether a statement gives the figure that a question asks for: a level to reach, a bound to act at, a rate.

Words that hold all that a question names are no answer where the figure is missing: "X: levels every 3 days" tells no
target level of X, and "neutrophils daily" no count at which something is stopped.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from wardbook.answering.scoring import Evidence
from wardbook.answering.statistic_asked import gives_statistic
from wardbook.dosing.drug import DrugNames
from wardbook.dosing.measured import bare_figures, read_measured
from wardbook.dosing.notation import uniform
from wardbook.dosing.quantity import Quantity, key_of, known_as, quantities
from wardbook.lazy_regex import lazy_regex

_LEVEL = r"(?:troughs?|levels?|concentrations?|peaks?|ranges?)"
_AIM = r"(?:targets?|goals?|desired|therapeutic|aimed for)"
_TARGET = lazy_regex(
    rf"\b{_AIM}(?: (?!and\b|or\b|of\b)[a-z0-9-]+){{0,2}} {_LEVEL}\b|\b{_LEVEL}(?: of [a-z-]+)? {_AIM}\b|"
    rf"\bwhat (?:trough|peak|level)s?\b(?! of (?:care|evidence|risk))|\b{_AIM} (?:of|for) (?:the )?{_LEVEL}\b"
)
_AT_WHAT = r"\b(?:at|below|above|under|over|until|beyond|with|from) (?:what|which)(?: level of| value of)?"
_LINE = r"(?:thresholds?|cut-?\s?offs?|triggers?)"
_LABELLED = lazy_regex(r"(?:\b(?:grades?|gr|stages?|cycles?|days?|weeks?|months?|step|line|phase|type|d)\s*|[a-z]-?)$")
"""Stands before a number that names something and is no value."""
_EXPOSURE = lazy_regex(r"\d\s*(?:mg|mcg|ug|ng)\s*[.*·x]?\s*h(?:r|ours?)?\s*/\s*(?:l|ml)\b")
"""A value of an area under a curve."""
_SUCH = r"\b(?:targets?|goals?|levels?|troughs?|thresholds?|cut-?offs?|counts?)\b"
_NO = (
    r"\b(?:no|not|never|none|without|unknown|undefined|see|ask|call|consult|discuss|refer|agreed?|according|as per|"
    r"individuali[sz]ed|varies|depends)\b"
)
_NONE = lazy_regex(rf"{_NO}[^.;]{{0,40}}{_SUCH}|{_SUCH}[^.;]{{0,40}}{_NO}")
"""Says of such a figure that there is none, or where it is to be had."""

_OF_LEVEL = lazy_regex(
    rf"\b{_LEVEL}\b|{_SUCH}|\b(?:aim|keep|kept|maintain|auc)\b|(?:g|mol|units?|iu|u)\s*/\s*(?:l|ml|dl)\b"
)
"""Speaks of a level, by a word or by its unit."""


@lru_cache(maxsize=256)
def asks_target(question: str) -> bool:
    """Tell whether a question asks for the level of something that is to be reached."""
    return bool(_TARGET.search(uniform(question)))


_MAY_ASK = lazy_regex(rf"{_AT_WHAT} |\b(?:at|below|above|under|over)\W*$|\b(?:{_LINE}|{_AIM})\b")
"""Stands in every question that `_bound` finds; few hold it, and `_bound`, with all quantities, is long to compile."""


@cache
def _bound() -> re.Pattern[str]:
    names = "|".join(sorted((each.pattern for each in quantities().values()), key=len, reverse=True))
    of = rf"(?<![\w/-])(?:{names})(?![\w/-])"
    return re.compile(
        rf"{_AT_WHAT} (?P<at>{of})|\b(?:what|which) (?P<what>{of})[^.;?]*\b(?:at|below|above|under|over)\W*$|"
        rf"(?P<of>{of})(?: levels?| counts?| transfusions?)? (?:{_LINE}|{_AIM})\b|"
        rf"\b(?:{_LINE}|{_AIM})(?: (?:of|for))?(?: the)? (?P<for>{of})"
    )


@lru_cache(maxsize=256)
def bound_asked(question: str) -> str:
    """Give the measured quantity of which a question asks a value ("at what ANC", "Hb threshold"), else ""."""
    plain = uniform(question)
    found = _bound().search(plain) if _MAY_ASK.search(plain) else None
    named = next(filter(None, found.groups()), "") if found else ""
    return known_as(named) or ""


@lru_cache(maxsize=256)
def bounds_asked(question: str) -> tuple[str, ...]:
    """Give the measured quantities of which a question asks a value, all of several ("cut-offs for K and urate")."""
    first, plain = bound_asked(question), uniform(question)
    if not first or not _SEVERAL.search(plain):
        return (first,) if first else ()
    return (first, *(name for name in quantities() if name != first and _names(name).search(plain)))


_SEVERAL = lazy_regex(r"\b(?:and|or)\b|[,&+]")


@lru_cache(maxsize=256)
def scores_told(question: str) -> frozenset[str]:
    """Give the scores of the vocabulary of which a question tells the points ("Wells 5"): no other words are."""
    told = (band.condition.quantity for band in read_measured(question, values=True))
    return frozenset(name for name in told if (known := quantities().get(name)) and _is_score(known))


def _is_score(quantity: Quantity) -> bool:
    return any("{points}" in unit.codes for unit in quantity.units)


def with_figure(question: str, ranked: Iterable[Evidence], drugs: DrugNames) -> list[Evidence]:
    """Leave out what does not give the figure that a question asks for; all of it stays where none is asked for."""
    listed = [each for each in ranked if gives_statistic(question, _with_above(each))]
    if asked := bounds_asked(question):
        listed = [each for each in listed if any(_gives_value(each, quantity) for quantity in asked)]
    for score in scores_told(question):
        listed = [each for each in listed if _names(score).search(uniform(_with_above(each)))]
    if asks_target(question):
        named = {each.drug for each in drugs.find(question)}
        listed = [each for each in listed if _gives_level(each, named, drugs)]
    return listed


def _gives_value(each: Evidence, quantity: str) -> bool:
    """Tell whether words give a value, and that of the quantity where they name any, themselves or by what is above."""
    text = each.unit.text
    if not values_in(text):
        return tells_none(text)
    return _names(quantity).search(uniform(_with_above(each))) is not None or not read_measured(text, values=True)


def _with_above(each: Evidence) -> str:
    """Give the words of a statement with its columns, its leads, its headings and the title."""
    columns = (name for name, _ in each.unit.values)
    return " ".join([each.hit.title, *each.hit.path, *each.unit.lead, *columns, each.unit.text])


@cache
def _names(quantity: str) -> re.Pattern[str]:
    known = quantities()[quantity]
    short = re.escape(key_of(quantity)[0])  # "ICE" of the "ICE score"
    return re.compile(rf"(?<![\w/+-])(?:{'|'.join([known.pattern, short, *known.nouns])})(?!\w)")


def _gives_level(each: Evidence, named: set[str], drugs: DrugNames) -> bool:
    """Tell whether a level stands behind the drug asked about, or behind none, before another one is named."""
    text = each.unit.text
    if _OF_LEVEL.search(uniform(_with_above(each))) is None:
        return False
    found = drugs.find(text)
    for begin in values_in(text):
        before = [mention.drug for mention in found if mention.end <= begin]
        if not named or not before or before[-1] in named:
            return True
    return tells_none(text)


@lru_cache(maxsize=20_000)
def values_in(text: str) -> tuple[int, ...]:
    """Give where the figures of a text begin that can be a measured value: no dose, time, count, day or grade."""
    plain = uniform(text)
    exposures = [match.start() for match in _EXPOSURE.finditer(plain)]
    return (*(begin for begin in bare_figures(text) if not _LABELLED.search(plain[:begin])), *exposures)


def tells_none(text: str) -> bool:
    """Tell whether words say that such a figure is not given, or where it is to be had."""
    return _NONE.search(uniform(text)) is not None
