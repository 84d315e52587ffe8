"""Lines that say what is done, for who asks what to do: not what a grade is, or how often something happens."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from wardbook.answering.how_many_have import counts_patients
from wardbook.answering.in_vain import tells_failure
from wardbook.answering.question import Question
from wardbook.answering.told_findings import told_findings
from wardbook.corpus.unit import Unit
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.measured import read_measured
from wardbook.lazy_regex import lazy_regex

DOES = 0.2
"""What a line gains that says what is done."""
COUNTS = 0.15
"""What a line loses that tells of a share of patients, or of a trial."""
_OTHER = frozenset(
    "grading definition evidence mechanism reference metadata prognosis compare monitoring diagnosis causes "
    "symptoms".split()
)
"""Kinds of question that lines which say what is done answer no better than others."""
_VERBS = (
    r"stop|hold|give|start|call|ring|phone|page|bleep|take|send|treat|culture|consider|refer|admit|transfer|discuss|add|switch|"
    r"change|repeat|increase|reduce|double|halve|slow|pause|restart|resume|withhold|keep|check|monitor|measure|do|"
    r"use|apply|elevate|aspirate|leave|remove|flush|clamp|unclamp|reposition|escalate|inform|tell|document|record|wake|lie|sit|"
    r"raise|warm|cool|mark|photograph|draw|lock|instil|try|rule out|exclude|look for|examine|scan|image|order|request|"
    r"replace|correct|cover|continue|carry on|taper|wean|step down|step up|move|isolate|nurse|prescribe|inject|push|"
    r"ask|get|pull|sample|put|place|swab|wash|rinse|irrigate|dilute|disconnect|return|seek|review|watch|observe|"
    r"go to|see|proceed|delay|defer|postpone|avoid|never|do not|don['’]t"
)
_IMPERATIVE = lazy_regex(
    r"(?:^|[.:;,(→>]\s|\b(?:then|and|or|first|now|at once|immediately|please|always)[ :,]+)\W{0,4}"
    rf"(?:{_VERBS})\b(?!\s*[:=])",
    re.IGNORECASE,
)
_ARROW = lazy_regex(r"→|->|=>|⇒")
_DONE_IN = lazy_regex(
    r"\W*(?:do|what|then|next|give|plan|first|choice|drugs?)\W*|"
    r".*\b(?:actions?|treatment|management|what (?:to|we) do|steps?|therapy|interventions?|"
    r"(?:first|second|next) line)\b.*",
    re.IGNORECASE,
)
"""Names of columns in which stands what is done."""
_STUDIED = lazy_regex(r"\bn\s?=\s?\d", re.IGNORECASE)


def asks_what_to_do(question: Question) -> bool:
    """Tell whether it is asked what to do, and nothing else of the subject."""
    return "treatment" in question.kinds and not question.kinds & _OTHER


def as_what_to_do(question: Question) -> Question:
    """Give a question that tells what is found in a patient, and asks nothing, as one of what to do."""
    if question.kinds - {"contact"} or question.yes_no:
        return question
    # whom to call for what is found is told where it is told what is done for it
    treated = replace(question, kind="treatment", kinds=frozenset({"treatment"}))
    if tells_failure(question.text):  # who says that something has not worked asks what comes next
        return treated
    if _tells_value_alone(question):
        return treated
    named = [(each.begin, each.end) for each in question.mentions]
    found = told_findings(question.text)
    if all(any(begin <= each.begin and each.end <= end for begin, end in named) for each in found):
        return question
    return treated


def _tells_value_alone(question: Question) -> bool:
    """Tell whether a question only tells a value that was measured ("K 6.5 after chemo"), of no drug and no grade."""
    if question.drugs or question.grades or _ASKS.search(question.text):
        return False
    return bool(read_measured(question.text, values=True))


_ASKS = lazy_regex(
    r"\?|\b(?:what|which|who|when|where|why|how|if|ok(?:ay)?|grade|score|normal|target)\b", re.IGNORECASE
)


def first_fit(question: Question, path: Sequence[str]) -> float:
    """Weigh whether lines stand under a heading for what is done first, where that is asked."""
    asks = asks_what_to_do(question) and _ASKS_FIRST.search(question.text)
    return FIRST if asks and any(_AT_FIRST.search(heading) for heading in path[-1:]) else 0.0


FIRST = 0.2
"""What a line gains that stands where it is told what is done first."""
_ASKS_FIRST = lazy_regex(r"\bfirst\b(?![- ](?:line|dose|cycle|choice|step))|\bimmediate(?:ly)?\b", re.IGNORECASE)
_AT_FIRST = lazy_regex(
    r"\b(?:the|first) hour\b|(?<!after the )\bfirst \d+ ?(?:min\w*|h|hours?)\b|\bimmediate(?:ly)?\b|\bat once\b|"
    r"\bdo first\b|"
    r"\bdo this first\b|\bfirst things\b",
    re.IGNORECASE,
)


def action_fit(question: Question, unit: Unit, *, on_it: bool = True) -> float:
    """Weigh whether a line says what is done, where that is asked; `on_it` where it speaks of what is found."""
    if not asks_what_to_do(question):
        return 0.0
    if (counts_patients(unit.text) or _STUDIED.search(unit.text)) and not _IMPERATIVE.search(unit.text):
        return -COUNTS
    return DOES if on_it and says_what_is_done(unit.text, unit.values) else 0.0


@lru_cache(maxsize=20_000)
def says_what_is_done(text: str, values: tuple[tuple[str, str], ...] = ()) -> bool:
    """Tell whether a line says what is done: an order, an arrow, a dose, or a cell under a heading such as "Action"."""
    if values:
        cells = [cell for name, cell in values[1:] if _DONE_IN.fullmatch(name)]
        return any(re.search(r"\w{3}", cell) for cell in cells) or any(_says(cell) for _, cell in values[1:])
    return _says(text)


def _says(text: str) -> bool:
    if _IMPERATIVE.search(text) or _ARROW.search(text):
        return True
    doses = (figure for figure in read_amounts(text) if figure.is_dose)
    return any((figure.amount.unit, figure.per_time) != _FLOW for figure in doses)


_FLOW = ("L", "min")
"""Of oxygen, by which grades are told."""
