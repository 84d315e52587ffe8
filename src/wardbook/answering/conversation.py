"""Follow-ups: what earlier turns named completes a question that does not stand alone, by rules over the words.

Two ways: a bare fragment ("and for prophylaxis?", "81 kg", "tocilizumab?") changes the question before it in that one
thing; a question that leans on what was said ("how often?", "is it safe?") takes along what was named. Where a fragment
can be read in several ways ("heart transplant?" may be another condition, or one on top), the pages decide: the reading
stands that they answer. Nothing is carried silently: the completed question is what is answered, and is shown as
"understood as ...".
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wardbook.answering.completing import (
    REFERS,
    Reading,
    holds,
    readings,
    subject_taken_along,
    taken_along,
    with_or_without,
    without_dosing,
)
from wardbook.answering.question import Question
from wardbook.answering.replies import picked
from wardbook.answering.slots import slots_of
from wardbook.answering.targets import is_qualifier
from wardbook.answering.turn import SUPPOSES, Turn
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
    r"^\s*(?:(?:thanks?(?: you)?|thx|cheers|no(?=\s*[,.;:!-]|\s+(?:i|not|actually|sorry|wait|the)\b)|and|but|so|"
    r"ok(?:ay)?|then|also|now|or|nope|yes|yeah|yep|sorry|oops|wait|hm+|ah|oh|actually|i mean|i meant|make (?:that|it)|"
    r"what about|how about|what(?= if\b)|whatabout|hows about|same(?= (?:for|in|with)\b)|same (?:question|thing)|"
    r"ditto|the same|instead|rather|back to|go back to)\b[\s,.:;!-]*)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"[\s,]*\b(?:then|please|pls|plz|instead|though|too|as well|thanks|thx|again)\s*[?.!]*$", re.IGNORECASE
)
_LEANS = re.compile(
    r"^\s*(?:and|but|also|then|so|ok(?:ay)?[ ,]|what about|how about|what if|same|why|instead|otherwise|else|more|"
    r"in that|no[ ,]|sorry|actually|i meant?)\b|"
    r"\b(?:it|its|that|this|those|these|them|they|he|she|his|her|the same|the (?:drug|dose|max(?:imum)?|latter|"
    r"first one|second one|other one|patient)|"
    r"still|afterwards?|another|(?:what|anything) else|what(?:'s)? (?:next|now))\b",
    re.IGNORECASE,
)
_OTHER_ONE = re.compile(
    r"\b(?:the )?(?:other|next|former|latter|same) one\b|\bthe other\b|\bnot (?:the )?\w+,\s*", re.IGNORECASE
)
Offered = Callable[[str], tuple[str, ...]]
"""A question to the options that the answer to it asks to choose from; () where it asks nothing."""
Supported = Callable[[str], float]
"""A question to how far the pages hold what it names: the part of it that one of their sentences or rows holds, up to
1; `LOOKED_UP` where it is for a dose and one of their regimens fits."""
LOOKED_UP = 2.0
_NAMED_ANEW = frozenset({"drug", "class", "name", "topic", "risk", "place", "setting", "aspect"})
"""What a question of its own is made of."""
LEAST_HELD = 0.05
"""What the pages must hold of a question for it to be theirs at all."""
_OF_A_DRUG = frozenset({"safety", "mechanism", "regulatory", "reference", "metadata", "monitoring"})
"""Kinds that are of a drug or an event as such, whatever its dose was asked for."""
MOST_OF_A_FRAGMENT = 4
"""Words up to which what is said is put in the place of something; a longer sentence stands whole."""
_LED = re.compile(r"^(?:on|with|without|no|after|before|plus)\s+", re.IGNORECASE)
_SPEAKS = re.compile(
    r"\b(?:i|we|you|he|she|it|they|his|her|what|what's|which|how|when|where|who|why|is|are|was|were)\b", re.IGNORECASE
)
"""Words of a sentence, and no fragment."""
_SAME_AGAIN = re.compile(
    r"\s*(?:(?:and )?(?:the )?(?:sources?|references?|citations?)|where (?:does it say|is) that|says who|"
    r"(?:please )?(?:repeat|say) (?:that|it)(?: again)?|come again|once more|what was that)[\s?.!]*",
    re.IGNORECASE,
)
"""Asks for the answer before once more, with its sources."""
_BACK = re.compile(
    r"\s*(?:ok(?:ay)?[\s,]*)?(?:(?:go )?back to|return to|as for)\s+(?:the\s+)?"
    r"(?:(first|original)|previous|earlier|other)(?:\s+(?:one|drug|question|patient))?\b[\s,.:;?!-]*",
    re.IGNORECASE,
)
_OTHER_PATIENT = re.compile(
    r"\b(?:(?:a )?(?:new|different|another|other|next) (?:pt|patient|case|child|kid))\b[\s,.:;!-]*", re.IGNORECASE
)


def standalone(
    asked: str,
    history: History,
    understand: Callable[[str], Question],
    drugs: DrugNames,
    offered: Offered = lambda question: (),
    supported: Supported = lambda question: 0.0,
    together: Callable[[str], bool] = lambda words: True,
) -> str:
    """Give the question with what the conversation supplies; equal to `asked` where nothing does.

    `together` tells whether one page holds all that some words name.
    """
    reader = _Reader(understand, drugs, offered, supported, together)
    said: list[str] = []
    turns = [words for role, words in history[-MOST_TURNS:] if role == "user" and words.strip()]
    for words in [*turns, asked]:
        whole = reader.completed(words, said)
        said += [] if understand(words).refused and words != asked else [whole]
    return said[-1]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads turns with the names and drugs of the pages."""

    understand: Callable[[str], Question]
    drugs: DrugNames
    offered: Offered
    supported: Supported
    together: Callable[[str], bool]

    def turn(self, words: str) -> Turn:
        """Read one turn."""
        question = self.understand(words)
        return Turn(question, slots_of(question, self.drugs))

    def completed(self, words: str, said: Sequence[str]) -> str:
        """Complete what is said by the questions before it, themselves complete; what stands alone stays as it is."""
        before = said[-1] if said else ""
        if not before or self.understand(words).refused:
            return words
        if words.strip() in self.offered(before):
            return _with_option(before, words.strip())
        if _SAME_AGAIN.fullmatch(words):
            return before
        if back := _BACK.match(words):
            return self._after(words[back.end() :], said[0] if back[1] else said[max(len(said) - 2, 0)])
        if _OTHER_PATIENT.search(words) and (rest := _without_lead_in(_OTHER_PATIENT.sub(" ", words))):
            return rest
        turn = self.turn(words)
        if not _stands_alone(words, turn):
            return self._after(words, before)
        joined = words if turn.all("drug", "class", "name") else self._after(words, before)
        return joined if self.supported(joined) >= max(self.supported(words), LEAST_HELD) else words

    def _after(self, words: str, before: str) -> str:
        """Complete what leans on the question before."""
        previous = self.turn(before)
        rest = self._named_whole(_figure_named(_without_lead_in(words), previous), previous)
        if re.fullmatch(r"why(?: (?:not|is that|so))?", rest, re.IGNORECASE):
            return f"why {before}"
        if not rest:
            return before if _BACK.match(words) or not words.strip() else words
        option = picked(rest, self.offered(before)) if self.turn(rest).bare else None
        return _with_option(before, option) if option else self._joined(rest, previous, words)

    def _named_whole(self, rest: str, previous: Turn) -> str:
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
        return rest

    def _joined(self, rest: str, previous: Turn, words: str) -> str:
        """Join what was said, without what leads in, to the question before."""
        turn, before = self.turn(rest), previous.question.text.rstrip(" ?.")
        turning = re.fullmatch(r"(?:.*\s)?(with|without)(?:\s+(?:it|that|them))?", rest, re.IGNORECASE)
        if turning and (turned := with_or_without(turning[1].lower(), previous)):
            return turned
        if not turn.slots and not turn.asks:
            return f"{before} {rest}"
        if SUPPOSES.match(rest) and all(slot.what in ("topic", "kind") for slot in turn.slots):
            return self._without_dosing(f"{before} {rest}", turn, previous)
        if not turn.bare or (turn.all("topic") and len(rest.split()) > MOST_OF_A_FRAGMENT and _SPEAKS.search(rest)):
            return self._along(turn, previous)
        found = readings(turn, previous)
        best = found[0] if len(found) == 1 else max(found, key=self._weighed(found))
        whole = self._without_dosing(self._of_aspect(best.text, turn, previous), turn, previous)
        return words if self._is_new(words, turn, previous, whole) else whole

    def _along(self, turn: Turn, previous: Turn) -> str:
        """Take along what was named; its subject alone where the pages hold that with what is asked, not the rest."""
        whole, subject = taken_along(turn, previous), subject_taken_along(turn, previous)
        as_such = bool(turn.question.kinds & _OF_A_DRUG)
        return subject if as_such and self.supported(subject) >= 1 > self.supported(whole) else whole

    def _of_aspect(self, whole: str, turn: Turn, previous: Turn) -> str:
        """Leave out what a dose was for where another thing of the drug is asked, and the pages have that alone."""
        main = next(iter(previous.all("drug")), None)
        if main is None or not turn.all("aspect") or self.supported(whole) >= 1:
            return whole
        alone = f"{main.words} {turn.text}"
        return alone if self.supported(alone) >= 1 else whole

    def _without_dosing(self, whole: str, turn: Turn, previous: Turn) -> str:
        """Leave the words of dosing out where no dose is for what is added, and the pages speak of it otherwise."""
        if not (previous.asks_dose and turn.all("topic", "name")) or self.supported(whole) >= LOOKED_UP:
            return whole
        plain = without_dosing(whole, previous)
        return plain if self.supported(plain) >= 1 else whole

    def _weighed(self, found: Sequence[Reading]) -> Callable[[Reading], tuple[float, int, int]]:
        """Weigh readings: one that the pages hold whole stands, that which keeps more first; else the likeliest."""

        def weight(reading: Reading) -> tuple[float, int, int]:
            support = self.supported(reading.text) if reading.kept else 0.0
            kept = reading.kept if 1 <= support < LOOKED_UP else 0
            return (support if support >= 1 else 0.0, kept, -found.index(reading))

        return weight

    def _is_new(self, words: str, turn: Turn, previous: Turn, whole: str) -> bool:
        """Tell whether words are a question of their own: they name a subject and more, of which the pages have nothing
        together with what was asked about before, or a drug with all that its dose is for.
        """
        named = [slot for slot in turn.slots if slot.what in _NAMED_ANEW]
        if sum(len(slot.words.split()) for slot in named) < 2 or _LEANS.search(words):
            return False
        alone, joined = self.supported(turn.text), self.supported(whole)
        if joined >= 1:
            return alone >= LOOKED_UP and bool(turn.all("drug")) and len(named) > 1
        subject = next((slot for slot in previous.all("drug", "class", "name") if holds(whole, slot.words)), None)
        if subject is None:
            return alone >= 1
        told = [slot for slot in named if slot.what in ("drug", "class", "name", "topic")]
        words_of = (slot.words.split() if slot.what == "topic" else [slot.words] for slot in told)
        known = [each for some in words_of for each in some if self.supported(each) >= 1]
        return bool(known) and not any(self.together(f"{subject.words} {each}") for each in known)


def _figure_named(rest: str, previous: Turn) -> str:
    """Give a bare figure the name of what it can only be: a grade where the question before gives one."""
    graded = re.fullmatch(r"[0-5](?:\s*[-/]\s*[0-5])?\+?", rest) and previous.all("grade")
    return f"grade {rest}" if graded else rest


def _with_option(before: str, option: str) -> str:
    return f"{before.rstrip(' ?.')}, {option}"


def _without_lead_in(words: str) -> str:
    rest = _TRAILING.sub("", _LEAD_IN.sub("", words)).strip(" ?.,!")
    return " ".join(_OTHER_ONE.sub(" ", rest).split()).strip(" ,")


def _refers_back(turn: Turn) -> bool:
    """Tell whether a word that stands for another comes before all that it could stand for here."""
    referring = REFERS.search(turn.text)
    first = min((slot.begin for slot in turn.all("drug", "name", "topic")), default=0)
    return referring is not None and referring.start() < first


def _stands_alone(words: str, turn: Turn) -> bool:
    """Tell whether a question needs nothing from before: it says what about and of what, and leans on nothing."""
    leads, leans = bool(_LEAD_IN.match(words)), bool(_LEANS.search(words))
    named, count = bool(turn.all("drug", "name")), len(words.split())
    kinds = turn.question.kinds
    if named and kinds and not leads:
        return not leans or (count > 6 and not _refers_back(turn))
    if named:
        return not leans and count > 3
    if leans or leads or turn.all("grade", "weight", "surface"):
        return False
    topics = [slot for slot in turn.all("topic") if not is_qualifier(slot)]
    if topics and kinds & _OF_A_SUBJECT:
        return True
    asks = bool(
        re.match(r"\s*(?:what|which|who|when|where|why|how|is|are|can|could|do|does|did|should)\b", words, re.I)
    )
    return count > 7 or (asks and count > 4 and sum(len(slot.words.split()) for slot in topics) > 1)
