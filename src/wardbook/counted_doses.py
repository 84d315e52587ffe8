"""How many doses of a drug at most: what other pages say of that in words, where it is another number."""

import re
from collections.abc import Iterator
from dataclasses import replace

from wardbook.answering.answer import Answer, Conflict, Side
from wardbook.answering.compose import cite_unit, marked, plain_words
from wardbook.answering.dose_asked import DoseAsked
from wardbook.answering.evidence import SectionHit
from wardbook.answering.question import Question
from wardbook.corpus.unit import Unit
from wardbook.dosing.notation import uniform
from wardbook.opened import Opened

_ASKED = re.compile(
    r"\bhow many (?:[a-z-]+ ){0,2}doses\b|\b(?:max(?:imum|imal)?|most|total|highest) (?:number|no\.?|#) of\b"
    r"[^.;?]*\bdoses\b|"
    r"\b(?:max(?:imum)?|most|total) (?:[a-z-]+ ){0,2}doses\b",
    re.IGNORECASE,
)
FURTHER = 4
"""Times as many sections are looked through as for an answer: what a page says by the way stands far down."""
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_AT_MOST = re.compile(
    r"\b(?:at most|max(?:imum|\.)?(?: of)?|up to|(?:no|not|never) more than|limited to)\s+"
    rf"(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(?:further |more |other )?doses?\b"
    r"(?!\s*(?:per|a|in|each|/)\s*(?:day|24))"
)


def with_other_counts(opened: Opened, answer: Answer, dose: DoseAsked, k: int) -> Answer:
    """Set beside the most doses of the rows shown what another page says for the same event, in another number."""
    own = {each.regimen.max_doses: each for each in answer.regimens if each.regimen.max_doses}
    if not own or not _ASKED.search(dose.question.text):
        return answer
    pages = {each.regimen.page for each in answer.regimens}
    citations = opened.citations()
    citations.listed.extend(answer.citations)
    (first, *_) = own.values()
    sides = [Side(f"{first.regimen.title}: at most {first.regimen.max_doses} doses", first.citation)]
    lines = []
    for hit, unit, count in _counts(opened, dose, k):
        words = plain_words(unit)
        numbers = cite_unit(hit.page, unit, words, citations) if hit.page not in pages and count not in own else ()
        if numbers:
            lines.append(f"{hit.title}: {marked(words, *numbers)}")
            sides.append(Side(f"{hit.title}: {words}", numbers[0]))
    if not lines:
        return answer
    text = "\n\n".join([answer.text, "The pages disagree on the number of doses:", *lines])
    what = f"{dose.query.drug}: number of doses"
    conflicts = (*answer.conflicts, Conflict(what, tuple(sides)))
    return replace(answer, text=text, citations=tuple(citations.listed), conflicts=conflicts)


def _counts(opened: Opened, dose: DoseAsked, k: int) -> Iterator[tuple[SectionHit, Unit, int]]:
    """Give the statements that give the drug so many doses at most for an event that the question names."""
    events = _events(opened, dose.question)
    for hit in opened.hits(dose.question, FURTHER * k):
        for unit in hit.units:
            found = _AT_MOST.search(uniform(unit.text))
            above = " ; ".join([hit.title, *hit.path, *unit.lead, unit.text])
            if found is None or not events & opened.names.keys(above):
                continue
            before = [mention.drug for mention in opened.drugs.find(unit.text) if mention.end <= found.start()]
            named = before or [mention.drug for mention in opened.drugs.find(" ; ".join([hit.title, *hit.path]))]
            if named and named[-1] == dose.query.drug:
                yield hit, unit, _NUMBERS.get(found["count"]) or int(found["count"])


def _events(opened: Opened, question: Question) -> frozenset[str]:
    """Give the names of pages in a question that are no drugs."""
    named = (mention for mention in question.mentions if opened.drugs.canonical(mention.words) is None)
    return frozenset(key for mention in named for key in opened.names.keys(mention.words))
