"""The two things between which a question of one matter stands, and the question for each of them alone."""

import re
from collections.abc import Sequence
from itertools import pairwise

from wardbook.answering.question import Question
from wardbook.dosing.drug import DrugNames
from wardbook.lazy_regex import lazy_regex

_VERSUS = r"(?:vs\.?|versus|v|compared (?:with|to)|against|as opposed to|rather than)"
_BETWEEN_DRUGS = lazy_regex(
    rf"\s*(?:\b(?:{_VERSUS}|or|and)(?:\s+(?:the|of|for|that of))?\s|/|,\s*(?:or|and)\s|&)\s*", re.I
)
_PREPOSITION = r"(?:in|for|before|with|on|at|pre|prior to|of|during|after|under|over)"
_OF_ONE = lazy_regex(
    rf"^(?P<head>.*\b(?P<lead>{_PREPOSITION})\s+)(?P<left>(?:[\w+./-]+\s+){{1,4}}?){_VERSUS}\s+"
    rf"(?:{_PREPOSITION}\s+)?(?P<right>[\w+./-]+(?:\s+[\w+./-]+){{0,4}})(?P<tail>\s*(?:[,;:?!].*|\s-\s.*)?)$",
    re.IGNORECASE,
)
"""One thing in two situations ("X dose in P vs Q")."""
_COUNTED = lazy_regex(r"(?:gr(?:ade)?|stage|day|line|cycle|week)s?\.? ?\d+(?:-\d+)?\+?", re.IGNORECASE)
_COMPARING = lazy_regex(
    r"\b(?:side by side|next to each other|head to head|compar(?:ed?|ing|isons?)|differences?(?: between)?|differ|"
    r"(?:the )?same|both|between|which (?:is|one is) (?:higher|lower))\b",
    re.IGNORECASE,
)
"""What sets the sides against each other, and is asked of none of them alone."""


def alone(question: Question, drugs: DrugNames) -> tuple[tuple[str, str], ...]:
    """Give each side's words with the question for it alone; () where no two sides stand beside each other.

    Two drugs side by side are sides however they are joined, two situations of one drug only as "versus".
    """
    text = question.text
    named = [(each.begin, each.end, each.words) for each in drugs.find(text)]
    for (begin, end, left), (start, stop, right) in pairwise(named):
        joined = _BETWEEN_DRUGS.fullmatch(text[end:start])
        rest = [at for at, _, words in named if drugs.canonical(words) not in map(drugs.canonical, (left, right))]
        only = all(_LEADS_TO.search(text[:at]) for at in rest)
        if joined and left.lower() != right.lower() and (only or not re.search(r"and|&|/", joined[0], re.IGNORECASE)):
            sides = ((left, text[:end] + text[stop:]), (right, text[:begin] + text[start:]))
            return _plain(sides)
    if "compare" not in question.kinds:
        return ()
    found = _OF_ONE.match(text)
    if found is None:
        return ()
    first, second, tail = found["left"].strip(), found["right"], found["tail"]
    counted = _COUNTED.match(second)
    if counted and _COUNTED.fullmatch(first):  # "grade 2 vs grade 3 X": both are of X
        second, tail = counted[0], f"{found['right'][counted.end() :]}{tail}"
    return _plain(((first, f"{found['head']}{first}{tail}"), (second, f"{found['head']}{second}{tail}")))


_LEADS_TO = lazy_regex(r"\b(?:before|for|in|prior to|pre|ahead of)[ -](?:the )?$", re.IGNORECASE)
"""Stands before what drugs are given for; any other third drug is one that the patient is on."""


def _plain(sides: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((side, " ".join(_COMPARING.sub(" ", words).split()).strip(" -,")) for side, words in sides)
