"""Whether headings are of the kind of thing that a question asks for ("X monitoring", "grade 2 X, what do I do")."""

import re
from collections.abc import Sequence
from functools import lru_cache

from wardbook.answering.question import Question
from wardbook.answering.terms import kind_headings
from wardbook.corpus.unit import Unit
from wardbook.lazy_regex import lazy_regex

_ASKS_WHAT_NOT = lazy_regex(
    r"\b(?:should|must|do|can|may)(?: \w+){0,3} not\b|"
    r"\bwho(?: \w+)? can(?:not|['’]?t)\b|\bavoid\b|\bcontraindicat\w*|\bnot to\b|\bnever\b",
    re.IGNORECASE,
)
DOSING = frozenset({"dose", "max", "duration", "interval", "route"})
"""Kinds of question of how a drug is dosed."""
ASPECTS = frozenset(
    {
        "mechanism",
        "safety",
        "monitoring",
        "treatment",
        "causes",
        "symptoms",
        "prevention",
        "prognosis",
        "diagnosis",
        "list",
        "regulatory",
        "disagree",
        "indication",
        "contact",
    }
)
"""Kinds of question that one section of a page commonly answers as a whole."""

GENERIC = frozenset({"list", "definition"})
"""Kinds whose words ("which", "what is") stand in questions of other kinds too."""


_ASKS_REASON = lazy_regex(
    r"\bwhy\b(?! (?:not|don['’]?t|didn['’]?t|is(?:n['’]?t)? it not)\b)|\bhow come\b|\brationale\b|"
    r"\bwhat(?: i|['’])s the (?:reason|point|purpose|idea|logic)\b|"
    r"\bwhat(?:['’]?s| is| are) (?:it|that|this|they) (?:good )?for\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def asks_reason(question: str) -> bool:
    """Tell whether a question asks what something is done or is so for."""
    return bool(_ASKS_REASON.search(question))


@lru_cache(maxsize=256)
def asks_what_not(question: str) -> bool:
    """Tell whether a question asks what is not to be done."""
    return bool(_ASKS_WHAT_NOT.search(question))


def asked_kinds(question: Question) -> tuple[str, ...]:
    """Give the kinds of a question, its own first; "which" and "all" (a list) tell nothing where another kind does."""
    first = "disagree" if "disagree" in question.kinds else question.kind
    others = sorted(question.kinds - {first})
    kinds = (first, *others) if first != "other" else tuple(others)
    if "timing" in kinds and not question.drugs:  # how long an event lasts is told by no dose
        kinds = ("timing", *(kind for kind in kinds if kind not in {"timing", *DOSING}))
    if asks_what_not(question.text) and kinds[:1] != ("safety",) and not {"prevention", *DOSING} & set(kinds):
        kinds = ("safety", *(kind for kind in kinds if kind != "safety"))
    if question.setting == "prophylaxis" and "prevention" in kinds and not _TREATS.search(question.text):
        kinds = ("prevention", *(kind for kind in kinds if kind not in ("prevention", "treatment")))
    timed = "interval" in kinds and not question.drugs
    if (timed and "monitoring" not in kinds) or {"duration", "monitoring"} <= set(kinds):
        kinds = ("monitoring", *(kind for kind in kinds if kind != "monitoring"))
    if timed:  # how often something is checked is told where it is said what is checked
        kinds = tuple(kind for kind in kinds if kind != "interval")
    return tuple(kind for kind in kinds if kind not in GENERIC) or kinds


_TREATS = lazy_regex(r"\b(?:treat|manag|therap)", re.IGNORECASE)


_OF_GRADE = lazy_regex(
    r"\bby grades?\b|\bgrades?\s*(?:[≥≤<>]=?\s*)?[1-5]\b\+?"
    r"(?:\s*(?:-|–|to|or|and|,)\s*(?:[1-5]\b\+?|higher|above|more|worse))*",
    re.IGNORECASE,
)


def is_grade(heading: str) -> bool:
    """Tell whether a heading names a grade and nothing else."""
    return re.search(r"[^\W\d_]{2}", _OF_GRADE.sub(" ", heading)) is None and _OF_GRADE.search(heading) is not None


@lru_cache(maxsize=50_000)
def heads(kind: str, words: str) -> bool:
    """Tell whether words head what answers a kind of question; "Grade 2" says for whom a thing is, and defines none."""
    pattern = kind_headings().get(kind)
    words = _OF_GRADE.sub(" ", words) if kind == "grading" else words
    return bool(pattern and pattern.search(words))


def aspect_fit(question: Question, unit: Unit, path: Sequence[str]) -> float:
    """Weigh whether headings, leads, columns or the unit's own label say that it answers the kind of question: 0 to 1.

    The heading right above counts whole, one further up nearly so where those below it are of no kind of their own
    ("Grade 2" and "Step 1" below "Management"), and else half, as do the columns of a table; a kind that the question
    only also is counts three fifths.
    """
    label = unit.text.partition(":")[0] if ":" in unit.text[:LABEL] else ""
    near = " ".join([*path[-1:], *unit.lead[-1:]])
    far = " ".join([*path[:-1], *unit.lead[:-1], *(name for name, _ in unit.values)])
    deep = 1 - 0.1 * max(len(path) - 1, 0)
    fit = 0.0
    kinds = asked_kinds(question)
    for kind in kinds:
        share = 1.0 if kind == kinds[0] else 0.6
        if heads(kind, near) or (kind != "grading" and heads(kind, label)):  # "Grade 2: ..." grades nothing
            fit = max(fit, share * deep)
        elif _passes_down(kind, tuple(path)):
            fit = max(fit, PASSED * share * deep)
        elif heads(kind, far):
            fit = max(fit, 0.5 * share)
    return fit


LABEL = 40
"""Characters up to which words before a colon label a line."""
PASSED = 0.95
"""Part of what a heading counts for lines below headings of its own that are of no kind."""


@lru_cache(maxsize=20_000)
def _passes_down(kind: str, path: tuple[str, ...]) -> bool:
    """Tell whether a heading further up is of a kind, and none below it is of any."""
    for heading in reversed(path):
        if heads(kind, heading):
            return True
        words = re.sub(r"\([^()]*\)", " ", heading)
        if not is_grade(heading) and any(heads(other, words) for other in _OF_SECTIONS):
            return False
    return False


_OF_SECTIONS = ASPECTS | {"dose", "grading", "definition", "evidence", "reference", "timing", "threshold"}
"""Kinds that a heading of their own tells."""
