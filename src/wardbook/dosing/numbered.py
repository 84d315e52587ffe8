"""Numbered days, cycles, weeks, steps and doses of a schedule: the row of day 7 is not for who asks for day 4."""

import re
from collections.abc import Mapping

from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

LAST = 999
"""Stands for no end: "day 14 onward"."""
_NOUNS = {"c": "cycle", "d": "day", "course": "cycle"}
_NUMBER = r"[+-]?\d{1,3}(?![\d.,]*\d|\s*(?:(?:mg|mcg|ug|g|kg|ml|units?|iu|x)\b|%|/))"
_NUMBERED = lazy_regex(
    r"\b(?:(?P<lead>after|beyond|past|from|not before|starting(?: on)?|until|till|up to|to)\s+)?"
    r"(?P<noun>day|cycle|week|dose|step|course|month|bag|shock|hour)s?"
    rf"(?:\s*:\s*|\s+)(?P<numbers>{_NUMBER}"
    rf"(?:\s*(?:,\s*and|,|and|&|to|through|or|-)\s*(?:(?P=noun)s?\s+)?{_NUMBER})*)"
    r"(?P<open>\s*(?:\+|onwards?|and (?:later|beyond|after)|or later))?"
)
_COUNTED = ("first", "second", "third", "fourth", "fifth", "sixth")
_IN_ORDER = lazy_regex(
    rf"\b(?P<ordinal>{'|'.join(_COUNTED)}|\d(?:st|nd|rd|th)) (?P<noun>day|cycle|week|bag|shock|step)\b"
)
_STEP_UP = lazy_regex(r"\bstep[ -]?up(?: dose)?\b(?=:? \d)|(?<=\d(?:st|nd|rd|th) )step[ -]?up\b")
"""A numbered step of a schedule that is stepped up by steps ("step-up dose 2", "2nd step up")."""
_AT_HOUR = lazy_regex(r"\bat\s+(\d{1,3})\s*-?\s*(?:h|hrs?|hours?)\b")
_GLUED = lazy_regex(r"\b(?:c(?P<cycle>\d{1,2}))?d(?P<day>\d{1,2})\b")
_RANGE = lazy_regex(r"([+-]?\d+)\s*(?:to|through|-)\s*([+-]?\d+)")

Spans = Mapping[str, tuple[tuple[int, int], ...]]
"""Noun to the spans of its numbers, both ends included."""


def numbered(text: str) -> Spans:
    """Read the numbered parts of a schedule ("cycle 1 day 15", "C1D15", "days -6 to +3", "after day 14")."""
    plain = _STEP_UP.sub("step", uniform(text))
    found: dict[str, list[tuple[int, int]]] = {}
    for match in _NUMBERED.finditer(plain):
        found.setdefault(_NOUNS.get(match["noun"], match["noun"]), []).extend(
            _spans(match["numbers"], open_ended=bool(match["open"] or match["lead"]), lead=match["lead"] or "from")
        )
    for match in _IN_ORDER.finditer(plain):
        word = match["ordinal"]
        place = int(word[0]) if word[0].isdigit() else _COUNTED.index(word) + 1
        found.setdefault(match["noun"], []).append((place, place))
    for match in _AT_HOUR.finditer(plain):
        found.setdefault("hour", []).append((int(match[1]), int(match[1])))
    for match in _GLUED.finditer(plain):
        for noun, number in match.groupdict().items():
            if number:
                found.setdefault(noun, []).append((int(number), int(number)))
    return {noun: tuple(spans) for noun, spans in found.items()}


_ORDINALS = {"second": 2, "2nd": 2, "repeat": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_ORDINAL = lazy_regex(rf"\b({'|'.join(_ORDINALS)})\s+(?:(?!line\b)[a-z]+\s+)?(?:dose|bolus|push|injection)\b")


def later_dose(text: str) -> int | None:
    """Give the number of the one dose behind the first that a text names ("2nd dose", "second bolus")."""
    found = {_ORDINALS[match[1]] for match in _ORDINAL.finditer(uniform(text))}
    return found.pop() if len(found) == 1 else None


_ENDS = frozenset({"until", "till", "up to", "to"})
"""Before the last of all the days up to it."""


def _spans(numbers: str, *, open_ended: bool, lead: str) -> list[tuple[int, int]]:
    """Read numbers and ranges; those that are open go on without end, from behind themselves where so said."""
    numbers = re.sub(r"\b[a-z]{3,}\s+(?=[+-]?\d)(?<!through )", "", numbers)
    spans = [(int(low), int(high)) for low, high in _RANGE.findall(numbers)]
    single = [int(number) for number in re.findall(r"-?\d+", _RANGE.sub(" ", numbers))]
    if lead in _ENDS:
        return [(min(span), max(span)) for span in [*spans, *((-LAST, number) for number in single)]]
    later = lead in ("after", "beyond", "past")
    spans += [(number + later, LAST) if open_ended else (number, number) for number in single]
    return [(min(span), max(span)) for span in spans]


def meet(asked: Spans, own: Spans) -> bool | None:
    """Tell whether two schedules have a number of each noun that both name in common; None where they share none."""
    shared = asked.keys() & own.keys()
    if not shared:
        return None
    return all(any(a <= d and c <= b for a, b in asked[noun] for c, d in own[noun]) for noun in shared)


_ANY_CYCLE = lazy_regex(r"\b(?:each|every|all|per|any|subsequent|further|later)\b[^.;]{0,20}\b(?:cycle|course)")


def cycles(around: str, asked: Spans) -> Spans:
    """Give the cycles of a row numbered by days alone: those that the words around it name, else the first one.

    "0.8 mg on day 8 and 48 mg on day 22 of cycle 1" is all of cycle 1; a step-up by days runs once.
    """
    if "cycle" not in asked or _ANY_CYCLE.search(uniform(around)):
        return {}
    return {"cycle": numbered(around).get("cycle", ((1, 1),))}
