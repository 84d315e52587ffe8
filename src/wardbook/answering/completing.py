"""How a turn of a conversation is completed by the question before it: put in its place, or taken along."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, product

from wardbook.answering.overruling import overruled
from wardbook.answering.slots import HAD, PREPOSITION, TAKES, Slot, is_telling
from wardbook.answering.targets import DEGREE, Target, conditions, is_on_top, is_qualifier, targets
from wardbook.answering.turn import DOSE_KINDS, Turn
from wardbook.lazy_regex import lazy_regex

MOST_READINGS = 8
"""Ways to read a fragment that are weighed."""
_MARKS = ",.;:?!()"
_ACRONYM = lazy_regex(r"[A-Z]{3,}\d?")
"""Letters that stand for a disease even where they are an everyday word too ("ALL")."""
_NEGATES = frozenset({"no", "not", "without"})

_HAS_NOT = lazy_regex(
    r"\b(?:ha[sd]|have|is|are|was|were|do|does|did|will|would|wo)(?:n['’]?t| not)\b (?!on\b|with\b|taking\b)|"
    r"\bnot \w+(?:ing|ed)\b|\bno (?:response|improvement|effect|change|recovery|fall|rise|better)\b",
    re.IGNORECASE,
)
"""Denies that something has come about ("if X hasn't fallen"); without it the words say the contrary."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to complete a fragment."""

    text: str
    """The question that it gives."""
    kept: int
    """Telling words of the question before that stay in it."""


def readings(turn: Turn, previous: Turn) -> list[Reading]:
    """Give the ways to put a fragment into the question before, the likeliest first."""
    news = [own for own in turn.slots if not _said_before(own, turn, previous)]
    choices = [targets(own, turn, previous) for own in news]
    found = (
        _edited(dict(zip(news, choice, strict=True)), turn, previous)
        for choice in islice(product(*choices), MOST_READINGS)
    )
    return list(dict.fromkeys(found))


def _edited(placed: dict[Slot, Target], turn: Turn, previous: Turn) -> Reading:
    """Put each new slot in the place of what it replaces; what replaces nothing is added behind."""
    changes: dict[Slot, str] = dict.fromkeys(overruled(turn, previous, placed), "")
    added: list[str] = []
    for own, replaced in placed.items():
        olds = [
            slot for slot in replaced if not any(slot.begin < each.end and each.begin < slot.end for each in changes)
        ]
        if olds:
            olds[0] = _part_of_one_noun(own, olds[0])
            words = _in_place_of(own, olds[0], turn, previous)
            place = _with_degree(own, _with_led(own, olds[0], turn, previous), previous)
            changes.update({**dict.fromkeys(olds[1:], ""), place: words})
        else:
            added.append(phrase(own, turn))
    text = _turned(turn, previous) or previous.text.rstrip(" ?.")
    for slot, words in sorted(changes.items(), key=lambda pair: -pair[0].begin):
        text = _put(text, slot, words)
    whole = " ".join(" ".join([text, *(each for each in added if not holds(text, each))]).split())
    acronyms = not turn.text.isupper()
    unsaid = [
        word
        for word in turn.text.split()
        if (_tells(word) or (acronyms and _ACRONYM.fullmatch(word.strip(_MARKS))))
        and not holds(whole, word.strip(_MARKS))
    ]
    if len(placed) != len(turn.slots) or unsaid:  # whatever else is carried, no new word may be lost
        whole = " ".join([whole, *unsaid])
    before = (word.strip(_MARKS) for word in previous.text.split())
    return Reading(whole, sum(is_telling(word) and holds(whole, word) for word in before))


def _with_degree(own: Slot, old: Slot, previous: Turn) -> Slot:
    """Give the slot that is replaced, with the word before it that tells how much of it there is ("low IgG")."""
    before = re.search(rf"{DEGREE.pattern}\s+$", previous.text[: old.begin], re.IGNORECASE)
    free = before and not any(slot.begin < old.begin and slot.end > before.start() for slot in previous.slots)
    return replace(old, begin=before.start()) if before and free and own.what in ("name", "topic") else old


def _part_of_one_noun(own: Slot, old: Slot) -> Slot:
    """Give the part of words that others take the place of, both with one noun ("sibling donor", "haplo donor").

    What stands behind that noun is another thing and stays.
    """
    words, news = list(re.finditer(r"\S+", old.words)), own.words.lower().split()
    at = next((at for at, word in enumerate(words) if word[0].lower() == news[-1]), None)
    if own.what != "topic" or old.what != "topic" or at is None or len(news) < MOST_OF_A_NOUN or at == len(words) - 1:
        return old
    begin = words[max(at - len(news) + 1, 0)].start()
    return replace(
        old, begin=old.begin + begin, end=old.begin + words[at].end(), words=old.words[begin : words[at].end()]
    )


MOST_OF_A_NOUN = 2
"""Words from which a noun has something before it that tells it from others."""


def _tells(word: str) -> bool:
    """Tell whether a word may not be lost: one that says something of the situation or how much, or a figure."""
    return is_telling(word) or any(map(str.isdigit, word)) or DEGREE.fullmatch(word) is not None


def _said_before(own: Slot, turn: Turn, previous: Turn) -> bool:
    """Tell whether the question before has these very words, so that nothing new is said by them."""
    return own.what not in ("figure", "kind") and holds(previous.text, own.words)


def _turned(turn: Turn, previous: Turn) -> str | None:
    """Give the question before with what it denies affirmed, or the other way about ("without X", then "with X")."""
    for own in turn.slots:
        old = next((each for each in previous.slots if each.words.lower() == own.words.lower()), None)
        led = PREPOSITION.search(previous.text[: old.begin]) if old else None
        leads = PREPOSITION.search(turn.text[: own.begin])
        now, then = (found[1].lower() if found else "" for found in (leads, led))
        if old is None or not own.is_about or (now in _NEGATES) == (then in _NEGATES):
            continue
        begin = led.start() if led else old.begin
        return " ".join(f"{previous.text[:begin]} {phrase(own, turn)} {previous.text[old.end :]}".split()).rstrip(" ?.")
    return None


def phrase(slot: Slot, turn: Turn) -> str:
    """Give a slot's words with the preposition that they stand behind."""
    if slot.what in ("drug", "class", "kind"):
        return slot.words
    if slot.what == "age" and (years := re.fullmatch(r"\D+(\d+)", slot.words)):
        return f"{years[1]} years old"
    if slot.what == "beside" and HAD.search(turn.text[: slot.begin]):
        return f"after {slot.words}"
    if slot.what == "beside" and TAKES.search(turn.text[: slot.begin]):
        return f"on {slot.words}"
    before = PREPOSITION.search(turn.text[: slot.begin])
    return turn.text[before.start() : slot.end] if before else slot.words


def without_dosing(reading: str, previous: Turn) -> str:
    """Leave the words of dosing out of a completed question."""
    text = reading
    for slot in (each for each in previous.all("kind") if each.key in DOSE_KINDS):
        text = re.sub(rf"(?:\s+|^){re.escape(slot.words)}(?!\w)", " ", text, count=1, flags=re.IGNORECASE)
    return " ".join(text.split())


def _in_place_of(own: Slot, old: Slot, turn: Turn, previous: Turn) -> str:
    """Give the words of a slot in the place of another: "low" in that of "high risk" is "low risk"."""
    if own.what == "risk" and "risk" not in own.words.lower():
        noun = re.search(r"(?:[ -]\w+)?[ -]risk$", old.words, re.IGNORECASE)
        return own.words + (noun[0] if noun else "")
    if own.what == "figure" and old.key and not own.key:
        label = re.match(r"[^\d]*", old.words)
        return f"{label[0] if label else ''}{own.words}"
    leads, led = (PREPOSITION.search(said.text[: slot.begin]) for slot, said in ((own, turn), (old, previous)))
    lead = leads[1].lower() if leads and led is None and own.what == "topic" else ""
    kept = lead in _NEGATES or lead in _TURNED  # "not X", "after X" is another thing than X
    return phrase(own, turn) if kept or _with_led(own, old, turn, previous) is not old else own.words


def _with_led(own: Slot, old: Slot, turn: Turn, previous: Turn) -> Slot:
    """Give the slot that is replaced, with the preposition before it where the new words bring another."""
    leads, led = (PREPOSITION.search(said.text[: slot.begin]) for slot, said in ((own, turn), (old, previous)))
    if own.what not in ("name", "topic", "beside") or not led or (leads and leads[1].lower() == led[1].lower()):
        return old
    if not leads and (led[1].lower() not in _NEGATES or is_qualifier(own)):
        return old  # "no bleeding", then "minor bleeding": it is there now
    return replace(old, begin=led.start())


def what_may_go(turn: Turn, previous: Turn, *, instead: bool) -> Iterator[list[Slot]]:
    """Give what a new condition, or another way to give it, may leave no longer meant, the least first: a part of the
    schedule, then what else the dose was for. What tells of the patient stays, save what "instead" puts another thing
    in the place of.
    """
    if not turn.all("name", "topic", "setting", "route", "form"):
        return
    stages = [*previous.all("phase"), *(slot for slot in previous.all("topic") if is_qualifier(slot))]
    parts = [slot for slot in stages if not holds(turn.text, slot.words)]
    aims = [slot for slot in (*previous.all("name"), *conditions(previous)) if not is_on_top(slot, previous)]
    told = {slot.words.lower() for slot in aims}
    aims += [slot for slot in previous.all("figure") if slot.key.lower() in told]
    figures = [slot for slot in previous.all("figure") if slot not in aims] if instead else []
    ways = (parts, aims, [*parts, *aims]) if not instead else (aims, [*parts, *aims], [*parts, *aims, *figures])
    yield from (list(gone) for gone in dict.fromkeys(map(tuple, ways)) if gone)


def left_out(gone: list[Slot], previous: Turn) -> str:
    """Give the question before without some of its slots."""
    text = previous.text.rstrip(" ?.")
    for slot in sorted(gone, key=lambda slot: -slot.begin):
        text = _put(text, _with_degree(slot, slot, previous), "")
    return " ".join(text.split())


_JOINED = frozenset({"with", "without", "no", "on"})
_TURNED = dict.fromkeys(("before", "after", "during"), frozenset({"before", "after", "during"}))


def with_or_without(word: str, previous: Turn) -> str | None:
    """Give the question before, a drug beside the one that it is about turned on or off ("and with?"), or None."""
    for slot in previous.all("beside"):
        led = PREPOSITION.search(previous.text[: slot.begin])
        if led and led[1].lower() in _TURNED.get(word, _JOINED):
            return f"{previous.text[: led.start()]}{word} {previous.text[led.end(1) :].lstrip()}"
    return None


_PREMEDICATION = lazy_regex(
    r"(?:which|what|any) pre-?(?:med\w*|treatment)(?: (?:is|are) (?:given|needed))?", re.IGNORECASE
)
"""Asks what is given before something, and not before what."""
_DANGLING = lazy_regex(r".*\S\s+(?:before|after|during)", re.IGNORECASE)


def with_what(words: str, previous: Turn) -> str | None:
    """Give a fragment that ends in "before" or the like, or asks for a premedication, with the drug that was named and
    what for, else None.
    """
    main = next(iter(previous.all("drug", "class")), None)
    if main is not None and _PREMEDICATION.fullmatch(words):
        return f"{words} before {main.words}"
    if main is None or not _DANGLING.fullmatch(words):
        return None
    what_for = (phrase(slot, previous) for slot in (*previous.all("name"), *conditions(previous)))
    return " ".join(dict.fromkeys([words, main.words, *what_for]))


def holds(text: str, words: str) -> bool:
    """Tell whether a text has words as they stand."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


def _put(text: str, slot: Slot, words: str) -> str:
    """Put words in the place of a slot; without any, its preposition goes too."""
    before, after = text[: slot.begin], text[slot.end :]
    leads_on = re.match(r"\s+(?!(?:in|for|of|with|after|before|on)\b)\w", after)
    if not words and not leads_on and (led := PREPOSITION.search(before)):
        before = before[: led.start()]
    return f"{before.rstrip(' ,') if not words and not after else before}{words}{after}"


def denies_anew(turn: Turn, previous: Turn) -> bool:
    """Tell whether it is said what has not come about, of which the question before has nothing to be replaced."""
    new = [slot for slot in turn.slots if not holds(previous.text, slot.words)]
    return turn.bare and _HAS_NOT.search(turn.text) is not None and bool(new) and not turn.all("drug")


_TOO = lazy_regex(r"\b(?:too|as well|also|on top|in addition|besides)\b", re.IGNORECASE)
_HAS = lazy_regex(
    r"(?:(?:he|she|they|pt|patient)['’]s|\b(?:has|have|having|got|gets|developed|develops|develop|plus|with))\s+"
    r"(?:(?:now|also|just|already|got|a|an|the|developed)\s+)*$",
    re.IGNORECASE,
)
"""Says of an event that the patient has it."""


def had_too(words: str, turn: Turn, previous: Turn) -> str | None:
    """Give the question before with an event that the patient has beside the one that its drug is for ("and has X
    too"), else None; "for X too" asks of X in its place.
    """
    old = {slot.key for slot in previous.all("name")}
    new = next((slot for slot in turn.all("name") if slot.key not in old), None)
    asks = turn.asks and not re.match(r"ha(?:s|ve)\b", turn.text, re.IGNORECASE)
    if new is None or not old or not previous.all("drug", "class") or asks:
        return None
    told = [slot for slot in turn.slots if slot.words.lower() != "plus" and slot.what not in OF_PATIENTS]
    if any(slot.what not in ("name", "grade", "severity") for slot in told):
        return None
    begin = min(slot.begin for slot in told)
    lead = words[: words.lower().find(turn.text[begin : new.end].lower())]
    led = PREPOSITION.search(lead)
    too = _TOO.search(words) and (led is None or led[1].lower() == "with")
    if not too and (not _HAS.search(lead) or re.search(r"\b(?:if|when)\b", lead, re.IGNORECASE)):
        return None
    end = max(slot.end for slot in told)
    return f"{previous.text.rstrip(' ?.')} with {turn.text[begin:end]}"


OF_PATIENTS = ("weight", "surface", "age")
"""Measures of the patient."""


_WHY = lazy_regex(
    r"(?:why|how come|what(?:['’]?s| is) (?:the|that) (?:reason|rationale)|(?:the )?(?:reason|rationale))"
    r"(?: (?:is that|so|though|tho|exactly|(not)))?",
    re.IGNORECASE,
)
"""Asks for the reason, and nothing else."""
_MAY_BE = lazy_regex(
    r"^\W*(?:(?:so|and|but|ok) )?(?:can|could|should|may|must|would|ought)(?:n['’]?t| not)?"
    r"(?: (?:i|we|you|they|one|he|she|(?:the|this|my|our) (?:pt|patient)))?(?: be| to)? ",
    re.IGNORECASE,
)
"""Begins to ask whether something may be done: what is asked of it next is why."""


def asked_why(rest: str, previous: Turn) -> str | None:
    """Give the question for the reason of the one before, without its "how long" or "can we", else None."""
    why = _WHY.fullmatch(rest)
    if why is None:
        return None
    text = previous.text
    how = next((slot for slot in previous.all("kind") if slot.begin == 0), None)
    asked = text[how.end :].strip() if how and re.match(r"(?:how|when|which|what)\b", how.words, re.IGNORECASE) else ""
    plain = _MAY_BE.sub("", text)
    if asked or plain in ("", text):
        return f"why {asked or text}"
    return f"why {'not ' if why[1] else ''}{plain.rstrip(' ?.')}"


_NO_BETTER = lazy_regex(
    r"\b(?:(?:still )?no (?:better|improvement|response|change|effect)|"
    r"(?:has|is|did|does|have)(?:n['’]?t| not) \w+|(?:still )?not (?:\w+ing|better|responding|improved)|"
    r"(?:got(?:ten)?|getting|is|now) worse|worse(?:ning|ned)?)\b[\s,;.:-]*(?:(?:and|so|but|now)\b\s*)?",
    re.IGNORECASE,
)


def regraded(rest: str, turn: Turn, previous: Turn) -> str:
    """Give what is said without that it got no better, where a new grade says so already ("no better, now grade 4")."""
    new, old = ({slot.words.lower() for slot in said.all("grade")} for said in (turn, previous))
    plain = _NO_BETTER.sub("", rest).strip(" ,.;") if new and old and new != old else rest
    return plain if re.search(r"\d", plain) else rest
