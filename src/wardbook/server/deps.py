"""What routes ask for: the service, the user, and a worker."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import anyio.to_thread
from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from wardbook.server.auth import COOKIE, Principal
from wardbook.server.middleware import Pending, client_of
from wardbook.server.problems import MEDIA_TYPE, Problem
from wardbook.server.schemas import ProblemOut
from wardbook.server.service import Service

T = TypeVar("T")
_bearer = HTTPBearer(auto_error=False, description="An API key (`wardbook keys add`) or a token of the site's issuer.")


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the problems of a route, those that any route may have among them."""
    schema = {"schema": {"$ref": f"#/components/schemas/{ProblemOut.__name__}"}}
    words = {
        400: "Cannot be read",
        401: "Not signed in",
        403: "Not allowed",
        404: "Not there",
        413: "Too large",
        422: "Does not fit",
        429: "Too many requests",
        503: "Busy, stopping or not recorded: ask again",
    }
    return {
        code: {"description": words[code], "content": {MEDIA_TYPE: schema}}
        for code in (400, 401, 403, 429, 503, *statuses)
    }


async def get_service(request: Request) -> Service:
    """Give the service; a coroutine, because FastAPI sends any other dependency through a thread."""
    service: Service = request.app.state.service
    return service


async def get_pending(request: Request) -> Pending:
    """Give what will be recorded of this request."""
    pending: Pending = request.scope["state"]["pending"]
    return pending


async def get_principal(request: Request, _: Annotated[object, Security(_bearer)] = None) -> Principal:
    """Recognise the user and count the request.

    Raises:
        Problem: 401 without valid credentials, 429 over the limit.
    """
    service = await get_service(request)
    principal = await recognised(request)
    if principal is None:
        service.rates.failure(client_of(request.scope))
        raise Problem(
            401,
            "sign-in",
            "No valid credentials came with the request.",
            "Send an API key or a token as `Authorization: Bearer ...`.",
            {"WWW-Authenticate": 'Bearer realm="wardbook"'},
        )
    service.rates.request(principal.id)
    return principal


async def recognised(request: Request) -> Principal | None:
    """Give the user, None without valid credentials."""
    service = await get_service(request)
    if service.authenticator.open:
        principal = service.authenticator.recognise({}, {})
    else:
        cookies = {COOKIE: request.cookies.get(COOKIE, "")}
        principal = await anyio.to_thread.run_sync(service.authenticator.recognise, request.headers, cookies)
    if principal is not None:
        (await get_pending(request)).user = principal.id
    return principal


async def look_up(service: Service, work: Callable[[], T]) -> T:
    """Run a blocking read of the core in the lane that never waits behind questions."""
    return await service.lookups.run(lambda _: work(), service.settings.answer_timeout_s)


TheService = Annotated[Service, Depends(get_service)]
ThePending = Annotated[Pending, Depends(get_pending)]
User = Annotated[Principal, Depends(get_principal)]
