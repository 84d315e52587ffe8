"""The audit trail: complete, and any change to it is found."""

import json
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from server.service_fake import FakeAssistant
from server.service_running import open_client
from wardbook.errors import SettingsError
from wardbook.server import audit, keys
from wardbook.server.settings import ServerSettings


def events(settings: ServerSettings) -> list[dict[str, object]]:
    return list(audit.export(settings))


def test_each_request_leaves_one_event_whatever_became_of_it(client: TestClient, settings: ServerSettings) -> None:
    session = client.post("/v1/sessions").json()["id"]
    client.post("/v1/ask", json={"question": "rash?", "session_id": session})
    client.post("/v1/ask/stream", json={"question": "rash?"})
    client.post("/v1/ask", json={})
    client.get("/v1/pages/rash")
    client.get("/v1/pages/nowhere")
    client.get("/v1/no/such/address")
    client.get("/pages/rash?lines=3-3")
    client.post("/v1/dose", json={"drug": "examplinib"})
    client.get("/healthz")
    client.get("/static/wardbook.css")
    got = [(event["action"], event["outcome"]) for event in events(settings)]
    assert got == [
        ("open-session", 201), ("ask", 200), ("ask", 200), ("ask", 422), ("page", 200), ("page", 404), ("unknown", 404),
        ("view-page", 200), ("dose", 200),
    ]  # fmt: skip


def test_an_answer_tells_who_when_which_pages_and_versions(client: TestClient, settings: ServerSettings) -> None:
    response = client.post("/v1/ask", json={"question": "rash?"})
    event = events(settings)[0]
    detail = event["detail"]
    assert isinstance(detail, dict)
    assert (event["user"], event["client"]) == ("local", "testclient")
    assert event["request_id"] == response.headers["x-request-id"]
    assert detail["answer"] == response.json()["answer_id"]
    assert (detail["index"], detail["software"], detail["model"]) == ("gen-1", "0.1.0", "tiny")
    assert {"page": "rash", "section": "", "lines": [3, 3]} in detail["cited"]
    assert set(detail["pages"]) == {"rash", "drugs/examplinib"}
    assert all(len(sha) == 64 for sha in detail["pages"].values())
    assert "rash?" not in json.dumps(event)


def test_a_failed_stream_is_recorded_as_failed(
    client: TestClient, fake: FakeAssistant, settings: ServerSettings
) -> None:
    fake.broken = RuntimeError("Mrs Miller")
    response = client.post("/v1/ask/stream", json={"question": "rash?"})
    assert "event: error" in response.text
    assert "Miller" not in response.text
    assert [(event["action"], event["outcome"]) for event in events(settings)] == [("ask-stream", 500)]


def test_nothing_is_answered_that_cannot_be_recorded(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr(audit.Trail, "add", fail)
    for answer in (
        client.post("/v1/ask", json={"question": "rash?"}),
        client.post("/v1/dose", json={"drug": "examplinib"}),
        client.get("/v1/pages/rash"),
    ):
        assert answer.status_code == 503
        assert answer.json()["type"] == "urn:wardbook:problem:not-recorded"
    streamed = client.post("/v1/ask/stream", json={"question": "rash?"}).text
    assert "event: error" in streamed
    assert "event: text" not in streamed
    assert client.get("/healthz").status_code == 200


def test_acts_on_the_command_line_are_recorded(settings: ServerSettings) -> None:
    key = keys.add(settings, "nurse")
    keys.revoke(settings, key)
    assert [event["action"] for event in events(settings)] == ["add-key", "revoke-key"]
    assert [event["action"] for event in events(settings)][-1] == "export-audit"
    assert key.rpartition("_")[2] not in json.dumps(events(settings))


def test_export_takes_a_span_of_time(client: TestClient, settings: ServerSettings) -> None:
    client.get("/v1/pages")
    client.get("/v1/pages")
    second = events(settings)[1]["at"]
    assert next(event["seq"] for event in audit.export(settings, since=str(second), until="2999")) == 2
    assert [event["seq"] for event in audit.export(settings, until=str(second))] == [1]
    with pytest.raises(SettingsError, match="'yesterday' is no time: write it as"):
        list(audit.export(settings, since="yesterday"))


@pytest.fixture
def trail(fake: FakeAssistant, settings: ServerSettings) -> Path:
    """A closed database with forty events and no triggers, as somebody with the file could have it."""
    with open_client(fake, settings) as client:
        for n in range(40):
            client.post("/v1/ask", json={"question": f"rash {n}?"})
    path = settings.state_dir / "wardbook.db"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DROP TRIGGER audit_no_update")
        db.execute("DROP TRIGGER audit_no_delete")
    return path


def test_a_sound_trail_is_sound(trail: Path, settings: ServerSettings) -> None:
    assert audit.verify(settings) == audit.Report(40, ())


def test_every_one_of_two_hundred_changes_is_found(trail: Path, settings: ServerSettings) -> None:
    chance = random.Random(7)
    columns = ("at", "user", "client", "action", "outcome", "request_id", "detail", "prev", "mac")
    original = trail.read_bytes()
    for number in range(200):
        first, second = chance.sample(range(1, 41), 2)
        with closing(sqlite3.connect(trail)) as db, db:
            if number % 5 == 0:
                db.execute("DELETE FROM audit WHERE seq = ?", (first,))
            elif number % 5 == 1:
                _swap(db, first, second)
            elif number % 5 == 2:
                _truncate(db, first - 1)
            elif number % 5 == 3:
                _insert_copy(db, first)
            else:
                column = chance.choice(columns)
                db.execute(f"UPDATE audit SET {column} = {column} || '0' WHERE seq = ?", (first,))
        assert not audit.verify(settings).sound, (number, first, second)
        trail.write_bytes(original)
        for beside in ("-wal", "-shm"):
            trail.with_name(trail.name + beside).unlink(missing_ok=True)


def _swap(db: sqlite3.Connection, first: int, second: int) -> None:
    db.execute("UPDATE audit SET seq = -1 WHERE seq = ?", (first,))
    db.execute("UPDATE audit SET seq = ? WHERE seq = ?", (first, second))
    db.execute("UPDATE audit SET seq = ? WHERE seq = -1", (second,))


def _truncate(db: sqlite3.Connection, last: int) -> None:
    """Cut the end off and make the recorded end fit: only the anchor file knows better."""
    db.execute("DELETE FROM audit WHERE seq > ?", (last,))
    mac = db.execute("SELECT mac FROM audit WHERE seq = ?", (last,)).fetchone()
    db.execute("UPDATE audit_head SET seq = ?, mac = ?", (last, mac[0] if mac else ""))


def _insert_copy(db: sqlite3.Connection, copied: int) -> None:
    db.execute(
        "INSERT INTO audit SELECT 41, at, user, client, action, outcome, request_id, detail, prev, mac "
        "FROM audit WHERE seq = ?",
        (copied,),
    )


def test_a_missing_anchor_or_another_key_is_found(trail: Path, settings: ServerSettings) -> None:
    anchor, key = settings.state_dir / "audit.anchor", settings.state_dir / "audit.key"
    kept = anchor.read_text()
    anchor.unlink()
    assert "anchor" in audit.verify(settings).faults[0]
    anchor.write_text(kept)
    key.write_text("00" * 32)
    assert not audit.verify(settings).sound
    key.write_text("nonsense")
    with pytest.raises(SettingsError, match="audit key"):
        audit.verify(settings)


def test_the_database_itself_refuses_changes(client: TestClient, settings: ServerSettings) -> None:
    client.get("/v1/pages")
    with closing(sqlite3.connect(settings.state_dir / "wardbook.db")) as db:
        for statement in ("UPDATE audit SET user = 'x'", "DELETE FROM audit"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                db.execute(statement)


def test_the_key_is_for_its_owner_alone(client: TestClient, settings: ServerSettings) -> None:
    assert (settings.state_dir / "audit.key").stat().st_mode & 0o077 == 0
