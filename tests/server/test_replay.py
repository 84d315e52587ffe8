"""Answers given again, and feedback as gold items."""

import pytest
from fastapi.testclient import TestClient

from server.service_fake import RASH, FakeAssistant
from wardbook.errors import QuestionError
from wardbook.server.gold import from_feedback
from wardbook.server.replay import replay
from wardbook.server.settings import ServerSettings


@pytest.mark.parametrize(
    ("address", "body"),
    [
        (
            "/v1/ask",
            {
                "question": "why?",
                "history": [{"role": "user", "content": "rash?"}, {"role": "assistant", "content": ""}],
            },
        ),
        ("/v1/dose", {"drug": "examplinib", "for": "rash", "weight_kg": 12.5}),
        ("/v1/check", {"drug": "examplinib", "amount": "900 mg"}),
    ],
)
def test_the_same_index_gives_the_same_answer(
    client: TestClient, fake: FakeAssistant, settings: ServerSettings, address: str, body: dict[str, object]
) -> None:
    answer = client.post(address, json=body).json()["answer_id"]
    again = replay(settings, fake, answer)
    assert again.same
    assert again.same_index
    assert again.changed_pages == ()


def test_a_changed_page_is_named_with_what_differs(
    client: TestClient, fake: FakeAssistant, settings: ServerSettings
) -> None:
    answer = client.post("/v1/ask", json={"question": "rash?"}).json()["answer_id"]
    fake.texts["rash"] = RASH.replace("# Rash", "# Rashes")
    fake.generation = 2
    again = replay(settings, fake, answer)
    assert not again.same
    assert not again.same_index
    assert again.changed_pages == ("rash",)
    assert again.differences[0].startswith("citations: ")


def test_an_unknown_answer_is_refused(fake: FakeAssistant, settings: ServerSettings) -> None:
    with pytest.raises(QuestionError, match="no answer with this id"):
        replay(settings, fake, "nonsense")


def test_feedback_becomes_gold(client: TestClient, settings: ServerSettings) -> None:
    good = client.post("/v1/ask", json={"question": "rash?"}).json()["answer_id"]
    bad = client.post("/v1/ask", json={"question": "examplinib dose?"}).json()["answer_id"]
    assert client.post(f"/v1/answers/{good}/feedback", json={"verdict": "wrong"}).status_code == 204
    assert client.post(f"/v1/answers/{good}/feedback", json={"verdict": "helpful"}).status_code == 204
    client.post(f"/v1/answers/{bad}/feedback", json={"verdict": "wrong", "reason": "the row for children"})
    items = list(from_feedback(settings))
    assert [item["question"] for item in items] == ["rash?", "examplinib dose?"]
    assert items[0]["expect_status"] == "answered"
    assert items[0]["gold_sections"] == [["rash", ""], ["drugs/examplinib", "Monitoring"]]
    assert items[1]["gold_sections"] == []
    assert items[1]["note"].endswith("the row for children")
