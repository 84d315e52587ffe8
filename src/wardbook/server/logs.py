"""Ordinary logs: JSON lines on standard error with known fields only, so that no question or answer text can get in."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from contextvars import ContextVar
from typing import Any

import structlog

_request_id: ContextVar[str] = ContextVar("request_id", default="-")
_FIELDS = frozenset(
    "event level timestamp request_id method route status ms kind outcome error where index lane address "
    "signal pages attempt reason count".split()
)
_NOISY = (
    "llama_index",
    "httpx",
    "httpcore",
    "uvicorn",
    "uvicorn.access",
    "uvicorn.error",
    "sqlalchemy",
    "alembic",
    "asyncio",
)


def request_id() -> str:
    """Give the id of the request being served, "-" outside of one."""
    return _request_id.get()


def set_request_id(value: str) -> None:
    """Name the request being served."""
    _request_id.set(value)


def _known_only(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every field that is not on the list; what is kept is a number or a short plain word."""
    kept = {key: _plain(value) for key, value in event.items() if key in _FIELDS}
    return kept | {"request_id": request_id()}


def _plain(value: object) -> object:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return "".join(char if char.isprintable() else "?" for char in str(value))[:300]


def configure(level: str) -> None:
    """Set logging up for the process. Libraries may warn, never tell what they work on."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _known_only,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=lambda *_: _StandardError(),
        cache_logger_on_first_use=False,
    )
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)
        logging.getLogger(name).handlers = [_Handler()]
        logging.getLogger(name).propagate = False


class _StandardError:
    """Writes lines to what standard error is at the moment."""

    def msg(self, line: str) -> None:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()

    debug = info = warning = error = critical = msg


class _Handler(logging.Handler):
    """Words of libraries become an event with their name and place, not their message."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        fields = {"error": type(error).__name__, "where": places(error)} if error else {}
        log().error("library", reason=record.name, **fields)


def log() -> Any:
    """Give the logger."""
    return structlog.get_logger()


def places(error: BaseException) -> str:
    """Say where an exception came from, without its message, which may hold what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}:{frame.name}" for frame in reversed(frames))
