"""Is it up, does it answer, how is it doing, and what can be asked of it."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse

from wardbook.server.deps import TheService, User, look_up, problems
from wardbook.server.library import index_of
from wardbook.server.metrics import CONTENT_TYPE
from wardbook.server.problems import Problem
from wardbook.server.service import Service
from wardbook.server.templating import page

router = APIRouter(tags=["health"])


@router.get("/healthz", name="healthz")
async def healthz() -> dict[str, str]:
    """Tell that the process is up."""
    return {"status": "up"}


@router.get("/readyz", name="readyz", responses=problems())
async def readyz(service: TheService) -> dict[str, str]:
    """Tell whether questions are answered: a search finds, a question is worked through, the database reads."""
    if service.draining:
        raise not_ready("stopping")
    try:
        await look_up(service, lambda: _probe(service))
    except Problem as problem:
        if problem.kind in ("too-busy", "too-slow"):
            raise not_ready("busy") from None
        raise
    return {"status": "ready"}


def not_ready(why: str) -> Problem:
    """Say that questions are not answered now."""
    return Problem(503, "not-ready", f"Not ready: {why}.", headers={"Retry-After": "5"})


def _probe(service: Service) -> None:
    try:
        listed = service.library.listed()
        found = bool(listed) and bool(service.assistant.search(str(listed[0]["title"]), 1))
        service.assistant.ask("ready?")
        answers = service.answering.ready()
        with service.storage.read() as session:
            session.connection().exec_driver_sql("SELECT 1")
    except Exception as error:
        raise not_ready("the index or the database cannot be read") from error
    if not answers:
        raise not_ready("the processes that answer are starting")
    if not found:
        raise not_ready("the index is empty")


@router.get("/metrics", name="metrics", response_class=PlainTextResponse, responses=problems())
async def metrics(service: TheService, user: User) -> Response:
    """Give Prometheus' metrics."""
    return Response(service.metrics.text(), media_type=CONTENT_TYPE)


@router.get("/v1/info", name="info", responses=problems(), tags=["look-ups"])
async def info(service: TheService, user: User) -> dict[str, Any]:
    """Tell which index, corpus, model and software answer."""
    told = await look_up(service, service.assistant.info)
    return {"index": index_of(told)} | dict(told)


@router.get("/docs", include_in_schema=False, name="docs")
async def docs(request: Request, service: TheService) -> HTMLResponse:
    """Show the API for reading; no script, no other host."""
    return page(request, "docs.html", api=request.app.openapi())


@router.get("/openapi.json", include_in_schema=False, name="openapi")
async def openapi(request: Request) -> JSONResponse:
    """Give the OpenAPI document."""
    return JSONResponse(request.app.openapi())
