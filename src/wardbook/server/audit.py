"""The audit trail: who did what when, and which pages answered; each event carries a keyed hash over the one before.

`mac = HMAC-SHA256(key, canonical JSON of the event and the previous mac)`. Without the key no event can be changed,
added, removed or moved unnoticed; the anchor file outside the database shows when events were cut off the end.
"""

import hashlib
import hmac
import json
import os
import re
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wardbook.errors import SettingsError
from wardbook.server.audit_text import open_texts
from wardbook.server.settings import ServerSettings
from wardbook.server.storage.engine import Storage
from wardbook.server.storage.tables import AuditHeadRow, AuditRow, now

_TIME = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:[T ][\d:.+Z-]+)?)?)?")


@dataclass(frozen=True, slots=True)
class Event:
    """What is recorded of one request or administrative act."""

    user: str
    """User id; "-" where nobody was recognised."""
    client: str
    """Network address, or "cli"."""
    action: str
    """ "ask", "dose", "view-page", "add-key", ..."""
    outcome: int
    """HTTP status; 200 for an act on the command line."""
    request_id: str
    """Id of the request."""
    detail: dict[str, Any] = field(default_factory=dict)
    """Ids, hashes, versions."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found."""

    events: int
    """Events read."""
    faults: tuple[str, ...]
    """One line a fault, at most a hundred."""

    @property
    def sound(self) -> bool:
        """True where nothing is wrong."""
        return not self.faults


class Trail:
    """The trail of one database. Safe to use from several threads."""

    def __init__(self, key: bytes, anchor: Path) -> None:
        self._key = key
        self._anchor = anchor
        self._lock = threading.Lock()
        self._anchored = 0

    def add(self, session: Session, event: Event) -> tuple[int, str]:
        """Add an event to the transaction at hand; give its number and mac for `anchor` once that is committed."""
        head = session.get_one(AuditHeadRow, 1, with_for_update=True)
        detail = canonical(event.detail)
        row = AuditRow(
            seq=head.seq + 1,
            at=now(),
            user=event.user[:320],
            client=event.client[:64],
            action=event.action[:64],
            outcome=event.outcome,
            request_id=event.request_id,
            detail=detail,
            prev=head.mac,
            mac="",
        )
        row.mac = self._mac(row)
        session.add(row)
        head.seq, head.mac = row.seq, row.mac
        return row.seq, row.mac

    def anchor(self, end: tuple[int, str]) -> None:
        """Note the end of the chain outside the database."""
        with self._lock:
            if end[0] > self._anchored:
                self._anchored = end[0]
                _write_whole(self._anchor, f"{end[0]} {end[1]}\n")

    def blinded(self, words: str) -> str:
        """Give a keyed hash of words: equal words are recognised, the words cannot be guessed without the key."""
        return hmac.new(self._key, b"words:" + words.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def verify(self, storage: Storage) -> Report:
        """Check every event, the end of the chain and the anchor."""
        faults: list[str] = []
        count, seq, mac = 0, 0, ""
        anchored = self._read_anchor(faults)
        with storage.read() as session:
            for row in session.scalars(select(AuditRow).order_by(AuditRow.seq).execution_options(yield_per=1000)):
                count += 1
                faults += self._faults_of(row, seq, mac)
                if row.seq == anchored[0] and row.mac != anchored[1]:
                    faults.append(f"event {row.seq}: not the one that the anchor file names")
                seq, mac = row.seq, row.mac
            head = session.get(AuditHeadRow, 1)
        if head is None or (head.seq, head.mac) != (seq, mac):
            faults.append(f"the chain ends at event {seq}, its recorded end is another")
        if anchored[0] > seq:
            faults.append(f"events {seq + 1} to {anchored[0]} are gone: the anchor file has seen them")
        return Report(count, tuple(faults[:100]))

    def _faults_of(self, row: AuditRow, seq: int, mac: str) -> Iterator[str]:
        if row.seq != seq + 1:
            yield f"event {row.seq}: follows event {seq}, some are missing"
        if row.prev != mac:
            yield f"event {row.seq}: does not continue the one before"
        if not hmac.compare_digest(row.mac, self._mac(row)):
            yield f"event {row.seq}: was changed, or made with another key"

    def _mac(self, row: AuditRow) -> str:
        fields = [
            row.seq,
            row.at,
            row.user,
            row.client,
            row.action,
            row.outcome,
            row.request_id,
            row.detail,
            row.prev,
        ]
        return hmac.new(self._key, canonical(fields).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def _read_anchor(self, faults: list[str]) -> tuple[int, str]:
        try:
            seq, mac = self._anchor.read_text(encoding="ascii").split()
            return int(seq), mac
        except FileNotFoundError:
            faults.append("the anchor file is missing")
        except (OSError, ValueError):
            faults.append("the anchor file cannot be read")
        return 0, ""


def canonical(value: object) -> str:
    """Give JSON that is the same for the same value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def open_trail(settings: ServerSettings) -> Trail:
    """Open the site's trail; its key is made on first use, readable by its owner alone.

    Raises:
        SettingsError: the state folder or the key cannot be used.
    """
    folder = state_folder(settings)
    path = folder / "audit.key"
    try:
        if not path.exists():
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_hex(32))
            _write_whole(folder / "audit.anchor", "0 -\n")
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"audit key {path} cannot be used", "restore it from the backup, or check its rights"
        ) from error
    if len(key) < 32:
        raise SettingsError(f"audit key {path} is too short", "restore it from the backup")
    return Trail(key, folder / "audit.anchor")


def state_folder(settings: ServerSettings) -> Path:
    """Make the state folder, kept out of version control and from other users.

    Raises:
        SettingsError: it cannot be made.
    """
    folder = settings.state_dir
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="ascii")
    except OSError as error:
        raise SettingsError(
            f"state folder {folder} cannot be made", "set state_dir to a folder that can be written"
        ) from error
    return folder


def record(storage: Storage, trail: Trail, *events: Event) -> None:
    """Add events in a transaction of their own."""
    with storage.write() as session:
        ends = [trail.add(session, event) for event in events]
    trail.anchor(ends[-1])


def verify(settings: ServerSettings) -> Report:
    """Verify the site's trail (`wardbook audit verify`)."""
    trail = open_trail(settings)
    storage = open_storage(settings)
    try:
        return trail.verify(storage)
    finally:
        storage.close()


def export(
    settings: ServerSettings, since: str = "", until: str = "9999", *, words: bool = False, act: str = "export-audit"
) -> Iterator[dict[str, Any]]:
    """Give the events from `since` (ISO time) to before `until`, oldest first (`wardbook audit export`).

    With `words`, the words of questions that are still kept stand in them, decrypted. `act` is what is recorded of it.

    Raises:
        SettingsError: what is given is no time, or there is no key for the words.
    """
    texts = open_texts(settings) if words else None
    for each in (since, until):
        if each and not _TIME.fullmatch(each):
            raise SettingsError(f"{each!r} is no time", "write it as 2026-11-28 or 2026-11-28T14:30")
    storage = open_storage(settings)
    try:
        with storage.read() as session:
            query = select(AuditRow).where(AuditRow.at >= since, AuditRow.at < until).order_by(AuditRow.seq)
            for row in session.scalars(query.execution_options(yield_per=1000)):
                fields = {column.name: getattr(row, column.name) for column in AuditRow.__table__.columns}
                said = texts.read(session, row.seq) if texts else None
                yield fields | {"detail": json.loads(row.detail)} | ({"question": said} if said is not None else {})
    finally:
        storage.close()
    record_act(settings, act, {"words": True} if words else {})


def record_act(settings: ServerSettings, action: str, detail: dict[str, Any]) -> None:
    """Record an administrative act on the command line."""
    trail, storage = open_trail(settings), open_storage(settings)
    try:
        record(storage, trail, Event("operator", "cli", action, 200, "-", detail))
    finally:
        storage.close()


def open_storage(settings: ServerSettings) -> Storage:
    """Open the site's database at the newest layout; made on first use, readable by its owner alone."""
    folder = state_folder(settings)
    if not settings.database_url:
        (folder / "wardbook.db").touch(mode=0o600)  # SQLite gives its files beside it the same rights
    storage = Storage(settings.url)
    storage.migrate()
    return storage


def _write_whole(path: Path, text: str) -> None:
    """Replace a small file so that a reader sees the old or the new one."""
    beside = path.with_suffix(".new")
    beside.write_text(text, encoding="ascii")
    beside.replace(path)
