"""One thing said in a conversation, as understood: its words and its slots."""

import re
from dataclasses import dataclass

from wardbook.answering.question import Question
from wardbook.answering.slots import Slot
from wardbook.lazy_regex import lazy_regex

DOSE_KINDS = frozenset({"dose", "max", "duration", "interval", "route"})
"""Kinds of question that a lookup answers."""
_ASKS = lazy_regex(
    r"^\s*(?:(?:over|for|in|within|at|by|to|from|until|till|through) (?=what|which|how)|)"
    r"(?:what|what's|whats|which|who|when|where|why|how|is|are|was|can|could|do|does|did|should|must|may|will|would|"
    r"has|have|any|need|tell|show|list)\b",
    re.IGNORECASE,
)
SUPPOSES = lazy_regex(
    r"^\s*(?:if|after|with|without|when(?! (?:do|does|did|should|is|are|to|can|will|stop)\b))\b", re.IGNORECASE
)
"""Leads in a situation that is supposed, and asks nothing new."""


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
    def asks(self) -> bool:
        """True where it begins as a question does."""
        return bool(_ASKS.match(self.text))

    @property
    def bare(self) -> bool:
        """True for a fragment: no question of its own, only a thing to put in the place of another."""
        return not (self.all("kind") and not SUPPOSES.match(self.text)) and not self.asks
