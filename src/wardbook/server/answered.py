"""An answer with what it was made with: made here by an assistant, wherever the assistant runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from wardbook import __version__
from wardbook.answering.answer import Answer, to_json
from wardbook.server.library import Library, index_of
from wardbook.server.metrics import Metrics
from wardbook.server.protocol import Assistant

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Made:
    """One answer, all of it of one index generation."""

    body: dict[str, Any]
    """The answer as JSON values."""
    made_with: dict[str, Any]
    """Index, corpus, model, software, and the hash of each page cited."""


class Answering(Protocol):
    """Who makes answers: this process, or processes of their own."""

    def make(self, kind: str, arguments: dict[str, Any], until: float) -> Made:
        """Make an answer; `until` is when it is of no more use, by the monotonic clock."""

    def refresh(self) -> bool:
        """Take up a new index generation; True where there was one."""

    def ready(self) -> bool:
        """Tell whether a question would be answered now."""

    def watch(self, metrics: Metrics) -> None:
        """Have counted what there is to count."""

    def close(self) -> None:
        """Let go of what answers."""


class Here:
    """Answers made in this process, by the assistant that also looks things up; one that hangs cannot be ended."""

    def __init__(self, assistant: Assistant, library: Library) -> None:
        self._assistant, self._library = assistant, library

    def make(self, kind: str, arguments: dict[str, Any], until: float) -> Made:
        """Make an answer."""
        return make(self._assistant, self._library, kind, arguments)

    def refresh(self) -> bool:
        """Leave it to the assistant, which is refreshed as such."""
        return False

    def ready(self) -> bool:
        """Tell that it answers."""
        return True

    def watch(self, metrics: Metrics) -> None:
        """Have nothing counted."""

    def close(self) -> None:
        """Leave all as it is: the assistant is somebody else's."""


def call(assistant: Assistant, kind: str, arguments: dict[str, Any]) -> Answer:
    """Call the assistant with kept arguments."""
    if kind == "ask":
        history = [(role, words) for role, words in arguments.get("history", ())]
        return assistant.ask(**arguments | {"history": history})
    return assistant.dose(**arguments) if kind == "dose" else assistant.check(**arguments)


def make(assistant: Assistant, library: Library, kind: str, arguments: dict[str, Any]) -> Made:
    """Ask so that one index generation stands behind the whole answer, also while a new one is taken up."""
    for _ in range(_TRIES):
        info = dict(assistant.info())
        body = to_json(call(assistant, kind, arguments))
        if index_of(assistant.info()) == index_of(info):
            break
    pages = dict.fromkeys(str(citation["page"]) for citation in body["citations"])
    made_with = {
        "index": index_of(info),
        "corpus": str(info.get("corpus", info.get("corpus_sha256", ""))),
        "model": _model(info.get("model")),
        "software": __version__,
        "pages": {page: library.hash(page) for page in pages},
    }
    return Made(body, made_with)


def _model(told: object) -> str:
    """Give the embedding model in a word."""
    return f"{told.get('name')} {told.get('precision', '')}".strip() if isinstance(told, Mapping) else str(told or "")
