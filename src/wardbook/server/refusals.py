"""Requests that a full queue sent away: recorded in the audit trail together, shortly after they were told so.

Recorded one by one before the refusal leaves, each takes its turn at the disk behind the answers being kept, and
those who could come back at once wait as long as those who are answered. A refusal gave nothing away that would have
to be on record first.
"""

import asyncio

from sqlalchemy.exc import SQLAlchemyError

from wardbook.server import audit
from wardbook.server.storage.engine import Storage

EVERY_S = 0.25
"""Seconds between a refusal and its record, at most."""
_MOST = 2000


class Refusals:
    """Refusals that were sent and are yet to be recorded; used by the event loop alone."""

    def __init__(self, storage: Storage, trail: audit.Trail) -> None:
        self._storage, self._trail = storage, trail
        self._waiting: list[audit.Event] = []

    @property
    def full(self) -> bool:
        """True where so many wait, because recording fails or is slow, that the next is recorded before it is sent."""
        return len(self._waiting) >= _MOST

    def note(self, event: audit.Event) -> None:
        """Take the event of a refusal."""
        self._waiting.append(event)

    async def record(self) -> None:
        """Record what waits, in one transaction; what cannot be recorded goes on waiting.

        Raises:
            SQLAlchemyError, OSError: it could not be recorded.
        """
        events, self._waiting = self._waiting, []
        if not events:
            return
        try:
            await asyncio.to_thread(audit.record, self._storage, self._trail, *events)
        except (SQLAlchemyError, OSError):
            self._waiting = events + self._waiting
            raise
