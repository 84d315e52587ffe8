"""Bodies of requests, checked; bodies of responses, described for the API's documentation."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints


def _without_nul(words: object) -> object:
    """Leave out a sign that no database but SQLite keeps."""
    return words.replace("\x00", "") if isinstance(words, str) else words


_PLAIN = BeforeValidator(_without_nul)
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000), _PLAIN]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), _PLAIN]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True, allow_inf_nan=False)


class Turn(_In):
    """An earlier turn."""

    role: Literal["user", "assistant"]
    content: Annotated[str, StringConstraints(max_length=20_000), _PLAIN] = ""


class AskIn(_In):
    """A question."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "max dose in severe disease?"},
                {"question": "why?", "history": [{"role": "user", "content": "which drug comes first?"}]},
            ]
        }
    )
    question: Annotated[Words, Field(description="As a person writes it.")]
    session_id: Id | None = Field(default=None, description="Conversation that it belongs to; not with `history`.")
    history: list[Turn] = Field(default=[], max_length=200, description="Earlier turns, oldest first.")
    k: int | None = Field(default=None, ge=1, le=50, description="Passages to look at.")
    undo: Id | None = Field(
        default=None, description="Answer of the same conversation to take back; asks without what was said before."
    )


class SearchIn(_In):
    """A search."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"query": "monitoring", "k": 5}]})
    query: Words
    k: int = Field(default=10, ge=1, le=50)


class DoseIn(_In):
    """A dose to look up."""

    model_config = ConfigDict(
        extra="forbid",
        populate_by_name=True,
        allow_inf_nan=False,
        json_schema_extra={"examples": [{"drug": "paracetamol", "for": "fever", "weight_kg": 18}]},
    )
    drug: Short
    for_: Short | None = Field(default=None, alias="for", description="Indication.")
    grade: int | None = Field(default=None, ge=0, le=5)
    setting: Short | None = None
    route: Short | None = None
    weight_kg: float | None = Field(default=None, description="Kilograms.")
    bsa_m2: float | None = Field(default=None, description="Square metres.")
    age_y: float | None = Field(default=None, description="Years.")


class CheckIn(DoseIn):
    """An amount to check."""

    model_config = ConfigDict(
        extra="forbid",
        populate_by_name=True,
        allow_inf_nan=False,
        json_schema_extra={"examples": [{"drug": "paracetamol", "amount": "5 g/day", "for": "fever"}]},
    )
    amount: Short


class SessionIn(_In):
    """A conversation to open."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), _PLAIN] = ""


class FeedbackIn(_In):
    """What a person thinks of an answer."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"verdict": "wrong", "reason": "that is the row for children"}]}
    )
    verdict: Literal["helpful", "wrong"]
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), _PLAIN] = ""


class _Out(BaseModel):
    model_config = ConfigDict(extra="allow")


Figure = float | str


class CitationOut(_Out):
    """Where a statement stands."""

    n: int
    page: str
    title: str
    section: str
    lines: list[int] = Field(min_length=2, max_length=2)
    quote: str
    url: str
    evidence_level: str | None
    last_updated: str | None


class ClarificationOut(_Out):
    """The question to ask back."""

    prompt: str
    options: list[str]


class SideOut(_Out):
    """One side of a disagreement."""

    value: str
    citation: int


class ConflictOut(_Out):
    """Pages that disagree."""

    what: str
    sides: list[SideOut]


class AnswerOut(_Out):
    """An answer; see the project's contract for each field."""

    schema_version: int
    status: Literal["answered", "needs_clarification", "not_found", "refused"]
    question: str
    standalone_question: str
    text: str
    citations: list[CitationOut]
    regimens: list[dict[str, Any]]
    computed: list[dict[str, Any]]
    verdict: dict[str, Any] | None
    clarification: ClarificationOut | None
    conflicts: list[ConflictOut]
    warnings: list[str]
    session_id: str | None
    took_ms: dict[str, float]
    answer_id: str = Field(description="For feedback and replay.")


class PassageOut(_Out):
    """A passage found."""

    rank: int
    score: float
    page: str
    section: str
    lines: list[int]
    text: str


class PassagesOut(_Out):
    """Passages, best first."""

    passages: list[PassageOut]


class RegimensOut(_Out):
    """Regimens."""

    regimens: list[dict[str, Any]]


class ListedPageOut(_Out):
    """A page as it is listed."""

    page: str
    title: str
    last_updated: str | None
    evidence_level: str | None
    sections: list[Any]


class PageOut(_Out):
    """A page whole."""

    page: str
    title: str
    markdown: str
    html: str
    sections: list[dict[str, Any]]


class SessionOut(_Out):
    """A conversation."""

    id: str
    title: str
    created_at: str
    updated_at: str


class TurnOut(_Out):
    """A turn of a conversation."""

    answer_id: str
    created_at: str
    answer: AnswerOut
    undone: bool
    feedback: Literal["helpful", "wrong"] | None


class SessionWithTurnsOut(SessionOut):
    """A conversation with its turns, oldest first."""

    turns: list[TurnOut]


class ProblemOut(_Out):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
