"""Questions, answered whole or as a stream."""

import json
import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import anyio.to_thread
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from wardbook.errors import WardbookError
from wardbook.server.auth import Principal
from wardbook.server.deps import ThePending, TheService, User, problems
from wardbook.server.logs import log, places
from wardbook.server.middleware import Pending, client_of
from wardbook.server.problems import Problem, internal, not_found, of_wardbook, too_busy
from wardbook.server.schemas import AnswerOut, AskIn
from wardbook.server.service import Asking, Service, answer
from wardbook.server.storage import conversations

router = APIRouter(prefix="/v1", tags=["questions"])
_PIECE = re.compile(r"(?:\S+\s*){1,6}|\s+")
_EVENT = {
    "type": "object",
    "properties": {"event": {"enum": ["status", "text", "answer", "error"]}, "data": {"type": "string"}},
    "required": ["event", "data"],
}
_STREAM_EXAMPLE = (
    'event: status\ndata: {"stage": "reading"}\n\nevent: text\ndata: {"text": "..."}\n\nevent: answer\ndata: {...}\n\n'
)


@router.post("/ask", responses={200: {"model": AnswerOut}, **problems(404, 413, 422)}, name="ask")
async def ask(body: AskIn, request: Request, service: TheService, user: User, pending: ThePending) -> dict[str, Any]:
    """Answer a question from the pages."""
    asking = await prepare(service, user, client_of(request.scope), body)
    return await run(service, asking, pending)


@router.post(
    "/ask/stream",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "Events: status, text (pieces), then answer or error",
            "content": {"text/event-stream": {"schema": _EVENT, "example": _STREAM_EXAMPLE}},
        },
        **problems(404, 413, 422),
    },
    name="ask-stream",
)
async def ask_stream(
    body: AskIn, request: Request, service: TheService, user: User, pending: ThePending
) -> StreamingResponse:
    """Answer a question as server-sent events; the whole answer comes last."""
    asking = await prepare(service, user, client_of(request.scope), body)
    return stream(service, asking, pending, lambda answer: answer)


async def prepare(service: Service, user: Principal, client: str, body: AskIn) -> Asking:
    """Put a question into its conversation.

    Raises:
        Problem: the question is too long, or its conversation is not there.
    """
    _check_size(service, body)
    arguments: dict[str, Any] = {"question": body.question, "k": body.k}
    if body.session_id is None:
        if body.undo:
            raise Problem(422, "undo", "`undo` needs the `session_id` of its conversation.")
        history: list[tuple[str, str]] = [(turn.role, turn.content) for turn in body.history]
    else:
        history = await anyio.to_thread.run_sync(_history, service, user, body)
    arguments |= {"history": history, "session_id": body.session_id}
    return Asking("ask", arguments, user, client, body.session_id, body.undo)


def _check_size(service: Service, body: AskIn) -> None:
    settings = service.settings
    if len(body.question) > settings.max_question_chars:
        raise Problem(
            422, "question-too-long", f"A question has at most {settings.max_question_chars} characters.", "Shorten it."
        )
    if len(body.history) > settings.max_history_turns:
        raise Problem(
            422, "history-too-long", f"At most {settings.max_history_turns} earlier turns.", "Send the last ones."
        )
    if body.session_id and body.history:
        raise Problem(422, "history", "`history` and `session_id` do not go together.", "Send one of them.")


def _history(service: Service, user: Principal, body: AskIn) -> list[tuple[str, str]]:
    assert body.session_id is not None
    with service.storage.read() as session:
        if conversations.find(session, user.id, body.session_id) is None:
            raise not_found("conversation")
        if body.undo:
            return []
        return conversations.history(session, user.id, body.session_id, service.settings.max_history_turns)


async def run(service: Service, asking: Asking, pending: Pending) -> dict[str, Any]:
    """Make an answer in the lane of its kind."""
    lane = service.answers if asking.kind == "ask" else service.lookups
    made = await lane.run(lambda claim: answer(service, asking, claim), service.settings.answer_timeout_s)
    pending.recorded = True
    return made


def stream(
    service: Service, asking: Asking, pending: Pending, finish: Callable[[dict[str, Any]], dict[str, Any]]
) -> StreamingResponse:
    """Give the stream of an answer; `finish` makes the last event's data of it.

    Raises:
        Problem: the queue is full.
    """
    lane = service.answers
    if lane.full:
        raise too_busy(lane.retry_after_s)
    pending.streaming = True
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(service, asking, pending, finish), 200, headers, "text/event-stream")


async def _events(
    service: Service, asking: Asking, pending: Pending, finish: Callable[[dict[str, Any]], dict[str, Any]]
) -> AsyncIterator[str]:
    yield _event("status", {"stage": "reading", "answer_id": asking.answer_id})
    try:
        made = await run(service, asking, pending)
        yield _event("status", {"stage": "writing", "status": made["status"]})
        for piece in _PIECE.findall(made["text"]):
            yield _event("text", {"text": piece})
        yield _event("answer", finish(made))
    except (Problem, WardbookError) as error:
        problem = error if isinstance(error, Problem) else of_wardbook(error)
        pending.outcome = problem.status
        yield _event("error", problem.body())
    except Exception as error:  # noqa: BLE001 - a stream that has begun can only tell its failure in its last event
        log().error("failed", route="stream", error=type(error).__name__, where=places(error))
        pending.outcome = 500
        yield _event("error", internal().body())


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
