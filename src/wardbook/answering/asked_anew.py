"""Whether something said in a conversation is a question of its own: the pages tell."""

from collections.abc import Callable

from wardbook.answering.completing import holds
from wardbook.answering.lead_in import LEANS
from wardbook.answering.turn import Turn
from wardbook.dosing.frequency import read_frequencies

Supported = Callable[[str], float]
"""A question to how far the pages hold what it names: the part of it that one of their sentences or rows holds, up to
1; `LOOKED_UP` where it is for a dose and one of their regimens fits."""
LOOKED_UP = 2.0
_TIMES = frozenset({"interval", "duration"})
_NAMED_ANEW = frozenset({"drug", "class", "name", "topic", "risk", "place", "setting", "aspect"})
"""What a question of its own is made of."""


def is_of_aside(turn: Turn, previous: Turn, before: Turn) -> bool:
    """Tell whether a changed situation follows an aside on how long or how often: it is asked of what was before that.

    "X for grade 3", "until when", "it's grade 4 now": the last asks for X in grade 4.
    """
    aside = bool(previous.question.kinds) and previous.question.kinds <= _TIMES
    mine, theirs = ({slot.words.lower() for slot in said.all("grade", "severity")} for said in (turn, before))
    asked_before = not before.question.kinds <= _TIMES or not before.question.kinds
    return aside and asked_before and turn.bare and bool(mine) and bool(theirs) and mine != theirs


def is_new(
    words: str, turn: Turn, previous: Turn, whole: str, supported: Supported, together: Callable[[str], bool]
) -> bool:
    """Tell whether words are a question of their own: they name a subject and more, of which the pages have nothing
    together with what was asked about before, or a drug with all that its dose is for.
    """
    named = [slot for slot in turn.slots if slot.what in _NAMED_ANEW]
    if sum(len(slot.words.split()) for slot in named) < 2 or LEANS.search(words):
        return False
    alone, joined = supported(turn.text), supported(whole)
    if joined >= 1:
        kept = turn.all("drug") and any(holds(whole, slot.words) for slot in previous.all("drug"))
        if kept and joined >= LOOKED_UP:
            return False  # of two drugs the one took the place of its like
        return alone >= LOOKED_UP and bool(turn.all("drug")) and len(named) > 1
    subject = next((slot for slot in previous.all("drug", "class", "name") if holds(whole, slot.words)), None)
    if subject is None:
        return alone >= 1
    told = [slot for slot in named if slot.what in ("drug", "class", "name", "topic")]
    told = [slot for slot in told if not read_frequencies(slot.words)]
    words_of = (slot.words.split() if slot.what == "topic" else [slot.words] for slot in told)
    known = [each for some in words_of for each in some if supported(each) >= 1]
    return bool(known) and not any(together(f"{subject.words} {each}") for each in known)
