"""Maxima that name their drug between their words and the amount ("maximum x dose 160 mg/day"), each read of its own.

What stands between a "maximum" and its amount is else no word of it, and the amount would be a dose.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from wardbook.dosing.amount import read_amounts
from wardbook.dosing.cue import cue
from wardbook.dosing.draft import Draft, Mention
from wardbook.dosing.limit_words import opens_limit, speaks_of_maximum
from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_MOST = lazy_regex(
    r"max|exceed|\b(?:no|not|never|nothing)\b.*\b(?:more|above|over|beyond|higher|greater)\b|ceiling|\bcap"
)
"""What makes a bound one that is never passed: "up to 60 mg" may be a dose to choose."""
_TO_AMOUNT = lazy_regex(
    r"(?:[\s:=]|\b(?:dos(?:e|age)s?|daily|single|total|is|of|per|a|the|each|in|24|h|hours?|day|should be|to|at)\b)*"
    r"(?=\d)"
)


def with_names_hidden(text: str, mentions: Sequence[Mention]) -> str:
    """Write a small word for each drug between a maximum's words and its amount; every offset stays what it was."""
    for mention in mentions:
        before = uniform(text[: mention.begin])
        said = cue("cap").search(before)
        if said is None or not _MOST.search(said.group()):
            continue
        capital = text[mention.begin : mention.end][:1].isupper()
        if re.search(r"[(,]", said.group()) or (capital and re.search(r"\bmax\.\s*$", before)):
            continue
        if _TO_AMOUNT.match(uniform(text[mention.end :])):
            size = mention.end - mention.begin
            text = text[: mention.begin] + ("the" if size > 2 else "a").ljust(size) + text[mention.end :]
    return text


def show_names(drafts: Sequence[Draft], hidden: str, text: str) -> None:
    """Write the names again into the words that were kept while they were hidden."""
    if hidden == text:
        return

    def shown(words: str) -> str:
        at = hidden.find(words)
        return words if at < 0 else text[at : at + len(words)]

    for draft in drafts:
        draft.notes = [shown(words) for words in draft.notes]
        draft.unparsed = [shown(words) for words in draft.unparsed]
        draft.caps = [(figure, shown(words)) for figure, words in draft.caps]


def maxima_apart(words: str, find: Callable[[str], Sequence[Mention]]) -> Iterator[str]:
    """Cut a sentence that gives a maximum for each of several drugs into these, each with the words that lead it.

    "x max 400 mg; y max 1.5 g", "maximum 2 g of x, not more than 60 mg of y", "maximum doses: x 400 mg, y 60 mg". A
    maximum of its own drug that goes on behind the dose of another one is cut off too.
    """
    lead = _LEAD.match(words)
    head = lead.group() if lead and lead.group().strip() else ""
    parts = [part.strip() for part in re.split(r"[;,](?!\d)|\band\b", words[len(head) :])]
    named = [find(part) for part in parts]
    single = all(len(read_amounts(part)) == 1 and len(found) == 1 for part, found in zip(parts, named, strict=True))
    several = len({found[0].drug for found in named if found}) == len(parts) > 1
    if single and several:
        own = (_is_maximum_of(part, found[0]) for part, found in zip(parts, named, strict=True))
        if head or all(own):
            yield from (f"{head}{part}" for part in parts)
            return
    yield from _behind_another(words, find)


_LEAD = lazy_regex(
    r"\W*(?:the\s+)?(?:absolute\s+)?max(?:imum|imal|\.)?(?:\s+(?:(?:single|daily|total|recommended)\s+)*dos(?:e|age)s?)?"
    r"(?:\s+(?:per|a|each) (?:day|dose))?\s*:\s*",
    re.IGNORECASE,
)
"""What leads a list of maxima ("Maximum daily doses: ")."""
_MAXIMUM = lazy_regex(r"\s*(?::|is|at|to)?\s*(?:max(?:imum|\.)?|not more than|at most|up to)\b")


def _is_maximum_of(part: str, mention: Mention) -> bool:
    """Tell whether a clause is nothing but the maximum of the one drug that it names."""
    if not re.search(r"\w", part[: mention.begin]):
        return _MAXIMUM.match(uniform(part[mention.end :])) is not None
    return opens_limit(part)


def _behind_another(words: str, find: Callable[[str], Sequence[Mention]]) -> Iterator[str]:
    """Cut off the maximum that a sentence ends with where it names a drug that nothing before it names."""
    for mark in re.finditer(r"[;,](?!\d)\s*", words):
        before, clause = words[: mark.start()], words[mark.end() :]
        if not (opens_limit(clause) and speaks_of_maximum(clause) and len(read_amounts(clause)) == 1):
            continue
        theirs, own = {each.drug for each in find(before)}, {each.drug for each in find(clause)}
        parts = any(mine in other or other in mine for mine in own for other in theirs)  # of a combination
        if len(own) == 1 and theirs and not parts and not re.search(r"[;,](?!\d)", clause):
            yield before
            yield clause
            return
    yield words
