"""Questions over HTTP: whole, streamed, in conversations."""

import json
import sqlite3
from contextlib import closing
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from server.service_fake import FakeAssistant
from wardbook.answering.answer import Answer
from wardbook.server import audit
from wardbook.server.schemas import AnswerOut
from wardbook.server.settings import ServerSettings


def events(text: str) -> list[tuple[str, dict[str, object]]]:
    blocks = [block.split("\n") for block in text.strip().split("\n\n")]
    return [(lines[0].removeprefix("event: "), json.loads(lines[1].removeprefix("data: "))) for lines in blocks]


def test_an_answer_has_the_shape_of_the_contract_and_an_id(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": "what is a rash?"}).json()
    AnswerOut.model_validate(answer)
    assert answer["status"] == "answered"
    assert answer["citations"][0]["lines"] == [3, 3]
    assert answer["session_id"] is None


def test_a_stream_ends_with_the_answer_and_its_pieces_make_the_text(client: TestClient) -> None:
    response = client.post("/v1/ask/stream", json={"question": "what is a rash?"})
    assert response.headers["content-type"].startswith("text/event-stream")
    got = events(response.text)
    assert got[0][0] == "status"
    assert got[-1][0] == "answer"
    assert "".join(str(data["text"]) for name, data in got if name == "text") == got[-1][1]["text"]


def test_a_conversation_carries_what_was_said(client: TestClient, fake: FakeAssistant) -> None:
    session = client.post("/v1/sessions").json()["id"]
    client.post("/v1/ask", json={"question": "what is a rash?", "session_id": session})
    second = client.post("/v1/ask", json={"question": "why?", "session_id": session}).json()
    assert second["session_id"] == session
    assert fake.asked[1][1][0] == ("user", "what is a rash?")
    assert second["standalone_question"] == "what is a rash?: why?"
    kept = client.get(f"/v1/sessions/{session}").json()
    assert [turn["answer"]["question"] for turn in kept["turns"]] == ["what is a rash?", "why?"]
    assert kept["title"] == "what is a rash?"
    assert [row["id"] for row in client.get("/v1/sessions").json()] == [session]


def test_an_undone_question_is_asked_again_without_the_conversation(client: TestClient, fake: FakeAssistant) -> None:
    session = client.post("/v1/sessions").json()["id"]
    client.post("/v1/ask", json={"question": "what is a rash?", "session_id": session})
    second = client.post("/v1/ask", json={"question": "why?", "session_id": session}).json()
    client.post("/v1/ask", json={"question": "why?", "session_id": session, "undo": second["answer_id"]})
    assert fake.asked[2] == ("why?", ())
    client.post("/v1/ask", json={"question": "level?", "session_id": session})
    assert [words for role, words in fake.asked[3][1] if role == "user"] == ["what is a rash?", "why?"]
    assert [turn["undone"] for turn in client.get(f"/v1/sessions/{session}").json()["turns"]] == [
        False,
        True,
        False,
        False,
    ]


def test_history_of_a_program_is_passed_on(client: TestClient, fake: FakeAssistant) -> None:
    history = [{"role": "user", "content": "what is a rash?"}, {"role": "assistant"}]
    client.post("/v1/ask", json={"question": "why?", "history": history})
    assert fake.asked[0][1] == (("user", "what is a rash?"), ("assistant", ""))


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({}, 422, "invalid"),
        ({"question": "   "}, 422, "invalid"),
        ({"question": "x" * 2001}, 422, "question-too-long"),
        ({"question": "why?", "surprise": 1}, 422, "invalid"),
        ({"question": "why?", "history": [{"role": "user", "content": "a"}] * 21}, 422, "history-too-long"),
        ({"question": "why?", "session_id": str(uuid4())}, 404, "not-found"),
        ({"question": "why?", "undo": str(uuid4())}, 422, "undo"),
        ({"question": "why?", "session_id": str(uuid4()), "history": [{"role": "user"}]}, 422, "history"),
        ({"question": "x" * 300_000}, 413, "too-large"),
    ],
)
@pytest.mark.parametrize("address", ["/v1/ask", "/v1/ask/stream"])
def test_what_does_not_fit_is_a_problem(
    client: TestClient, address: str, body: dict[str, object], status: int, kind: str
) -> None:
    response = client.post(address, json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["type"] == f"urn:wardbook:problem:{kind}"
    assert problem["request_id"] == response.headers["x-request-id"]


def test_broken_json_is_a_problem(client: TestClient) -> None:
    response = client.post("/v1/ask", content=b"{", headers={"Content-Type": "application/json"})
    assert (response.status_code, response.json()["type"]) == (400, "urn:wardbook:problem:not-json")


def test_a_deleted_conversation_is_gone_with_its_answers(client: TestClient) -> None:
    session = client.post("/v1/sessions").json()["id"]
    answer = client.post("/v1/ask", json={"question": "what is a rash?", "session_id": session}).json()
    assert client.delete(f"/v1/sessions/{session}").status_code == 204
    assert client.get(f"/v1/sessions/{session}").status_code == 404
    assert client.post(f"/v1/answers/{answer['answer_id']}/feedback", json={"verdict": "helpful"}).status_code == 404


def test_conversations_outlive_the_service(fake: FakeAssistant, settings: ServerSettings) -> None:
    from server.service_running import open_client

    with open_client(fake, settings) as client:
        session = client.post("/v1/sessions", json={"title": "night shift"}).json()["id"]
        client.post("/v1/ask", json={"question": "what is a rash?", "session_id": session})
    with open_client(fake, settings) as client:
        kept = client.get(f"/v1/sessions/{session}").json()
    assert kept["title"] == "night shift"
    assert len(kept["turns"]) == 1


def test_old_conversations_are_deleted_and_that_is_recorded(fake: FakeAssistant, settings: ServerSettings) -> None:
    from server.service_running import open_client, wait_until

    with open_client(fake, settings) as client:
        session = client.post("/v1/sessions").json()["id"]
        client.post("/v1/ask", json={"question": "what is a rash?", "session_id": session})
        client.post("/v1/ask", json={"question": "what is a rash?"})
    with closing(sqlite3.connect(settings.state_dir / "wardbook.db")) as database, database:
        database.execute("UPDATE sessions SET updated_at = '2020-01-01T00:00:00.000000Z'")
        database.execute("UPDATE answers SET created_at = '2020-01-01T00:00:00.000000Z'")
    with open_client(fake, settings.model_copy(update={"keep_days": 0})) as client:
        assert len(client.get(f"/v1/sessions/{session}").json()["turns"]) == 1
    with open_client(fake, settings) as client:
        wait_until(lambda: client.get(f"/v1/sessions/{session}").status_code == 404)
    event = next(event for event in audit.export(settings) if event["action"] == "expire")
    assert (event["user"], event["detail"]) == ("service", {"conversations": 1, "answers": 1, "texts": 0})
    assert audit.verify(settings).sound


def test_lookups(client: TestClient) -> None:
    assert client.post("/v1/search", json={"query": "rash", "k": 1}).json()["passages"][0]["rank"] == 1
    assert len(client.get("/v1/regimens", params={"drug": "examplinib"}).json()["regimens"]) == 2
    assert (
        client.get("/v1/regimens", params={"setting": "prophylaxis"}).json()["regimens"][0]["setting"] == "prophylaxis"
    )
    dose = client.post("/v1/dose", json={"drug": "examplinib", "for": "rash", "weight_kg": 120}).json()
    assert dose["computed"][0]["arithmetic"].endswith("the maximum single dose")
    check = client.post("/v1/check", json={"drug": "examplinib", "amount": "900 mg"}).json()
    assert check["verdict"]["result"] == "exceeds"


def test_a_refusal_of_the_core_is_a_problem_with_its_mend(client: TestClient) -> None:
    response = client.post("/v1/dose", json={"drug": "12"})
    assert response.status_code == 422
    assert response.json()["mend"] == "give the generic name."


def test_pages(client: TestClient) -> None:
    listed = client.get("/v1/pages").json()
    assert {page["page"] for page in listed} == {"drugs/examplinib", "rash"}
    page = client.get("/v1/pages/drugs/examplinib").json()
    assert page["markdown"].startswith("# Examplinib")
    assert 'href="/pages/rash"' in page["html"]
    assert client.get("/v1/pages/nowhere").status_code == 404


def test_health(client: TestClient, fake: FakeAssistant) -> None:
    assert client.get("/healthz").json() == {"status": "up"}
    assert client.get("/readyz").json() == {"status": "ready"}
    fake.texts = {"empty": "x"}
    fake.generation = 2
    fake.search = lambda query, k: []  # type: ignore[method-assign]
    assert client.get("/readyz").status_code == 503


def test_a_core_that_answers_nothing_is_not_ready(client: TestClient, fake: FakeAssistant) -> None:
    def ask(question: str, **_: object) -> Answer:
        raise RuntimeError

    fake.ask = ask  # type: ignore[method-assign]
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_metrics_tell_questions_by_status_latencies_and_the_age_of_the_index(client: TestClient) -> None:
    for question in ("what is a rash?", "examplinib dose", "zinc", "zinc again"):
        client.post("/v1/ask", json={"question": question})
    text = client.get("/metrics").text
    for line in (
        'wardbook_questions_total{kind="ask",status="answered"} 1.0',
        'wardbook_questions_total{kind="ask",status="needs_clarification"} 1.0',
        'wardbook_questions_total{kind="ask",status="not_found"} 2.0',
        'wardbook_answer_seconds_count{kind="ask"} 4.0',
        'wardbook_http_requests_total{method="POST",route="/v1/ask",status="200"} 4.0',
    ):
        assert line in text
    age = next(line for line in text.splitlines() if line.startswith("wardbook_index_age_seconds "))
    assert float(age.split()[1]) > -86_400
