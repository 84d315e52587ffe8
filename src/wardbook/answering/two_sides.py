"""The two things between which a question of one matter stands, and the question for each of them alone."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from wardbook.answering.question import Question
from wardbook.answering.question_words import spans_told
from wardbook.dosing.drug import DrugNames
from wardbook.lazy_regex import lazy_regex

Sides = tuple[tuple[str, str], ...]
"""Each side's words, with the question for it alone."""
_MORE = (
    r"(?:lower|higher|more|less|bigger|smaller|larger|greater|stronger|weaker|longer|shorter|fewer|earlier|later|"
    r"sooner)(?: dose)? than"
)
_OTHER = r"(?:(?:any )?differen(?:t|ce)(?:ly)? (?:from|to|than)|(?:the )?same(?: dose)? as)"
_VERSUS = (
    r"(?:vs\.?|versus|v|compared (?:with|to)|against|as opposed to|rather than|"
    rf"(?:(?:is|are|be) )?(?:{_MORE}|{_OTHER}))"
)
_BETWEEN_DRUGS = lazy_regex(
    rf"\s*(?:\b(?:{_VERSUS}|or|and)(?:\s+(?:the|of|for|that of))?\s|/|,\s*(?:or|and)\s|&)\s*", re.I
)
_BESIDE = lazy_regex(r"\s")
"""Stands between drugs that are given together ("flu cy"), or one of which is for the other."""
_PREPOSITION = r"(?:in|for|before|with|on|at|pre|prior to|of|during|after|under|over)"
_LEADS = lazy_regex(rf"\b{_PREPOSITION}\s+(?=[^\s\d])", re.IGNORECASE)
_JOINT = lazy_regex(
    rf"(?<=\s){_VERSUS}\s+(?:{_PREPOSITION}\s+)?(?P<right>[\w'’+./-]+(?:\s+[\w'’+./-]+){{0,7}}?)"
    r"(?P<tail>\s*(?:[,;:?!].*|\s-\s.*)?)$",
    re.IGNORECASE,
)
"""What sets a second situation against the one before it ("X dose in P vs Q", "is X for P higher than for Q")."""
_SIDE = r"[\w'’+./-]+(?:\s+[\w'’+./-]+){0,4}?"
BOTH = lazy_regex(
    r"\b(?:between|(?:the )?same(?: \w+)? (?:for|in|with)) "
    rf"(?:the )?(?P<left>{_SIDE}) and (?:the )?(?P<right>{_SIDE})(?P<tail>\s*(?:[,;:?!].*)?)$",
    re.IGNORECASE,
)
"""Two things named together between which something differs, or for which it is the same."""
_COUNTED = lazy_regex(r"(?:gr(?:ade)?|stage|day|line|cycle|week)s?\.? ?\d+(?:-\d+)?\+?", re.IGNORECASE)
_COMPARING = lazy_regex(
    r"\b(?:side by side|next to each other|head to head|compar(?:ed?|ing|isons?)|differences?(?: between)?|differ|"
    r"(?:the )?same|both|between|which (?:is|one is) (?:higher|lower))\b|^(?:is|are|was|does|do|would)\b(?: the\b)?",
    re.IGNORECASE,
)
"""What sets the sides against each other, and is asked of none of them alone."""
MOST_OF_A_SIDE = 6
"""Words of one situation."""


def alone(question: Question, drugs: DrugNames) -> Iterator[Sides]:
    """Give the ways to read a question as one of two sides, the likeliest first; none where no two stand beside each
    other.

    Two drugs side by side are sides however they are joined, two situations of one drug only where they are compared.
    """
    if of_drugs := _two_drugs(question.text, drugs):
        yield of_drugs
    elif "compare" in question.kinds:
        yield from dict.fromkeys(_situations(question.text, drugs))


def _two_drugs(text: str, drugs: DrugNames) -> Sides:
    named = [(each.begin, each.end, each.words) for each in drugs.find(text)]
    for (begin, end, left), (start, stop, right) in pairwise(named):
        joined = _BETWEEN_DRUGS.fullmatch(text[end:start]) or _BESIDE.fullmatch(text[end:start])
        rest = [at for at, _, words in named if drugs.canonical(words) not in map(drugs.canonical, (left, right))]
        both = len(rest) == 1 and _SAME.search(text) and _LEADS_TO.search(text[:begin])  # "the same before X and Y"
        only = both or all(_LEADS_TO.search(text[:at]) for at in rest)
        if (
            joined
            and left.lower() != right.lower()
            and (only or not re.search(r"and|&|/|^\s$", joined[0], re.IGNORECASE))
        ):
            return _plain(((left, text[:end] + text[stop:]), (right, text[:begin] + text[start:])))
    return ()


def _situations(text: str, drugs: DrugNames) -> Iterator[Sides]:
    """Give the ways to read one thing in two situations, by where the first of them begins."""
    if both := BOTH.search(text):
        head = f"{text[: both.start()]}in "
        yield _sides(head, both["left"], both["right"], both["tail"])
    joint = _JOINT.search(text)
    if joint is None:
        return
    before, second, tail = text[: joint.start()].rstrip(" ,"), joint["right"], joint["tail"]
    for begin in _beginnings(before, drugs):
        first = before[begin:]
        counted = _COUNTED.match(second)
        if counted and _COUNTED.fullmatch(first):  # "grade 2 vs grade 3 X": both are of X
            yield _sides(before[:begin], first, counted[0], f"{second[counted.end() :]}{tail}")
        elif len(first.split()) <= MOST_OF_A_SIDE and not _UNTOLD.fullmatch(first):
            yield _sides(before[:begin], first, second, tail)


def _beginnings(before: str, drugs: DrugNames) -> Iterator[int]:
    """Give where the first situation may begin: behind a preposition, the last first, or a comma, or what is asked."""
    named = max((each.end for each in drugs.find(before)), default=0)
    asked = max((end for _, _, end in spans_told("kind", before)), default=0)
    behind = [match.end() for match in re.finditer(r",\s+", before)]
    led = sorted((match.end() for match in _LEADS.finditer(before)), reverse=True)
    last = max(named, asked)
    places = [*led, *behind, last + len(before[last:]) - len(before[last:].lstrip(" :,-"))]
    yield from (at for at in dict.fromkeys(places) if named <= at < len(before))


def _sides(head: str, first: str, second: str, tail: str) -> Sides:
    return _plain(((first, f"{head}{first}{tail}"), (second, f"{head}{second}{tail}")))


_UNTOLD = lazy_regex(rf"(?:{_PREPOSITION})?", re.IGNORECASE)
"""A first side that tells no situation ("with vs without X")."""
_SAME = lazy_regex(r"\b(?:same|differ(?:s|ent|ences?)?)\b", re.IGNORECASE)
_LEADS_TO = lazy_regex(r"\b(?:before|for|in|prior to|pre|ahead of)[ -](?:the )?$", re.IGNORECASE)
"""Stands before what drugs are given for; any other third drug is one that the patient is on."""


def _plain(sides: Sequence[tuple[str, str]]) -> Sides:
    return tuple((side, " ".join(_COMPARING.sub(" ", words).split()).strip(" -,:")) for side, words in sides)
