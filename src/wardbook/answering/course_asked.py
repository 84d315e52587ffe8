"""What is given before another treatment ("LD before X", "premeds for X"): the course is asked about, and not X."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from wardbook.answering.dose_question import KINDS
from wardbook.answering.question import Question
from wardbook.dosing.drug import DrugNames
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import of_drug
from wardbook.dosing.volume import is_of_cells
from wardbook.lazy_regex import lazy_regex


@cache
def _courses(of_cells: bool) -> tuple[str, re.Pattern[str]]:
    """Give the setting of the course before cells, or before another treatment, and the words for it."""
    lines = files("wardbook.answering").joinpath("data/given_before.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    own = [(setting, words) for setting, before, words in rows if (before == "cells") == of_cells]
    return own[0][0], re.compile(rf"\b(?:{'|'.join(words for _, words in own)})\b", re.IGNORECASE)


_BEFORE = lazy_regex(
    r"(?:\s+(?:dos(?:es?|ing)|regimens?|drugs?|schedule|days|mg|and|the|a|we|give|given|do|need(?:ed)?|used?)){0,9}"
    r"\s+(?:(?:before|pre|prior to|ahead of|for|with|of)\s+)?(?:the |his |her |their |a |an ){0,3}",
    re.IGNORECASE,
)
"""Stands between a course and what it is given before."""
_PAST = lazy_regex(r"\b(?:after|following|since|post|despite|had|finished|completed|during)[\s-]+(?:\w+\s)?$", re.I)
"""Stands before a course that is over."""
_OTHER = frozenset({"compare", "mechanism", "evidence", "reference", "metadata", "definition", "safety", "monitoring"})
MOST_DRUGS = 4
"""Drugs of one course."""


@dataclass(frozen=True, slots=True)
class Course:
    """A course that is asked about."""

    drugs: tuple[str, ...]
    """Its drugs by these pages, as they name them for what it is given before; () where they name none."""
    questions: tuple[str, ...]
    """The question, asked of each of them."""


def course_asked(question: Question, drugs: DrugNames, regimens: Sequence[Regimen]) -> Course | None:
    """Read a question for the course before another treatment; None where it asks for none."""
    text = question.text
    asked = question.kinds & KINDS or not (question.yes_no or re.search(r"\b(?:when|why|where|who)\b", text, re.I))
    named = drugs.find(text)
    if not asked or question.refused or question.kinds & _OTHER or not named:
        return None
    main = named[-1]
    setting, words = _courses(is_of_cells(main.drug))
    found = next((each for each in words.finditer(text) if _is_beside(text, each.span(), main.begin, main.end)), None)
    rest = [each for each in named if found and not found.start() <= each.begin < found.end()]
    if found is None or {each.drug for each in rest} != {main.drug} or _PAST.search(text[: found.start()]):
        return None
    if any(row.setting == setting for row in of_drug(regimens, main.drug)):
        return None
    rows = [row for row in regimens if row.setting == setting and row.drug != main.drug and row.amount]
    of_it = [row.drug for row in rows if any(each.drug == main.drug for each in drugs.find(_said(row)))]
    begin, end = min(found.start(), main.begin), max(found.end(), main.end)
    head, tail = text[:begin], text[end:]
    own = tuple(dict.fromkeys(of_it))[:MOST_DRUGS]
    return Course(own, tuple(f"{head}{drug} dose before {main.words}{tail}" for drug in own))


def _is_beside(text: str, course: tuple[int, int], begin: int, end: int) -> bool:
    """Tell whether a course stands before what it is for, or right behind it ("X LD", "X's premeds")."""
    if course[1] <= begin:
        return _BEFORE.fullmatch(text[course[1] : begin]) is not None
    return course[0] >= end and re.fullmatch(r"(?:'s|’s)?[\s-]+", text[end : course[0]]) is not None


def _said(regimen: Regimen) -> str:
    return f"{regimen.indication or ''} ; {regimen.section} ; {regimen.verbatim}"
