"""What a question that leans on the one before takes along of it: what was named, and what still holds."""

import re
from collections.abc import Iterator

from wardbook.answering.completing import holds, phrase
from wardbook.answering.overruling import CARRIED_TO_DOSES, overruled
from wardbook.answering.slots import Slot
from wardbook.answering.targets import GROUPS, conditions, is_on_top, targets
from wardbook.answering.turn import DOSE_KINDS, Turn
from wardbook.lazy_regex import lazy_regex

_PATIENTS = "check monitor watch follow test screen scan see observe examine admit discharge treat keep tell".split()
"""What is done to patients: "them" behind it stands for those, and for nothing that was named."""
_STANDS_FOR = lazy_regex(
    rf"\b(?:it|{''.join(f'(?<!{verb} )' for verb in _PATIENTS)}them|they|"
    r"(?:the|this|that) (?:drug|medicine|med)|(?<=for |.on )(?:this|that)(?=\s*(?:$|[?.,])))\b",
    re.IGNORECASE,
)
_TOGETHER = lazy_regex(
    r"\bat the same time(?: as (?:it|that|them))?\b|\btogether\b(?! with (?!it\b))(?: with it)?|"
    r"\balongside\b(?! \w)(?: it)?|"
    r"\bin combination\b(?! with)|\b(?:concurrently|concomitantly|simultaneously)\b(?! with)",
    re.IGNORECASE,
)
"""Says of a drug that another one is given too, which was named before."""
_PASSED_OVER = lazy_regex(r"\b(?:instead of|rather than|in (?:the )?place of)\b[^,.;?]*", re.IGNORECASE)
"""What a question sets aside: nothing more is asked of it."""
_OWNED = lazy_regex(r"\bits\b", re.IGNORECASE)
_COUNTED = frozenset(
    {
        "",
        "day",
        "week",
        "cycle",
        "dose",
        "course",
        "month",
        "step",
        "step-up",
        "ramp-up",
        "bag",
        "phase",
        "part",
        "block",
    }
)
"""What a figure of a schedule is of; of another it tells how the patient is."""
REFERS = lazy_regex(
    r"\b(?:it|its|that|this|these|those|them|they|he|she|his|her|him)\b(?! (?:is|was)? ?(?:not )?(?:safe|ok)\b)",
    re.IGNORECASE,
)
"""Words that stand for what was named before."""
_BESIDE_IT = lazy_regex(r"\b(?:before|after|with|during) (?:it|that|them|each)\b", re.IGNORECASE)
_WH = lazy_regex(r"(?:which|what|how|when|who|why)\b", re.IGNORECASE)
_TIMES = frozenset({"interval", "duration"})


def taken_along(turn: Turn, previous: Turn) -> str:
    """Give a question that leans on what was said, with what was named put behind it or in the place of "it"."""
    carried = [slot for slot in previous.slots if _goes_along(slot, turn, previous)]
    return _with(carried, turn, previous)


def subject_taken_along(turn: Turn, previous: Turn) -> str:
    """Give such a question with nothing but the subject of the one before."""
    subjects = previous.all("drug") or previous.all("class", "name") or conditions(previous)
    return _with(subjects[:1], turn, previous)


def situation_taken_along(turn: Turn, previous: Turn) -> str:
    """Give such a question with the events and conditions that the one before is about, and not its drug."""
    gone, about = overruled(turn, previous, {}), [*previous.all("name", "setting"), *conditions(previous)]
    return _with(sorted((slot for slot in about if slot not in gone), key=lambda slot: slot.begin), turn, previous)


def _with(carried: list[Slot], turn: Turn, previous: Turn) -> str:
    text = turn.text
    main = next((slot for slot in carried if slot.what in ("drug", "class", "name")), None)
    if turn.all("drug") and (with_it := next(iter(previous.all("drug", "class")), None)):
        text = _TOGETHER.sub(f"with {with_it.words}", text, count=1)
    for pattern in (_STANDS_FOR, _OWNED):
        if main in carried and main and pattern.search(text):
            text = pattern.sub(main.words, text, count=1)
            carried.remove(main)
    kept = [slot for slot in carried if not holds(text, slot.words)]
    words = dict.fromkeys(phrase(slot, previous) for slot in kept)
    apart = bool(kept) and kept[0].what == "topic" and bool(turn.slots) and turn.slots[-1].what == "topic"
    return (", " if apart and turn.slots[-1].end == len(text) else " ").join(
        [text, " ".join(words)] if words else [text]
    )


def _goes_along(slot: Slot, turn: Turn, previous: Turn) -> bool:
    """Tell whether a question takes along what one slot of the question before says."""
    aside = _PASSED_OVER.search(previous.text)
    if slot in overruled(turn, previous, {}) or (aside and aside.start() <= slot.begin < aside.end()):
        return False
    if slot.what in ("drug", "class") and (_STANDS_FOR.search(turn.text) or _OWNED.search(turn.text)):
        return True
    return slot not in _replaced(turn, previous) and _still_holds(slot, turn, previous)


def _still_holds(slot: Slot, turn: Turn, previous: Turn) -> bool:
    """Tell whether what nothing new replaces is still meant."""
    own, refers = turn.question, REFERS.search(turn.text) is not None
    before_it = any(each.key == "premedication" for each in turn.all("setting"))
    asks_new = turn.asks and (before_it or turn.all("topic", "aspect") or own.yes_no or _BESIDE_IT.search(turn.text))
    dose = bool(own.kinds & DOSE_KINDS) or (not own.kinds and previous.asks_dose and not asks_new)
    if slot.what in ("kind", "aspect"):
        if not own.kinds:
            return dose and previous.asks_dose
        return own.kinds <= _TIMES and not previous.asks_dose and not _WH.match(slot.words)
    if turn.asks and turn.all("drug") and not dose and slot.what not in (*GROUPS, "drug", "class"):
        return False  # of two drugs together it matters little what one was asked for
    if slot.what == "age" and not previous.asks_dose and turn.all("grade"):
        return True  # children are graded otherwise
    if refers and slot.what in ("drug", "class", "name", "beside", "topic"):
        return True
    if slot.what == "figure" and slot.key not in _COUNTED:
        return dose or refers or not previous.all("drug", "class", "name")
    return _named_still_holds(slot, turn, dose)


def _named_still_holds(slot: Slot, turn: Turn, dose: bool) -> bool:
    if slot.what in ("drug", "class"):
        other = turn.all("drug") or (turn.all("class") and not turn.asks) or _much_of(turn)
        return not other and (dose or not any(name.of for name in turn.all("name")))
    if slot.what in ("name", "beside"):
        return dose or not turn.all("drug")
    if slot.what == "topic":
        return not conditions(turn) or any(is_on_top(each, turn) for each in conditions(turn))
    return dose if slot.what in CARRIED_TO_DOSES else True


def _much_of(turn: Turn) -> bool:
    """Tell whether it is asked how much of something is given, which is no drug of the list ("how much potassium")."""
    much = next((slot for slot in turn.all("kind") if slot.words.lower() == "how much"), None)
    return much is not None and any(slot.begin == much.end + 1 for slot in turn.all("topic"))


def _replaced(turn: Turn, previous: Turn) -> Iterator[Slot]:
    for own in turn.slots:
        if own.what not in ("kind", "topic", "aspect"):
            yield from targets(own, turn, previous)[0]
