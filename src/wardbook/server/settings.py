"""Settings of the service: from arguments, then `WARDBOOK_SERVER_*` in the environment, then the defaults here."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from wardbook.errors import SettingsError

_PREFIX = "WARDBOOK_SERVER_"


def _processes() -> int:
    """Give one process a core, at most four."""
    return min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


class ServerSettings(BaseSettings):
    """What a site may set. A field without unit is a count."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, extra="forbid", frozen=True)

    state_dir: Path = Path("state")
    """Folder for the database, the audit key and the audit anchor; made when absent."""
    database_url: str = ""
    """SQLAlchemy URL; empty means SQLite in `state_dir`."""
    auth: Literal["auto", "required"] = "auto"
    """ "auto": open on loopback, required on any other address. "required": required everywhere."""
    oidc_issuer: str = ""
    """Exact `iss` of accepted bearer tokens; empty switches bearer tokens off."""
    oidc_audience: str = ""
    """`aud` that a token must name."""
    oidc_jwks: str = ""
    """The issuer's key set: an https URL, or a file."""
    oidc_user_claim: str = "sub"
    """Claim that names the user."""
    sign_in_hours: int = Field(default=12, ge=1, le=168)
    """How long a browser stays signed in."""
    allowed_hosts: tuple[str, ...] = ()
    """Host names (no port) that requests may name; empty means loopback names while open, else any name."""
    tls_cert: Path | None = None
    """Certificate chain (PEM); with `tls_key`, the service speaks https."""
    tls_key: Path | None = None
    """Private key (PEM)."""
    proxies: tuple[str, ...] = ()
    """Addresses of proxies in front of the service; what they say of client and scheme is believed, nobody else's."""
    keep_days: int = Field(default=90, ge=0, le=3650)
    """Days after its last answer that a conversation is kept; 0 keeps it until somebody deletes it."""
    audit_text: bool = False
    """Keep the question's words beside the audit trail, encrypted; otherwise only a keyed hash of them."""
    audit_text_key: Path | None = None
    """File with the key for these words (`wardbook audit new-key`); further lines are earlier keys."""
    audit_text_days: int = Field(default=30, ge=1, le=3650)
    """Days that these words are kept."""
    max_question_chars: int = Field(default=2000, ge=1, le=20_000)
    """Characters of a question."""
    max_history_turns: int = Field(default=20, ge=0, le=200)
    """Earlier turns that are accepted, and that are taken from a kept conversation."""
    max_body_bytes: int = Field(default=262_144, ge=1024)
    """Bytes of a request's body."""
    requests_per_minute: int = Field(default=240, ge=1)
    """Requests a minute of one user."""
    failed_sign_ins_per_minute: int = Field(default=20, ge=1)
    """Bad credentials a minute from one address."""
    answer_processes: int = Field(default_factory=_processes, ge=0, le=64)
    """Processes that answer, beside one for look-ups; 0: all in the service's own process."""
    answer_workers: int = Field(default=4, ge=1, le=128)
    """Answers in hand at the same time: worked on, or being kept and recorded."""
    lookup_workers: int = Field(default=2, ge=1, le=64)
    """Dose lookups and page reads at the same time; they never wait behind answers."""
    queue: int = Field(default=64, ge=0, le=10_000)
    """Requests that may wait for a worker; one more is sent away with 503."""
    answer_timeout_s: float = Field(default=10.0, gt=0, le=120)
    """Seconds from the arrival of a question to its answer."""
    shutdown_grace_s: int = Field(default=20, ge=1, le=300)
    """Seconds that a stopping service gives to what still streams."""
    refresh_every_s: float = Field(default=2.0, gt=0)
    """Seconds between looks for a new index generation."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """Least severe event that is logged."""

    @model_validator(mode="after")
    def _complete(self) -> "ServerSettings":
        if bool(self.oidc_issuer) != bool(self.oidc_audience and self.oidc_jwks):
            raise ValueError("oidc_issuer, oidc_audience and oidc_jwks are set together or not at all")
        if self.oidc_jwks.startswith("http:"):
            raise ValueError("oidc_jwks must be an https URL or a file")
        if (self.tls_cert is None) != (self.tls_key is None):
            raise ValueError("tls_cert and tls_key are set together or not at all")
        return self

    @property
    def url(self) -> str:
        """SQLAlchemy URL of the database."""
        return self.database_url or f"sqlite:///{self.state_dir.resolve() / 'wardbook.db'}"


def _names() -> set[str]:
    return set(ServerSettings.model_fields)


def load_settings(**values: object) -> ServerSettings:
    """Read the settings; `values` win over the environment.

    Raises:
        SettingsError: a setting is unknown or out of range.
    """
    unknown = [name for name in os.environ if name.startswith(_PREFIX) and name[len(_PREFIX) :].lower() not in _names()]
    if unknown:
        raise SettingsError(f"{min(unknown)} is no setting of the service", f"known are {', '.join(sorted(_names()))}")
    try:
        return ServerSettings(**values)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = ".".join(str(part) for part in first["loc"]) or "settings of the service"
        raise SettingsError(f"{name}: {first['msg']}", "correct it in the environment or the settings file") from None
