"""Bearer tokens of an OpenID Connect issuer: signature, algorithm, issuer, audience and expiry are all enforced."""

import threading
import time
from pathlib import Path
from typing import Any

import httpx
import jwt

from wardbook.errors import SettingsError
from wardbook.server.settings import ServerSettings

ALGORITHMS = ("ES384", "RS384", "ES256", "RS256")
_KEEP_S = 600.0
_ASK_AGAIN_S = 30.0
_LEEWAY_S = 10


class Issuer:
    """One issuer with its keys, from a file or an https address; a token never says where its key is."""

    def __init__(self, settings: ServerSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._keys: dict[str, jwt.PyJWK] = {}
        self._loaded = float("-inf")

    def user(self, token: str) -> tuple[str, int] | None:
        """Give the user and the expiry (epoch seconds) of a valid token, None for any other."""
        try:
            key = self._key(token)
            if key is None:
                return None
            claims = jwt.decode(
                token,
                key,
                algorithms=[key.algorithm_name] if key.algorithm_name in ALGORITHMS else [],
                audience=self._settings.oidc_audience,
                issuer=self._settings.oidc_issuer,
                leeway=_LEEWAY_S,
                options={"require": ["exp", "aud", "iss", self._settings.oidc_user_claim]},
            )
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
            return None
        user = claims[self._settings.oidc_user_claim]
        return (
            (user, int(claims["exp"]))
            if isinstance(user, str) and 0 < len(user) <= 300 and user.isprintable()
            else None
        )

    def load(self) -> None:
        """Read the key set.

        Raises:
            SettingsError: it cannot be read, or holds no key that can be used.
        """
        try:
            found = jwt.PyJWKSet.from_json(self._read())
        except (OSError, httpx.HTTPError, jwt.PyJWTError, ValueError) as error:
            raise SettingsError(
                f"oidc_jwks cannot be read ({type(error).__name__})",
                "give the issuer's key set as an https URL or a file",
            ) from error
        self._keys = {key.key_id or "": key for key in found.keys if _usable(key)}
        self._loaded = time.monotonic()
        if not self._keys:
            raise SettingsError(
                "oidc_jwks holds no key that can be used", f"publish a key for one of {', '.join(ALGORITHMS)}"
            )

    def _read(self) -> str:
        source = self._settings.oidc_jwks
        if not source.startswith("https:"):
            return Path(source).read_text(encoding="utf-8")
        answer = httpx.get(source, timeout=5.0, follow_redirects=False)
        answer.raise_for_status()
        return answer.text

    def _key(self, token: str) -> jwt.PyJWK | None:
        header: dict[str, Any] = jwt.get_unverified_header(token)
        kid = header.get("kid", "")
        if header.get("alg") not in ALGORITHMS or not isinstance(kid, str):
            return None
        with self._lock:
            age = time.monotonic() - self._loaded
            if age > _KEEP_S or (kid not in self._keys and age > _ASK_AGAIN_S):
                self._reload()
            key = self._keys.get(kid)
            if key is None and not kid and len(self._keys) == 1:
                key = next(iter(self._keys.values()))
        return key if key is not None and key.algorithm_name == header["alg"] else None

    def _reload(self) -> None:
        """Read the keys again; the ones at hand stay while the issuer cannot be reached."""
        try:
            self.load()
        except SettingsError:
            self._loaded = time.monotonic() - _KEEP_S + _ASK_AGAIN_S


def _usable(key: jwt.PyJWK) -> bool:
    return key.algorithm_name in ALGORITHMS and key.public_key_use in (None, "sig")
