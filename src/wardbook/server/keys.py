"""API keys: made, listed, revoked; only a salted hash is kept.

A key holds 256 random bits, so one round of SHA-256 is enough: there is nothing to guess.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from wardbook.errors import SettingsError
from wardbook.server import audit
from wardbook.server.settings import ServerSettings
from wardbook.server.storage.tables import KeyRow, as_text, now

PREFIX = "wb_"
_SHAPE = re.compile(r"wb_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_USER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}")


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is listed."""

    id: str
    """Public part of the key."""
    user: str
    """Whose it is; several keys may belong to one user."""
    created_at: str
    """ISO time."""
    expires_at: str | None
    """ISO time, or None."""
    revoked_at: str | None
    """ISO time, or None."""

    def valid(self, at: str) -> bool:
        """Tell whether the key opens anything at this time."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


@contextmanager
def _administration(settings: ServerSettings, action: str, detail: dict[str, str]) -> Iterator[Session]:
    """Change keys and record it in the audit trail, both or neither."""
    trail, storage = audit.open_trail(settings), audit.open_storage(settings)
    try:
        with storage.write() as session:
            yield session
            end = trail.add(session, audit.Event("operator", "cli", action, 200, "-", detail))
        trail.anchor(end)
    finally:
        storage.close()


def add(settings: ServerSettings, user: str, days: int | None = None) -> str:
    """Make a key for a user and give it; it cannot be shown again (`wardbook keys add`).

    Raises:
        SettingsError: the name or the number of days cannot be used.
    """
    if not _USER.fullmatch(user):
        raise SettingsError("the user's name cannot be used", "take up to 100 letters, digits and . _ @ + -")
    if days is not None and not 1 <= days <= 3650:
        raise SettingsError("the key's life cannot be used", "give 1 to 3650 days")
    key_id, secret, salt = secrets.token_hex(6), secrets.token_urlsafe(32), secrets.token_hex(16)
    with _administration(settings, "add-key", {"key": key_id, "for": user}) as session:
        session.add(
            KeyRow(
                id=key_id,
                user=user,
                salt=salt,
                hash=_hash(salt, secret),
                created_at=now(),
                expires_at=_in(days) if days else None,
                revoked_at=None,
            )
        )
    return f"{PREFIX}{key_id}_{secret}"


def listed(settings: ServerSettings) -> list[Key]:
    """Give all keys, oldest first (`wardbook keys list`)."""
    storage = audit.open_storage(settings)
    try:
        with storage.read() as session:
            return [_key(row) for row in session.scalars(select(KeyRow).order_by(KeyRow.created_at))]
    finally:
        storage.close()


def revoke(settings: ServerSettings, key_id: str) -> bool:
    """Revoke a key by its id or whole; False where there is none (`wardbook keys revoke`). It holds from now on."""
    match = _SHAPE.fullmatch(key_id)
    key_id = match[1] if match else key_id.removeprefix(PREFIX)
    with _administration(settings, "revoke-key", {"key": key_id[:40]}) as session:
        row = session.get(KeyRow, key_id)
        if row is not None and row.revoked_at is None:
            row.revoked_at = now()
        return row is not None


def any_valid(session: Session) -> bool:
    """Tell whether any key opens anything."""
    return any(_key(row).valid(now()) for row in session.scalars(select(KeyRow)))


def owner(session: Session, presented: str) -> Key | None:
    """Give the valid key that was presented, or None; takes the same time for a wrong secret as for a right one."""
    match = _SHAPE.fullmatch(presented)
    if not match:
        return None
    row = session.get(KeyRow, match[1])
    right = hmac.compare_digest(_hash(row.salt if row else "", match[2]), row.hash if row else "")
    return _key(row) if row and right and _key(row).valid(now()) else None


def still_valid(session: Session, key_id: str) -> bool:
    """Tell whether the key with this id opens anything now."""
    row = session.get(KeyRow, key_id)
    return row is not None and _key(row).valid(now())


def _hash(salt: str, secret: str) -> str:
    return hashlib.sha256(f"{salt}:{secret}".encode()).hexdigest()


def _in(days: int) -> str:
    return as_text(datetime.now(UTC) + timedelta(days=days))


def _key(row: KeyRow) -> Key:
    return Key(row.id, row.user, row.created_at, row.expires_at, row.revoked_at)
