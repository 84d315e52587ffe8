"""Conversations that are kept, and what people think of answers."""

from dataclasses import asdict
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Path, Query, Response

from wardbook.server.auth import Principal
from wardbook.server.deps import ThePending, TheService, User, problems
from wardbook.server.problems import not_found
from wardbook.server.schemas import FeedbackIn, SessionIn, SessionOut, SessionWithTurnsOut
from wardbook.server.service import Service
from wardbook.server.storage import conversations

router = APIRouter(prefix="/v1", tags=["conversations"])
_Id = Annotated[str, Path(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


@router.post(
    "/sessions", status_code=201, responses={201: {"model": SessionOut}, **problems(413, 422)}, name="open-session"
)
async def open_session(service: TheService, user: User, body: SessionIn | None = None) -> dict[str, Any]:
    """Open a conversation."""
    return asdict(await anyio.to_thread.run_sync(_open, service, user, body.title if body else ""))


@router.get("/sessions", responses={200: {"model": list[SessionOut]}, **problems(422)}, name="list-sessions")
async def list_sessions(
    service: TheService,
    user: User,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> list[dict[str, Any]]:
    """List one's conversations, the last used first."""
    return [asdict(row) for row in await anyio.to_thread.run_sync(_listed, service, user, limit, offset)]


@router.get(
    "/sessions/{session_id}", responses={200: {"model": SessionWithTurnsOut}, **problems(404, 422)}, name="view-session"
)
async def view_session(session_id: _Id, service: TheService, user: User, pending: ThePending) -> dict[str, Any]:
    """Give a conversation with all its turns."""
    conversation, turns = await anyio.to_thread.run_sync(read_session, service, user, session_id)
    pending.detail = {"session": session_id}
    return asdict(conversation) | {"turns": [asdict(turn) for turn in turns]}


@router.delete("/sessions/{session_id}", status_code=204, responses=problems(404, 422), name="delete-session")
async def delete_session(session_id: _Id, service: TheService, user: User, pending: ThePending) -> Response:
    """Delete a conversation with its answers; the audit trail, which holds no text, stays."""
    await anyio.to_thread.run_sync(_drop, service, user, session_id)
    pending.detail = {"session": session_id}
    return Response(status_code=204)


@router.post("/answers/{answer_id}/feedback", status_code=204, responses=problems(404, 413, 422), name="feedback")
async def feedback(answer_id: _Id, body: FeedbackIn, service: TheService, user: User, pending: ThePending) -> Response:
    """Say whether an answer helped, or what is wrong with it."""
    await anyio.to_thread.run_sync(_judge, service, user, answer_id, body)
    pending.detail = {"answer": answer_id, "verdict": body.verdict}
    service.metrics.feedback.labels(body.verdict).inc()
    return Response(status_code=204)


def _open(service: Service, user: Principal, title: str) -> conversations.Conversation:
    with service.storage.write() as session:
        return conversations.start(session, user.id, title)


def _listed(service: Service, user: Principal, limit: int, offset: int) -> list[conversations.Conversation]:
    with service.storage.read() as session:
        return conversations.listed(session, user.id, limit, offset)


def read_session(
    service: Service, user: Principal, session_id: str
) -> tuple[conversations.Conversation, list[conversations.Turn]]:
    """Give the user's conversation and its turns. Blocks on the database.

    Raises:
        Problem: 404, also where it is another user's.
    """
    with service.storage.read() as session:
        conversation = conversations.find(session, user.id, session_id)
        if conversation is None:
            raise not_found("conversation")
        return conversation, conversations.turns(session, user.id, session_id)


def _drop(service: Service, user: Principal, session_id: str) -> None:
    with service.storage.write() as session:
        if not conversations.drop(session, user.id, session_id):
            raise not_found("conversation")


def _judge(service: Service, user: Principal, answer_id: str, body: FeedbackIn) -> None:
    with service.storage.write() as session:
        if not conversations.judge(session, user.id, answer_id, body.verdict, body.reason):
            raise not_found("answer")
