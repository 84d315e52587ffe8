"""What goes on after a gap: the line for the time since the last dose that a question tells, and for that dose."""

from collections.abc import Iterator

from wardbook.answering.answer import Answer
from wardbook.answering.compose import cite_unit, marked
from wardbook.answering.gap_told import Gap, clauses_for, speaks_of_gap, told_gap
from wardbook.answering.question import Question
from wardbook.answering.reference_marks import without_references
from wardbook.corpus.unit import Unit
from wardbook.dosing.context import says
from wardbook.dosing.numbered import numbered
from wardbook.dosing.regimens import gathered
from wardbook.opened import Opened

MOST = 3
"""Lines that are told."""


def after_gap(opened: Opened, asked: str, whole: str, question: Question) -> Answer | None:
    """Choose by how long ago the dose was, and by which dose it was; None where no line of the pages tells of it."""
    gap = told_gap(question.text)
    if gap is None or len(question.drugs) != 1 or question.kinds & {"evidence", "definition", "mechanism"}:
        return None
    citations = opened.citations()
    lines: list[str] = []
    steps = numbered(question.text).get("step")
    for page, unit, words in _told(opened, question.drugs[0], gap):
        untold = gap.figure is None and not gap.vomited
        if untold and (words == unit.text or (steps and numbered(words).get("step") != steps)):
            continue  # a row of its own is looked up; which step it was may be told in words
        if len(lines) < MOST and (numbers := cite_unit(page, unit, words, citations)):
            lines.append(marked(without_references(words), *numbers))
    if not lines:
        return None
    text = "\n\n".join(dict.fromkeys(lines))
    return Answer("answered", asked, whole, text, tuple(citations.listed))


def _told(opened: Opened, drug: str, gap: Gap) -> Iterator[tuple[str, Unit, str]]:
    """Yield the lines on the pages that dose the drug that tell what is done after such a time."""
    pages = dict.fromkeys(row.page for row in gathered(opened.regimens).by_drug.get(drug, ()) if not row.evidence)
    for page in pages:
        title = opened.describe(page)[0]
        for section in opened.index.store.section_ids(page):
            path = section.split(" > ") if section else []
            if any(says("evidence", level) or says("retired", level) for level in path):
                continue
            for unit in opened.units(page, section):
                named = {mention.drug for mention in opened.drugs.find(" ; ".join([*unit.lead, unit.text]))}
                above = {mention.drug for mention in opened.drugs.find(" ; ".join([title, *path]))}
                own = drug in named if named else drug in above
                around = " ; ".join([*path, *unit.lead, unit.text, *(name for name, _ in unit.values)])
                if own and speaks_of_gap(around, gap):
                    yield from ((page, unit, words) for words in clauses_for(unit, gap))
