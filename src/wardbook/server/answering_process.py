"""What runs in a process that answers: it opens the assistant once and then does what it is told, one by one.

Nothing that was asked may leave it but in its answer: not in a traceback, a log line or a core dump.
"""

import contextlib
import fcntl
import os
import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

from wardbook.errors import WardbookError
from wardbook.server.answered import make
from wardbook.server.library import Library
from wardbook.server.logs import configure, log, places, set_request_id
from wardbook.server.protocol import Assistant

NICE = 1
"""How far answers stand behind the event loop, which has to send away those for whom there is no room; further behind,
they wait for seconds wherever other work takes all cores."""
LOOK_UPS = frozenset({"ask", "dose", "check", "search", "regimens", "pages", "page"})
"""Calls of the assistant that are passed on as they are."""
_FAILED = 1


@dataclass(frozen=True, slots=True)
class Told:
    """What the process is told to do."""

    what: str
    """ "make", "refresh", or one of `LOOK_UPS`."""
    arguments: tuple[Any, ...] = ()
    """Arguments by place."""
    options: dict[str, Any] | None = None
    """Arguments by name."""
    request_id: str = "-"
    """Id of the request, for the logs."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it."""

    value: Any = None
    """The result."""
    refusal: WardbookError | None = None
    """The core's refusal, in place of a result."""
    failed: str = ""
    """The kind of error where something unforeseen happened; it is in this process's log."""


def run(connection: Connection, open_: Callable[[], Assistant], log_level: str) -> None:
    """Open the assistant, tell so with its info, and work until the service goes away."""
    try:
        _behave()
        configure(log_level)
        assistant = _opened(connection, open_)
        if assistant is not None:
            os.nice(NICE)
            _work(connection, assistant)
    except BaseException:  # noqa: BLE001 - whatever it was, its message must not be printed
        os._exit(_FAILED)
    os._exit(0)  # no clean-up of libraries' threads: there is nothing to write


def _behave() -> None:
    """Leave no core dump, end with the service; when to end is the service's word, not the terminal's."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    service = parent_process()
    if service is not None and hasattr(os, "O_ASYNC"):
        # the kernel ends this process when the service's end of this pipe closes, even one stuck in a library's code
        fcntl.fcntl(service.sentinel, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(service.sentinel, fcntl.F_SETFL, fcntl.fcntl(service.sentinel, fcntl.F_GETFL) | os.O_ASYNC)
        if wait([service.sentinel], 0):
            os._exit(_FAILED)  # it ended while this one was starting


def _opened(connection: Connection, open_: Callable[[], Assistant]) -> Assistant | None:
    """Open the assistant and have it answer once, so that the first question does not wait for what is loaded late."""
    try:
        assistant = open_()
        assistant.ask("ready?")
    except WardbookError as error:
        connection.send(Done(refusal=error))
        return None
    connection.send(Done(dict(assistant.info())))
    return assistant


def _work(connection: Connection, assistant: Assistant) -> None:
    library = Library(assistant)
    with contextlib.suppress(EOFError, OSError):
        while True:
            told: Told = connection.recv()
            connection.send(_done(assistant, library, told))


def _done(assistant: Assistant, library: Library, told: Told) -> Done:
    set_request_id(told.request_id)
    try:
        return Done(_do(assistant, library, told))
    except WardbookError as error:
        return Done(refusal=error)
    except Exception as error:  # noqa: BLE001 - one question that fails must not take the process with it
        log().error("failed", kind=told.what, error=type(error).__name__, where=places(error))
        return Done(failed=type(error).__name__)


def _do(assistant: Assistant, library: Library, told: Told) -> Any:
    if told.what == "make":
        return make(assistant, library, *told.arguments)
    if told.what == "refresh":
        return assistant.refresh(), dict(assistant.info())
    if told.what not in LOOK_UPS:
        raise ValueError(told.what)
    return getattr(assistant, told.what)(*told.arguments, **told.options or {})
