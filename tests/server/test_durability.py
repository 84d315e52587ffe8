"""Killed, stopped and given new indexes under load: no acknowledged answer is lost or cut, the trail has no gap."""

import itertools
import json
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from server.served import Served
from server.service_fake import FakeAssistant
from server.service_running import running, wait_until
from wardbook.errors import IndexFault
from wardbook.server import audit
from wardbook.server.app import create_app
from wardbook.server.settings import ServerSettings
from wardbook.server.storage.engine import Storage
from wardbook.server.storage.tables import AnswerRow


def load(address: str, stop: threading.Event, acknowledged: dict[str, str], faults: list[str]) -> None:
    """Ask until told to stop; note each answer that came whole."""
    with httpx.Client(base_url=address, timeout=30) as client:
        for number in itertools.count():
            if stop.is_set():
                return
            question = f"rash {threading.get_ident()} {number}"
            try:
                if number % 2:
                    answer = client.post("/v1/ask", json={"question": question}).raise_for_status().json()
                else:
                    text = client.post("/v1/ask/stream", json={"question": question}).text
                    last = text.rstrip("\n").split("\n\n")[-1]
                    if not last.startswith("event: answer\ndata: "):
                        faults.append(last[:200])
                        continue
                    answer = json.loads(last.partition("data: ")[2])
                acknowledged[answer["answer_id"]] = question
            except httpx.TransportError:
                return
            except httpx.HTTPStatusError as error:
                faults.append(str(error.response.status_code))


def kept(state: Path) -> dict[str, str]:
    storage = Storage(f"sqlite:///{state / 'wardbook.db'}")
    try:
        with storage.read() as session:
            return {row.id: str(row.answer["question"]) for row in session.query(AnswerRow)}
    finally:
        storage.close()


def rounds_of_kills(tmp_path: Path, rounds: int, processes: int) -> None:
    acknowledged: dict[str, str] = {}
    chance = random.Random(3)
    for _ in range(rounds):
        stop: threading.Event = threading.Event()
        served = Served(tmp_path, processes=processes)
        with ThreadPoolExecutor(6) as pool:
            for _ in range(6):
                pool.submit(load, served.address, stop, acknowledged, [])
            before = len(acknowledged)
            wait_until(lambda before=before: len(acknowledged) > before + 10, 60)  # type: ignore[misc]
            time.sleep(chance.uniform(0.0, 0.3))
            served.kill()
            stop.set()
        found = kept(tmp_path)
        assert acknowledged.items() <= found.items()
        settings = ServerSettings(state_dir=tmp_path)
        assert audit.verify(settings).faults == ()
        recorded = {event["detail"].get("answer") for event in audit.export(settings)}
        assert found.keys() <= recorded


@pytest.mark.parametrize("processes", [0, 2])
def test_kill_under_load_loses_nothing_that_was_acknowledged(tmp_path: Path, processes: int) -> None:
    rounds_of_kills(tmp_path, 2, processes)


@pytest.mark.long
def test_a_hundred_kills_under_load_lose_nothing(tmp_path: Path) -> None:
    rounds_of_kills(tmp_path, 100, 2)


def rounds_of_stops(tmp_path: Path, rounds: int, processes: int) -> None:
    for _ in range(rounds):
        acknowledged: dict[str, str] = {}
        faults: list[str] = []
        stop: threading.Event = threading.Event()
        served = Served(tmp_path, delay_s=0.15, processes=processes)
        with ThreadPoolExecutor(6) as pool:
            for _ in range(6):
                pool.submit(load, served.address, stop, acknowledged, faults)
            wait_until(lambda acknowledged=acknowledged: len(acknowledged) > 6, 60)  # type: ignore[misc]
            log = served.stop()
            stop.set()
        assert faults == []
        assert '"event": "stopped"' in log
        assert acknowledged.items() <= kept(tmp_path).items()
        assert audit.verify(ServerSettings(state_dir=tmp_path)).sound


def under_way(address: str) -> int:
    """Give how many questions are worked on or wait."""
    lines = httpx.get(f"{address}/metrics").text.splitlines()
    return sum(int(float(line.split()[1])) for line in lines if line.startswith("wardbook_answer_w"))


def test_stopping_finishes_what_streams(tmp_path: Path) -> None:
    served = Served(tmp_path, delay_s=2.0)
    got: list[str] = []
    with ThreadPoolExecutor(4) as pool:
        address, body = f"{served.address}/v1/ask/stream", {"question": "rash?"}
        ask = [pool.submit(httpx.post, address, json=body, timeout=30) for _ in range(4)]
        wait_until(lambda: under_way(served.address) == 4, 30)
        log = served.stop()
        got = [future.result().text for future in ask]
    assert all("event: answer" in text for text in got)
    assert '"event": "stopped"' in log
    assert len(kept(tmp_path)) == 4
    assert [event["outcome"] for event in audit.export(ServerSettings(state_dir=tmp_path))] == [200] * 4


@pytest.mark.parametrize("processes", [0, 2])
def test_stopping_under_load_cuts_no_answer_and_leaves_no_gap(tmp_path: Path, processes: int) -> None:
    rounds_of_stops(tmp_path, 1, processes)


@pytest.mark.long
def test_fifty_stops_under_load_cut_no_answer(tmp_path: Path) -> None:
    rounds_of_stops(tmp_path, 50, 2)


def test_new_indexes_are_taken_up_under_load_without_a_failed_request(fake: FakeAssistant, tmp_path: Path) -> None:
    settings = ServerSettings(state_dir=tmp_path, refresh_every_s=0.02, requests_per_minute=10_000_000, queue=256)
    acknowledged: dict[str, str] = {}
    faults: list[str] = []
    stop = threading.Event()
    with running(create_app(fake, settings)) as address, ThreadPoolExecutor(12) as pool:
        for _ in range(12):
            pool.submit(load, address, stop, acknowledged, faults)
        for _ in range(20):
            answered = len(acknowledged) + 3  # answers between two indexes, however slow the machine is
            fake.pending = 1
            wait_until(lambda: fake.pending == 0)
            wait_until(lambda answered=answered: len(acknowledged) >= answered, 60)  # type: ignore[misc]
        stop.set()
    assert fake.generation == 21
    assert faults == []
    indexes = [event["detail"]["index"] for event in audit.export(settings) if event["action"] == "ask"]
    assert len(set(indexes)) > 5
    assert len(indexes) == len(acknowledged) > 50


def test_a_broken_new_index_leaves_the_old_one_answering(fake: FakeAssistant, tmp_path: Path) -> None:
    def refresh() -> bool:
        raise IndexFault("damaged", "build it again")

    fake.refresh = refresh  # type: ignore[method-assign]
    settings = ServerSettings(state_dir=tmp_path, refresh_every_s=0.02)
    app = create_app(fake, settings)
    with running(app) as address:
        wait_until(lambda: bool(app.state.service.refresh_fault))
        assert httpx.post(f"{address}/v1/ask", json={"question": "rash?"}).status_code == 200
        assert httpx.get(f"{address}/readyz").status_code == 200
        assert "wardbook_index_faults_total" in httpx.get(f"{address}/metrics").text
