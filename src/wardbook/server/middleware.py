"""What holds for every request: an id, who may reach us, headers, one log line, counters, and the audit trail."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wardbook.server import audit
from wardbook.server.auth import LOOPBACK_NAMES
from wardbook.server.logs import log, places, request_id, set_request_id
from wardbook.server.problems import Problem, internal
from wardbook.server.service import Service, unrecorded

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_UNRECORDED = ("/static", "/healthz", "/readyz", "/metrics", "/docs", "/openapi.json", "/favicon.ico")
_BODY_S = 20.0
_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(slots=True)
class Pending:
    """What is still to be recorded of a request."""

    user: str = "-"
    """User id, once known."""
    detail: dict[str, Any] = field(default_factory=dict)
    """Ids of what was looked at."""
    outcome: int | None = None
    """Status to record where it differs from the one sent (a stream that failed)."""
    recorded: bool = False
    """True once it is in the trail."""
    streaming: bool = False
    """True where recording waits for the end of the stream."""
    sent_away: bool = False
    """True where the queue was full; recording waits until it was said."""


class Gate:
    """The outermost part of the application."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await _Exchange(self._app, self._service, scope, send).serve(receive)


class _Exchange:
    """One request and its response."""

    def __init__(self, app: ASGIApp, service: Service, scope: Scope, send: Send) -> None:
        self._app, self._service, self._scope, self._send_on = app, service, scope, send
        self._headers = Headers(scope=scope)
        self._pending = Pending()
        scope.setdefault("state", {})["pending"] = self._pending
        self._status = 0
        self._replaced = False
        self._begin = time.perf_counter()

    async def serve(self, receive: Receive) -> None:
        set_request_id(_id_of(self._headers))
        try:
            refusal = self._refusal()
            if not refusal and self._scope["method"] not in _SAFE:
                receive, refusal = await self._read_body(receive)
            if refusal:
                await refusal.response()(self._scope, receive, self._send)
            else:
                await self._app(self._scope, receive, self._send)
        except Exception as error:  # noqa: BLE001 - the last place where anything can become a clear answer
            await self._failed(error, receive)
        finally:
            await self._finish()

    async def _read_body(self, receive: Receive) -> tuple[Receive, Problem | None]:
        """Read the body whole, within its limits, before anybody works on it."""
        most, chunks, size, more = self._service.settings.max_body_bytes, [], 0, True
        try:
            async with asyncio.timeout(_BODY_S):
                while more and size <= most:
                    message = await receive()
                    chunks.append(message.get("body", b""))
                    size += len(chunks[-1])
                    more = message["type"] == "http.request" and message.get("more_body", False)
        except TimeoutError:
            return receive, Problem(408, "too-slow-body", "The body did not come in time.")
        if size > most:
            return receive, Problem(413, "too-large", f"A body has at most {most} bytes.")
        whole: list[Message] = [{"type": "http.request", "body": b"".join(chunks), "more_body": False}]

        async def receive_again() -> Message:
            return whole.pop() if whole else await receive()

        return receive_again, None

    async def _failed(self, error: Exception, receive: Receive) -> None:
        log().error("failed", route=self._route(), error=type(error).__name__, where=places(error))
        if not self._status:
            await internal().response()(self._scope, receive, self._send)

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if self._wanted() and not self._pending.streaming and not await self._record(message["status"]):
                self._replaced = True
                await unrecorded().response()(self._scope, _nothing, self._send_plain)
                return
            await self._send_plain(message)
        elif not self._replaced:
            await self._send_on(message)

    async def _send_plain(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
            headers["X-Request-ID"] = request_id()
            if self._scope["scheme"] == "https":
                headers["Strict-Transport-Security"] = "max-age=31536000"
        await self._send_on(message)

    async def _finish(self) -> None:
        if self._wanted() and not self._pending.recorded and self._status and not self._replaced:
            await asyncio.shield(self._record(self._pending.outcome or 499))
        route, seconds = self._route(), time.perf_counter() - self._begin
        method = self._scope["method"] if self._scope["method"] in (*_SAFE, "POST", "DELETE") else "other"
        metrics = self._service.metrics
        metrics.requests.labels(route, method, str(self._status)).inc()
        metrics.latency.labels(route).observe(seconds)
        log().info("request", route=route, method=method, status=self._status, ms=round(1000 * seconds, 1))

    def _route(self) -> str:
        """Give the route's pattern; the path itself may hold anything."""
        route = self._scope.get("route")
        return str(getattr(route, "path_format", getattr(route, "path", "none"))) or "none"

    def _wanted(self) -> bool:
        return not self._scope["path"].startswith(_UNRECORDED)

    async def _record(self, status: int) -> bool:
        """Record the request unless that was done with its answer; False where that failed."""
        if self._pending.recorded:
            return True
        self._pending.recorded = await self._add(self._event(status))
        return self._pending.recorded

    def _event(self, status: int) -> audit.Event:
        action = str(getattr(self._scope.get("route"), "name", None) or "unknown")
        return audit.Event(
            self._pending.user, client_of(self._scope), action, status, request_id(), self._pending.detail
        )

    async def _add(self, event: audit.Event) -> bool:
        refusals = self._service.refusals
        if self._pending.sent_away and not refusals.full:
            refusals.note(event)
            return True
        try:
            await asyncio.to_thread(audit.record, self._service.storage, self._service.trail, event)
        except (SQLAlchemyError, OSError) as error:
            self._service.metrics.audit_faults.inc()
            log().error("not-recorded", error=type(error).__name__)
            return False
        return True

    def _refusal(self) -> Problem | None:
        """Tell why a request is turned away before it is looked at."""
        service, host = self._service, _host_name(self._headers.get("host", ""))
        allowed = service.settings.allowed_hosts or (LOOPBACK_NAMES if service.authenticator.open else ())
        if allowed and host not in allowed:
            return Problem(400, "host", "The request names a host that this service does not answer for.")
        if service.authenticator.open and ("x-forwarded-for" in self._headers or "forwarded" in self._headers):
            return Problem(
                403,
                "proxy",
                "A proxy stands before a service without authentication.",
                "Set WARDBOOK_SERVER_AUTH=required and make keys.",
            )
        if self._scope["method"] not in _SAFE and not self._same_origin():
            return Problem(403, "origin", "Another site sent this request.")
        return None

    def _same_origin(self) -> bool:
        """Tell whether a browser sends this from our own page; programs send neither header."""
        origin = self._headers.get("origin")
        if origin is not None:
            return origin.lower().rpartition("://")[2] == self._headers.get("host", "").lower()
        return self._headers.get("sec-fetch-site", "none") in ("same-origin", "none")


def client_of(scope: Scope) -> str:
    """Give the network address of who is connected."""
    return str(scope["client"][0]) if scope.get("client") else "-"


def _host_name(host: str) -> str:
    """Give the host without its port, in lower case; "" where it is no host and port."""
    try:
        parts = urlsplit(f"//{host}")
        return (parts.hostname or "").lower() if parts.port is None or parts.port else ""
    except ValueError:
        return ""


def _id_of(headers: Headers) -> str:
    """Take over a UUID as request id; anything else could carry words into the logs."""
    try:
        return str(UUID(headers.get("x-request-id", "")))
    except ValueError:
        return str(uuid4())


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
