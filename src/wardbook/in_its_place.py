"""What has a place of its own on a page: its date and evidence level, what letters stand for, a paper pointed to."""

import re
from collections.abc import Sequence

from wardbook.answering.citation import Citations
from wardbook.answering.evidence import Evidence, SectionHit
from wardbook.answering.headed_letters import letters_in_heading
from wardbook.answering.question import Question
from wardbook.answering.scoring import titled
from wardbook.answering.special import (
    asked_page,
    asks_review,
    entries,
    is_reference_section,
    on_subject,
    page_facts,
    sources_told,
    titled_so,
    word_entries,
)
from wardbook.answering.terms import ASKING, Term, held
from wardbook.answering.thing_asked import thing_asked
from wardbook.lazy_regex import lazy_regex
from wardbook.opened import Opened

WHOLE = 0.82
"""Coverage from which every telling word of the question stands in the words or the headings above them."""
LOOKED_AT = 10
"""Lines found first among which one that names the subject points to its paper."""
MOST_PAPERS = 3
"""Papers of an answer."""
_WRITTEN_OUT = lazy_regex(
    r"\bstands? for\b|\bshort for\b|=|\babbrev|\bacronym|\b(?:full|long) (?:form|name)\b", re.IGNORECASE
)
"""Asks for no more than what letters stand for."""


def in_its_place(
    opened: Opened,
    question: Question,
    terms: Sequence[Term],
    hits: Sequence[SectionHit],
    ranked: Sequence[Evidence],
    citations: Citations,
) -> str:
    """Answer what has a place of its own: a page's date and evidence level, a paper that a statement points to."""
    thing = thing_asked(question.text)
    if (
        thing
        and thing.wants == "letters"
        and _WRITTEN_OUT.search(question.text)
        and (told := letters_in_heading(thing.words, hits, citations))
    ):
        return told
    page = asked_page(question, hits, terms)
    due = asks_review(question.text) and page
    if due and (told := page_facts(question.text, due, citations, opened.index.store.section_at)):
        return told
    if question.kind == "metadata":
        return page_facts(question.text, page, citations, opened.index.store.section_at) if page else ""
    if question.kind == "reference" and ranked:
        direct = ranked[0]
        subject = [term for term in terms if term.known and (term.name or term.words.lower() in question.drug_words)]
        if direct.coverage > WHOLE and direct.holds and is_reference_section(direct.hit.section):
            alone = all(term in subject for term in terms if term.weight > ASKING)
            named = titled_so([(each.hit.page, each.unit) for each in ranked if each.hit is direct.hit], subject, terms)
            return word_entries(named[:MOST_PAPERS], citations) if alone else ""
        if is_reference_section(direct.hit.section) and _tells_apart(direct, terms, subject):
            return word_entries([(direct.hit.page, direct.unit)], citations)
        near = [each for each in ranked[:4] if each.score > 0.75 * ranked[0].score]
        pages = dict.fromkeys(each.hit.page for each in near)
        listed = [(page, unit) for page in pages for unit in opened.references(page)]
        found = entries(on_subject(ranked[:LOOKED_AT], subject), listed) or titled_so(listed, subject, terms)
        papers = word_entries((found or entries(near, listed))[:MOST_PAPERS], citations)
        return papers or sources_told(question.text, page, citations, opened.index.store.section_at)
    return ""


def _tells_apart(entry: Evidence, terms: Sequence[Term], subject: Sequence[Term]) -> bool:
    """Tell whether an entry of a list of references names what is asked of the subject of its page ("infants")."""
    asked = {term.words for term in terms if term.known and term.weight > ASKING and term not in subject}
    on_subject = held(titled(entry.hit))
    return bool(asked) and asked <= entry.holds and all(on_subject.holds(term) for term in subject)
