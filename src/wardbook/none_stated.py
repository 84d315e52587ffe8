"""Where no regimen of a drug fits: what the pages say of there being no dose of it for what is asked.

Who asks in many words for a dose that no page has is told so by the page, and not that nothing was found. Never where
the pages dose the drug for that very thing: then the lookup turned a dose away for something else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wardbook.answering.answer import Answer
from wardbook.answering.caution import says_no_dose
from wardbook.answering.compose import cite_unit, marked, plain_words
from wardbook.answering.drug_class import said_of_class
from wardbook.answering.question import Question
from wardbook.answering.reference_marks import without_references
from wardbook.corpus.unit import Unit
from wardbook.dosing.asked_words import DoseQuery, content, holds_word, indication_words, positive
from wardbook.dosing.context import says, setting_of
from wardbook.dosing.for_what import keys_asked
from wardbook.dosing.patient_disease import diseases_of
from wardbook.dosing.regimens import gathered
from wardbook.dosing.severity import grades
from wardbook.dosing.telling import names_thing
from wardbook.opened import Opened

MOST = 2
"""Lines that are told."""


def none_stated(opened: Opened, answer: Answer, question: Question, query: DoseQuery, k: int) -> Answer | None:
    """Give the lines that say that there is no dose of the drug for what is asked; None where there are none.

    `answer` is the one that finds nothing.
    """
    own = [row for row in gathered(opened.regimens).by_drug.get(query.drug, ()) if row.amount and not row.evidence]
    keys = _keys(opened, query)
    if any(keys & opened.names.keys(indication_words(row)) for row in own):
        return None
    found = []
    for page, path, unit in _lines(opened, query, question, k):
        words = " ; ".join((opened.describe(page)[0], *path, *unit.lead, unit.text))
        of_it = keys & opened.names.keys(words) or (not own and _names_no_other(opened, query, words))
        if of_it and not _is_for_other(query, path, unit):
            found.append((len([word for word in content(query) if holds_word(word, words, query)]), page, unit))
    best = [(page, unit) for held, page, unit in found if held == max(each[0] for each in found)]
    citations = opened.citations()
    lines = []
    for page, unit in dict.fromkeys(best[:MOST]):
        words = without_references(plain_words(unit))
        if numbers := cite_unit(page, unit, words, citations):
            lines.append(marked(words, *numbers))
    if not lines:
        return None
    shown = tuple(citations.listed)
    return replace(answer, status="answered", text="\n\n".join(lines), citations=shown, regimens=(), computed=())


def _names_no_other(opened: Opened, query: DoseQuery, words: str) -> bool:
    """Tell whether a line holds each disease or event that the question names: else none of its doses is asked for."""
    disease = diseases_of(query.part, True).names
    if disease and not disease & diseases_of(words).names:
        return False
    named = (word for word in content(query) if names_thing(word) or opened.names.keys(word))
    return all(holds_word(word, words, query) or opened.names.keys(word) & opened.names.keys(words) for word in named)


def _keys(opened: Opened, query: DoseQuery) -> frozenset[str]:
    """Give the known terms of what the drug is asked for: none of drugs, which tell what was given."""
    names = {query.drug, *(name for pair in query.other_drugs for name in pair)}
    classes = (word for word in content(query) if word.rstrip("s") in opened.drugs.vocabulary.classes)
    others = frozenset[str]().union(*map(opened.names.keys, (*names, *classes)))
    return keys_asked(positive(query.for_text), opened.names) - others


def _lines(opened: Opened, query: DoseQuery, question: Question, k: int) -> Iterator[tuple[str, Sequence[str], Unit]]:
    """Yield the lines on the drug that say that there is no dose, the pages that it is the title of first."""
    pages = dict.fromkeys(row.page for row in opened.regimens if query.drug in _named(opened, row.title))
    pages |= dict.fromkeys(hit.page for hit in opened.hits(question, k))
    titled = sorted(pages, key=lambda page: query.drug not in _named(opened, opened.describe(page)[0]))
    for page in titled:
        for section in opened.index.store.section_ids(page):
            path = tuple(section.split(" > ")) if section else ()
            if any(says("evidence", level) or says("retired", level) for level in path):
                continue
            for unit in opened.units(page, section):
                if says_no_dose(unit) and _is_on(opened, query.drug, (opened.describe(page)[0], *path), unit):
                    yield page, path, unit


def _is_on(opened: Opened, drug: str, path: Sequence[str], unit: Unit) -> bool:
    """Tell whether a line is on a drug: it names it, in a row's first cell, or stands below its name alone."""
    own = unit.values[0][1] if unit.kind == "row" and unit.values else unit.text
    if named := _named(opened, own):
        return drug in named
    if said_of_class(drug, own):
        return True
    above = next(filter(None, (_named(opened, text) for text in (*reversed(unit.lead), *reversed(path)))), frozenset())
    return drug in above


def _named(opened: Opened, text: str) -> frozenset[str]:
    return frozenset(mention.drug for mention in opened.drugs.find(text))


def _is_for_other(query: DoseQuery, path: Sequence[str], unit: Unit) -> bool:
    """Tell whether a line is of another grade than the one asked, or only on preventing what is there."""
    own, asked = grades(unit.text), grades(query.grade or "")
    setting = next(filter(None, map(setting_of, (unit.text, *reversed(path)))), None)
    other = "prophylaxis" in (setting, query.setting) and setting != query.setting
    return bool(own and asked and not own & asked) or other
