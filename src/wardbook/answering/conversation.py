"""Follow-ups: what earlier turns named completes a question that does not stand alone, by rules over the words.

A bare fragment ("and for prophylaxis?") changes the question before it in that one thing; a question that leans on what
was said takes along what was named. Of several readings that stands which the pages answer; what is carried is shown.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wardbook.answering.asked_anew import LOOKED_UP, Supported, is_new, is_of_aside
from wardbook.answering.completing import (
    OF_PATIENTS,
    Reading,
    asked_why,
    denies_anew,
    had_too,
    holds,
    left_out,
    readings,
    regraded,
    what_may_go,
    with_or_without,
    with_what,
    without_dosing,
)
from wardbook.answering.figure_alone import figure_named, outdated, unclear, value_alone
from wardbook.answering.lead_in import (
    BACK,
    OF_A_PATIENT,
    OTHER_PATIENT,
    SAME_AGAIN,
    put_right_first,
    stands_alone,
    without_lead_in,
    without_tag,
)
from wardbook.answering.naming import Names
from wardbook.answering.overruling import SET_IN
from wardbook.answering.question import Question
from wardbook.answering.replies import picked
from wardbook.answering.score_fit import score_meant
from wardbook.answering.set_against import set_against
from wardbook.answering.slots import slots_of
from wardbook.answering.taking_along import REFERS, situation_taken_along, subject_taken_along, taken_along
from wardbook.answering.turn import SUPPOSES, Turn
from wardbook.dosing.drug import DrugNames
from wardbook.lazy_regex import lazy_regex

History = Sequence[tuple[str, str]]
"""Earlier turns, oldest first: (role "user" or "assistant", words)."""
MOST_TURNS = 20
"""Turns of a history that are read, the latest."""
Offered = Callable[[str], tuple[str, ...]]
"""A question to the options that the answer to it asks to choose from; () where it asks nothing."""
LEAST_HELD = 0.05
"""What the pages must hold of a question for it to be theirs at all."""
_OF_A_DRUG = frozenset({"safety", "mechanism", "regulatory", "reference", "metadata", "monitoring"})
"""Kinds that are of a drug or an event as such, whatever its dose was asked for."""
_TO_ANYONE = frozenset({"safety", "mechanism"})
"""Kinds that are of a drug alone where nothing else is named."""
LEAST_OF_A_NAME = 6
"""Letters from which a word that no page has is taken for a drug's name, misspelt or not theirs."""
MOST_OF_A_FRAGMENT = 4
"""Words up to which what is said is put in the place of something; a longer sentence stands whole."""
_OF_WHOM = ("weight", "surface", "age", "age group", "grade")
"""What tells of a patient: an event beside it is whom a drug named before is for."""
_INSTEAD = lazy_regex(r"\b(?:instead|rather)\b", re.IGNORECASE)
"""Says that what is new takes the place of all that it was for."""
_ORDINAL = lazy_regex(
    r"\b(1st|2nd|3rd|4th|first|second|third|fourth|fifth)\b(?: one\b)?(?P<of> (?:dose|step)\b)?(?! option)",
    re.IGNORECASE,
)
"""Counts the doses of a question; behind another one it picks no option."""
_NO_CHOICE = ("drug", "class", "route", "kind", "weight", "age", "surface", "figure")
"""What is no word of another option: a part of the question of its own."""
_IT_WAS = lazy_regex(
    r"if (?:it|this|that|they)(?: (?P<was>was|were|had been)| is|['’]s) (?P<what>(?:\S+\s*){1,4})", re.IGNORECASE
)
"""Supposes another thing in the place of one that was named; with "is" it may as well say more of that."""
_DONE_WITH_IT = lazy_regex(
    r"how (?:do|should|can|to|would|must)(?: (?:i|we|you))? \w+(?: \w+)? (?:it|that)\b", re.IGNORECASE
)
"""Asks how something is done with the drug, whatever it was for ("how do I stop it")."""
_NEEDS_TOO = lazy_regex(r"\b(?:also|needs?|needed|too|as well)\b", re.IGNORECASE)
"""Asks what else the patient is to have: that is of what they have, and of no drug given already."""
_SPEAKS = lazy_regex(
    r"\b(?:i|we|you|he|she|it|they|his|her|what|what's|which|how|when|where|who|why|is|are|was|were)\b", re.IGNORECASE
)
"""Words of a sentence, and no fragment."""


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


MOST_OF_A_WORD = 2
"""Words up to which a fragment asks nothing of its own."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads turns with the names and drugs of the pages."""

    understand: Callable[[str], Question]
    drugs: DrugNames
    offered: Offered
    supported: Supported
    together: Callable[[str], bool]

    @property
    def names(self) -> Names:
        """Reads names by those of the pages."""
        return Names(self.understand, self.drugs)

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
        if SAME_AGAIN.fullmatch(words):
            return before
        if back := BACK.match(words):
            return self._after(words[back.end() :], said[:1] if back[1] else said[: max(len(said) - 1, 1)])
        if OTHER_PATIENT.search(words) and (rest := without_lead_in(OTHER_PATIENT.sub(" ", words))):
            return rest
        if score := score_meant(words, before):
            return f"{score}: {words}"
        words = without_tag(words)
        first, rest = put_right_first(words)
        if first and not (asked := self.turn(rest)).bare and not asked.all("drug", "name") and self.turn(first).bare:
            return self.completed(rest, [*said, self.completed(first, said)])
        turn = self.turn(words)
        if against := set_against(turn, self.turn(before)):
            return against
        if not stands_alone(words, turn) or _is_of_drug_before(turn, self.turn(before)):
            return self._after(words, said)
        joined = self._beside(turn, self.turn(before), said)
        # a dose of no drug is one of the drug before, however well other drugs' lines hold its words
        of_drug = turn.asks_dose and not turn.all("class", "topic") and bool(self.turn(before).all("drug"))
        least = LEAST_HELD if of_drug else max(self.supported(words), LEAST_HELD)
        return joined if self.supported(joined) >= least else words

    def _beside(self, turn: Turn, previous: Turn, said: Sequence[str]) -> str:
        """Give a question that may stand alone with what was said before: what leans on nothing and names no subject,
        one of two drugs spoken of together taken up again, and "the X" of a situation that had no drug.
        """
        words, mine = turn.question.text, {slot.key for slot in turn.all("drug")}
        situation = turn.bare and not turn.all("drug", "class") and turn.all(*_OF_WHOM) and previous.all("drug")
        if not turn.all("drug", "name") or (situation and self.supported(self._after(words, said)) >= LOOKED_UP):
            return self._after(words, said)
        others = [slot for slot in previous.all("drug", "beside") if slot.key not in mine]
        if mine and len(turn.all("drug", "name")) == len(mine) and others:
            again = all(any(slot.key == each for slot in previous.all("drug", "beside")) for each in mine)
            return f"{words} {others[0].words}" if again else words
        main = turn.all("drug")[:1]
        the = main and turn.asks and re.search(r"\bthe\s+$", turn.text[: main[0].begin], re.IGNORECASE)
        return situation_taken_along(turn, previous) if the and not previous.all("drug", "class") else words

    def _after(self, words: str, said: Sequence[str]) -> str:
        """Complete what leans on the question before, the last of those said."""
        before = said[-1]
        if len(said) > 1 and is_of_aside(self.turn(without_lead_in(words)), self.turn(before), self.turn(said[-2])):
            return self._after(words, said[:-1])
        if (counted := _ORDINAL.match(words)) and _ORDINAL.search(before):
            new = counted[1] + (counted["of"] or "")
            before = _ORDINAL.sub(lambda old: new if counted["of"] else f"{new}{old['of'] or ''}", before, count=1)
            words = words[counted.end() :].strip(" ,.;?")
        previous, options = self.turn(before), self.offered(before)
        words = self.names.given_too(words, self.turn(words), previous)
        rest, earlier = value_alone(without_lead_in(words)), said[-2] if len(said) > 1 else ""
        named = figure_named(rest, previous, options, earlier)
        if named == rest and (gone := unclear(rest, previous, options, earlier)):
            return f"{left_out(gone, previous)} {rest}"
        rest = self.names.whole(named, previous)
        if (why := asked_why(rest, previous)) or not rest:
            return why or (before if BACK.match(words) or not words.strip() else words)
        option = picked(rest, options) or picked(self.names.generic(rest, previous), options) if options else None
        option = option if self.turn(rest).bare else None
        whole = _with_option(before, option) if option else self._past_option(rest, before, words)
        old = {slot.words for slot in outdated(rest, self.turn(rest), previous)} if not option else set()
        stale = [slot for slot in self.turn(whole).slots if slot.words in old]
        return left_out(stale, self.turn(whole)) if stale else whole

    def _past_option(self, rest: str, before: str, words: str) -> str:
        """Join what was said to the question before; an option picked in that stays only where it still is one."""
        base, option, tail = self._picked_in(before)
        if not option:
            return self._joined(rest, self.turn(before), words)
        base, turn = f"{base}{tail}", self.turn(rest)
        other = picked(rest, self.offered(base)) if turn.slots and not turn.all(*_NO_CHOICE) else None
        if other and other != option and not holds(option, rest):
            return _with_option(base, other)
        whole = self._joined(rest, self.turn(base), words)
        if option in self.offered(whole):
            return _with_option(whole, option)
        replaced = turn.bare and turn.all("drug", "class", "route", "form")
        return whole if replaced else self._joined(rest, self.turn(before), words)

    def _picked_in(self, whole: str) -> tuple[str, str, str]:
        """Give a question without the option that was picked in it, that option, and what follows it; "" where none."""
        for at in (match.start() for match in re.finditer(", ", whole)):
            base, rest = whole[:at], whole[at + 2 :]
            for option in sorted(self.offered(base), key=len, reverse=True):
                if rest == option or rest.startswith(f"{option} "):
                    return base, option, rest[len(option) :]
        return whole, "", ""

    def _joined(self, rest: str, previous: Turn, words: str) -> str:
        """Join what was said, without what leads in, to the question before."""
        whole = with_what(rest, previous) or self._supposed(rest, previous) or self._had_too(words, rest, previous)
        if whole:
            return whole
        rest = regraded(rest, self.turn(rest), previous)
        turn, before = self.turn(rest), previous.question.text.rstrip(" ?.")
        if denies_anew(turn, previous):
            return self._without_dosing(f"{before} {rest}", turn, previous)
        turning = re.fullmatch(
            r"(?:.*\s)?(with|without|before|after|during)(?:\s+(?:it|that|them))?", rest, re.IGNORECASE
        )
        if turning and (turned := with_or_without(turning[1].lower(), previous)):
            return turned
        if not turn.slots and not turn.asks:
            return f"{before} {rest}"
        short = len(rest.split()) < MOST_OF_A_FRAGMENT and not REFERS.search(rest)
        short = short and re.match(r"(?:after|with|without)\b", rest, re.IGNORECASE) is not None
        if SUPPOSES.match(rest) and not short and all(slot.what in ("topic", "kind") for slot in turn.slots):
            return self._without_dosing(f"{before} {rest}", turn, previous)
        if alone := self._of_drug_alone(turn, previous):
            return alone
        told = OF_A_PATIENT.sub("", rest)
        if not turn.bare or (turn.all("topic") and len(told.split()) > MOST_OF_A_FRAGMENT and _SPEAKS.search(told)):
            return self._along(turn, previous)
        if unknown := self._unknown_drug(turn, previous):
            return unknown
        found = readings(turn, previous)
        if corrected := self._corrected(rest, previous, found[0].text):
            return corrected
        best = found[0] if len(found) == 1 else max(found, key=self._weighed(found))
        best = self._freed(best, turn, previous, instead=_INSTEAD.search(words) is not None)
        whole = self._without_dosing(self._of_aspect(best.text, turn, previous), turn, previous)
        return words if is_new(words, turn, previous, whole, self.supported, self.together) else whole

    def _had_too(self, words: str, rest: str, previous: Turn) -> str | None:
        """Give the question with an event that is there too, and the patient's new measures told with it."""
        turn = self.turn(rest)
        whole, measures = had_too(words, turn, previous), " ".join(slot.words for slot in turn.all(*OF_PATIENTS))
        return self._joined(measures, self.turn(whole), measures) if whole and measures else whole

    def _of_drug_alone(self, turn: Turn, previous: Turn) -> str | None:
        """Give the question for what a drug does to anyone ("side effects?"), whatever it was given for."""
        drugs = previous.all("drug")
        as_such = bool(turn.question.kinds) and turn.question.kinds <= _TO_ANYONE
        if not (drugs and as_such and all(slot.what == "kind" for slot in turn.slots)):
            return None
        alone = subject_taken_along(turn, previous)
        return alone if self.supported(alone) >= 1 else None

    def _supposed(self, rest: str, previous: Turn) -> str | None:
        """Give the question with "if it was X" in the place of the latest thing named that fits."""
        other = _IT_WAS.fullmatch(rest)
        named = [slot for slot in reversed(previous.slots) if slot.is_about]
        if other is None or not named:
            return None
        text = previous.text.rstrip(" ?.")
        best = max((f"{text[: slot.begin]}{other['what']}{text[slot.end :]}" for slot in named), key=self.supported)
        if other["was"]:
            return best
        new = next(iter(self.turn(other["what"]).all("name", "topic")), None)
        instead = new and new.words == other["what"].strip() and self.supported(best) >= LOOKED_UP
        return best if instead and self.supported(f"{text} {rest}") < 1 else None

    def _unknown_drug(self, turn: Turn, previous: Turn) -> str | None:
        """Give the question for a word that no page has, in the place of the drug, whose dose is meant no more."""
        main = next(iter(previous.all("drug")), None)
        new = [slot for slot in turn.slots if slot.what == "topic" and len(slot.words) >= LEAST_OF_A_NAME]
        alone = len(new) == len(turn.slots) == 1 and " " not in turn.text
        if main is None or not alone or not turn.text.isalpha() or self.supported(main.key) == 0:
            return None
        if self.supported(turn.text) > 0:
            return None
        text = previous.text.rstrip(" ?.")
        return f"{text[: main.begin]}{turn.text}{text[main.end :]}"

    def _corrected(self, rest: str, previous: Turn, without: str) -> str | None:
        """Give the question for the drug behind "no", where the pages have its dose and none without it."""
        turn = self.turn(rest[3:]) if rest.lower().startswith("no ") else None
        if turn is None or [slot.what for slot in turn.slots] != ["drug"] or not previous.all("drug"):
            return None
        whole = readings(turn, previous)[0].text
        return whole if self.supported(whole) >= LOOKED_UP > self.supported(without) else None

    def _along(self, turn: Turn, previous: Turn) -> str:
        """Take along what was named; its subject alone where the pages hold that with what is asked, not the rest."""
        whole, subject = taken_along(turn, previous), subject_taken_along(turn, previous)
        held = self.supported(whole)
        if _DONE_WITH_IT.match(turn.text) and previous.asks_dose and previous.all("drug") and not turn.asks_dose:
            return subject if self.supported(subject) > held else whole
        if turn.asks and turn.all("class") and _NEEDS_TOO.search(turn.text):
            alone = situation_taken_along(turn, previous)
            whole = alone if self.supported(alone) > held else whole
        as_such = bool(turn.question.kinds & _OF_A_DRUG)
        return subject if as_such and self.supported(subject) >= 1 > held else whole

    def _of_aspect(self, whole: str, turn: Turn, previous: Turn) -> str:
        """Leave out what a dose was for where another thing of the drug is asked, and the pages have that alone."""
        main = next(iter(previous.all("drug")), None)
        if main is None or not turn.all("aspect") or self.supported(whole) >= 1:
            return whole
        alone = f"{main.words} {turn.text}"
        return alone if self.supported(alone) >= 1 else whole

    def _without_dosing(self, whole: str, turn: Turn, previous: Turn) -> str:
        """Leave the words of dosing out where no dose is for what is added, and the pages speak of it otherwise."""
        told = not turn.all("topic", "name") or SET_IN.search(turn.text)  # what a patient has got now has its own dose
        if not previous.asks_dose or told or self.supported(whole) >= LOOKED_UP:
            return whole
        plain = without_dosing(whole, previous)
        return plain if self.supported(plain) >= 1 else whole

    def _freed(self, best: Reading, turn: Turn, previous: Turn, *, instead: bool) -> Reading:
        """Leave out the part of its schedule, and what else a dose was for, where the pages have none for that and
        what is new, and one for the new alone; with "instead", wherever they have it.
        """
        dosed = (
            (previous.asks_dose or previous.all("phase", "setting"))
            and previous.all("drug")
            and not turn.all("drug", "class")
        )
        if not dosed or (not instead and self.supported(best.text) >= LOOKED_UP):
            return best
        for gone in what_may_go(turn, previous, instead=instead):
            freed = self.turn(left_out(gone, previous))
            reading = readings(turn, freed)[0]
            if self.supported(reading.text) >= LOOKED_UP:
                return reading
        return best

    def _weighed(self, found: Sequence[Reading]) -> Callable[[Reading], tuple[float, int, int]]:
        """Weigh readings: one that the pages hold whole stands, that which keeps more first; else the likeliest."""

        def weight(reading: Reading) -> tuple[float, int, int]:
            support = self.supported(reading.text) if reading.kept else 0.0
            kept = reading.kept if 1 <= support < LOOKED_UP else 0
            return (support if support >= 1 else 0.0, kept, -found.index(reading))

        return weight


def _is_of_drug_before(turn: Turn, previous: Turn) -> bool:
    """Tell whether a word or two ("prophylaxis?") are of the drug asked about before, however well pages hold them."""
    short = turn.bare and len(turn.text.split()) <= MOST_OF_A_WORD and not turn.all("drug", "class")
    told = turn.question.setting or turn.question.population or not turn.all("name")
    return bool(short and told and previous.all("drug"))


def _with_option(before: str, option: str) -> str:
    return f"{before.rstrip(' ?.')}, {option}"
