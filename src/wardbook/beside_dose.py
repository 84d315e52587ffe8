"""What the page of a dose says in words of the question that no row shown has: put before the dose.

"Haplo: wait for engraftment" or "in meningitis 2 g whatever the clearance" is of another row, bullet or sentence than
the one that was chosen; who asks about haplo or meningitis must see it first.
"""

from collections.abc import Iterator
from dataclasses import replace

from wardbook.answering.about import statements_about
from wardbook.answering.answer import Answer
from wardbook.answering.compose import cite_unit, marked, plain_words
from wardbook.answering.reference_marks import without_references
from wardbook.corpus.unit import Unit
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.asked_words import DoseQuery, holds_word, words_of
from wardbook.dosing.context import says
from wardbook.dosing.unsaid import tells_apart
from wardbook.opened import Opened

MOST = 2
"""Lines that are put before a dose."""


def with_said_beside(opened: Opened, answer: Answer, query: DoseQuery) -> Answer:
    """Put before a dose what its page says of the drug in words of the question that no row shown has."""
    words = [each for each in answer.unsaid if tells_apart(each)]
    if not words or not answer.regimens:
        return answer
    citations = opened.citations()
    citations.listed.extend(answer.citations)
    lines: list[str] = []
    for page, unit, said in _said(opened, answer, query, words):
        line = f"Read first: {without_references(said)}"
        new = len(lines) < MOST and without_references(said) not in answer.text
        if new and (numbers := cite_unit(page, unit, line, citations)) and marked(line, *numbers) not in lines:
            lines.append(marked(line, *numbers))
    text = "\n\n".join([*lines, answer.text])
    return replace(answer, text=text, citations=tuple(citations.listed)) if lines else answer


def _said(opened: Opened, answer: Answer, query: DoseQuery, words: list[str]) -> Iterator[tuple[str, Unit, str]]:
    """Yield what the pages of a dose say in such words, best placed first: its own sections, then the others."""
    own = {(each.regimen.page, each.regimen.section) for each in answer.regimens}
    shown = {(each.regimen.page, each.regimen.lines) for each in answer.regimens}
    beside = frozenset(drug for _, drug in query.other_drugs)
    asked = [each for word in words for each in words_of(word)]
    for page in dict.fromkeys(page for page, _ in sorted(own)):
        title = opened.describe(page)[0]
        sections = sorted(opened.index.store.section_ids(page), key=lambda section: (page, section) not in own)
        for section in sections:
            path = tuple(section.split(" > ")) if section else ()
            if any(says("evidence", level) or says("retired", level) for level in path):
                continue
            units = opened.units(page, section)
            for each in statements_about(query.drug, path, title, units, opened.drugs, beside):
                near = each.named or (page, section) in own
                if near and each.unit.kind != "row" and any(holds_word(word, each.words, query) for word in asked):
                    yield page, each.unit, each.words
            blocks = {unit.block for unit in units if unit.kind == "row" and (page, unit.lines) in shown}
            for unit in units:
                if unit.block in blocks and (page, unit.lines) not in shown and _is_labelled(unit, asked, query):
                    yield page, unit, plain_words(unit)


def _is_labelled(unit: Unit, asked: list[str], query: DoseQuery) -> bool:
    """Tell whether a row's cells that hold no dose have such a word."""
    cells = (cell for _, cell in unit.values if not read_amounts(cell))
    return unit.kind == "row" and any(holds_word(word, cell, query) for cell in cells for word in asked)
