"""The audit trail in short."""

from fastapi.testclient import TestClient

from wardbook.server import audit, keys
from wardbook.server.review import in_words, review
from wardbook.server.settings import ServerSettings


def test_a_review_tells_who_did_how_much_and_what_deserves_a_look(client: TestClient, settings: ServerSettings) -> None:
    for _ in range(3):
        client.post("/v1/ask", json={"question": "rash?"})
    client.post("/v1/ask", json={"question": "rash?"}, headers={"Origin": "https://elsewhere.example"})
    keys.add(settings, "nurse")
    told = review(audit.export(settings, act="review-audit"))
    assert told["by_action"] == {"ask": 3, "unknown": 1, "add-key": 1}
    assert told["by_user"] == {"local": 3, "-": 1, "operator": 1}
    assert told["refused"] == {"not allowed: - from testclient": 1}
    assert [act.split()[1] for act in told["operator_acts"]] == ["add-key"]
    assert "       3  ask\n" in in_words(told)
    assert [event["action"] for event in audit.export(settings)][-1] == "review-audit"


def test_an_empty_trail_has_nothing_to_review() -> None:
    assert in_words(review([])).startswith("0 events, none to none\n")
