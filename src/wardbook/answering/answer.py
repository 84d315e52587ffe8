"""The Answer of the contract, and its JSON form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from wardbook.corpus.lines import Lines
from wardbook.dosing.check import Verdict
from wardbook.dosing.compute import Computed
from wardbook.dosing.regimen import Regimen

Status = Literal["answered", "needs_clarification", "not_found", "refused"]
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement stands."""

    n: int
    """Marker number, from 1; `[n]` in the text."""
    page: str
    """Page id."""
    title: str
    """Page title."""
    section: str
    """Section id."""
    lines: Lines
    """Lines that hold the quote."""
    quote: str
    """Words that stand in those lines, word for word; Markdown emphasis and table pipes left out."""
    url: str
    """`/pages/{page}#anchor`, where the service shows the cited lines."""
    evidence_level: str | None = None
    """The page's words, or None."""
    last_updated: str | None = None
    """ISO date, or None."""


@dataclass(frozen=True, slots=True)
class Clarification:
    """The one question that would settle which regimen is meant."""

    prompt: str
    """The question to the person."""
    options: tuple[str, ...]
    """Answers that can be picked; each, asked as a follow-up, settles it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a disagreement."""

    value: str
    """The page's words."""
    citation: int
    """Number of the citation."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Pages that disagree on the fact asked."""

    what: str
    """What they disagree on."""
    sides: tuple[Side, ...]
    """Both (or all) sides."""


@dataclass(frozen=True, slots=True)
class CitedRegimen:
    """A regimen inside an answer, with the citation that holds its row."""

    regimen: Regimen
    """The regimen."""
    citation: int
    """Number of the citation."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What wardbook says to a question."""

    status: Status
    """See the contract."""
    question: str
    """As asked."""
    standalone_question: str
    """With what the conversation supplies; equal to `question` where nothing does."""
    text: str
    """Markdown for a person; every statement of fact ends in its markers."""
    citations: tuple[Citation, ...] = ()
    """In order of their numbers."""
    regimens: tuple[CitedRegimen, ...] = ()
    """The ones that answer, best first; all candidates where the question leaves it open."""
    computed: tuple[tuple[int, Computed], ...] = ()
    """Index into `regimens`, and what was computed from it."""
    verdict: tuple[Verdict, int | None] | None = None
    """The verdict of a check and the number of the citation of its limit."""
    clarification: Clarification | None = None
    """What to ask back, or None."""
    conflicts: tuple[Conflict, ...] = ()
    """Disagreements between pages on the fact asked."""
    warnings: tuple[str, ...] = ()
    """Short sentences."""
    session_id: str | None = None
    """Conversation, or None."""
    took_ms: Mapping[str, float] = field(default_factory=lambda: {"total": 0.0})
    """Milliseconds by stage, "total" among them."""
