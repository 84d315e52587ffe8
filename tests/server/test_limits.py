"""Limits: rate, queue, time, and what comes first under load."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import Mock

import httpx
import pytest
from fastapi.testclient import TestClient

from server.service_fake import FakeAssistant
from server.service_running import open_client, running, wait_until
from wardbook.server import audit, keys
from wardbook.server.app import create_app
from wardbook.server.limits import Rates
from wardbook.server.problems import Problem
from wardbook.server.refusals import Refusals
from wardbook.server.settings import ServerSettings


def test_a_user_who_asks_too_often_is_told_when_to_come_back(fake: FakeAssistant, settings: ServerSettings) -> None:
    with open_client(fake, settings.model_copy(update={"requests_per_minute": 3})) as client:
        got = [client.post("/v1/ask", json={"question": "rash?"}) for _ in range(5)]
        assert [response.status_code for response in got] == [200, 200, 200, 429, 429]
        assert 1 <= int(got[-1].headers["retry-after"]) <= 60
        assert client.get("/healthz").status_code == 200


def test_the_limit_is_each_users_own(fake: FakeAssistant, settings: ServerSettings) -> None:
    closed = settings.model_copy(update={"auth": "required", "requests_per_minute": 2})
    users = [{"Authorization": f"Bearer {keys.add(closed, name)}"} for name in ("mine", "theirs")]
    with open_client(fake, closed) as client:
        mine = [client.get("/v1/pages", headers=users[0]).status_code for _ in range(3)]
        theirs = [client.get("/v1/pages", headers=users[1]).status_code for _ in range(2)]
    assert (mine, theirs) == ([200, 200, 429], [200, 200])


@pytest.fixture
def held(fake: FakeAssistant, settings: ServerSettings) -> ServerSettings:
    fake.block = threading.Event()
    return settings.model_copy(update={"answer_workers": 2, "queue": 3, "answer_timeout_s": 20.0})


def test_beyond_the_queue_requests_are_sent_away_and_doses_do_not_wait(
    fake: FakeAssistant, held: ServerSettings
) -> None:
    app = create_app(fake, held)
    service = app.state.service
    with running(app) as address, ThreadPoolExecutor(8) as pool:

        def ask() -> httpx.Response:
            return httpx.post(f"{address}/v1/ask", json={"question": "rash?"}, timeout=30)

        waiting = [pool.submit(ask) for _ in range(5)]
        wait_until(lambda: service.answers.waiting == 3)
        begin = time.monotonic()
        for path in ("/v1/ask", "/v1/ask/stream"):
            away = httpx.post(f"{address}{path}", json={"question": "rash?"})
            assert away.status_code == 503
            assert int(away.headers["retry-after"]) >= 1
            assert away.json()["type"] == "urn:wardbook:problem:too-busy"
        assert httpx.post(f"{address}/v1/dose", json={"drug": "examplinib"}).status_code == 200
        assert time.monotonic() - begin < 2
        assert fake.block is not None
        fake.block.set()
        assert [future.result().status_code for future in waiting] == [200] * 5
        assert (service.answers.waiting, service.answers.working) == (0, 0)


def test_who_is_sent_away_waits_for_no_disk_and_is_on_record_soon(fake: FakeAssistant, held: ServerSettings) -> None:
    app = create_app(fake, held)
    service = app.state.service
    with running(app) as address, ThreadPoolExecutor(5) as pool:

        def ask() -> int:
            return httpx.post(f"{address}/v1/ask", json={"question": "rash?"}, timeout=30).status_code

        waiting = [pool.submit(ask) for _ in range(5)]
        wait_until(lambda: service.answers.waiting == 3)
        with service.storage.write():  # a disk that is slow: nothing can be recorded meanwhile
            assert [ask() for _ in range(4)] == [503] * 4
        wait_until(lambda: outcomes(held).count(503) == 4)
        assert ask() == 503  # and this one is recorded at the latest when the service ends
        assert fake.block is not None
        fake.block.set()
        assert [future.result() for future in waiting] == [200] * 5
    assert sorted(outcomes(held)) == [200] * 5 + [503] * 5
    assert audit.verify(held).sound


def outcomes(settings: ServerSettings) -> list[int]:
    return [
        event["outcome"] for event in audit.export(settings) if (event["user"], event["action"]) == ("local", "ask")
    ]


def refusals(settings: ServerSettings) -> Refusals:
    return Refusals(audit.open_storage(settings), audit.open_trail(settings))


def test_a_refusal_that_cannot_be_recorded_goes_on_waiting(
    settings: ServerSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = refusals(settings)
    waiting.note(audit.Event("local", "-", "ask", 503, "-"))
    with monkeypatch.context() as patch:
        patch.setattr(audit, "record", Mock(side_effect=OSError))
        with pytest.raises(OSError):
            asyncio.run(waiting.record())
    asyncio.run(waiting.record())
    asyncio.run(waiting.record())
    assert outcomes(settings) == [503]


def test_refusals_that_cannot_be_recorded_do_not_pile_up(fake: FakeAssistant, settings: ServerSettings) -> None:
    with open_client(fake, settings.model_copy(update={"queue": 0, "answer_workers": 1})) as client:
        service = client.app.state.service  # type: ignore[attr-defined]
        service.storage.write = Mock(side_effect=OSError)
        service.answers.working, service.answers._slots = 1, asyncio.Semaphore(0)
        kinds = [client.post("/v1/ask", json={"question": "rash?"}).json()["type"] for _ in range(3)]
        for _ in range(2000):
            service.refusals.note(audit.Event("local", "-", "ask", 503, "-"))
        kinds.append(client.post("/v1/ask", json={"question": "rash?"}).json()["type"])
    assert [kind.rpartition(":")[2] for kind in kinds] == ["too-busy"] * 3 + ["not-recorded"]


def test_requests_of_the_last_minute_count_and_who_is_long_gone_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wardbook.server.limits._SWEEP", 3)
    at = 1000.0
    monkeypatch.setattr("time.time", lambda: at)
    rates = Rates(2, 1)

    def asked(user: str) -> int:
        try:
            rates.request(user)
        except Problem as problem:
            return int(problem.headers["Retry-After"])
        return 0

    assert [asked("a"), asked("a"), asked("a")] == [0, 0, 60]
    at += 59
    assert [asked("a"), asked("b")] == [1, 0]
    at += 2
    assert [asked("a"), asked("a"), asked("a")] == [0, 0, 60]
    at += 60.5
    for user in ("c", "d", "e"):
        asked(user)
    remembered = rates._limiter.storage._of_key
    assert [key.split("/")[2] for key in remembered] == ["c", "d", "e"]


def test_an_answer_has_its_time_and_what_comes_late_is_not_kept(fake: FakeAssistant, settings: ServerSettings) -> None:
    fake.delay_s = 0.5
    with open_client(fake, settings.model_copy(update={"answer_timeout_s": 0.1})) as client:
        session = client.post("/v1/sessions").json()["id"]
        response = client.post("/v1/ask", json={"question": "rash?", "session_id": session})
        assert response.status_code == 503
        assert response.json()["type"] == "urn:wardbook:problem:too-slow"
        time.sleep(0.7)
        assert client.get(f"/v1/sessions/{session}").json()["turns"] == []
    assert [event["outcome"] for event in audit.export(settings)] == [201, 503, 200]


def test_a_worker_is_free_again_after_an_error(client: TestClient, fake: FakeAssistant) -> None:
    fake.broken = RuntimeError("boom")
    for _ in range(5):
        assert client.post("/v1/ask", json={"question": "rash?"}).status_code == 500
    fake.broken = None
    assert client.post("/v1/ask", json={"question": "rash?"}).status_code == 200


def test_a_reader_who_goes_away_leaves_a_whole_record(fake: FakeAssistant, settings: ServerSettings) -> None:
    fake.delay_s = 0.3
    with running(create_app(fake, settings)) as address:
        with httpx.stream("POST", f"{address}/v1/ask/stream", json={"question": "rash?"}) as response:
            next(response.iter_lines())
        wait_until(lambda: any(event["action"] == "ask" for event in audit.export(settings)))
    assert audit.verify(settings).sound
