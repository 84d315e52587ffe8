"""Passages, regimens, doses, checks and pages."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from wardbook.server.deps import ThePending, TheService, User, look_up, problems
from wardbook.server.middleware import client_of
from wardbook.server.problems import Problem, not_found
from wardbook.server.reading import read_page
from wardbook.server.routes.ask import run
from wardbook.server.schemas import (
    AnswerOut,
    CheckIn,
    DoseIn,
    ListedPageOut,
    PageOut,
    PassagesOut,
    RegimensOut,
    SearchIn,
)
from wardbook.server.service import Asking

router = APIRouter(prefix="/v1", tags=["look-ups"])
_Short = Annotated[str | None, Query(max_length=200)]


@router.post("/search", responses={200: {"model": PassagesOut}, **problems(413, 422)}, name="search")
async def search(body: SearchIn, service: TheService, user: User) -> dict[str, Any]:
    """Find passages."""
    if len(body.query) > service.settings.max_question_chars:
        raise Problem(
            422, "question-too-long", f"A search has at most {service.settings.max_question_chars} characters."
        )
    return {"passages": await look_up(service, lambda: service.assistant.search(body.query, body.k))}


@router.get("/regimens", responses={200: {"model": RegimensOut}, **problems(422)}, name="regimens")
async def regimens(
    service: TheService,
    user: User,
    drug: _Short = None,
    for_: Annotated[str | None, Query(alias="for", max_length=200)] = None,
    grade: Annotated[int | None, Query(ge=0, le=5)] = None,
    setting: _Short = None,
) -> dict[str, Any]:
    """List the regimens that the pages hold."""
    found = await look_up(
        service, lambda: service.assistant.regimens(drug=drug, for_=for_, grade=grade, setting=setting)
    )
    return {"regimens": found}


@router.post("/dose", responses={200: {"model": AnswerOut}, **problems(413, 422)}, name="dose")
async def dose(body: DoseIn, request: Request, service: TheService, user: User, pending: ThePending) -> dict[str, Any]:
    """Look a dose up."""
    return await run(
        service, Asking("dose", body.model_dump(exclude_none=True), user, client_of(request.scope)), pending
    )


@router.post("/check", responses={200: {"model": AnswerOut}, **problems(413, 422)}, name="check")
async def check(
    body: CheckIn, request: Request, service: TheService, user: User, pending: ThePending
) -> dict[str, Any]:
    """Check an amount against the pages."""
    return await run(
        service, Asking("check", body.model_dump(exclude_none=True), user, client_of(request.scope)), pending
    )


@router.get("/pages", responses={200: {"model": list[ListedPageOut]}, **problems()}, name="list-pages")
async def list_pages(service: TheService, user: User) -> list[dict[str, Any]]:
    """List all pages."""
    return await look_up(service, service.library.listed)


@router.get("/pages/{page:path}", responses={200: {"model": PageOut}, **problems(404)}, name="page")
async def page(page: str, service: TheService, user: User, pending: ThePending) -> dict[str, Any]:
    """Give one page, as Markdown and as safe HTML."""
    found = await look_up(service, lambda: read_page(service.library, page))
    if found is None:
        raise not_found("page")
    pending.detail = {"page": found["page"]}
    return found
