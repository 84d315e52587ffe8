"""Sections beside those of a question's own words: on the thing alone that it asks about, and on what it asks of it."""

from collections.abc import Sequence
from dataclasses import replace

from wardbook.answering.action import asks_what_to_do
from wardbook.answering.asked_of import queries
from wardbook.answering.evidence import SectionHit
from wardbook.answering.headed import asks_reason
from wardbook.answering.question import Question
from wardbook.answering.terms import Term
from wardbook.answering.thing_asked import thing_asked
from wardbook.answering.value_fit import holds_value
from wardbook.dosing.measured import read_measured
from wardbook.dosing.quantity import key_of
from wardbook.opened import Opened


def with_asked(opened: Opened, question: Question, terms: Sequence[Term], k: int) -> list[SectionHit]:
    """Give the best sections, and those for the thing alone whose meaning is asked, or for what is asked of it."""
    hits = opened.hits(question, k)
    thing = thing_asked(question.text)
    more = [f"abbreviations {thing.words}"] if thing else []
    for query in (*more, *queries(question, terms)):
        there = {(hit.page, hit.section) for hit in hits}
        found = opened.hits(opened.understand(query), k)
        hits = [*hits, *(replace(hit, score=0.0) for hit in found if (hit.page, hit.section) not in there)]
    hits = [*hits, *_holding(opened, question, hits, k)]
    if asks_what_to_do(question):  # the page on what is found is found by that, its steps by no word of it
        pages = list(dict.fromkeys(hit.page for hit in hits))[:MOST_PAGES]
        there = {(hit.page, hit.section) for hit in hits}
        steps = [hit for hit in opened.headed(pages, "treatment") if (hit.page, hit.section) not in there]
        hits = [*hits, *steps[:MOST_STEPS]]
    if "mechanism" in question.kinds and asks_reason(question.text):  # so are its reasons
        there = {(hit.page, hit.section) for hit in hits}
        reasons = opened.headed([hit.page for hit in hits[:1]], "mechanism")
        hits = [*hits, *(hit for hit in reasons if (hit.page, hit.section) not in there)]
    return hits


def _holding(opened: Opened, question: Question, hits: Sequence[SectionHit], k: int) -> list[SectionHit]:
    """Give more sections of which a line draws a band that holds a value told ("K >= 6.5" of "K 6.7"), if none does.

    No word of the value stands there; and where it is told by a symbol, the section may go by the whole name.
    """
    names = dict.fromkeys(key_of(band.condition.quantity)[0] for band in read_measured(question.text, values=True))
    if not names or any(_holds(question, hit) for hit in hits):
        return []
    deeper = [hit for each in [question, *map(opened.understand, names)] for hit in opened.hits(each, DEEPER * k)]
    found = {(hit.page, hit.section): replace(hit, score=0.0) for hit in deeper if _holds(question, hit)}
    return list(found.values())[:MOST_STEPS]


def _holds(question: Question, hit: SectionHit) -> bool:
    above = [hit.title, *hit.path]
    return any(holds_value(question.text, unit, "\n".join([*above, *unit.lead]))[0] for unit in hit.units)


DEEPER = 3
"""Times as many sections are looked through for a value that is told."""
MOST_PAGES = 2
"""Pages found first whose steps are looked at, where it is asked what to do."""
MOST_STEPS = 6
"""Sections of such steps."""
