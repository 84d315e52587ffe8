"""Tables. Times are ISO 8601 in UTC as text, the same and sortable in every database."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def now() -> str:
    """Give the present time as text."""
    return as_text(datetime.now(UTC))


def as_text(at: datetime) -> str:
    """Give a time in UTC as text that sorts by time."""
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


class Base(DeclarativeBase):
    """All tables."""

    type_annotation_map = {dict[str, Any]: JSON}  # noqa: RUF012 - read by SQLAlchemy


class ConversationRow(Base):
    """A conversation of one user."""

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    user: Mapped[str] = mapped_column(String(320), index=True)
    title: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[str] = mapped_column(String(32))
    updated_at: Mapped[str] = mapped_column(String(32))


class AnswerRow(Base):
    """An answer that was given, with all that is needed to give it again: its receipt."""

    __tablename__ = "answers"
    __table_args__ = (Index("ix_answers_session_position", "session_id", "position"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    user: Mapped[str] = mapped_column(String(320), index=True)
    session_id: Mapped[str | None] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(Integer)
    """Place in the conversation, from 0."""
    created_at: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    """ "ask" | "dose" | "check"."""
    request: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Keyword arguments of the call to the assistant."""
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The answer as it was sent."""
    made_with: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Index, corpus, model, software and the hash of each cited page."""
    undone: Mapped[bool] = mapped_column(Boolean, default=False)
    """True where the person took the question back; no part of the history then."""


class FeedbackRow(Base):
    """What a person thought of an answer."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("answer_id", "user"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    user: Mapped[str] = mapped_column(String(320))
    verdict: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    created_at: Mapped[str] = mapped_column(String(32))


class KeyRow(Base):
    """An API key; the key itself is not kept."""

    __tablename__ = "api_keys"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    user: Mapped[str] = mapped_column(String(200), index=True)
    salt: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[str] = mapped_column(String(32))
    expires_at: Mapped[str | None] = mapped_column(String(32))
    revoked_at: Mapped[str | None] = mapped_column(String(32))


class SignInRow(Base):
    """A browser that is signed in; the cookie itself is not kept."""

    __tablename__ = "sign_ins"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user: Mapped[str] = mapped_column(String(320))
    key_id: Mapped[str | None] = mapped_column(ForeignKey("api_keys.id", ondelete="CASCADE"))
    created_at: Mapped[str] = mapped_column(String(32))
    expires_at: Mapped[str] = mapped_column(String(32))


class AuditRow(Base):
    """One event of the audit trail; never changed, never deleted."""

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32), index=True)
    user: Mapped[str] = mapped_column(String(320), index=True)
    client: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[int] = mapped_column(Integer)
    request_id: Mapped[str] = mapped_column(String(36), index=True)
    detail: Mapped[str] = mapped_column(Text)
    """Canonical JSON, as it was hashed."""
    prev: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(64))


class AuditTextRow(Base):
    """The words of the question of an event, encrypted; deleted after a time, while the event stays."""

    __tablename__ = "audit_text"

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32), index=True)
    token: Mapped[str] = mapped_column(Text)


class AuditHeadRow(Base):
    """The end of the chain; one row, locked while an event is added."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(Integer)
    mac: Mapped[str] = mapped_column(String(64))
