"""The service over the assistant itself: a small corpus, a real index, and a new generation while questions come in."""

import json
import os
import random
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from server.injections import dangers
from server.served import free_port
from server.service_running import open_client, running, wait_until
from wardbook.assistant import Assistant, open_assistant
from wardbook.index.build import build
from wardbook.server import audit
from wardbook.server.app import create_app
from wardbook.server.replay import replay
from wardbook.server.schemas import AnswerOut
from wardbook.server.settings import ServerSettings
from wardbook.settings import Settings

DRUG = """---
title: Paracetamol
last_updated: 2026-01-02
evidence_level: High
---

# Paracetamol

## Dosing

| Indication | Population | Dose | Route | Interval | Maximum |
|---|---|---|---|---|---|
| Fever | Adult | 1000 mg | PO | every 6 hours | 4000 mg per day |
| Fever | Child | 15 mg/kg | PO | every 6 hours | 60 mg/kg per day |

## Monitoring

Check liver enzymes weekly in long treatment. See [[fever]].
"""
FEVER = """# Fever

## Definition

Fever is a temperature of at least 38 °C.

## Causes

- Infection is the most common cause.
"""


def index_pages(corpus: Path, index: Path) -> None:
    given = Settings()
    build(corpus, index, model=given.model, cache=given.cache)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    corpus, index = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("index")
    (corpus / "paracetamol.md").write_text(DRUG, encoding="utf-8")
    (corpus / "fever.md").write_text(FEVER, encoding="utf-8")
    index_pages(corpus, index)
    return corpus, index


@pytest.fixture(scope="module")
def assistant(places: tuple[Path, Path]) -> Assistant:
    return open_assistant(*places)


@pytest.fixture
def real(assistant: Assistant, settings: ServerSettings) -> Iterator[TestClient]:
    with open_client(assistant, settings) as client:
        yield client


def test_a_question_is_answered_with_citations_that_stand(real: TestClient) -> None:
    answer = real.post("/v1/ask", json={"question": "what is fever?"}).json()
    AnswerOut.model_validate(answer)
    assert answer["status"] == "answered"
    cited = answer["citations"][0]
    lines = real.get(f"/v1/pages/{cited['page']}").json()["markdown"].split("\n")
    first, last = cited["lines"]
    assert cited["quote"] in "\n".join(lines[first - 1 : last])
    assert "38 °C" in answer["text"]


def test_doses_checks_and_lists(real: TestClient) -> None:
    dose = real.post("/v1/dose", json={"drug": "paracetamol", "for": "fever", "weight_kg": 20}).json()
    assert any(each["amount"] == {"low": 15, "high": 15, "unit": "mg"} for each in dose["regimens"])
    check = real.post("/v1/check", json={"drug": "paracetamol", "amount": "5 g/day", "for": "fever in an adult"}).json()
    assert check["verdict"] is None or check["verdict"]["result"] != "within"
    assert len(real.get("/v1/regimens", params={"drug": "paracetamol"}).json()["regimens"]) == 2
    assert real.post("/v1/search", json={"query": "liver enzymes"}).json()["passages"][0]["page"] == "paracetamol"
    assert real.post("/v1/dose", json={"drug": "nosuchdrugium"}).status_code in (200, 422)


def test_pages_for_reading_mark_what_an_answer_cites(real: TestClient) -> None:
    answer = real.post("/v1/ask", json={"question": "adult paracetamol dose for fever"}).json()
    page = real.get("/pages/paracetamol?lines=13-13").text
    assert page.count('class="cited"') == 1
    assert "1000 mg" in page.partition('class="cited"')[2][:200]
    assert 'href="/pages/fever"' in page
    for cited in answer["citations"]:
        assert real.get(cited["url"].partition("#")[0]).status_code == 200
    assert not dangers(real.get("/v1/pages/paracetamol").json()["html"])


def test_home_offers_questions_that_are_answered(real: TestClient) -> None:
    assert real.get("/readyz").status_code == 200
    assert "paracetamol" in real.get("/").text
    assert "wardbook_index_age_seconds" in real.get("/metrics").text


def test_the_same_index_gives_the_same_answer_again(
    real: TestClient, assistant: Assistant, settings: ServerSettings
) -> None:
    for body in ({"question": "what is fever?"}, {"question": "paracetamol dose for a child of 20 kg with fever"}):
        answer = real.post("/v1/ask", json=body).json()
        again = replay(settings, assistant, answer["answer_id"])
        assert again.same, again.differences


@pytest.mark.parametrize("tried", [40, pytest.param(200, marks=pytest.mark.long)])
def test_hostile_words_break_nothing_of_the_search_and_the_doses(real: TestClient, tried: int) -> None:
    marks = "' \" -- ; \\ % _ \x00 \x1a NEAR( a:b * ^ ( ) OR AND NOT \u202e {} [[ ]] | <b> \ufffd".split(" ")
    words = [f"{a}{b} fever {b}{a}" for a in marks for b in marks]
    assert len(words) >= 200
    for one in random.Random(3).sample(words, tried):
        for address, body in (
            ("/v1/ask", {"question": one}),
            ("/v1/search", {"query": one}),
            ("/v1/dose", {"drug": one, "for": one}),
            ("/v1/check", {"drug": "paracetamol", "amount": one}),
        ):
            assert real.post(address, json=body).status_code in (200, 422), (address, one)
        assert real.get("/v1/regimens", params={"drug": one, "for": one}).status_code in (200, 422)


@pytest.mark.parametrize("weight", [-1, 0, 1e-9, 1e9, 1e308, 0.1 + 0.2])
def test_weights_that_nobody_has_break_nothing(real: TestClient, weight: float) -> None:
    got = real.post("/v1/dose", json={"drug": "paracetamol", "for": "fever in a child", "weight_kg": weight})
    assert got.status_code in (200, 422)
    if got.status_code == 200:
        assert all(0 < float(each["high"]) < 1e6 for each in got.json()["computed"])


def _served(places: tuple[Path, Path], state: Path, *more: str) -> tuple[subprocess.Popen[str], str]:
    """Begin `wardbook serve` as a person would; give the process and its address."""
    corpus, index = places
    port = str(free_port())
    command = [sys.executable, "-c", "from wardbook.cli import main; main()", "--corpus", str(corpus)]
    command += ["--index", str(index), "serve", "--port", port, *more]
    environment = os.environ | {"WARDBOOK_SERVER_STATE_DIR": str(state)}
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True), f"http://127.0.0.1:{port}"


def test_serve_opens_a_chat_that_outlives_a_restart(places: tuple[Path, Path], tmp_path: Path) -> None:
    session, answer = "", {}
    for _ in range(2):
        process, address = _served(places, tmp_path)
        try:
            wait_until(lambda address=address: _ready(address), 60)  # type: ignore[misc]
            with httpx.Client(base_url=address, timeout=30) as client:
                assert "Ask this unit" in client.get("/").text
                if not session:
                    session = client.post("/v1/sessions").json()["id"]
                    body = {"question": "what is fever?", "session_id": session}
                    answer = client.post("/v1/ask", json=body).json()
                kept = client.get(f"/v1/sessions/{session}").json()["turns"]
                assert [turn["answer"] for turn in kept] == [
                    {name: value for name, value in answer.items() if name in kept[0]["answer"]}
                ]
        finally:
            process.terminate()
            log = process.communicate(timeout=40)[1]
        assert '"event": "stopped"' in log
        assert "fever" not in log


def test_serve_refuses_the_network_without_authentication_in_one_line(
    places: tuple[Path, Path], tmp_path: Path
) -> None:
    process, _ = _served(places, tmp_path, "--host", "0.0.0.0")
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 2
    assert "refusing to serve on 0.0.0.0 without authentication" in said
    assert "wardbook keys add" in said
    assert "Traceback" not in said


def _ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz").status_code == 200
    except httpx.TransportError:
        return False


def test_a_new_generation_is_taken_up_under_load(places: tuple[Path, Path], tmp_path: Path) -> None:
    corpus, index = places
    settings = ServerSettings(state_dir=tmp_path, refresh_every_s=0.05, requests_per_minute=1_000_000)
    stop = threading.Event()
    faults: list[str] = []

    def ask(address: str) -> None:
        with httpx.Client(base_url=address, timeout=30) as client:
            while not stop.is_set():
                response = client.post("/v1/ask", json={"question": "what is fever?"})
                if response.status_code != 200:  # between a page's change and its indexing it may be "not found"
                    faults.append(response.text)

    with running(create_app(open_assistant(corpus, index), settings)) as address, ThreadPoolExecutor(4) as pool:
        for _ in range(4):
            pool.submit(ask, address)

        def index_in_use() -> str:
            return str(httpx.get(f"{address}/v1/info").json()["index"])

        before = index_in_use()
        for degrees in (38.1, 38.2):
            (corpus / "fever.md").write_text(FEVER.replace("38 °C", f"{degrees} °C"), encoding="utf-8")
            used = index_in_use()
            index_pages(corpus, index)
            wait_until(lambda used=used: index_in_use() != used, 60)  # type: ignore[misc]
        answer = httpx.post(f"{address}/v1/ask", json={"question": "what is fever?"}).json()
        after = index_in_use()
        stop.set()
    assert faults == []
    assert before != after
    assert "38.2 °C" in answer["text"]
    assert audit.verify(settings).sound
    indexes = {json.dumps(event["detail"].get("index")) for event in audit.export(settings) if event["action"] == "ask"}
    assert len(indexes) >= 2


@pytest.mark.long
def test_twenty_swaps_under_fifty_clients_cost_no_answer(tmp_path: Path) -> None:
    """Every answer is of one index, and its citations are lines of the pages that this index was made of."""
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "paracetamol.md").write_text(DRUG, encoding="utf-8")
    (corpus / "fever.md").write_text(FEVER, encoding="utf-8")
    index_pages(corpus, index)
    settings = ServerSettings(
        state_dir=tmp_path / "state", refresh_every_s=0.05, requests_per_minute=1_000_000, queue=256
    )
    stop = threading.Event()
    faults: list[str] = []
    said: dict[str, set[str]] = {}
    lock = threading.Lock()

    def ask(address: str) -> None:
        with httpx.Client(base_url=address, timeout=60) as client:
            while not stop.is_set():
                response = client.post("/v1/ask", json={"question": "what is fever?"})
                answer = response.json() if response.status_code == 200 else {}
                figures = set(re.findall(r"38(?:\.\d+)? °C", json.dumps(answer, ensure_ascii=False)))
                with lock:
                    if not all(each["page"] == "fever" for each in answer.get("citations", [{"page": None}])):
                        faults.append(response.text)
                    said[str(answer.get("answer_id"))] = figures

    with running(create_app(open_assistant(corpus, index), settings)) as address, ThreadPoolExecutor(50) as pool:
        clients = [pool.submit(ask, address) for _ in range(50)]
        try:
            for swap in range(1, 21):
                text = f"38.{swap - 1} °C" if swap > 1 else "38 °C"
                wait_until(lambda text=text: {text} in list(said.values()), 60)  # type: ignore[misc]
                used = str(httpx.get(f"{address}/v1/info", timeout=60).json()["index"])
                (corpus / "fever.md").write_text(FEVER.replace("38 °C", f"38.{swap} °C"), encoding="utf-8")
                index_pages(corpus, index)
                wait_until(
                    lambda used=used: str(httpx.get(f"{address}/v1/info", timeout=60).json()["index"]) != used,  # type: ignore[misc]
                    60,
                )
        finally:
            stop.set()
    assert [client.exception() for client in clients if client.exception()] == []
    assert faults == []
    assert audit.verify(settings).sound
    made: dict[str, set[str]] = {}
    for event in audit.export(settings):
        if event["action"] == "ask":
            made.setdefault(str(event["detail"]["index"]), set()).update(said[event["detail"]["answer"]])
    assert len(made) >= 20
    assert all(len(figures) <= 1 for figures in made.values())  # an index is of one text of the page
    assert {"38 °C", *(f"38.{swap} °C" for swap in range(1, 20))} <= set().union(*made.values())
