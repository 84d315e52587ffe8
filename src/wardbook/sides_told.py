"""What the pages themselves tell of views that differ, given to who asks for both sides or says that both were seen."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wardbook.answering.answer import Answer
from wardbook.answering.compose import MOST_TEXT, compose
from wardbook.answering.evidence import MARGIN, Evidence, SectionHit, rank
from wardbook.answering.headed import heads
from wardbook.answering.question import Question
from wardbook.answering.scoring import titled
from wardbook.answering.sides_asked import asks_sides, two_figures, without_sides
from wardbook.answering.terms import ASKING, Term, held
from wardbook.corpus.unit import Unit
from wardbook.from_pages import terms_as_written
from wardbook.lazy_regex import lazy_regex
from wardbook.opened import Opened

FURTHER = 3
"""Times as many sections are looked through as for an answer: what differs stands at the end of a page."""
MOST_PAGES = 5
"""Pages found first whose sections on what differs are looked at."""
HELD = 0.6
"""Part of what is asked from which a line on what differs is on what is asked."""
MOST_LINES = 8
"""Lines on both sides at most."""


def sides_told(opened: Opened, words: str, k: int) -> list[Evidence]:
    """Give the lines of the sections on what differs that are on what is asked, of all sides.

    Where the question only names two figures of which one is to hold, a line has to give both.
    """
    figures = two_figures(words)
    if not (figures or asks_sides(words)):
        return []
    question = opened.understand(without_sides(words))
    terms = terms_as_written(opened, question)
    ranked = [each for each in rank(question, terms, _on_sides(opened, question, k)) if not each.lacks_drug]
    both = [each for each in ranked if figures and all(_gives(each, figure) for figure in figures)]
    on_it = [each for each in ranked if _held(opened, each, terms) >= HELD] if asks_sides(words) else []
    on_it = [each for each in on_it if any(_gives(each, figure) for figure in figures)] if figures else on_it
    return _with_other_sides((both or on_it)[:1], ranked)


def each_figure(opened: Opened, words: str, answer: Answer, k: int) -> list[Evidence]:
    """Give a line for each of two figures of which one is to hold, where no section tells of both.

    A question that says nothing of views that differ is left to its answer, where it has one.
    """
    figures = two_figures(words)
    if not figures or not (asks_sides(words) or answer.status == "not_found") or answer.verdict is not None:
        return []
    question = opened.understand(without_sides(words))
    terms = terms_as_written(opened, question)
    told = [term for term in terms if not any(figure in term.words for figure in figures)]
    ranked = [each for each in rank(question, terms, opened.hits(question, k)) if not each.lacks_drug]
    on_it = [each for each in ranked if _held(opened, each, told) >= HELD]
    found = [next((each for each in on_it if _gives(each, figure)), None) for figure in figures]
    sides = [each for each in found if each is not None]
    return sides if len({id(each.unit) for each in sides}) == len(figures) else []


def _on_sides(opened: Opened, question: Question, k: int) -> list[SectionHit]:
    """Give the sections found that are on what differs, and those of the pages found first."""
    hits = opened.hits(question, FURTHER * k)
    found = [hit for hit in hits if any(heads("disagree", level) for level in hit.path)]
    there = {(hit.page, hit.section) for hit in found}
    pages = list(dict.fromkeys(hit.page for hit in hits))[:MOST_PAGES]
    return [*found, *(hit for hit in opened.headed(pages, "disagree") if (hit.page, hit.section) not in there)]


def _held(opened: Opened, each: Evidence, terms: Sequence[Term]) -> float:
    """Give the part of what is asked that a line and all above it hold; a plain word that no page has tells nothing."""
    telling = [term for term in terms if term.weight > ASKING and (term.known or not opened.is_plain(term.words))]
    there = held(" ".join([titled(each.hit), *each.hit.path, *each.unit.lead, each.unit.text]))
    total = sum(term.weight for term in telling)
    return sum(term.weight for term in telling if there.holds(term)) / total if total else 0.0


def _gives(each: Evidence, figure: str) -> bool:
    return re.search(rf"(?<![\d.,]){re.escape(figure)}(?![\d]|[.,]\d)", each.unit.text) is not None


def _with_other_sides(best: Sequence[Evidence], ranked: Sequence[Evidence]) -> list[Evidence]:
    """Put beside the best line the other sides: a bullet of its own label has them all, else they are its list.

    A label over a list ("**Whom to treat.**", then who says what) is of it; so is what its section has that answers
    as well.
    """
    if not best:
        return []
    first = best[0]
    group = _group(first)
    near = [each for each in ranked if each.hit is first.hit and each.score >= MARGIN * first.score]
    found = {each.unit: each for each in (*(replace(first, unit=unit) for unit in group), first, *near)}
    kept = [first.unit, *(unit for unit in found if unit is not first.unit)][:MOST_LINES]
    return sorted((found[unit] for unit in kept), key=_line)


def _group(each: Evidence) -> Sequence[Unit]:
    """Give the lines of the label and list, or of the table, that a line is of; none where it has its own label."""
    units, at = each.hit.units, each.hit.units.index(each.unit)
    if each.unit.kind == "row":
        return [unit for unit in units if unit.block == each.unit.block]
    if each.unit.kind == "bullet" and _LABELLED.match(each.unit.text):
        return []
    above = next((n for n in range(at, -1, -1) if units[n].kind == "sentence"), None)
    label = units[above].block if above is not None else -1
    begin = next((n for n, unit in enumerate(units) if unit.block == label), 0)
    rest = range(begin, len(units))
    end = next((n for n in rest if units[n].kind == "sentence" and units[n].block != label), len(units))
    return units[begin:end]


_LABELLED = lazy_regex(r"[^.:;\d]{3,60}\.\s+\S")
"""A bullet whose first few words only say what it is on."""


def _line(each: Evidence) -> tuple[int, int]:
    return each.unit.lines


def with_sides(opened: Opened, answer: Answer, chosen: Sequence[Evidence]) -> Answer:
    """Put all sides before an answer to the same question; alone where that answers nothing.

    An answer that shows doses and asks back which is meant goes on asking.
    """
    kept = answer.status == "answered" or bool(answer.regimens)
    citations = opened.citations()
    citations.listed.extend(answer.citations if kept else ())
    text = compose(chosen, citations)
    if not text:
        return answer
    if not kept:
        whole = Answer("answered", answer.question, answer.standalone_question, text, tuple(citations.listed))
        return replace(whole, warnings=answer.warnings, confidence=answer.confidence)
    rest = [line for line in answer.text.split("\n") if not _plain(line) or _plain(line) not in _plain(text)]
    rest = rest if answer.regimens or answer.verdict else _as_many_as_fit(rest, MOST_TEXT - len(text))
    return replace(answer, text="\n\n".join([text, "\n".join(rest)]).strip(), citations=tuple(citations.listed))


def _as_many_as_fit(lines: Sequence[str], room: int) -> list[str]:
    return [line for at, line in enumerate(lines) if sum(map(len, lines[: at + 1])) <= room]


_MARK = lazy_regex(r"\s*\[\d+\]")


def _plain(line: str) -> str:
    return _MARK.sub("", line).strip(" -")
