"""Errors as RFC 9457 problem details; the one place that turns an exception into a response.

A problem never repeats what was sent: a question may name a patient, and problems end in other programs' logs.
"""

import re
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from wardbook.errors import IndexFault, QuestionError, WardbookError
from wardbook.server.logs import request_id
from wardbook.server.templating import page

MEDIA_TYPE = "application/problem+json"
_TITLES = {
    400: "The request cannot be read",
    401: "Sign in first",
    403: "Not allowed",
    404: "Not there",
    405: "Not possible here",
    408: "The request took too long",
    413: "The request is too large",
    415: "The request is not JSON",
    422: "The request does not fit",
    429: "Too many requests",
    500: "Something went wrong here",
    503: "Not now",
}


_SAID = re.compile(r"(['\"“‘`]).*(['\"”’`])", re.DOTALL)
"""What a reason repeats of a question stands in quotation marks."""


class SignInFirst(Exception):
    """A browser without valid credentials; it is led to the sign-in page."""


class Problem(Exception):
    """A refusal with its status; `kind` names it for programs, `detail` and `mend` for people."""

    def __init__(
        self, status: int, kind: str, detail: str, mend: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(kind)
        self.status = status
        """HTTP status."""
        self.kind = kind
        """Short name, fixed: "too-busy"."""
        self.detail = detail
        """One sentence; never words of the request."""
        self.mend = mend
        """What to do about it."""
        self.headers = dict(headers or {})
        """Headers of the response."""

    def body(self, **more: object) -> dict[str, Any]:
        """Give the JSON object."""
        body: dict[str, Any] = {
            "type": f"urn:wardbook:problem:{self.kind}",
            "title": _TITLES.get(self.status, "The request failed"),
            "status": self.status,
            "detail": self.detail,
            "request_id": request_id(),
        }
        return body | ({"mend": self.mend} if self.mend else {}) | more

    def response(self, **more: object) -> JSONResponse:
        """Give the response."""
        return JSONResponse(self.body(**more), self.status, self.headers, MEDIA_TYPE)


def too_busy(retry_after_s: int) -> Problem:
    """Refuse because the queue is full."""
    headers = {"Retry-After": str(retry_after_s)}
    return Problem(503, "too-busy", "All workers are busy and the queue is full.", "Ask again shortly.", headers)


def too_slow() -> Problem:
    """Refuse because the answer took longer than allowed."""
    return Problem(
        503, "too-slow", "The answer took longer than allowed.", "Ask again, or in a simpler way.", {"Retry-After": "2"}
    )


def not_found(what: str) -> Problem:
    """Say that something is not there."""
    return Problem(404, "not-found", f"There is no such {what}.")


def of_wardbook(error: WardbookError) -> Problem:
    """Turn a refusal of the core into a problem."""
    if isinstance(error, QuestionError):
        return Problem(422, "question", f"{_SAID.sub('this', error.reason)}.", f"{error.mend}.")
    if isinstance(error, IndexFault):
        return Problem(
            503, "index", "The index cannot be read.", "Tell the person who runs wardbook.", {"Retry-After": "30"}
        )
    return Problem(500, "internal", "The request failed.", "Tell the person who runs wardbook, with the request id.")


def internal() -> Problem:
    """Say that something unforeseen happened, and nothing else."""
    return Problem(500, "internal", "The request failed.", "Tell the person who runs wardbook, with the request id.")


def of_validation(error: RequestValidationError) -> JSONResponse:
    """Name the fields and the rules, never the values."""
    faults = [
        {"field": ".".join(str(part) for part in fault["loc"] if isinstance(part, (str, int))), "rule": fault["type"]}
        for fault in error.errors()
    ]
    unreadable = any(fault["rule"] in ("json_invalid", "json_type") for fault in faults)
    if unreadable:
        return Problem(400, "not-json", "The body is not valid JSON.").response()
    named = [fault | {"field": _known(fault["field"])} for fault in faults]
    return Problem(422, "invalid", "A field is missing or does not fit its rule.").response(faults=named)


def _known(field: str) -> str:
    """Keep names of fields that look like ours; a name that was made up by the sender may hold anything."""
    parts = field.split(".")
    return ".".join(part for part in parts if part.isdigit() or part in _FIELDS) or "body"


_FIELDS = frozenset(
    "body query path header question session_id history role content k query drug amount for grade setting route "
    "weight_kg bsa_m2 age_y title verdict reason answer_id undo page limit offset".split()
)


def install(app: FastAPI) -> None:
    """Make every error of the application a problem."""

    @app.exception_handler(SignInFirst)
    async def _sign_in(request: Request, error: SignInFirst) -> RedirectResponse:
        return RedirectResponse("/sign-in", 303)

    @app.exception_handler(Problem)
    async def _problem(request: Request, error: Problem) -> Response:
        request.scope["state"]["pending"].sent_away = error.kind == "too-busy"
        return _shown(request, error)

    @app.exception_handler(WardbookError)
    async def _wardbook(request: Request, error: WardbookError) -> Response:
        return _shown(request, of_wardbook(error))

    @app.exception_handler(RequestValidationError)
    async def _validation(request: Request, error: RequestValidationError) -> JSONResponse:
        return of_validation(error)

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        detail = {404: "There is nothing at this address.", 413: "The body is larger than allowed."}
        kind = {404: "not-found", 405: "method", 413: "too-large"}.get(error.status_code, "http")
        headers = {key: value for key, value in (error.headers or {}).items() if key.lower() == "allow"}
        words = detail.get(error.status_code, "The request cannot be served.")
        return _shown(request, Problem(error.status_code, kind, words, headers=headers))


def _shown(request: Request, problem: Problem) -> Response:
    """Show a problem to a person as a page, to a program as JSON."""
    if request.url.path.startswith("/v1/") or "text/html" not in request.headers.get("accept", ""):
        return problem.response()
    response = page(request, "problem.html", problem.status, problem=problem.body(mend=problem.mend))
    response.headers.update(problem.headers)
    return response
