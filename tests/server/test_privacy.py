"""Twenty canary patients in every place where text can be sent, and no trace of them where it must not be."""

import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from server.service_fake import FakeAssistant
from server.service_running import open_client
from wardbook.errors import QuestionError
from wardbook.server import audit
from wardbook.server.settings import ServerSettings

CANARIES = [
    f"{first}-{last} MRN-{7000 + n} born-19{40 + n}-03-1{n % 9} tel-0555-01{n:02}"
    for n, (first, last) in enumerate(
        zip(
            "Ottilie Balthasar Quirina Xaver Zenobia Wendelin Thekla Ignaz Uschi Veit".split() * 2,
            "Krautwig Zollner Quast Yblagger Pfnuer Dornseif Wurmser Xylander Ungnad Jaksch".split() * 2,
            strict=True,
        )
    )
]
WORDS = sorted({word for canary in CANARIES for word in canary.split()})


def traces(text: str) -> list[str]:
    return [word for word in WORDS if word.lower() in text.lower()]


def everywhere(client: TestClient, words: str) -> list[tuple[int, str, str]]:
    """Send the words to every address, in every field, also where they do not belong."""
    token = re.sub(r"\s", "%20", words)
    headers = {"X-Request-ID": words, "User-Agent": words, "Referer": f"http://127.0.0.1/{token}", "X-Whatever": words}
    sends: list[Callable[[], object]] = [
        lambda: client.post("/v1/ask", json={"question": words}, headers=headers),
        lambda: client.post("/v1/ask", json={"question": "why?", "history": [{"role": "user", "content": words}]}),
        lambda: client.post("/v1/ask", json={"question": {"name": words}}),
        lambda: client.post("/v1/ask", json={words: words}),
        lambda: client.post("/v1/ask", json={"question": words + "x" * 2000}),
        lambda: client.post("/v1/ask", json={"question": "q", "session_id": words}),
        lambda: client.post("/v1/ask", content=words.encode(), headers={"Content-Type": "application/json"}),
        lambda: client.post("/v1/ask/stream", json={"question": words}),
        lambda: client.post("/v1/search", json={"query": words}),
        lambda: client.get("/v1/regimens", params={"drug": words, "for": words, "setting": words}),
        lambda: client.get("/v1/regimens", params={"grade": words}),
        lambda: client.post("/v1/dose", json={"drug": words, "for": words, "weight_kg": words}),
        lambda: client.post("/v1/dose", json={"drug": words, "for": words}),
        lambda: client.post("/v1/check", json={"drug": "examplinib", "amount": words}),
        lambda: client.get(f"/v1/pages/{token}"),
        lambda: client.get(f"/pages/{token}"),
        lambda: client.get(f"/pages/rash?lines={token}"),
        lambda: client.get(f"/{token}"),
        lambda: client.get(f"/v1/sessions/{token}"),
        lambda: client.request("DELETE", f"/v1/sessions/{token}"),
        lambda: client.post("/v1/sessions", json={"title": words}),
        lambda: client.post("/v1/sessions", json={"title": [words]}),
        lambda: client.post("/", data={"question": words}, follow_redirects=False),
        lambda: client.post("/", data={"question": words, "session_id": words}, follow_redirects=False),
        lambda: client.post("/pages", data={"query": words}),
        lambda: client.post("/sign-in", data={"key": words}),
        lambda: client.request("BREW", f"/{token}", headers=headers),
    ]
    got = []
    for send in sends:
        response = send()
        got.append((response.status_code, response.text, response.headers.get("location", "")))  # type: ignore[attr-defined]
    return got


@pytest.mark.parametrize("trouble", [None, RuntimeError, QuestionError])
def test_no_trace_of_a_patient_in_logs_metrics_errors_and_the_audit_trail(
    fake: FakeAssistant,
    settings: ServerSettings,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    trouble: type[Exception] | None,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    debug = settings.model_copy(update={"log_level": "debug"})
    with open_client(fake, debug) as client:
        from wardbook.server.logs import configure

        configure("debug")
        for canary in CANARIES if trouble is None else CANARIES[:3]:
            fake.broken = QuestionError(f"{canary!r} is no drug", "check it") if trouble is QuestionError else None
            fake.broken = RuntimeError(canary) if trouble is RuntimeError else fake.broken
            for status, text, location in everywhere(client, canary):
                assert not traces(location)
                if status >= 400:
                    assert not traces(text)
        metrics = client.get("/metrics").text
    out, err = capfd.readouterr()
    assert "wardbook_http_requests_total" in metrics
    assert '"event": "request"' in err
    assert not traces(out + err + metrics)
    assert not traces(json.dumps(list(audit.export(settings))))
    files = [path for path in tmp_path.rglob("*") if path.is_file() and not path.name.startswith("wardbook.db")]
    assert {path.name for path in files} >= {"audit.anchor", "audit.key"}
    assert not traces(" ".join(path.read_text(encoding="utf-8", errors="replace") for path in files))


def test_a_log_line_stays_one_line_of_json_whatever_is_sent(
    client: TestClient, capfd: pytest.CaptureFixture[str]
) -> None:
    from wardbook.server.logs import configure, log

    configure("info")
    hostile = ["\r\n", '\n{"event": "forged"}', "\x1b[2J", "\x00", "\u2028", '"}', "\\", "%0d%0a", "\ud800"]
    capfd.readouterr()
    for n in range(100):
        log().info("request", route=f"a{hostile[n % len(hostile)]}b{n}", question="secret")
    lines = capfd.readouterr().err.strip("\n").split("\n")
    assert len(lines) == 100
    for line in lines:
        event = json.loads(line)
        assert "question" not in event
        assert event["event"] == "request"


def test_request_ids_are_ours_or_uuids(client: TestClient) -> None:
    known = "0b0e8a5e-7f5a-4c3f-9df1-1f0d4be0a001"
    assert client.get("/healthz", headers={"X-Request-ID": known}).headers["x-request-id"] == known
    assert client.get("/healthz", headers={"X-Request-ID": "Miller"}).headers["x-request-id"] != "Miller"
