"""What a request needs, in one object, and the one way in which an answer is made, kept and recorded."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from wardbook.server import audit, audit_text
from wardbook.server.answered import Answering, Made
from wardbook.server.audit_text import Texts
from wardbook.server.auth import Authenticator, Principal
from wardbook.server.library import Library
from wardbook.server.limits import Claim, Lane, Rates
from wardbook.server.logs import request_id
from wardbook.server.metrics import Metrics
from wardbook.server.problems import Problem, not_found, too_slow
from wardbook.server.protocol import Assistant
from wardbook.server.refusals import Refusals
from wardbook.server.settings import ServerSettings
from wardbook.server.storage import conversations
from wardbook.server.storage.engine import Storage
from wardbook.server.storage.tables import as_text


@dataclass(slots=True)
class Service:
    """Everything that lives as long as the application."""

    assistant: Assistant
    """The core, for look-ups."""
    answering: Answering
    """The core, for answers that are kept."""
    settings: ServerSettings
    """As set by the site."""
    storage: Storage
    """Conversations, keys, audit trail."""
    trail: audit.Trail
    """Adds to the audit trail."""
    authenticator: Authenticator
    """Recognises users."""
    rates: Rates
    """Requests a minute."""
    metrics: Metrics
    """Counters."""
    library: Library
    """Pages of the index in use."""
    answers: Lane
    """Workers for questions."""
    lookups: Lane
    """Workers for doses, searches and pages."""
    refusals: Refusals
    """Requests that a full queue sent away, yet to be recorded."""
    texts: Texts | None = None
    """Keeps the words of questions, where the site wants that."""
    draining: bool = False
    """True from the moment the service was told to stop."""
    refresh_fault: str = ""
    """Why the last look for a new index failed, "" where it did not."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One call to the assistant on behalf of a user."""

    kind: str
    """ "ask" | "dose" | "check"."""
    arguments: dict[str, Any]
    """Keyword arguments of the call, JSON values; kept, so that the answer can be given again."""
    principal: Principal
    """Who asks."""
    client: str
    """Network address."""
    session_id: str | None = None
    """Conversation, or None."""
    undo: str | None = None
    """Answer that this one takes the place of, or None."""
    opens: bool = False
    """True where the conversation begins with this answer."""
    answer_id: str = field(default_factory=lambda: str(uuid4()))
    """Id of the answer to be."""


def answer(service: Service, asking: Asking, claim: Claim) -> dict[str, Any]:
    """Make an answer, keep and record it in one transaction, and only then give it.

    Raises:
        Problem: it came too late, could not be recorded, or its conversation is gone.
    """
    begin = time.perf_counter()
    made = service.answering.make(asking.kind, asking.arguments, claim.until)
    body = made.body | {"session_id": asking.session_id, "answer_id": asking.answer_id}
    if not claim.take():
        raise too_slow()
    try:
        with service.storage.write() as session:
            _keep(session, asking, body, made.made_with)
            end = service.trail.add(session, _event(service, asking, body, made))
            if service.texts:
                service.texts.keep(session, end[0], str(body["question"]))
    except LookupError:
        raise not_found("conversation") from None
    except SQLAlchemyError as error:
        service.metrics.audit_faults.inc()
        raise unrecorded() from error
    service.trail.anchor(end)
    service.metrics.answers.labels(asking.kind, body["status"]).inc()
    service.metrics.seconds.labels(asking.kind).observe(time.perf_counter() - begin)
    return body


def expire(service: Service) -> None:
    """Delete conversations and words of questions that the site keeps no longer, and record how many."""
    settings = service.settings
    with service.storage.write() as session:
        deleted = conversations.expire(session, _days_ago(settings.keep_days)) if settings.keep_days else (0, 0)
        texts = audit_text.expire(session, _days_ago(settings.audit_text_days))
        if not any((*deleted, texts)):
            return
        detail = {"conversations": deleted[0], "answers": deleted[1], "texts": texts}
        end = service.trail.add(session, audit.Event("service", "-", "expire", 200, "-", detail))
    service.trail.anchor(end)


def _days_ago(days: int) -> str:
    return as_text(datetime.now(UTC) - timedelta(days=days))


def unrecorded() -> Problem:
    """Refuse because nothing leaves that could not be recorded."""
    return Problem(
        503, "not-recorded", "The request could not be recorded.", "Ask again shortly.", {"Retry-After": "5"}
    )


def _keep(session: Session, asking: Asking, body: dict[str, Any], made_with: dict[str, Any]) -> None:
    if asking.opens and asking.session_id:
        conversations.start(session, asking.principal.id, conversation=asking.session_id)
    if asking.undo and not conversations.take_back(session, asking.principal.id, asking.session_id, asking.undo):
        raise LookupError(asking.undo)
    conversations.keep(session, asking.principal.id, asking.answer_id, asking.kind, asking.arguments, body, made_with)


def _event(service: Service, asking: Asking, body: dict[str, Any], made: Made) -> audit.Event:
    cited = [{"page": item["page"], "section": item["section"], "lines": item["lines"]} for item in body["citations"]]
    detail = made.made_with | {
        "answer": asking.answer_id,
        "session": asking.session_id,
        "status": body["status"],
        "cited": cited,
        "question_hash": service.trail.blinded(str(body["question"])),
    }
    return audit.Event(asking.principal.id, asking.client, asking.kind, 200, request_id(), detail)
