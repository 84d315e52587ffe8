"""Follow-ups: what earlier turns named completes a question that does not stand alone, by rules over the words.

Two ways: a bare fragment ("and for prophylaxis?", "81 kg", "tocilizumab?") changes the question before it in that one
thing; a question that leans on what was said ("how often?", "is it safe?") takes along what was named. Nothing is
carried silently: the completed question is what is answered, and is shown as "understood as ...".
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wardbook.answering.completing import SUPPOSES, Turn, edited, is_qualifier, taken_along, with_or_without
from wardbook.answering.question import Question
from wardbook.answering.replies import picked
from wardbook.answering.slots import slots_of
from wardbook.dosing.drug import DrugNames

History = Sequence[tuple[str, str]]
"""Earlier turns, oldest first: (role "user" or "assistant", words)."""
MOST_TURNS = 20
"""Turns of a history that are read, the latest."""
_OF_A_SUBJECT = frozenset(
    "treatment symptoms causes diagnosis definition grading prognosis mechanism list prevention evidence".split()
)
"""Kinds whose other words are what they are about ("symptoms of X"), and not of the drug named before."""
_LEAD_IN = re.compile(
    r"^\s*(?:(?:no(?=\s*[,.;:!-]|\s+(?:i|not|actually|sorry|wait|the)\b)|and|but|so|ok(?:ay)?|then|also|now|or|nope|yes|yeah|"
    r"yep|sorry|oops|wait|hm+|ah|oh|actually|i mean|i meant|make (?:that|it)|what about|how about|what(?= if\b)|"
    r"whatabout|hows about|same(?= (?:for|in|with)\b)|same (?:question|thing)|"
    r"ditto|the same|instead|rather)\b[\s,.:;!-]*)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"[\s,]*\b(?:then|please|pls|plz|instead|though|too|as well|thanks|thx|again)\s*[?.!]*$", re.IGNORECASE
)
_LEANS = re.compile(
    r"^\s*(?:and|but|also|then|so|ok(?:ay)?[ ,]|what about|how about|what if|same|why|instead|otherwise|else|more|"
    r"in that|no[ ,]|sorry|actually|i meant?)\b|"
    r"\b(?:it|its|that|this|those|these|them|they|he|she|his|her|the same|the (?:drug|dose|max(?:imum)?|latter|"
    r"first one|second one|other one|patient))\b",
    re.IGNORECASE,
)
_OTHER_ONE = re.compile(
    r"\b(?:the )?(?:other|next|former|latter|same) one\b|\bthe other\b|\bnot (?:the )?\w+,\s*", re.IGNORECASE
)
Offered = Callable[[str], tuple[str, ...]]
"""A question to the options that the answer to it asks to choose from; () where it asks nothing."""


def standalone(
    asked: str,
    history: History,
    understand: Callable[[str], Question],
    drugs: DrugNames,
    offered: Offered = lambda question: (),
) -> str:
    """Give the question with what the conversation supplies; equal to `asked` where nothing does."""
    before, said = "", asked
    turns = [words for role, words in history[-MOST_TURNS:] if role == "user" and words.strip()]
    for words in [*turns, asked]:
        said = _Reader(understand, drugs, offered).completed(words, before)
        before = before if understand(words).refused else said
    return said


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads turns with the names and drugs of the pages."""

    understand: Callable[[str], Question]
    drugs: DrugNames
    offered: Offered

    def turn(self, words: str) -> Turn:
        """Read one turn."""
        question = self.understand(words)
        return Turn(question, slots_of(question, self.drugs))

    def completed(self, words: str, before: str) -> str:
        """Complete what is said by the question before it, itself complete; what stands alone stays as it is."""
        if not before:
            return words
        if words.strip() in self.offered(before):
            return _with_option(before, words.strip())
        if self.understand(words).refused or _stands_alone(words, self.turn(words)):
            return words
        previous = self.turn(before)
        rest = _without_lead_in(words)
        if re.fullmatch(r"[0-5](?:\s*[-/]\s*[0-5])?\+?", rest) and previous.all("grade"):
            rest = f"grade {rest}"
        if re.fullmatch(r"why(?: (?:not|is that|so))?", rest, re.IGNORECASE):
            return f"why {before}"
        if not rest:
            return words
        option = picked(rest, self.offered(before)) if self.turn(rest).bare else None
        return _with_option(before, option) if option else self._joined(rest, previous)

    def _joined(self, rest: str, previous: Turn) -> str:
        """Join what was said, without what leads in, to the question before."""
        turn, before = self.turn(rest), previous.question.text.rstrip(" ?.")
        if rest.lower() in ("with", "without") and (turned := with_or_without(rest.lower(), previous)):
            return turned
        if not turn.slots or (SUPPOSES.match(rest) and all(slot.what in ("topic", "kind") for slot in turn.slots)):
            return f"{before} {rest}"
        return edited(turn, previous) if turn.bare else taken_along(turn, previous)


def _with_option(before: str, option: str) -> str:
    return f"{before.rstrip(' ?.')}, {option}"


def _without_lead_in(words: str) -> str:
    rest = _TRAILING.sub("", _LEAD_IN.sub("", words)).strip(" ?.,!")
    return " ".join(_OTHER_ONE.sub(" ", rest).split()).strip(" ,")


def _stands_alone(words: str, turn: Turn) -> bool:
    """Tell whether a question needs nothing from before: it says what about and of what, and leans on nothing."""
    leads, leans = bool(_LEAD_IN.match(words)), bool(_LEANS.search(words))
    named, count = bool(turn.all("drug", "name")), len(words.split())
    kinds = turn.question.kinds
    if named and kinds and not leads:
        return not leans or count > 6
    if named:
        return not leans and count > 3
    if leans or leads or turn.all("grade", "weight", "surface"):
        return False
    topics = [slot for slot in turn.all("topic") if not is_qualifier(slot, turn)]
    if topics and kinds & _OF_A_SUBJECT:
        return True
    asks = bool(
        re.match(r"\s*(?:what|which|who|when|where|why|how|is|are|can|could|do|does|did|should)\b", words, re.I)
    )
    return count > 7 or (asks and count > 4 and sum(len(slot.words.split()) for slot in topics) > 1)
