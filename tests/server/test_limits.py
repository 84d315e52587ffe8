"""Limits: rate, queue, time, and what comes first under load."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from fastapi.testclient import TestClient

from server.service_fake import FakeAssistant
from server.service_running import open_client, running, wait_until
from wardbook.server import audit, keys
from wardbook.server.app import create_app
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
