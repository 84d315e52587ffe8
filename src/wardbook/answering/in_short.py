"""A long question in short: what it asks, and of the rest the words that may tell of the patient.

At three in the morning people tell who speaks, where the patient lies and what the family said. A line of the pages
holds none of that, and a dose is turned away by words that it does not know.
"""

import re
from collections.abc import Callable, Iterable

from wardbook.answering.question import Question
from wardbook.answering.question_words import everyday_words
from wardbook.answering.speech import counting_words, spoken_words
from wardbook.answering.told_findings import told_findings
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import stop_words, words_of
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient_group import group_pattern
from wardbook.dosing.telling import is_disease, names_thing
from wardbook.dosing.told import is_english, is_plain
from wardbook.lazy_regex import lazy_regex

LONG = 14
"""Words from which a question is long."""
_CLAUSE = lazy_regex(
    r"(?<=[.!?;:])\s+|,\s+|\s{1,9}[-–—]{1,3}\s+|\n+|"
    r"\s{1,9}(?=(?:and|but|so|because|or|plus) (?:then |now |also )?(?:i|we|he|she|they|it|you|there|his|her|my|our|"
    r"their|the|a|an|is|are|was|were|do|does|did|can|could|should|what|which|how|when|where|who|whether|if)\b)",
    re.IGNORECASE,
)
_OPENS = r"^\W*(?:(?:and|but|so|or|then|ok|okay|well|please|just|now|also|plus) )*"
_ASKS = lazy_regex(
    r"\?\W*$|\b(?:what|how|whether)(?:['’]?s|s)?\b|\b(?:which|why|whom)\b|"
    rf"{_OPENS}(?:when|where|who)\b|"
    rf"{_OPENS}(?:is|are|was|were|do|does|did|can|could|should|shall|must|will|would|may|has|have|need|any)(?:n['’]?t)?\b|"
    r"\b(?:tell me|need to know|(?:want|wants|wanted|like|asks?|asked|asking) to know|wonder\w*|remind me|"
    r"looking for)\b",
    re.IGNORECASE,
)
"""What a clause has that asks something."""
_TOKEN = lazy_regex(r"[^\s,;!?()]+")
_DENIES = frozenset("no not without never nil non denies except unless cannot".split())
_JOINS = frozenset(
    "on with for in before after since of and or from under over above below plus per until during had having goes "
    "going due awaiting gets getting".split()
)
REACH = 4
"""Words behind one that denies within which what it denies stands ("never had a fit")."""


def in_short(question: Question) -> tuple[str, ...]:
    """Give a long question in short, and shorter; () where it is not long, or asks nothing by its words.

    The first holds of the rest what is no plain English, the second only what names something, is found or measured.
    """
    text = _BESIDE_BED.sub(" ", question.text)
    if len(text.split()) < LONG or _INSTRUCTS.search(text):
        return ()
    clauses = [clause for clause in _CLAUSE.split(text) if clause and clause.strip()]
    if not any(map(_ASKS.search, clauses)):
        return ()
    found = (_joined(_asked(clause, question, tells) for clause in clauses) for tells in (may_tell, names_something))
    whole = len(text.split())
    return tuple(dict.fromkeys(short for short in found if len(short.split()) <= SHORTER * whole))


_INSTRUCTS = lazy_regex(
    r"\b(?:ignor\w+|disregard\w*|forget|overrid\w+|pretend\w*|guess|make (?:it )?up|invent)\b", re.IGNORECASE
)
"""Tells how to answer, and not from the pages: without that it would be another question."""


def _joined(parts: Iterable[str]) -> str:
    words = ", ".join(part for part in (each.strip(" ,") for each in parts) if part)
    return re.sub(r"\s+([?.!,;])", r"\1", " ".join(words.split()))


SHORTER = 0.85
"""Part of a question's words up to which what is left of it is another question."""
_BESIDE_BED = lazy_regex(
    r"\b(?:on|in|from|at|to) (?:the )?(?:(?:ward|room|bed|bay|unit|floor|cubicle)s? ?)?\d{1,2} ?[A-Z]\b|"
    r"\b(?:on |in |from |at )?(?:the |my )?(?:ward|room|bed|bay|floor|cubicle) ?\d{1,3} ?[A-Za-z]?\b",
)
"""Where the patient lies."""


def _asked(clause: str, question: Question, tells: Callable[[str], bool]) -> str:
    """Give of a clause what it asks, from the word on that asks, with what tells of the patient before that.

    A clause that gives a dose stays whole: how often it is given stands in plain words.
    """
    asks = _ASKS.search(clause)
    if any(figure.is_dose for figure in read_amounts(clause)):
        return clause
    if asks is None:
        return _telling(clause, question, tells)
    begin = 0 if asks[0].startswith("?") else asks.start()
    return f"{_telling(clause[:begin], question, tells)} {clause[begin:]}".strip()


def _telling(clause: str, question: Question, tells: Callable[[str], bool]) -> str:
    """Give of a clause that asks nothing the words that may tell of the patient, with those that deny or join them."""
    spans = [(each.begin, each.end) for each in told_findings(clause)]
    names = {word for each in question.mentions for word in each.words.lower().split()}
    names |= {word for words in question.drug_words for word in words.split()}
    tokens = [(match[0].strip(".'\"’:"), match.start(), match.end()) for match in _TOKEN.finditer(clause)]
    told = [
        any(begin < end_ and end > begin_ for begin_, end_ in spans) or word.lower() in names or tells(word)
        for word, begin, end in tokens
    ]
    figures = [any(map(str.isdigit, word)) or word.lower() in _NUMBERS for word, _, _ in tokens]
    kept = list(told)
    for at, (word, _, _) in reversed(list(enumerate(tokens))):
        beside = any(figures[max(at - 1, 0) : at + 2])
        before_told = at + 1 < len(tokens) and kept[at + 1]
        if beside or (before_told and word.lower() in _JOINS):
            kept[at] = True
        denied = next((to for to in range(at + 1, min(at + 1 + REACH, len(tokens))) if told[to]), 0)
        if word.lower() in _DENIES and denied:
            kept[at:denied] = [True] * (denied - at)
    return " ".join(word for (word, _, _), keep in zip(tokens, kept, strict=True) if keep)


_NUMBERS = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred".split()
)


_YOUNG = frozenset("boy girl boys girls toddler toddlers teen teenager kid kids newborn newborns".split())


def may_tell(word: str) -> bool:
    """Tell whether a word may tell of a patient, a disease or a drug: it is none of plain English."""
    plain = everyday_words() | spoken_words() | counting_words() | stop_words()
    return names_something(word) or any(not (each in plain or is_plain(each)) for each in words_of(word.lower()))


def names_something(word: str) -> bool:
    """Tell whether a word holds a figure, names a disease or a group of patients, or is no frequent English word."""
    lower = uniform(word).strip()
    if any(map(str.isdigit, lower)) or group_pattern().search(lower) or lower in _YOUNG:
        return True
    plain = everyday_words() | spoken_words() | counting_words() | stop_words()
    return any(
        names_thing(each) or is_disease(each) or not (each in plain or is_english(each)) for each in words_of(lower)
    )
