"""By how much the dose of one drug is changed beside another one: the line that says it, where that is asked."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wardbook.answering.answer import Answer
from wardbook.answering.compose import compose
from wardbook.answering.dose_asked import DoseAsked
from wardbook.answering.evidence import Evidence, rank
from wardbook.from_pages import from_pages
from wardbook.lazy_regex import lazy_regex
from wardbook.opened import Opened

_CHANGE = r"(?:cut|reduc\w+|lower\w*|drop\w*|decreas\w+|increas\w+|rais\w+|adjust\w*|chang\w+|halve[ds]?)"
_ASKS_CHANGE = lazy_regex(
    rf"\bhow much (?:to |(?:do|should|must|would|can) (?:i|we|you) ){_CHANGE}(?: the)?\b|"
    rf"\b(?:{_CHANGE} (?:it )?)?by how much(?: (?:do|should|must|is|are))?(?: (?:i|we|you))?(?: {_CHANGE})?|"
    rf"\bdos(?:e|es|ing|age) {_CHANGE}\b|\b{_CHANGE} (?:of )?(?:the )?dos(?:e|es|age)\b|"
    rf"\b(?:do|should|must) (?:i|we|you) (?:need to )?{_CHANGE}(?: the)?\b|"
    r"\bwhat (?:to do|do (?:i|we|you) do|happens) (?:with|to|about) (?:the )?(?=(?:\w+ )?(?:dose|levels?)\b)",
    re.IGNORECASE,
)
"""Asks by how much a dose is changed."""
_TELLS_CHANGE = lazy_regex(
    rf"\b{_CHANGE}\b|\bhalf\b|\bdouble\b|\b(?:third|quarter)s?\b|\d\s*%|\bavoid\b|\b(?:do )?not\b", re.IGNORECASE
)
_TELLS_HOW_MUCH = lazy_regex(
    r"\b(?:half|halve|double|(?:one |two )?(?:third|quarter)s?)\b|\d\s*%|[×x] ?0?[.,]\d|\bno change\b|"
    r"\bone[ -](?:third|quarter|tenth|half|fifth)\b|\bcontra-?indicated\b|\bavoid\b",
    re.IGNORECASE,
)
_CHANGES = lazy_regex(rf"\b{_CHANGE}\b|\b(?:half|double|(?:one |two )?(?:third|quarter)s?)\b", re.IGNORECASE)
MOST = 3
"""Lines of an answer."""


def changed_beside(opened: Opened, asked: str, whole: str, dose: DoseAsked, k: int) -> Answer | None:
    """Give the line that says by how much a dose is changed beside another drug, where that is asked; it is no dose.

    A line that names both of them, itself or by its columns, and says what is changed.
    """
    question, others = dose.question, {drug for _, drug in dose.query.other_drugs}
    if not others or not _ASKS_CHANGE.search(question.text):
        return None
    wanted = {dose.query.drug, *others}
    plain = replace(question, text=" ".join(_ASKS_CHANGE.sub(" ", question.text).split()))
    ranked = rank(plain, opened.terms(plain), opened.hits(plain, k))
    sure = [(_sureness(opened, each, wanted), each) for each in ranked]
    most = max((points for points, _ in sure), default=0)
    if most:
        return _of_lines(opened, asked, whole, [each for points, each in sure if points == most][:MOST])
    said = from_pages(opened, asked, whole, plain, k, without_doses=True)
    held = [_named(opened, each.cells or each.quote) for each in said.citations]
    named = frozenset[str]().union(*held)
    tells = _TELLS_CHANGE.search(said.text) and dose.query.drug in named and others & named
    return said if said.status == "answered" and tells else None


def _sureness(opened: Opened, each: Evidence, wanted: set[str]) -> int:
    """Weigh how surely a line tells by how much: 3 in a drug's column, 2 in its own words, 1 by headings."""
    unit = each.unit
    if unit.values:
        label = _named(opened, " ; ".join([unit.values[0][1], unit.group]))
        above = label | _named(opened, " ; ".join([each.hit.title, *each.hit.path, *unit.lead]))
        told = [_named(opened, name) for name, cell in unit.values[1:] if _TELLS_HOW_MUCH.search(cell)]
        by_column = any(wanted <= label | column for column in told if column & wanted)
        plain = bool(told) and not any(column & wanted for column in told)
        return 3 if by_column else 1 if plain and label & wanted and wanted <= above else 0
    if not _TELLS_HOW_MUCH.search(unit.text):
        return 0
    own = _named(opened, unit.text)
    above = own | _named(opened, " ; ".join([each.hit.title, *each.hit.path, *unit.lead]))
    if _is_headed_by_another(opened, each, wanted):
        return 0
    changes = _CHANGES.search(unit.text)  # a bare percentage below such a heading may be of anything
    return 2 if wanted <= own else 1 if changes and own & wanted and wanted <= above else 0


def _is_headed_by_another(opened: Opened, each: Evidence, wanted: set[str]) -> bool:
    """Tell whether the nearest heading that names drugs names none of those asked: its lines are of another one."""
    headed = next(filter(None, (_named(opened, level) for level in (*reversed(each.hit.path), each.hit.title))), set())
    return bool(headed) and not headed & wanted


def _named(opened: Opened, words: str) -> set[str]:
    return {mention.drug for mention in opened.drugs.find(words)}


def _of_lines(opened: Opened, asked: str, whole: str, found: Sequence[Evidence]) -> Answer | None:
    citations = opened.citations()
    text = compose(found, citations) if found else ""
    return Answer("answered", asked, whole, text, tuple(citations.listed)) if text else None
