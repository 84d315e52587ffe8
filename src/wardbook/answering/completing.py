"""How a turn of a conversation is completed by the question before it: put in its place, or taken along."""

import re
from dataclasses import dataclass

from wardbook.answering.question import Question
from wardbook.answering.slots import PREPOSITION, Slot
from wardbook.dosing.asked_words import PHASES

_ON_TOP = frozenset("with without after before if when while no not over under during on".split())
_QUALIFIERS = PHASES | frozenset(
    "third fourth next last step steps dose doses response rate infusion taper repeat line total daily cycle day days "
    "week weeks hour hours option improvement better worse".split()
)
"""Words for a part or a stage of what was named before, never another subject."""
_STANDS_FOR = re.compile(r"\b(?:it|them|they|(?:the|this|that) (?:drug|medicine|med))\b", re.IGNORECASE)
_OWNED = re.compile(r"\bits\b", re.IGNORECASE)
_CARRIED_TO_DOSES = frozenset({"weight", "age", "surface", "route", "severity", "phase"})
_TIMES = frozenset({"interval", "duration"})
DOSE_KINDS = frozenset({"dose", "max", "duration", "interval", "route"})
"""Kinds of question that a lookup answers."""
_ASKS = re.compile(
    r"^\s*(?:what|what's|whats|which|who|when|where|why|how|is|are|was|can|could|do|does|did|should|must|may|will|would|"
    r"has|have|any|need|tell|show|list)\b",
    re.IGNORECASE,
)
SUPPOSES = re.compile(
    r"^\s*(?:if|after|with|without|when(?! (?:do|does|did|should|is|are|to|can|will)\b))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing said, as understood."""

    question: Question
    """Its words, without what leads in, understood."""
    slots: tuple[Slot, ...]
    """What they say."""

    @property
    def text(self) -> str:
        """Its words."""
        return self.question.text

    def all(self, *what: str) -> list[Slot]:
        """Give the slots of some sorts."""
        return [slot for slot in self.slots if slot.what in what]

    @property
    def asks_dose(self) -> bool:
        """True where it asks for a dose or a part of one."""
        return bool(self.question.kinds & DOSE_KINDS)

    @property
    def bare(self) -> bool:
        """True for a fragment: no question of its own, only a thing to put in the place of another."""
        asks = self.all("kind") and not SUPPOSES.match(self.text)
        return not asks and not _ASKS.match(self.text)


def is_qualifier(slot: Slot, turn: Turn) -> bool:
    """Tell words that go on top of what was said ("with adrenaline", "second step") from another subject ("ACS")."""
    before = PREPOSITION.search(turn.text[: slot.begin])
    if before and before[1].lower() in _ON_TOP:
        return True
    return all(word.lower() in _QUALIFIERS for word in re.findall(r"[A-Za-z]+", slot.words))


def _phrase(slot: Slot, turn: Turn) -> str:
    """Give a slot's words with the preposition that they stand behind."""
    if slot.what in ("drug", "class", "kind"):
        return slot.words
    if slot.what == "age" and (years := re.fullmatch(r"\D+(\d+)", slot.words)):
        return f"{years[1]} years old"
    before = PREPOSITION.search(turn.text[: slot.begin])
    return turn.text[before.start() : slot.end] if before else slot.words


def _replaces(own: Slot, turn: Turn, previous: Turn) -> list[Slot]:
    """Give the slots of the question before in whose place a new one comes; none where it is added."""
    if own.what == "drug":
        return previous.all("drug") or previous.all("class") or _defined(previous)
    if own.what in ("grade", "severity"):
        return previous.all("grade", "severity")
    if own.what == "name":
        return _of_one_sort(own, previous)
    if own.what == "phase":
        return previous.all("phase")
    if own.what == "topic":
        if is_qualifier(own, turn):
            return []
        return _conditions(previous)[-1:] or (previous.all("name") if _names_condition(own, turn, previous) else [])
    return [] if own.what == "beside" else previous.all(own.what)


def _of_one_sort(own: Slot, previous: Turn) -> list[Slot]:
    """Give what a new name stands for: names of pages of its folder, names that no page bears, or words for it."""
    named = previous.all("name")
    if defined := _defined(previous):
        return defined
    alike = [slot for slot in previous.all("name", "drug", "class") if slot.of & own.of]
    return (
        alike or [slot for slot in named if not (slot.of and own.of)] or ([] if named else _conditions(previous)[-1:])
    )


def _defined(previous: Turn) -> list[Slot]:
    """Give the one name that a question for a definition is about."""
    named = previous.all("name")
    return named if "definition" in previous.question.kinds and len(named) == 1 and not previous.all("drug") else []


def _conditions(turn: Turn) -> list[Slot]:
    return [slot for slot in turn.all("topic") if not is_qualifier(slot, turn)]


def _names_condition(own: Slot, turn: Turn, previous: Turn) -> bool:
    """Tell whether words are what a dose is for ("in meningitis"), and so stand in the place of an event."""
    before = PREPOSITION.search(turn.text[: own.begin])
    return (
        previous.asks_dose and bool(previous.all("drug")) and before is not None and before[1].lower() in ("in", "for")
    )


def _overruled(turn: Turn, previous: Turn) -> list[Slot]:
    """Give the slots of the question before that no longer hold once the new ones do."""
    gone: list[Slot] = []
    if turn.question.setting == "prophylaxis":
        gone += previous.all("grade", "severity")
    if turn.all("grade", "severity") and previous.question.setting == "prophylaxis":
        gone += previous.all("setting")
    if turn.all("age group") and previous.all("age group"):
        gone += previous.all("weight", "age", "surface")
        gone += [slot for slot in previous.all("topic", "name") if previous.text[: slot.begin].rstrip().endswith(",")]
    if _another_condition(turn, previous):
        gone += previous.all("severity")
    return gone


def _another_condition(turn: Turn, previous: Turn) -> bool:
    """Tell whether another event takes the place of the one before; how bad that was tells nothing of this."""
    own = [slot for slot in turn.all("name", "topic") if slot.what == "name" or not is_qualifier(slot, turn)]
    return turn.bare and any(_replaces(slot, turn, previous) for slot in own)


def edited(turn: Turn, previous: Turn) -> str:
    """Put a fragment in the place of what it changes in the question before; what has no place there is added."""
    changes: dict[Slot, str] = dict.fromkeys(_overruled(turn, previous), "")
    added: list[str] = []
    for own in turn.slots:
        olds = [slot for slot in _replaces(own, turn, previous) if slot not in changes]
        if olds:
            changes.update({**dict.fromkeys(olds, ""), olds[0]: _in_place_of(own, olds[0])})
        else:
            added.append(_phrase(own, turn))
    text = previous.text.rstrip(" ?.")
    for slot, words in sorted(changes.items(), key=lambda pair: -pair[0].begin):
        text = _put(text, slot, words)
    return " ".join(" ".join([text, *(each for each in added if not _holds(text, each))]).split())


def _in_place_of(own: Slot, old: Slot) -> str:
    """Give the words of a slot in the place of another: "low" in that of "high risk" is "low risk"."""
    noun = re.search(r"[ -]risk$", old.words, re.IGNORECASE)
    return own.words + noun[0] if noun and own.what == "risk" and "risk" not in own.words.lower() else own.words


def with_or_without(word: str, previous: Turn) -> str | None:
    """Give the question before, a drug beside the one that it is about turned on or off ("and with?"), or None."""
    for slot in previous.all("beside"):
        led = PREPOSITION.search(previous.text[: slot.begin])
        if led and led[1].lower() in ("with", "without"):
            return f"{previous.text[: led.start()]}{word} {previous.text[led.end(1) :].lstrip()}"
    return None


def _holds(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


def _put(text: str, slot: Slot, words: str) -> str:
    """Put words in the place of a slot; without any, its preposition goes too."""
    before, after = text[: slot.begin], text[slot.end :]
    leads_on = re.match(r"\s+(?!(?:in|for|of|with|after|before|on)\b)\w", after)
    if not words and not leads_on and (led := PREPOSITION.search(before)):
        before = before[: led.start()]
    return f"{before.rstrip(' ,') if not words and not after else before}{words}{after}"


def taken_along(turn: Turn, previous: Turn) -> str:
    """Give a question that leans on what was said, with what was named put behind it or in the place of "it"."""
    carried = [slot for slot in previous.slots if _goes_along(slot, turn, previous)]
    text = turn.text
    main = next((slot for slot in carried if slot.what in ("drug", "class", "name")), None)
    for pattern in (_STANDS_FOR, _OWNED):
        if main in carried and main and pattern.search(text):
            text = pattern.sub(main.words, text, count=1)
            carried.remove(main)
    words = [_phrase(slot, previous) for slot in carried if not _holds(text, slot.words)]
    return " ".join([text, *dict.fromkeys(words)])


def _goes_along(slot: Slot, turn: Turn, previous: Turn) -> bool:
    """Tell whether a question takes along what one slot of the question before says."""
    own, dose = (
        turn.question,
        bool(turn.question.kinds & DOSE_KINDS) or (not turn.question.kinds and previous.asks_dose),
    )
    if slot in _overruled(turn, previous) or _replaced(slot, turn, previous):
        return False
    if slot.what == "kind":
        return previous.asks_dose if not own.kinds else own.kinds <= _TIMES and not previous.asks_dose
    if slot.what in ("drug", "class"):
        return not turn.all("drug", "class") and (dose or not any(name.of for name in turn.all("name")))
    if slot.what in ("name", "beside"):
        return dose or not turn.all("drug")
    if slot.what == "topic":
        return not _conditions(turn)
    return dose if slot.what in _CARRIED_TO_DOSES else True


def _replaced(slot: Slot, turn: Turn, previous: Turn) -> bool:
    return any(slot in _replaces(own, turn, previous) for own in turn.slots if own.what not in ("kind", "topic"))
