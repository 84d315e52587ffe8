"""What a fragment names only beside the question before: a drug in short, or the end of a name of which it has one."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from wardbook.answering.question import Question
from wardbook.answering.turn import Turn
from wardbook.dosing.drug import DrugNames
from wardbook.lazy_regex import lazy_regex

_LED = lazy_regex(r"^(?:on|with|without|no|after|before|plus)\s+", re.IGNORECASE)
_TOO = lazy_regex(r",?\s+(?:too|as well|on top(?: of (?:it|that))?)[\s?.!]*$", re.IGNORECASE)
"""Says that one thing is given beside another."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the pages, by which a fragment is read."""

    understand: Callable[[str], Question]
    """Reads a question."""
    drugs: DrugNames
    """The drugs."""

    def generic(self, rest: str, previous: Turn) -> str:
        """Give the generic name of the drug that one word is beside the one before, or ""."""
        main = next(iter(previous.all("drug")), None)
        named = self.understand(f"{main.words}, {rest}").drugs[1:] if main and " " not in rest else ()
        return named[0] if len(named) == 1 else ""

    def whole(self, rest: str, previous: Turn) -> str:
        """Give the drug that a fragment names only beside the one before: short for it, or what differs in its name.

        "csa" is one beside a drug; "chloride" after "calcium gluconate" is "calcium chloride".
        """
        for slot in previous.all("drug"):
            beside, one = self.understand(f"{slot.words}, {rest}"), len(_LED.sub("", rest).split()) == 1
            if one and len(beside.drugs) > 1 and not self.understand(rest).drugs:
                return beside.text.removeprefix(f"{slot.words}, ")
            first, _, last = slot.words.rpartition(" ")
            if first and last and self.drugs.canonical(rest) is None and self.drugs.canonical(f"{first} {rest}"):
                return f"{first} {rest}"
        return self._sibling(rest, previous) or rest

    def _sibling(self, rest: str, previous: Turn) -> str:
        """Give the whole name of which one word is the end, as the name before has another one ("X-4", then "B2")."""
        if not re.fullmatch(r"\w+", rest) or self.understand(rest).mentions:
            return ""
        for slot in previous.all("name"):
            first, dash, _ = slot.words.rpartition("-")
            whole = f"{first}{dash}{rest}"
            if first and any((each.begin, each.end) == (0, len(whole)) for each in self.understand(whole).mentions):
                return whole
        return ""

    def given_too(self, words: str, turn: Turn, previous: Turn) -> str:
        """Say of a drug that is asked about "too" what it is given with: the one before."""
        main, too = next(iter(previous.all("drug")), None), _TOO.search(words)
        other = [slot for slot in turn.all("drug") if main and slot.key != main.key]
        return f"{words[: too.start()]} with {main.words}" if main and too and turn.asks and other else words
