"""What of the question before a new word may take the place of: one thing, or several that the pages decide between."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wardbook.answering.question_words import first_told
from wardbook.answering.slots import PREPOSITION, Slot
from wardbook.answering.turn import Turn
from wardbook.dosing.asked_words import PHASES
from wardbook.dosing.quantity import named, quantities
from wardbook.lazy_regex import lazy_regex

Target = tuple[Slot, ...]
"""Slots whose place a new one takes; () where it is added to them all."""
MOST_PLACES = 3
"""Conditions of the question before, the latest, each of which may be the one that a new one replaces."""
_ON_TOP = frozenset("with without after before if when while no not over under during on".split())
ORGANS = ("renal impairment", "hepatic impairment")
"""Groups of patients by an organ that fails."""
GROUPS = (*ORGANS, "age group", "pregnancy")
"""Groups of patients."""
_QUALIFIERS = PHASES | frozenset(
    "third fourth next last step steps dose doses response rate infusion taper repeat line total daily cycle day days "
    "week weeks hour hours option improvement better worse overall median".split()
)
"""Words for a part or a stage of what was named before, never another subject."""

_VALUE = lazy_regex(r"\s*[<>=]?\s*\d[\d./]*(?:\s|$)")
ESTABLISHED = lazy_regex(r"(?:established|confirmed|proven|active|overt|acute)", re.IGNORECASE)
"""Words for what has set in, and so is no longer prevented."""
DEGREE = lazy_regex(
    r"\b(?:high|low|poor|normal|raised|elevated|increased|reduced|decreased|prolonged|long|slow|rapid|intermediate|"
    r"moderate|mild|severe|homozygous|heterozygous|positive|negative)\b",
    re.IGNORECASE,
)
"""Words that tell how much there is of something ("poor metaboliser", "QT long")."""


def is_qualifier(slot: Slot) -> bool:
    """Tell words for a part or a stage ("second step") from a subject ("ACS")."""
    return all(word.lower() in _QUALIFIERS for word in re.findall(r"[A-Za-z]+", slot.words))


def is_on_top(slot: Slot, turn: Turn) -> bool:
    """Tell words that go on top of what was said ("with adrenaline", "allergic") from another subject ("ACS")."""
    before = PREPOSITION.search(turn.text[: slot.begin])
    told = first_told("circumstance", slot.words) is not None or ESTABLISHED.fullmatch(slot.words)
    return bool(told or (before and before[1].lower() in _ON_TOP))


def _describes(slot: Slot) -> bool:
    """Tell whether words say how a patient is, and so stand for no drug: something measured, or how much of it."""
    return named(slot.words) in quantities() or (" " in slot.words and DEGREE.search(slot.words) is not None)


def conditions(turn: Turn) -> list[Slot]:
    """Give the words that no rule knows and that name a situation."""
    return [slot for slot in turn.all("topic") if not is_qualifier(slot)]


def targets(own: Slot, turn: Turn, previous: Turn) -> list[Target]:
    """Give what a new slot may replace, the likeliest first."""
    if own.what == "drug":
        return _of_drug(own, turn, previous)
    if own.what == "beside":
        return [tuple(previous.all("beside")[-1:])]
    if own.what == "class":
        return [tuple(previous.all("class")), *([tuple(previous.all("drug"))] if previous.all("drug") else [])]
    if own.what in ("grade", "severity"):
        return [tuple(previous.all("grade", "severity"))]
    if own.what == "figure":
        return [tuple(_figures_like(own, previous, alone=turn.text == own.words)[-1:])]
    if own.what in ("name", "topic"):
        return _of_condition(own, turn, previous)
    if own.what == "age":
        return [tuple(previous.all("age") or _times(previous))]
    if own.what in ("route", "form"):
        return [tuple(previous.all("route", "form"))]
    if own.what in ORGANS:
        return [tuple(previous.all(own.what) or [old for old in previous.all(*ORGANS) if not old.has_figure])]
    return [tuple(previous.all(own.what))]


def _of_drug(own: Slot, turn: Turn, previous: Turn) -> list[Target]:
    """Place a new drug: it is another one to ask about, or another one beside it; of its class, the latter first."""
    beside: list[Target] = [(each,) for each in previous.all("beside")]
    mains = tuple(previous.all("drug") or previous.all("class") or defined(previous))
    alike = [each for each in beside if own.sort and each[0].sort == own.sort]
    alike = alike if mains and own.sort != mains[0].sort else []
    same = tuple(each for each in mains if own.sort and each.sort == own.sort)
    mains = same if same and any(not each.sort or each.sort != own.sort for each in mains) else mains
    given_for = PREPOSITION.search(turn.text[: own.begin])
    if alike and given_for:
        return alike
    if given_for and given_for[1].lower() in ("for", "before", "with") and len(previous.all("drug")) > 1:
        return [(previous.all("drug")[-1],)]  # of two drugs the one that another is given for
    if not mains:
        return beside or [(), *((each,) for each in _places(previous))]
    return [*alike, mains, *(each for each in beside if each not in alike)]


def _times(previous: Turn) -> list[Slot]:
    """Give the bare times of a question, which can be an age ("meningitis 2 months")."""
    spans = [slot for slot in previous.all("figure") if not slot.key and slot.sort in ("week", "month")]
    return [slot for slot in spans if not PREPOSITION.search(previous.text[: slot.begin])]


_IONS = frozenset({"potassium", "magnesium", "phosphate", "calcium", "sodium"})
"""Electrolytes that are replaced by their level."""


def _figures_like(own: Slot, previous: Turn, *, alone: bool) -> list[Slot]:
    """Give the figures of the same thing; one without a name is of what has its unit, or of whatever is there."""
    olds = previous.all("figure")
    if own.key:
        same = [old for old in olds if old.key == own.key]
        # what is replaced for its own level is asked anew with the next one, where nothing else is asked about
        ions = own.key in _IONS and not previous.all("drug", "name")
        return same or [old for old in olds if ions and old.key in _IONS]
    return [old for old in olds if old.sort == own.sort] or (olds if alone else [])


def _of_condition(own: Slot, turn: Turn, previous: Turn) -> list[Target]:
    """Place a new condition: for one of its sort, for the last one, for another, or on top."""
    measured = _VALUE.match(turn.text, own.end) and not _before_patient(own, turn)
    if is_qualifier(own) or measured or named(own.words) in quantities():
        return [()]  # what is measured is on top of all that was said
    if own.of and (alike := [each for each in previous.all("name", "drug", "class") if each.of & own.of]):
        return [tuple(alike)]
    if one := defined(previous):
        return [tuple(one)]
    if led := _led_alike(own, turn, previous):
        return [(led,)]
    if acronyms := _acronyms_like(own, turn, previous):
        return acronyms
    likeliest = tuple(_likeliest(own, turn, previous))
    doses = previous.asks_dose and not is_on_top(own, turn)  # a dose is asked of a drug, and of nothing else
    first: list[Target] = [(), likeliest] if is_on_top(own, turn) else [likeliest, ()]
    given = previous.all("drug") and own.what == "name" and not is_on_top(own, turn)
    if given and likeliest and _is_event_instead(own, turn, likeliest):
        return [likeliest]  # a drug is given for one event
    alone = [] if previous.all("name") or conditions(previous) else previous.all("setting")  # all that it was for
    places = [*_places(previous), *alone, *([] if _describes(own) or doses else previous.all("drug")[:1])]
    return list(dict.fromkeys([*first, *((each,) for each in places)]))


def _before_patient(own: Slot, turn: Turn) -> bool:
    """Tell whether the figure behind words is one of the patient's ("HLH 20 kg"), and no value of what they name."""
    measures = turn.all("weight", "surface", "age")
    return any(not turn.text[own.end : slot.begin].strip(" ,") for slot in measures if slot.begin >= own.end)


def _is_event_instead(own: Slot, turn: Turn, old: Sequence[Slot]) -> bool:
    """Tell whether an event alone, or behind "for" or "in", comes after another one that the dose was for."""
    before = turn.text[: own.begin].strip(" ,.").lower()
    alone = before.split()[-1:] in ([], ["and"], ["for"], ["in"], ["or"]) and not turn.text[own.end :].strip(" ?.!,")
    return alone and all(slot.what == "name" for slot in old)


_ACRONYM = lazy_regex(r"[A-Z][a-z]*[A-Z][A-Za-z0-9]*")


def _acronyms_like(own: Slot, turn: Turn, previous: Turn) -> list[Target]:
    """Give the acronyms, the latest first, behind "in" or "for" of which another one alone takes the place."""
    if own.words != turn.text or not _ACRONYM.fullmatch(own.words):
        return []
    named = [slot for slot in previous.all("name", "topic") if _ACRONYM.fullmatch(slot.words)]
    led = ((slot, PREPOSITION.search(previous.text[: slot.begin])) for slot in reversed(named))
    return [(slot,) for slot, lead in led if lead and lead[1].lower() in ("in", "for")]


_ONE_AT_A_TIME = frozenset("after before during at from by under over against".split())
"""Prepositions that lead to one thing only: "after X" and then "after Y" is no longer after X."""


def _led_alike(own: Slot, turn: Turn, previous: Turn) -> Slot | None:
    """Give what stands behind the same preposition in the question before, where that leads to one thing only."""
    before = PREPOSITION.search(turn.text[: own.begin])
    lead = before[1].lower() if before else ""
    if lead not in _ONE_AT_A_TIME:
        return None
    for slot in (each for each in reversed(previous.slots) if each.is_about):
        led = PREPOSITION.search(previous.text[: slot.begin])
        if led and led[1].lower() == lead:
            return slot
    return None


def _places(previous: Turn) -> list[Slot]:
    """Give the conditions of a question and their last words, the latest first, as many as are weighed."""
    latest = sorted([*previous.all("name"), *conditions(previous)], key=lambda slot: -slot.begin)[:MOST_PLACES]
    return [*latest, *(ending for slot in latest if slot.what == "topic" for ending in _endings(slot))]


def _endings(slot: Slot) -> list[Slot]:
    """Give the last word and the last two words of a longer slot."""
    words = slot.words.split()
    ends = [" ".join(words[-count:]) for count in (1, 2) if count < len(words)]
    return [replace(slot, begin=slot.end - len(end), words=end) for end in ends]


def _likeliest(own: Slot, turn: Turn, previous: Turn) -> Sequence[Slot]:
    """Give the conditions that one replaces where nothing else tells; never the page that alone is asked about."""
    named = [slot for slot in previous.all("name") if not slot.of or previous.all("drug", "class")]
    if own.what == "name":
        replaced = [slot for slot in named if not (slot.of and own.of)]
        return replaced or ([] if previous.all("name") else conditions(previous)[-1:])
    if len(previous.slots) == 1 and (ends := _endings(previous.slots[0])):
        return ends[:1]
    if not previous.all("drug", "name") and len(previous.slots) > 1:
        return [slot for slot in conditions(previous) if slot is not previous.slots[0]][-1:]
    return conditions(previous)[-1:] or (named if _names_condition(own, turn, previous) else [])


def defined(previous: Turn) -> list[Slot]:
    """Give the one name that a question for a definition is about."""
    named = previous.all("name")
    return named if "definition" in previous.question.kinds and len(named) == 1 and not previous.all("drug") else []


def _names_condition(own: Slot, turn: Turn, previous: Turn) -> bool:
    """Tell whether words are what a dose is for ("in meningitis"), and so stand in the place of an event."""
    before = PREPOSITION.search(turn.text[: own.begin])
    return (
        previous.asks_dose and bool(previous.all("drug")) and before is not None and before[1].lower() in ("in", "for")
    )
