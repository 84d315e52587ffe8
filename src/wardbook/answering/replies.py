"""What a reply to our own clarifying question picks from the options that were offered."""

import re
from collections.abc import Sequence

from wardbook.answering.measures import grades_of
from wardbook.answering.slots import is_telling
from wardbook.answering.terms import stem
from wardbook.answering.turn import Turn
from wardbook.lazy_regex import lazy_regex

_PLACES = (
    r"(?:the )?(?:first|former|1st)(?: (?:one|option))?",
    r"(?:the )?(?:second|latter|2nd)(?: (?:one|option))?",
    r"(?:the )?(?:third|3rd)(?: (?:one|option))?",
    r"(?:the )?(?:fourth|4th)(?: (?:one|option))?",
)
_LAST = lazy_regex(r"(?:the )?(?:last|bottom)(?: (?:one|option))?", re.IGNORECASE)
_NUMBER = lazy_regex(r"(?:option|number|no\.?|#)?\s*(\d)(?:st|nd|rd|th)?(?: one)?", re.IGNORECASE)
_LETTER = lazy_regex(r"(?:option )?\(?([a-z])[).]?", re.IGNORECASE)


def picked(said: str, options: Sequence[str]) -> str | None:
    """Give the one option that a reply means, by its place or by words that it alone has; None where it is open."""
    words = said.strip(" .,!?")
    if not options or not words:
        return None
    return _by_place(words, options) or _by_words(words, options)


_NUMBER_ALONE = lazy_regex(r"\d+(?:\.\d+)?")
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
_MEASURES = ("weight", "age", "surface", "renal impairment")


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

    "If it drops to 55" is "55", which takes the old value's place; "if CrCl falls to 20" is "CrCl 20", "his CrCl is 20"
    is "CrCl is 20".
    """
    rest = _WHOSE.sub("", rest) if _WHOSE.match(rest) else rest
    if alone := _IT_IS.fullmatch(rest):
        return alone[1].rstrip(".,")
    moved = _MOVED.fullmatch(rest)
    return f"{moved[1]} {moved[2].rstrip('.,')}" if moved and not _SOMEBODY.match(moved[1]) else rest


def figure_named(rest: str, previous: Turn, options: Sequence[str], earlier: str = "") -> str:
    """Give a bare figure the name and the unit of what it can only be: the quantity that was asked for, a grade where
    the question before gives one, an age where it gives one in months, the one measure of the patient that it gives or
    that it has and the question `earlier` had not.
    """
    if (years := _YEARS.fullmatch(rest)) and not previous.all(*_MEASURES):
        return f"{years[1]} years old"
    weights, weighs = previous.all("weight"), _WEIGHS.search(rest)
    if weights and weighs and (written := re.search(r"[a-z]+$", weights[-1].words, re.IGNORECASE)):
        return f"{rest[: weighs.end()]} {written[0]}{rest[weighs.end() :]}"
    if re.fullmatch(r"[0-5](?:\s*[-/]\s*[0-5])?\+?", rest) and previous.all("grade"):
        return f"grade {rest}"
    if re.fullmatch(r"\d+\s*(?:months?|mos?|weeks?|wks?|days?)", rest) and previous.all("age", "age group"):
        return f"{rest} old"
    bands = [_BAND.fullmatch(option) for option in options if option != "none of these"]
    asked = {(match[1], match[2] or "") for match in bands if match}
    if len(asked) == 1 and all(bands) and len(options) > 1 and re.fullmatch(r"\d+(?:\.\d+)?", rest):
        quantity, unit = asked.pop()
        return f"{quantity} {rest} {unit}".strip()
    return _measure_named(rest, previous, earlier) if _NUMBER_ALONE.fullmatch(rest) else rest


def _measure_named(rest: str, previous: Turn, earlier: str) -> str:
    """Give a bare figure in the words of the measure that it corrects."""
    given = [slot for slot in previous.all(*_MEASURES, "figure") if slot.has_figure and slot.key not in _OF_SCHEDULES]
    given = [slot for slot in given if not slot.sort] if len(given) > 1 and not earlier else given
    if len(given) > 1:
        given = [slot for slot in given if earlier and slot.words.lower() not in earlier.lower()]
    if len(given) != 1 or given[0].what == "figure":
        return rest
    return _NUMBER_ALONE.sub(rest, given[0].words, count=1)


_OF_SCHEDULES = frozenset({"day", "week", "cycle", "dose", "course", "month", "step", "line"})


_BAND = lazy_regex(
    r"([A-Za-z][\w -]*?) (?:(?:at least|less than|more than|at most|over|under) )?\d[\d.,]*"
    r"(?: to (?:less than )?\d[\d.,]*)?(?: ([^\d\s;,]\S*|x\s?10\S*))?"
)
"""An option that is a band of a quantity ("weight 15 to less than 30 kg")."""


def _by_place(words: str, options: Sequence[str]) -> str | None:
    if number := _NUMBER.fullmatch(words):
        graded = [option for option in options if grades_of(option)]
        if graded:
            fits = [option for option in graded if int(number[1]) in grades_of(option)]
            return fits[0] if len(fits) == 1 else None
        return _at(int(number[1]) - 1, options)
    if letter := _LETTER.fullmatch(words):
        return _at(ord(letter[1].lower()) - ord("a"), options)
    if _LAST.fullmatch(words):
        return options[-1]
    place = next((at for at, each in enumerate(_PLACES) if re.fullmatch(each, words, re.IGNORECASE)), None)
    return None if place is None else _at(place, options)


def _at(place: int, options: Sequence[str]) -> str | None:
    return options[place] if 0 <= place < len(options) else None


def _by_words(words: str, options: Sequence[str]) -> str | None:
    said = _telling(words)
    fits = [option for option in options if said and said <= _telling(option)]
    exact = [option for option in fits if _telling(option) == said]
    found = exact if len(exact) == 1 else fits
    return found[0] if len(found) == 1 else None


_DENIAL = lazy_regex(
    r"\b(?:(?:not (?:in|for|with)|avoid(?: in)?|contra-?indicated(?: in)?)\s*:\s*([^;()]*)|"
    r"(?:no|not|without)\s+([^,;()]*))",
    re.IGNORECASE,
)


def _telling(words: str) -> frozenset[str]:
    """Give the telling words of a reply or option; those that it denies are other words ("without CRS")."""
    denied = " ".join(match[1] or match[2] for match in _DENIAL.finditer(words))
    return _stems(_DENIAL.sub(" ", words)) | {f"not {word}" for word in _stems(denied)}


def _stems(words: str) -> frozenset[str]:
    return frozenset(
        stem(word) for word in re.findall(r"[\w<>≥≤=-]+", words.lower()) if is_telling(word) or word.isdigit()
    )
