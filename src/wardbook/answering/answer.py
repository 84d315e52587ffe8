"""The Answer of the contract, and its JSON form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from wardbook.corpus.lines import Lines
from wardbook.dosing.as_json import computed_json, regimen_json, verdict_json
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
    cells: str = ""
    """For the gate: a quoted row with its cells apart, each under its column's name; elsewhere the quote."""


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
    confidence: float | None = None
    """Probability that the pages answer, 0 to 1, see `confidence.probability`; None where a dose was looked up."""
    unsaid: tuple[str, ...] = ()
    """Words of the question for its situation that no row of a dose holds; told in the text, no field of the JSON."""


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "n": citation.n,
        "page": citation.page,
        "title": citation.title,
        "section": citation.section,
        "lines": list(citation.lines),
        "quote": citation.quote,
        "url": citation.url,
        "evidence_level": citation.evidence_level,
        "last_updated": citation.last_updated,
    }


def to_json(answer: Answer) -> dict[str, Any]:
    """Give an answer as plain JSON values."""
    return {
        "schema_version": SCHEMA_VERSION,
        "status": answer.status,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "text": answer.text,
        "citations": [_citation(each) for each in answer.citations],
        "regimens": [regimen_json(each.regimen, each.citation) for each in answer.regimens],
        "computed": [computed_json(at, each) for at, each in answer.computed],
        "verdict": answer.verdict and verdict_json(*answer.verdict),
        "clarification": answer.clarification
        and {"prompt": answer.clarification.prompt, "options": list(answer.clarification.options)},
        "conflicts": [
            {
                "what": conflict.what,
                "sides": [{"value": side.value, "citation": side.citation} for side in conflict.sides],
            }
            for conflict in answer.conflicts
        ],
        "warnings": list(answer.warnings),
        "session_id": answer.session_id,
        "took_ms": dict(answer.took_ms),
        "confidence": answer.confidence,
    }
