"""Words of questions beside the audit trail: encrypted, and deleted when the site wants them no longer.

The trail itself holds a keyed hash of each question, so that its chain stays whole when the words go.
"""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import delete
from sqlalchemy.orm import Session

from wardbook.errors import SettingsError
from wardbook.server.settings import ServerSettings
from wardbook.server.storage.tables import AuditTextRow, now

_MEND = (
    "make one with `wardbook audit new-key > FILE`, keep it away from the state folder, "
    "and set WARDBOOK_SERVER_AUDIT_TEXT_KEY=FILE"
)


class Texts:
    """The words, under the site's key. Safe to use from several threads."""

    def __init__(self, cipher: MultiFernet) -> None:
        self._cipher = cipher

    def keep(self, session: Session, seq: int, words: str) -> None:
        """Keep the words of the question of an event."""
        token = self._cipher.encrypt(words.encode("utf-8", "surrogatepass")).decode("ascii")
        session.add(AuditTextRow(seq=seq, at=now(), token=token))

    def read(self, session: Session, seq: int) -> str | None:
        """Give the words of the question of an event, None where none are kept.

        Raises:
            SettingsError: they were encrypted with another key, or changed.
        """
        row = session.get(AuditTextRow, seq)
        if row is None:
            return None
        try:
            return self._cipher.decrypt(row.token).decode("utf-8", "surrogatepass")
        except InvalidToken:
            raise SettingsError(
                f"the words of event {seq} were changed, or encrypted with another key",
                "add the earlier key as a further line to the key file",
            ) from None


def open_texts(settings: ServerSettings) -> Texts:
    """Open the words with the site's key: the first line of the key file encrypts, every line decrypts.

    Raises:
        SettingsError: there is no key, or it cannot be used.
    """
    path = settings.audit_text_key
    if path is None:
        raise SettingsError("words of questions are kept encrypted, and no key is set", _MEND)
    try:
        keys = [Fernet(line) for line in path.read_text(encoding="ascii").split()]
    except (OSError, ValueError):
        raise SettingsError(f"the key file {path} cannot be read, or holds no key", _MEND) from None
    if not keys:
        raise SettingsError(f"the key file {path} is empty", _MEND)
    return Texts(MultiFernet(keys))


def new_key() -> str:
    """Make a key."""
    return Fernet.generate_key().decode("ascii")


def expire(session: Session, before: str) -> int:
    """Delete the words that were kept before an ISO time; give how many."""
    old = delete(AuditTextRow).where(AuditTextRow.at < before).returning(AuditTextRow.seq)
    return len(session.scalars(old.execution_options(synchronize_session=False)).all())
