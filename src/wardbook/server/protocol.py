"""What the service needs of the assistant: plain, blocking calls that may come from several threads at once."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from wardbook.answering.answer import Answer

History = Sequence[tuple[str, str]]
"""Earlier turns, oldest first: (role "user" or "assistant", words)."""


class Assistant(Protocol):
    """The one door to the core."""

    def ask(
        self, question: str, *, history: History = (), k: int | None = None, session_id: str | None = None
    ) -> Answer:
        """Answer a question."""

    def search(self, query: str, k: int) -> list[dict[str, Any]]:
        """Give the k best passages: rank, score, page, section, lines, text."""

    def dose(
        self,
        drug: str,
        *,
        for_: str | None = None,
        grade: int | None = None,
        setting: str | None = None,
        route: str | None = None,
        weight_kg: float | None = None,
        bsa_m2: float | None = None,
        age_y: float | None = None,
    ) -> Answer:
        """Look a dose up."""

    def check(
        self,
        drug: str,
        amount: str,
        *,
        for_: str | None = None,
        grade: int | None = None,
        setting: str | None = None,
        route: str | None = None,
        weight_kg: float | None = None,
        bsa_m2: float | None = None,
        age_y: float | None = None,
    ) -> Answer:
        """Judge an amount against the pages."""

    def regimens(
        self,
        *,
        drug: str | None = None,
        for_: str | None = None,
        grade: int | None = None,
        setting: str | None = None,
    ) -> list[dict[str, Any]]:
        """Give the regimens that fit."""

    def pages(self) -> list[dict[str, Any]]:
        """Give page, title, last_updated, evidence_level and sections of every page."""

    def page(self, page: str) -> Mapping[str, Any] | None:
        """Give one page with its Markdown, or None (or KeyError) where there is none."""

    def info(self) -> Mapping[str, Any]:
        """Give index, corpus hash, model, versions, time built."""

    def refresh(self) -> bool:
        """Take up a new index generation; True where there was one."""
