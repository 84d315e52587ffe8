"""Conversations, answers and feedback of one user at a time; nobody reaches another user's."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import CursorResult, Delete, delete, func, select
from sqlalchemy.orm import Session

from wardbook.server.storage.tables import AnswerRow, ConversationRow, FeedbackRow, now


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as it is listed."""

    id: str
    """Random."""
    title: str
    """The first question, shortened, or what the user called it; "" before the first question."""
    created_at: str
    """ISO time."""
    updated_at: str
    """ISO time of the last answer."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer."""

    answer_id: str
    """Id of the answer, by which it is judged and replayed."""
    created_at: str
    """ISO time."""
    answer: dict[str, Any]
    """As it was sent."""
    undone: bool
    """True where the question was taken back."""
    feedback: str | None
    """The user's verdict, or None."""


def start(session: Session, user: str, title: str = "", conversation: str | None = None) -> Conversation:
    """Open a conversation, under the id given or a new one."""
    at = now()
    row = ConversationRow(id=conversation or str(uuid4()), user=user, title=title[:200], created_at=at, updated_at=at)
    session.add(row)
    session.flush()
    return _conversation(row)


def listed(session: Session, user: str, limit: int, offset: int) -> list[Conversation]:
    """Give the user's conversations, the last used first."""
    query = (
        select(ConversationRow)
        .where(ConversationRow.user == user)
        .order_by(ConversationRow.updated_at.desc(), ConversationRow.id)
        .limit(limit)
        .offset(offset)
    )
    return [_conversation(row) for row in session.scalars(query)]


def find(session: Session, user: str, conversation: str) -> Conversation | None:
    """Give the user's conversation, None where there is none or it is another user's."""
    row = _own(session, user, conversation)
    return _conversation(row) if row else None


def turns(session: Session, user: str, conversation: str) -> list[Turn]:
    """Give the turns of the user's conversation, oldest first."""
    query = (
        select(AnswerRow, FeedbackRow.verdict)
        .outerjoin(FeedbackRow, (FeedbackRow.answer_id == AnswerRow.id) & (FeedbackRow.user == user))
        .where(AnswerRow.session_id == conversation, AnswerRow.user == user)
        .order_by(AnswerRow.position)
    )
    return [_turn(row, verdict) for row, verdict in session.execute(query)]


def history(session: Session, user: str, conversation: str, most: int) -> list[tuple[str, str]]:
    """Give what was said, oldest first, the last `most` turns; taken-back questions are left out."""
    query = (
        select(AnswerRow.answer)
        .where(AnswerRow.session_id == conversation, AnswerRow.user == user, AnswerRow.undone.is_(False))
        .order_by(AnswerRow.position.desc())
        .limit((most + 1) // 2)
    )
    said: list[tuple[str, str]] = []
    for answer in reversed(list(session.scalars(query))):
        said += [("user", str(answer["question"])), ("assistant", str(answer["text"]))]
    return said


def drop(session: Session, user: str, conversation: str) -> bool:
    """Delete the user's conversation with all its answers; False where there is none."""
    row = _own(session, user, conversation)
    if row is None:
        return False
    session.execute(delete(ConversationRow).where(ConversationRow.id == row.id))
    return True


def expire(session: Session, before: str) -> tuple[int, int]:
    """Delete everybody's conversations that were last used before an ISO time, with their answers and feedback.

    Gives how many conversations, and how many answers that stood in none, were deleted.
    """
    old = delete(ConversationRow).where(ConversationRow.updated_at < before)
    alone = delete(AnswerRow).where(AnswerRow.session_id.is_(None), AnswerRow.created_at < before)
    return _deleted(session, old), _deleted(session, alone)


def _deleted(session: Session, statement: Delete) -> int:
    result = session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)
    return result.rowcount


def keep(
    session: Session,
    user: str,
    answer_id: str,
    kind: str,
    request: dict[str, Any],
    answer: dict[str, Any],
    made_with: dict[str, Any],
) -> None:
    """Keep an answer, as the last turn of its conversation where it has one."""
    conversation = answer.get("session_id")
    position = 0
    if conversation:
        last = session.scalar(select(func.max(AnswerRow.position)).where(AnswerRow.session_id == conversation))
        position = 0 if last is None else last + 1
        row = _own(session, user, conversation)
        if row is None:
            raise LookupError(conversation)
        row.updated_at = now()
        row.title = row.title or " ".join(str(answer["question"]).split())[:200]
    session.add(
        AnswerRow(
            id=answer_id,
            user=user,
            session_id=conversation,
            position=position,
            created_at=now(),
            kind=kind,
            request=request,
            answer=answer,
            made_with=made_with,
            undone=False,
        )
    )


def answer_of(session: Session, user: str, answer_id: str) -> Turn | None:
    """Give one of the user's answers."""
    row = session.get(AnswerRow, answer_id)
    if row is None or row.user != user:
        return None
    verdict = select(FeedbackRow.verdict).where(FeedbackRow.answer_id == answer_id, FeedbackRow.user == user)
    return _turn(row, session.scalar(verdict))


def take_back(session: Session, user: str, conversation: str | None, answer_id: str) -> bool:
    """Mark an answer of the user's conversation as taken back; False where it holds no such answer."""
    row = session.get(AnswerRow, answer_id)
    if row is None or row.user != user or row.session_id != conversation:
        return False
    row.undone = True
    return True


def judge(session: Session, user: str, answer_id: str, verdict: str, reason: str) -> bool:
    """Keep what the user thinks of one of their answers; a later word replaces an earlier one."""
    if answer_of(session, user, answer_id) is None:
        return False
    mine = (FeedbackRow.answer_id == answer_id) & (FeedbackRow.user == user)
    session.execute(delete(FeedbackRow).where(mine))
    session.add(FeedbackRow(answer_id=answer_id, user=user, verdict=verdict, reason=reason, created_at=now()))
    return True


def _own(session: Session, user: str, conversation: str) -> ConversationRow | None:
    row = session.get(ConversationRow, conversation)
    return row if row is not None and row.user == user else None


def _conversation(row: ConversationRow) -> Conversation:
    return Conversation(row.id, row.title, row.created_at, row.updated_at)


def _turn(row: AnswerRow, verdict: str | None) -> Turn:
    return Turn(row.id, row.created_at, dict(row.answer), row.undone, verdict)
