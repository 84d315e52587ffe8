"""How good a page says that its evidence is, given to who asks that in any words."""

from collections.abc import Sequence
from dataclasses import replace

from wardbook.answering.answer import Answer
from wardbook.answering.question import Question
from wardbook.answering.special import asks_rating, rating, without_rating
from wardbook.answering.terms import ASKING, held
from wardbook.opened import Opened

MOST_PAGES = 2
"""Pages named whose evidence level is told."""


def with_rating(opened: Opened, answer: Answer, whole: str) -> Answer:
    """Put the evidence level of the page that the question names before what its lines say of the evidence.

    A page that is only found, and not named, is of another thing.
    """
    question = opened.understand(whole)
    if answer.status == "refused" or question.kind == "metadata" or not asks_rating(question.text):
        return answer
    drugs = [mention for mention in question.mentions if opened.drugs.canonical(mention.words)]
    named = [page for mention in (*drugs, *question.mentions) for page in mention.pages]
    citations = opened.citations()
    found = answer.status == "answered"
    citations.listed.extend(answer.citations if found else ())
    told = [rating(page, citations, opened.index.store.section_at) for page in dict.fromkeys(named)]
    lines = [words for words in told[:MOST_PAGES] if words]
    if not lines or not (found or _is_all_named(opened, question, lines)):
        return answer
    text = "\n\n".join([*lines, *([answer.text] if found else [])])
    return replace(answer, status="answered", text=text, citations=tuple(citations.listed))


def _is_all_named(opened: Opened, question: Question, lines: Sequence[str]) -> bool:
    """Tell whether a question names nothing but pages, and what the lines that tell their evidence speak of.

    Else the evidence is asked of something that these pages may not speak of.
    """
    pages = {mention.words.lower() for mention in question.mentions if mention.pages}
    terms = opened.terms(opened.understand(without_rating(question.text)))
    left = [term for term in terms if term.weight > ASKING and term.words.lower() not in pages]
    told = held(" ".join(lines))
    return all(told.holds(term) or (opened.is_plain(term.words.lower()) and term.known) for term in left)
