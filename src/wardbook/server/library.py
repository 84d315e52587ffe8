"""The pages as the service needs them between questions, held for as long as the index stays the same."""

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wardbook.corpus.link import PageNames
from wardbook.server.examples import examples
from wardbook.server.protocol import Assistant


@dataclass(slots=True)
class _Shelf:
    """What was read of one index generation."""

    index: str
    listed: list[dict[str, Any]]
    names: PageNames
    pages: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    examples: list[str] | None = None


class Library:
    """Pages by id and by the names that links use. Safe to use from several threads."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._lock = threading.Lock()
        self._shelf: _Shelf | None = None

    def _now(self) -> _Shelf:
        index = index_of(self._assistant.info())
        with self._lock:
            if self._shelf is None or self._shelf.index != index:
                listed = self._assistant.pages()
                self._shelf = _Shelf(index, listed, PageNames(str(page["page"]) for page in listed))
            return self._shelf

    def listed(self) -> list[dict[str, Any]]:
        """Give page, title, last_updated, evidence_level and sections of every page."""
        return self._now().listed

    def page(self, page: str) -> Mapping[str, Any] | None:
        """Give a page by its exact id, None where there is none; a name that is no page's never reaches the core."""
        shelf = self._now()
        if page not in shelf.pages and any(listed["page"] == page for listed in shelf.listed):
            try:
                found = self._assistant.page(page)
            except KeyError:
                found = None
            if found is not None:
                shelf.pages[page] = found
        return shelf.pages.get(page)

    def examples(self) -> list[str]:
        """Give questions to begin with."""
        shelf = self._now()
        if shelf.examples is None:
            shelf.examples = examples(self._assistant, shelf.listed)
        return shelf.examples

    def resolve(self, target: str, source: str = "") -> str | None:
        """Give the page that a link of page `source` means, None where there is none."""
        return self._now().names.find(target, source)

    def hash(self, page: str) -> str:
        """Give the SHA-256 of a page's Markdown, "" where there is no such page."""
        shelf = self._now()
        if page not in shelf.hashes:
            found = self.page(page)
            text = str(found["markdown"]) if found else ""
            shelf.hashes[page] = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if found else ""
        return shelf.hashes[page]


def index_of(info: Mapping[str, Any]) -> str:
    """Give the id of the index generation."""
    return str(info.get("index") or info.get("generation") or info.get("index_id") or "")
