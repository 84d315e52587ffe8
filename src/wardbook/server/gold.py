"""Feedback as gold items: what people said of answers becomes questions to evaluate with."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from wardbook.server import audit
from wardbook.server.settings import ServerSettings
from wardbook.server.storage.tables import AnswerRow, FeedbackRow


def from_feedback(settings: ServerSettings) -> Iterator[dict[str, Any]]:
    """Give one gold item a judged question, oldest first (`wardbook gold from-feedback`).

    A helpful answer tells its status and its sections. A wrong one tells only that something else was expected: its
    sections are left out, and the note says why, for a person to complete. Look-ups by form have no question of a
    person's own and are left out.
    """
    storage = audit.open_storage(settings)
    try:
        with storage.read() as session:
            query = (
                select(AnswerRow, FeedbackRow)
                .join(FeedbackRow, FeedbackRow.answer_id == AnswerRow.id)
                .where(AnswerRow.kind == "ask")
                .order_by(FeedbackRow.id)
            )
            items = [_item(answer, feedback) for answer, feedback in session.execute(query)]
    finally:
        storage.close()
    yield from items


def _item(row: AnswerRow, feedback: FeedbackRow) -> dict[str, Any]:
    answer, helpful = row.answer, feedback.verdict == "helpful"
    sections = dict.fromkeys((str(cited["page"]), str(cited["section"])) for cited in answer["citations"])
    history = [{"role": role, "content": words} for role, words in row.request.get("history", ())]
    item: dict[str, Any] = {
        "id": f"feedback-{row.id[:8]}-{feedback.id}",
        "kind": "feedback",
        "question": answer["question"],
        "answerable": answer["status"] in ("answered", "needs_clarification") if helpful else True,
        "expect_status": answer["status"] if helpful else "answered",
        "gold_sections": [list(section) for section in sections] if helpful and answer["status"] != "not_found" else [],
        "note": "helpful" if helpful else f"to complete by hand; reported as wrong: {feedback.reason}".strip(),
    }
    return item | ({"history": history} if history else {})
