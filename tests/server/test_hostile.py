"""What an attacker tries who can reach the service, or lure a browser that can: nothing breaks and nothing leaks."""

import json
import random
import re
import socket
import stat
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from fastapi.testclient import TestClient

from server.injections import PAYLOADS
from server.service_fake import FakeAssistant
from server.service_running import open_client, running, wait_until
from wardbook.server import audit, keys, middleware, run
from wardbook.server.app import create_app
from wardbook.server.auth import COOKIE
from wardbook.server.settings import ServerSettings

CHANGING = [
    ("POST", "/"), ("POST", "/ask/stream"), ("POST", "/pages"), ("POST", "/sign-in"), ("POST", "/sign-out"),
    ("POST", "/v1/ask"), ("POST", "/v1/ask/stream"), ("POST", "/v1/dose"), ("POST", "/v1/check"),
    ("POST", "/v1/search"), ("POST", "/v1/sessions"), ("DELETE", "/v1/sessions/{}"), ("POST", "/c/{}/delete"),
    ("POST", "/v1/answers/{}/feedback"), ("POST", "/answers/{}/feedback"),
]  # fmt: skip


@pytest.fixture
def address(fake: FakeAssistant, settings: ServerSettings) -> Iterator[str]:
    with running(create_app(fake, settings)) as address:
        yield address


@pytest.mark.parametrize(("method", "path"), CHANGING)
def test_a_page_of_another_site_changes_nothing(
    client: TestClient, fake: FakeAssistant, settings: ServerSettings, method: str, path: str
) -> None:
    session = client.post("/v1/sessions").json()["id"]
    there = path.format(session)
    sent = [
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://127.0.0.1.evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ]
    for headers in sent:
        for body in (b'{"question": "rash?"}', b"question=rash%3F"):
            kind = "text/plain" if body[:1] == b"{" else "application/x-www-form-urlencoded"
            got = client.request(method, there, content=body, headers=headers | {"Content-Type": kind})
            assert got.status_code == 403, headers
            assert "access-control-allow-origin" not in got.headers
    assert fake.asked == []
    assert client.get(f"/v1/sessions/{session}").status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "127.0.0.1@evil.example", "", "[::ffff:1]",
     "0.0.0.0", "evil.example:80", "127.0.0.1:80:evil", "localhost.", "[", "127.0.0.1,evil.example"],
)  # fmt: skip
def test_a_name_that_was_bent_to_this_machine_is_not_answered(client: TestClient, host: str) -> None:
    for path in ("/", "/v1/pages", "/v1/sessions", "/pages/rash", "/metrics"):
        assert client.get(path, headers={"Host": host}).status_code == 400, path


def test_ids_cannot_be_guessed(client: TestClient) -> None:
    ids = [client.post("/v1/sessions").json()["id"] for _ in range(50)]
    ids += [client.post("/v1/ask", json={"question": "rash?"}).json()["answer_id"] for _ in range(50)]
    assert len(set(ids)) == 100
    assert all(UUID(one).version == 4 for one in ids)


def test_an_undo_reaches_no_other_conversation_of_ones_own(client: TestClient) -> None:
    first, second = (client.post("/v1/sessions").json()["id"] for _ in range(2))
    answer = client.post("/v1/ask", json={"question": "rash?", "session_id": first}).json()["answer_id"]
    undo = {"question": "why?", "session_id": second, "undo": answer}
    assert client.post("/v1/ask", json=undo).status_code == 404
    assert client.get(f"/v1/sessions/{first}").json()["turns"][0]["undone"] is False
    assert client.get(f"/v1/sessions/{second}").json()["turns"] == []


def test_no_header_of_a_request_comes_back(client: TestClient) -> None:
    for words in ("x\r\nSet-Cookie: a=b", "é", "a" * 5000, "{0b0e8a5e-7f5a-4c3f-9df1-1f0d4be0a001}", "\x00"):
        sent = [(name, words.encode()) for name in (b"X-Request-ID", b"Referer", b"Accept-Language")]
        got = client.get("/v1/pages", headers=sent)
        assert re.fullmatch(r"[0-9a-f-]{36}", got.headers["x-request-id"])
        assert "set-cookie" not in got.headers
    got = client.get("/pages/%0d%0aSet-Cookie:%20a=b")
    assert (got.status_code, "set-cookie" in got.headers) == (404, False)


def test_a_redirect_stays_here(client: TestClient) -> None:
    for path in ("//evil.example", "//evil.example/..", "/%5cevil.example", "/c//evil.example", "/pages//evil.example"):
        got = client.get(f"http://127.0.0.1{path}", follow_redirects=False)
        assert got.headers.get("location", "/").startswith("/")
        assert not got.headers.get("location", "/").startswith("//")


ODD = [
    b"[" * 100_000, b'{"question":' * 20_000, b'{"question": "\\ud800"}', b'{"question": "\xff\xfe"}',
    b"\xef\xbb\xbf{}",
    b'{"question": "rash?", "k": 1e999}', b'{"question": "rash?", "k": ' + b"9" * 10_000 + b"}", b'{"question": NaN}',
    b'{"question": "a", "question": "b", "history": null}', b"null", b'"rash?"', b"[]", b"",
    b'{"question": "rash?", "__proto__": {}}', b'{"question": {"$gt": ""}}', b"question=rash", b"\x00" * 1000,
]  # fmt: skip


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
def test_odd_bodies_are_told_to_be_odd(client: TestClient, body: bytes) -> None:
    for path in ("/v1/ask", "/v1/ask/stream", "/v1/dose", "/v1/sessions", "/ask/stream"):
        for kind in ("application/json", "text/plain", "application/json; charset=utf-16"):
            got = client.post(path, content=body, headers={"Content-Type": kind})
            assert got.status_code < 500, (path, kind, got.text)


@pytest.mark.parametrize(
    "words",
    ["رجل rash", "\u202egnisod\u202c rash", "rash\u200b\u200d\ufeff", "🧪" * 400 + " rash", "rash\x00\x07\x1b[2J",
     "a\u0301" * 500],
)  # fmt: skip
def test_any_writing_is_kept_and_shown_as_it_was_sent(client: TestClient, words: str) -> None:
    session = client.post("/v1/sessions", json={"title": words[:100]}).json()["id"]
    answer = client.post("/v1/ask", json={"question": words, "session_id": session}).json()
    assert answer["question"] == words.replace("\x00", "")
    assert client.get(f"/v1/sessions/{session}").json()["turns"][0]["answer"]["question"] == answer["question"]
    shown = client.get(f"/c/{session}")
    assert shown.status_code == 200
    assert "\x00" not in shown.text


def test_a_body_beyond_the_limit_is_broken_off_however_it_comes(address: str, settings: ServerSettings) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(200):
            yield b"x" * 65_536

    for path in ("/v1/ask", "/", "/v1/answers/x/feedback", "/nowhere"):
        try:
            got = httpx.post(f"{address}{path}", content=pieces(), headers={"Content-Type": "application/json"})
        except httpx.TransportError:
            continue  # the service hung up in the middle: as good
        assert got.status_code == 413, path
    assert httpx.get(f"{address}/readyz").status_code == 200
    assert any(event["outcome"] == 413 for event in audit.export(settings))


def test_a_body_that_trickles_is_given_up(
    fake: FakeAssistant, settings: ServerSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "_BODY_S", 0.3)
    with running(create_app(fake, settings)) as address, _socket(address) as slow:
        slow.sendall(b"POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{")
        slow.settimeout(10)
        assert slow.recv(100).startswith(b"HTTP/1.1 408")
        assert httpx.post(f"{address}/v1/ask", json={"question": "rash?"}).status_code == 200


def test_headers_that_trickle_hold_no_connection(
    fake: FakeAssistant, settings: ServerSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "PATIENCE_S", 0.3)
    with (
        running(create_app(fake, settings)) as address,
        _socket(address) as silent,
        _socket(address) as slow,
        httpx.Client(base_url=address) as used,
    ):
        begin = time.monotonic()
        silent.settimeout(10)
        assert silent.recv(100) == b""
        with pytest.raises(OSError):  # broken pipe or reset, as the system has it
            while time.monotonic() - begin < 10:
                slow.sendall(b"X")
                used.get("/healthz").raise_for_status()
                time.sleep(0.05)
        assert time.monotonic() - begin < 9
        fake.delay_s = 1.0
        assert used.post("/v1/ask", json={"question": "rash?"}).status_code == 200, "who waits for an answer is kept"


def _socket(address: str) -> socket.socket:
    host, port = address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)))


def test_readers_who_leave_in_the_middle_leave_nothing_behind(fake: FakeAssistant, settings: ServerSettings) -> None:
    app = create_app(fake, settings.model_copy(update={"answer_workers": 2, "queue": 64}))
    chance = random.Random(5)
    with running(app) as address:
        fake.delay_s = 0.02
        for _ in range(40):
            with _socket(address) as leaving:
                body = b'{"question": "rash?"}'
                leaving.sendall(
                    b"POST /v1/ask/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                    b"Content-Length: %d\r\n\r\n" % len(body) + body[: chance.choice([0, 5, len(body)])]
                )
                time.sleep(chance.uniform(0, 0.03))
        lane = app.state.service.answers
        wait_until(lambda: (lane.working, lane.waiting) == (0, 0))
        assert httpx.post(f"{address}/v1/ask", json={"question": "rash?"}).status_code == 200
    assert audit.verify(settings).sound


def test_another_users_wrong_keys_lock_nobody_out(fake: FakeAssistant, settings: ServerSettings) -> None:
    closed = settings.model_copy(update={"auth": "required", "failed_sign_ins_per_minute": 3})
    key = keys.add(closed, "nurse")
    with open_client(fake, closed) as client:
        wrong = [client.post("/sign-in", data={"key": "wb_wrong"}).status_code for _ in range(5)]
        assert wrong == [401, 401, 401, 429, 429]
        assert client.get("/v1/sessions", headers={"Authorization": f"Bearer {key}"}).status_code == 200
        assert client.post("/sign-in", data={"key": key}, follow_redirects=False).status_code == 303


def test_only_a_named_proxy_is_believed(fake: FakeAssistant, settings: ServerSettings) -> None:
    closed = settings.model_copy(update={"auth": "required"})
    headers = {
        "Authorization": f"Bearer {keys.add(closed, 'nurse')}",
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Proto": "https",
    }
    for proxies, client_address, secure in (((), "127.0.0.1", False), (("127.0.0.1",), "203.0.113.9", True)):
        with running(create_app(fake, closed.model_copy(update={"proxies": proxies}))) as address:
            got = httpx.get(f"{address}/v1/pages", headers=headers)
        assert ("strict-transport-security" in got.headers) is secure
        assert list(audit.export(closed))[-1]["client"] == client_address


def test_signing_in_is_recorded_and_its_cookie_is_for_this_site_alone(
    fake: FakeAssistant, settings: ServerSettings
) -> None:
    closed = settings.model_copy(update={"auth": "required"})
    key = keys.add(closed, "nurse")
    with open_client(fake, closed) as client:
        client.post("/sign-in", data={"key": "nonsense"})
        cookie = client.post("/sign-in", data={"key": key}, follow_redirects=False).headers["set-cookie"].lower()
        client.post("/sign-out")
    assert cookie.startswith(f"{COOKIE}=")
    assert "domain=" not in cookie
    acts = [(event["action"], event["outcome"], event["user"]) for event in audit.export(closed)]
    assert acts[1:4] == [("sign-in", 401, "-"), ("sign-in", 303, "key:nurse"), ("sign-out", 303, "key:nurse")]


def test_what_is_kept_is_for_its_owner_alone(fake: FakeAssistant, tmp_path: Path) -> None:
    folder = tmp_path / "open to all"
    folder.mkdir(mode=0o755)
    with open_client(fake, ServerSettings(state_dir=folder)) as client:
        client.post("/v1/ask", json={"question": "rash?"})
        kept = [path for path in folder.iterdir() if path.name.startswith(("wardbook.db", "audit.key"))]
        assert len(kept) >= 2
        assert {path.name: stat.S_IMODE(path.stat().st_mode) & 0o077 for path in kept} == {
            path.name: 0 for path in kept
        }


@pytest.mark.parametrize("each", [25, pytest.param(125, marks=pytest.mark.long)])
def test_requests_of_all_kinds_leave_an_event_each(fake: FakeAssistant, settings: ServerSettings, each: int) -> None:
    chance = random.Random(9)
    with running(create_app(fake, settings)) as address:
        done = threading.Lock()
        sent = [0]

        def some(number: int) -> None:
            one = random.Random(number)
            with httpx.Client(base_url=address, timeout=30) as client:
                for _ in range(each):
                    _whatever(client, one)
                    with done:
                        sent[0] += 1

        seeds = [chance.randrange(10_000) for _ in range(8)]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(some, seeds))
    assert sent[0] == 8 * each
    events = list(audit.export(settings))
    assert len(events) == 8 * each
    assert len({event["request_id"] for event in events}) == 8 * each
    assert {event["outcome"] // 100 for event in events} == {2, 4}
    assert audit.verify(settings).sound


def _whatever(client: httpx.Client, chance: random.Random) -> None:
    payload = chance.choice(PAYLOADS)
    kind = chance.randrange(8)
    if kind == 0:
        client.post("/v1/ask", json={"question": f"rash {payload}"})
    elif kind == 1:
        client.post("/v1/ask/stream", json={"question": payload})
    elif kind == 2:
        client.post("/v1/search", json={"query": payload})
    elif kind == 3:
        client.post("/v1/dose", json={"drug": chance.choice(["examplinib", "12"])})
    elif kind == 4:
        client.get(f"/v1/pages/{chance.choice(['rash', 'nowhere'])}")
    elif kind == 5:
        client.post("/v1/ask", content=json.dumps(payload)[:20])
    elif kind == 6:
        client.get("/v1/regimens", params={"drug": payload})
    else:
        client.post("/v1/ask", json={"question": "x" * 300_000})
