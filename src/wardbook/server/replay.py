"""An answer given again from its receipt: the same, or what differs and which page changed."""

from dataclasses import dataclass
from typing import Any

from wardbook import __version__
from wardbook.answering.answer import to_json
from wardbook.errors import QuestionError
from wardbook.server import audit
from wardbook.server.answered import call
from wardbook.server.library import Library, index_of
from wardbook.server.protocol import Assistant
from wardbook.server.settings import ServerSettings
from wardbook.server.storage.tables import AnswerRow

_PASSING = ("took_ms", "session_id", "answer_id", "schema_version")


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of giving an answer again."""

    same: bool
    """True where nothing that a person reads differs."""
    differences: tuple[str, ...]
    """One line a field that differs: before and now."""
    changed_pages: tuple[str, ...]
    """Cited pages whose words are other than then."""
    same_index: bool
    """True where the same index generation answered."""
    made_with: dict[str, Any]
    """What the first answer was made with."""
    now_with: dict[str, Any]
    """Index and software of the second."""


def replay(settings: ServerSettings, assistant: Assistant, answer_id: str) -> Replay:
    """Give an answer again (`wardbook replay ID`).

    Raises:
        QuestionError: there is no such answer, or it was deleted with its conversation.
    """
    storage = audit.open_storage(settings)
    try:
        with storage.read() as session:
            row = session.get(AnswerRow, answer_id)
    finally:
        storage.close()
    if row is None:
        raise QuestionError("no answer with this id is kept", "take the id from the answer or the audit trail")
    audit.record_act(settings, "replay", {"answer": answer_id})
    now = to_json(call(assistant, row.kind, row.request))
    library, info = Library(assistant), assistant.info()
    changed = tuple(page for page, known in row.made_with["pages"].items() if library.hash(page) != known)
    differences = tuple(_differences(row.answer, now))
    now_with = {"index": index_of(info), "software": __version__}
    return Replay(
        not differences,
        differences,
        changed,
        row.made_with["index"] == now_with["index"],
        dict(row.made_with),
        now_with,
    )


def _differences(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    lines = []
    for field in sorted((before.keys() | now.keys()) - set(_PASSING)):
        if before.get(field) != now.get(field):
            lines.append(f"{field}: {_short(before.get(field))} -> {_short(now.get(field))}")
    return lines


def _short(value: object) -> str:
    words = audit.canonical(value)
    return words if len(words) <= 400 else f"{words[:400]}..."
