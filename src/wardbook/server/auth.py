"""Who is asking: nobody in particular on an open loopback service, else the owner of a key, a token or a sign-in."""

import hashlib
import ipaddress
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from wardbook.errors import SettingsError
from wardbook.server import keys
from wardbook.server.oidc import Issuer
from wardbook.server.settings import ServerSettings
from wardbook.server.storage.engine import Storage
from wardbook.server.storage.tables import SignInRow, as_text, now

COOKIE = "wardbook_sign_in"
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Principal:
    """A user who was recognised."""

    id: str
    """What conversations and limits are kept by: "local", "key:NAME", "oidc:SUBJECT"."""
    by: str
    """ "open" | "key" | "token" | "cookie"."""

    @property
    def name(self) -> str:
        """What the page calls the user; "" on an open service."""
        return "" if self.by == "open" else self.id.partition(":")[2]


LOCAL = Principal("local", "open")


def is_loopback(host: str) -> bool:
    """Tell whether an address to bind to can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Authenticator:
    """Recognises users. Safe to use from several threads."""

    def __init__(self, settings: ServerSettings, storage: Storage, host: str) -> None:
        """Decide from the address to bind to whether the service is open.

        Raises:
            SettingsError: the service would be open to the network, or authentication is wanted and not set up.
        """
        self._settings = settings
        self._storage = storage
        self.open = settings.auth == "auto" and is_loopback(host)
        self._issuer = Issuer(settings) if settings.oidc_issuer else None
        if self._issuer:
            self._issuer.load()
        if not self.open:
            self._require_a_way_in(host)

    def _require_a_way_in(self, host: str) -> None:
        with self._storage.read() as session:
            if self._issuer is None and not keys.any_valid(session):
                raise SettingsError(
                    f"refusing to serve on {host} without authentication",
                    "make a key with `wardbook keys add NAME`, or set oidc_issuer, oidc_audience and oidc_jwks",
                )

    def recognise(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> Principal | None:
        """Give the user of a request, None where there are no valid credentials. Blocks on the database."""
        if self.open:
            return LOCAL
        scheme, _, credentials = headers.get("authorization", "").partition(" ")
        if scheme:
            found = self._of_credentials(credentials.strip()) if scheme.lower() == "bearer" else None
            return found[0] if found else None
        return self._of_cookie(cookies[COOKIE]) if cookies.get(COOKIE) else None

    def _of_credentials(self, presented: str) -> tuple[Principal, str | None, int | None] | None:
        """Give the user, the key's id and the token's expiry."""
        if presented.startswith(keys.PREFIX):
            with self._storage.read() as session:
                key = keys.owner(session, presented)
            return (Principal(f"key:{key.user}", "key"), key.id, None) if key else None
        found = self._issuer.user(presented) if self._issuer and len(presented) <= 16_384 else None
        return (Principal(f"oidc:{found[0]}", "token"), None, found[1]) if found else None

    def sign_in(self, presented: str) -> tuple[Principal, str, int] | None:
        """Exchange a key or token for a cookie: the user, the cookie's value and its seconds to live."""
        found = self._of_credentials(presented.strip())
        if not found:
            return None
        principal, key_id, until = found
        ends = datetime.now(UTC) + timedelta(hours=self._settings.sign_in_hours)
        if until is not None:
            ends = min(ends, datetime.fromtimestamp(until, UTC))
        cookie = secrets.token_urlsafe(32)
        with self._storage.write() as session:
            session.execute(delete(SignInRow).where(SignInRow.expires_at < now()))
            session.add(
                SignInRow(
                    hash=_hash(cookie),
                    user=principal.id,
                    key_id=key_id,
                    created_at=now(),
                    expires_at=as_text(ends),
                )
            )
        return principal, cookie, max(0, int((ends - datetime.now(UTC)).total_seconds()))

    def sign_out(self, cookie: str) -> None:
        """Make a cookie worthless."""
        with self._storage.write() as session:
            session.execute(delete(SignInRow).where(SignInRow.hash == _hash(cookie)))

    def _of_cookie(self, cookie: str) -> Principal | None:
        with self._storage.read() as session:
            row = session.get(SignInRow, _hash(cookie))
            if row is None or row.expires_at <= now() or not _key_holds(session, row):
                return None
            return Principal(row.user, "cookie")


def _key_holds(session: Session, row: SignInRow) -> bool:
    """Tell whether the key that opened a sign-in is still good; the sign-in ends with it."""
    return row.key_id is None or keys.still_valid(session, row.key_id)


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode("utf-8", "surrogatepass")).hexdigest()
