"""Who asks of children, or of another group, is told what the section for that group says before what holds for all."""

from collections.abc import Sequence
from dataclasses import replace

from wardbook.answering.dose_question import KINDS
from wardbook.answering.question import Question
from wardbook.answering.question_words import first_told
from wardbook.answering.scoring import Evidence

_GROUPS = frozenset({"child", "pregnancy", "elderly"})
"""Groups of patients that pages have sections of their own for."""
LEAST = 0.5
"""Part of the best line's coverage that a line of such a section holds at least."""


def of_population(question: Question, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Put the lines of the section for the group that a question asks of before the best one, which is of no group.

    That section lies beside or below that of the best line, on its page: it says what is otherwise for the group.
    """
    group = question.population
    if not ranked or group not in _GROUPS or question.kinds & KINDS:
        return list(ranked)
    best = ranked[0]
    words = " ; ".join([best.hit.title, *best.hit.path, *best.unit.lead, best.unit.text])
    if first_told("population", words) == group:
        return list(ranked)
    above = tuple(best.hit.path[:1])
    own = [
        each
        for each in ranked
        if each.hit.page == best.hit.page
        and each.hit.path[:1] == above
        and _is_for(group, each)
        and each.coverage >= LEAST * best.coverage
        and not each.lacks_drug
    ]
    if not own:
        return list(ranked)
    raised = [replace(each, score=each.score + best.score) for each in own]
    return [*raised, *(each for each in ranked if each not in own)]


def is_for_group(question: Question, ranked: Sequence[Evidence]) -> bool:
    """Tell whether the best line stands in a section for the group that a question asks of."""
    asked = question.population in _GROUPS and not question.kinds & KINDS
    return asked and bool(ranked) and _is_for(question.population, ranked[0])


def _is_for(group: str | None, each: Evidence) -> bool:
    return first_told("population", " ".join(each.hit.path[-1:])) == group
