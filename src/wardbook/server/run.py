"""Serving until told to stop; what streams then is finished first."""

import asyncio
import contextlib
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from types import FrameType

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from wardbook.errors import SettingsError
from wardbook.server.apart import opened_apart
from wardbook.server.app import create_app
from wardbook.server.logs import configure, log
from wardbook.server.protocol import Assistant
from wardbook.server.service import Service
from wardbook.server.settings import ServerSettings

PATIENCE_S = 20.0
"""Seconds that a connection may be open without a whole request."""
_SWITCH_S = 0.001
"""Seconds after which a thread at work lets another one in; at Python's own 5 ms the event loop waits that long for
each worker whenever something comes, and refusals wait in line."""


class _Protocol(H11Protocol):
    """HTTP that gives up on who never says what they want: uvicorn itself waits for ever for the end of the headers."""

    _looked_at: object = None
    _looking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        # asyncio does this only for sockets that name their protocol, and those of a listener made by hand do not:
        # the end of each answer would wait 40 ms for the other side to acknowledge its beginning
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._looking = self.loop.call_later(PATIENCE_S, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._looking:
            self._looking.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        at_rest = self.cycle is None or self.cycle.response_complete
        if at_rest and self.cycle is self._looked_at:
            self.transport.close()
            return
        self._looked_at = self.cycle if at_rest else None
        self._looking = self.loop.call_later(PATIENCE_S, self._look)


class _Server(uvicorn.Server):
    """Uvicorn that says at once that it is no longer ready."""

    def __init__(self, config: uvicorn.Config, service: Service) -> None:
        super().__init__(config)
        self._service = service

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop accepting, finish what is under way."""
        self._service.draining = True
        log().info("stopping", signal=signal.Signals(sig).name)
        super().handle_exit(sig, frame)


def serve(open_: Callable[[], Assistant], settings: ServerSettings, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve until a signal comes; what opens the assistant is called in each process that answers.

    Raises:
        WardbookError: the service would be open to the network, a setting or the address cannot be used, or the index.
    """
    configure(settings.log_level)
    sys.setswitchinterval(_SWITCH_S)
    _many_files()
    address = f"{'https' if settings.tls_cert else 'http'}://{host}:{port}"
    with _listener(host, port) as listener, _application(open_, settings, host) as app:
        log().info("serving", address=address)
        _Server(configuration(app, settings), app.state.service).run(sockets=[listener])


@contextlib.contextmanager
def _application(open_: Callable[[], Assistant], settings: ServerSettings, host: str) -> Iterator[FastAPI]:
    """Give the application with whatever answers for it: processes, of which the first are there, or this one."""
    if not settings.answer_processes:
        yield create_app(open_(), settings, host)
        return
    with opened_apart(open_, settings) as (assistant, answers):
        app = create_app(assistant, settings, host, answers)
        answers.wait()
        yield app


def configuration(app: FastAPI, settings: ServerSettings) -> uvicorn.Config:
    """Say how the application is served."""
    return uvicorn.Config(
        app,
        http=_Protocol,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings.shutdown_grace_s,
        timeout_keep_alive=15,
        h11_max_incomplete_event_size=32_768,
        ws="none",
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        ssl_certfile=settings.tls_cert,
        ssl_keyfile=settings.tls_key,
    )


def _many_files() -> None:
    """Let the process hold as many connections as the system allows it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _listener(host: str, port: int) -> socket.socket:
    """Take the address.

    Raises:
        SettingsError: it is taken, or not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    if not 0 <= port <= 65_535:
        raise SettingsError(f"there is no port {port}", "choose one from 1 to 65535 with --port")
    try:
        return socket.create_server((host.strip("[]"), port), family=family, backlog=2048)
    except OSError as error:
        reason = f"port {port} of {host} cannot be served on ({error.strerror})"
        raise SettingsError(reason, "choose another with --host and --port") from error
