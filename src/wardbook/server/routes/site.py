"""The pages for people: asking, reading, signing in. All of it works without scripts; scripts make it quicker."""

from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import parse_qs, quote
from uuid import UUID, uuid4

import anyio.to_thread
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from pydantic import ValidationError

from wardbook.errors import WardbookError
from wardbook.server.auth import COOKIE, Principal
from wardbook.server.deps import ThePending, TheService, User, look_up, recognised
from wardbook.server.middleware import client_of
from wardbook.server.problems import Problem, SignInFirst, not_found
from wardbook.server.reading import read_page
from wardbook.server.routes.ask import prepare, run, stream
from wardbook.server.routes.sessions import read_session
from wardbook.server.schemas import AskIn, FeedbackIn
from wardbook.server.service import Asking, Service
from wardbook.server.storage import conversations
from wardbook.server.templating import fragment, page

router = APIRouter(include_in_schema=False)
_MOST_FORM_BYTES = 65_536


async def visitor(request: Request, service: TheService) -> Principal:
    """Recognise the user of a browser, or lead to the sign-in page."""
    principal = await recognised(request)
    if principal is None:
        raise SignInFirst
    service.rates.request(principal.id)
    return principal


Visitor = Annotated[Principal, Depends(visitor)]


async def _form(request: Request) -> dict[str, str]:
    """Read a small form."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise Problem(415, "form", "This address takes a form.")
    body = await request.body()
    if len(body) > _MOST_FORM_BYTES:
        raise Problem(413, "too-large", "The form is larger than allowed.")
    return {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


@router.get("/", name="home")
async def home(request: Request, service: TheService, user: Visitor) -> HTMLResponse:
    """Show an empty conversation."""
    return await _chat(request, service, user, None, [])


@router.get("/c/{session_id}", name="view-session-page")
async def conversation(
    session_id: UUID, request: Request, service: TheService, user: Visitor, pending: ThePending
) -> HTMLResponse:
    """Show a conversation."""
    found, turns = await anyio.to_thread.run_sync(read_session, service, user, str(session_id))
    pending.detail = {"session": str(session_id)}
    return await _chat(request, service, user, found, turns)


async def _chat(
    request: Request,
    service: Service,
    user: Principal,
    current: conversations.Conversation | None,
    turns: list[conversations.Turn],
) -> HTMLResponse:
    past = await anyio.to_thread.run_sync(_past, service, user)
    facts = await look_up(service, lambda: _facts(service))
    return page(request, "chat.html", user=user, current=current, turns=turns, past=past, **facts)


def _past(service: Service, user: Principal) -> list[conversations.Conversation]:
    with service.storage.read() as session:
        return [row for row in conversations.listed(session, user.id, 40, 0) if row.title]


def _facts(service: Service) -> dict[str, Any]:
    listed = service.library.listed()
    info = service.assistant.info()
    return {
        "examples": service.library.examples(),
        "pages": len(listed),
        "built_at": str(info.get("built_at") or ""),
        "most_chars": service.settings.max_question_chars,
    }


@router.post("/", name="ask")
async def ask_by_form(request: Request, service: TheService, user: Visitor, pending: ThePending) -> Response:
    """Answer a question sent without scripts, then show the conversation."""
    asking = await _asking(request, service, user, await _form(request))
    made = await run(service, asking, pending)
    return RedirectResponse(f"/c/{asking.session_id}#a-{made['answer_id']}", 303)


@router.post("/ask/stream", name="ask-stream")
async def ask_by_script(
    body: AskIn, request: Request, service: TheService, user: User, pending: ThePending
) -> StreamingResponse:
    """Answer as the page shows it: the last event holds the answer as HTML."""
    asking = _in_conversation(await prepare(service, user, client_of(request.scope), body))
    return stream(service, asking, pending, lambda answer: _shown(answer))


def _shown(answer: dict[str, Any]) -> dict[str, Any]:
    html = fragment("answer.html", answer=answer, answer_id=answer["answer_id"], feedback=None, undone=False)
    sources = len(answer["citations"])
    return {
        "html": html,
        "answer_id": answer["answer_id"],
        "session_id": answer["session_id"],
        "status": answer["status"],
        "sources": sources,
        "warnings": len(answer["warnings"]),
    }


async def _asking(request: Request, service: Service, user: Principal, form: dict[str, str]) -> Asking:
    fields = {name: form[name] for name in ("question", "session_id", "undo") if form.get(name)}
    try:
        body = AskIn.model_validate(fields)
    except ValidationError:
        raise Problem(
            422, "invalid", "The question is empty, too long, or not from this page.", "Go back and ask again."
        ) from None
    return _in_conversation(await prepare(service, user, client_of(request.scope), body))


def _in_conversation(asking: Asking) -> Asking:
    """Open a conversation with the first question."""
    if asking.session_id:
        return asking
    session_id = str(uuid4())
    return replace(asking, session_id=session_id, opens=True, arguments=asking.arguments | {"session_id": session_id})


@router.post("/c/{session_id}/delete", name="delete-session")
async def delete(session_id: UUID, service: TheService, user: Visitor, pending: ThePending) -> Response:
    """Delete a conversation."""

    def drop() -> bool:
        with service.storage.write() as session:
            return conversations.drop(session, user.id, str(session_id))

    if not await anyio.to_thread.run_sync(drop):
        raise not_found("conversation")
    pending.detail = {"session": str(session_id)}
    return RedirectResponse("/", 303)


@router.post("/answers/{answer_id}/feedback", name="feedback")
async def feedback(
    answer_id: UUID, request: Request, service: TheService, user: Visitor, pending: ThePending
) -> Response:
    """Keep what a person thinks of an answer."""
    form = await _form(request)
    try:
        body = FeedbackIn.model_validate({name: form[name] for name in ("verdict", "reason") if form.get(name)})
    except ValidationError:
        raise Problem(422, "invalid", "The feedback does not fit.", "Go back and try again.") from None

    def judge() -> str | None:
        with service.storage.write() as session:
            if not conversations.judge(session, user.id, str(answer_id), body.verdict, body.reason):
                raise not_found("answer")
            turn = conversations.answer_of(session, user.id, str(answer_id))
            return str(turn.answer["session_id"]) if turn and turn.answer["session_id"] else None

    session_id = await anyio.to_thread.run_sync(judge)
    pending.detail = {"answer": str(answer_id), "verdict": body.verdict}
    service.metrics.feedback.labels(body.verdict).inc()
    return RedirectResponse(f"/c/{session_id}#a-{answer_id}" if session_id else "/", 303)


@router.get("/pages", name="list-pages")
async def list_pages(request: Request, service: TheService, user: Visitor) -> HTMLResponse:
    """List all pages, with a search box."""
    listed = await look_up(service, service.library.listed)
    return page(request, "pages.html", user=user, listed=listed, query="", found=None)


@router.post("/pages", name="search")
async def search(request: Request, service: TheService, user: Visitor) -> HTMLResponse:
    """Search the pages; the words are not part of the address, which ends in histories and logs."""
    query = (await _form(request)).get("query", "").strip()[: service.settings.max_question_chars]
    try:
        found = await look_up(service, lambda: service.assistant.search(query, 20)) if query else []
    except WardbookError:
        found = []
    listed = await look_up(service, service.library.listed)
    titles = {entry["page"]: entry["title"] for entry in listed}
    return page(request, "pages.html", user=user, listed=listed, query=query, found=found, titles=titles)


@router.get("/pages/{page_id:path}", name="view-page")
async def read(
    page_id: str,
    request: Request,
    service: TheService,
    user: Visitor,
    pending: ThePending,
    lines: Annotated[str, Query(pattern=r"^\d{1,7}-\d{1,7}$")] = "",
    part: bool = False,
) -> HTMLResponse:
    """Show a page for reading, cited lines marked; `part` gives what the chat page shows beside an answer."""
    first, _, last = lines.partition("-")
    cited = (int(first), int(last)) if lines else None
    found = await look_up(service, lambda: read_page(service.library, page_id, cited))
    if found is None:
        raise not_found("page")
    pending.detail = {"page": found["page"], "lines": list(cited) if cited else None}
    template, link = "source.html" if part else "page.html", f"/pages/{quote(found['page'])}"
    return page(request, template, user=user, shown=found, cited=cited, link=link)


@router.get("/sign-in", name="sign-in-page")
async def sign_in_page(request: Request, service: TheService) -> Response:
    """Show the sign-in page."""
    if service.authenticator.open:
        return RedirectResponse("/", 303)
    return page(request, "sign-in.html", user=None, failed=False)


@router.post("/sign-in", name="sign-in")
async def sign_in(request: Request, service: TheService, pending: ThePending) -> Response:
    """Exchange a key or token for a cookie."""
    presented = (await _form(request)).get("key", "")
    found = (
        None if service.authenticator.open else await anyio.to_thread.run_sync(service.authenticator.sign_in, presented)
    )
    if found is None:
        service.rates.failure(client_of(request.scope))
        return page(request, "sign-in.html", 401, user=None, failed=True)
    principal, cookie, seconds = found
    pending.user = principal.id
    response = RedirectResponse("/", 303)
    response.set_cookie(
        COOKIE, cookie, max_age=seconds, httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )
    return response


@router.post("/sign-out", name="sign-out")
async def sign_out(request: Request, service: TheService, user: Visitor) -> Response:
    """Forget the cookie."""
    await anyio.to_thread.run_sync(service.authenticator.sign_out, request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return response
