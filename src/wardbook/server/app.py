"""The application: parts put together, started and stopped."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles

from wardbook import __version__
from wardbook.server import audit, problems
from wardbook.server.answered import Answering, Here
from wardbook.server.audit_text import open_texts
from wardbook.server.auth import Authenticator
from wardbook.server.library import Library
from wardbook.server.limits import Lane, Rates
from wardbook.server.logs import log, places
from wardbook.server.metrics import Metrics, index_age_s
from wardbook.server.middleware import Gate
from wardbook.server.protocol import Assistant
from wardbook.server.refusals import EVERY_S, Refusals
from wardbook.server.routes import ask, health, lookups, sessions, site
from wardbook.server.schemas import ProblemOut
from wardbook.server.service import Service, expire
from wardbook.server.settings import ServerSettings

_ABOUT = (
    "Cited answers from a clinical unit's own pages. Every statement carries the page, section and lines where it "
    "stands; doses are looked up in the pages' tables. Errors are problem details (RFC 9457)."
)


def create_app(
    assistant: Assistant, settings: ServerSettings, host: str = "127.0.0.1", answering: Answering | None = None
) -> FastAPI:
    """Give the application; `host` is the address that it will be bound to, which decides whether it may be open.

    The assistant looks things up; `answering` makes the answers, where the assistant does not do that here as well.

    Raises:
        SettingsError: it would be open to the network, or the database, key or key set cannot be used.
    """
    service = _service(assistant, settings, host, answering)
    app = FastAPI(
        title="wardbook",
        version=__version__,
        description=_ABOUT,
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        generate_unique_id_function=_operation_id,
    )
    app.state.service = service
    problems.install(app)
    for part in (ask, lookups, sessions, health, site):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    app.add_middleware(Gate, service=service)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


def _service(assistant: Assistant, settings: ServerSettings, host: str, answering: Answering | None) -> Service:
    storage, trail = audit.open_storage(settings), audit.open_trail(settings)
    library = Library(assistant)
    service = Service(
        assistant=assistant,
        answering=answering or Here(assistant, library),
        settings=settings,
        storage=storage,
        trail=trail,
        authenticator=Authenticator(settings, storage, host),
        rates=Rates(settings.requests_per_minute, settings.failed_sign_ins_per_minute),
        metrics=Metrics(),
        library=library,
        answers=Lane("answer", settings.answer_workers, settings.queue),
        lookups=Lane("lookup", settings.lookup_workers, settings.queue),
        refusals=Refusals(storage, trail),
        texts=open_texts(settings) if settings.audit_text else None,
    )
    _watch(service)
    return service


def _watch(service: Service) -> None:
    watch = service.metrics.watch
    watch(
        "wardbook_index_age_seconds",
        "Seconds since the index was built.",
        lambda: index_age_s(service.assistant.info()),
    )
    service.answering.watch(service.metrics)
    for lane in (service.answers, service.lookups):
        watch(f"wardbook_{lane.name}_waiting", "Requests waiting for a worker.", lambda lane=lane: lane.waiting)  # type: ignore[misc]
        watch(f"wardbook_{lane.name}_working", "Workers at work.", lambda lane=lane: lane.working)  # type: ignore[misc]


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    service: Service = app.state.service
    await asyncio.to_thread(_warm_up, service)
    tasks = [asyncio.create_task(keep(service)) for keep in (_keep_looking, _keep_tidy, _keep_recording)]
    log().info("started", index=str(service.assistant.info().get("index", "")))
    yield
    service.draining = True
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for lane in (service.answers, service.lookups):
        await asyncio.to_thread(lane.close)
    await asyncio.to_thread(service.answering.close)
    await _record_refusals(service)
    service.storage.close()
    log().info("stopped")


def _warm_up(service: Service) -> None:
    """Load what the first question would have to wait for; a fault shows in `/readyz` and does not stop the start."""
    try:
        service.assistant.ask("ready?")
        service.library.examples()
    except Exception as error:  # noqa: BLE001 - whatever it is, the service tells it when asked
        log().error("warm-up", error=type(error).__name__, where=places(error))


async def _keep_looking(service: Service) -> None:
    """Take up new index generations; the one at hand goes on answering where that fails."""
    while True:
        await asyncio.sleep(service.settings.refresh_every_s)
        try:
            if await asyncio.to_thread(_refresh, service):
                service.metrics.swaps.inc()
                log().info("index", index=str(service.assistant.info().get("index", "")))
            service.refresh_fault = ""
        except Exception as error:  # noqa: BLE001 - whatever a broken index raises, the looking must go on
            service.metrics.faults.inc()
            if not service.refresh_fault:
                log().error("index", error=type(error).__name__, where=places(error))
            service.refresh_fault = type(error).__name__


def _refresh(service: Service) -> bool:
    """Take up a new index generation; True where there was one."""
    try:
        looked_up = service.assistant.refresh()
    finally:
        answered = service.answering.refresh()
    return looked_up or answered


async def _keep_tidy(service: Service) -> None:
    """Delete what is older than the site keeps, at the start and once an hour."""
    while True:
        try:
            await asyncio.to_thread(expire, service)
        except Exception as error:  # noqa: BLE001 - a database that is away for an hour is looked at in the next
            log().error("expire", error=type(error).__name__, where=places(error))
        await asyncio.sleep(3600)


async def _keep_recording(service: Service) -> None:
    """Record what a full queue sent away."""
    while True:
        await asyncio.sleep(EVERY_S)
        await _record_refusals(service)


async def _record_refusals(service: Service) -> None:
    try:
        await service.refusals.record()
    except Exception as error:  # noqa: BLE001 - whatever the database raises, the next try may succeed
        service.metrics.audit_faults.inc()
        log().error("not-recorded", error=type(error).__name__)


def _operation_id(route: APIRoute) -> str:
    return route.name.replace("-", "_")


def _openapi(app: FastAPI) -> dict[str, Any]:
    """Give the OpenAPI document, made once."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        schemas = document["components"]["schemas"]
        schemas[ProblemOut.__name__] = ProblemOut.model_json_schema()
        schemas.pop("HTTPValidationError", None)
        schemas.pop("ValidationError", None)
        app.openapi_schema = document
    return app.openapi_schema
