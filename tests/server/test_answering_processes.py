"""Answers made in processes of their own: as in one, and one that hangs, fails or ends takes nothing with it."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import httpx
import pytest

from server.served import free_port
from server.service_fake import FakeAssistant
from server.service_hazards import DIES, HANGS, Hazardous
from server.service_running import open_client, running, wait_until
from wardbook.errors import IndexFault
from wardbook.server import audit
from wardbook.server.apart import Answers, opened_apart
from wardbook.server.app import create_app
from wardbook.server.run import serve
from wardbook.server.settings import ServerSettings


@pytest.fixture
def settings(tmp_path: Path) -> ServerSettings:
    return ServerSettings(
        state_dir=tmp_path / "state",
        requests_per_minute=1_000_000,
        answer_processes=2,
        answer_timeout_s=60.0,
        refresh_every_s=0.05,
        queue=256,
    )


@contextmanager
def apart(folder: Path, settings: ServerSettings) -> Iterator[tuple[str, Answers]]:
    with opened_apart(partial(Hazardous, folder), settings) as (assistant, answers):
        answers.wait()
        with running(create_app(assistant, settings, answering=answers)) as address:
            wait_until(lambda: answers.questions.there == settings.answer_processes, 60)
            yield address, answers


def ask(address: str, question: str) -> httpx.Response:
    return httpx.post(f"{address}/v1/ask", json={"question": question}, timeout=120)


def ends(pid: int) -> None:
    wait_until(lambda: not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text().split(), 10)


def test_processes_answer_as_one_does(settings: ServerSettings, tmp_path: Path) -> None:
    asked = ["examplinib dose?", "treatment, 50 kg", "do pages disagree?", "what is a rash?", "capital of France?"]
    with open_client(FakeAssistant(), settings.model_copy(update={"state_dir": tmp_path / "one"})) as client:
        in_one = [client.post("/v1/ask", json={"question": each}).json() for each in asked]
        dose = client.post("/v1/dose", json={"drug": "examplinib", "weight_kg": 50}).json()
        refused = client.post("/v1/dose", json={"drug": "12"})
    with apart(tmp_path, settings) as (address, _):
        for question, expected in zip(asked, in_one, strict=True):
            assert ask(address, question).json() | {"answer_id": ""} == expected | {"answer_id": ""}
        got = httpx.post(f"{address}/v1/dose", json={"drug": "examplinib", "weight_kg": 50}).json()
        assert got | {"answer_id": ""} == dose | {"answer_id": ""}
        again = httpx.post(f"{address}/v1/dose", json={"drug": "12"})
        assert (again.status_code, again.json()["detail"]) == (422, refused.json()["detail"])
        assert httpx.get(f"{address}/v1/pages/rash").json()["title"] == "Rash"
        assert httpx.post(f"{address}/v1/search", json={"query": "rash"}).json()["passages"]
        assert "examplinib" in httpx.get(address).text
        pids = {ask(address, "who?").json()["text"].split()[0] for _ in range(6)}
    assert len(pids) == 2
    assert os.getpid() not in map(int, pids)
    assert audit.verify(settings).sound


def test_an_answer_that_hangs_is_ended_and_others_are_given_meanwhile(settings: ServerSettings, tmp_path: Path) -> None:
    with apart(tmp_path, settings.model_copy(update={"answer_timeout_s": 2.0})) as (address, answers):
        before = set(answers.questions.pids)
        with ThreadPoolExecutor(1) as pool:
            hanging = pool.submit(ask, address, HANGS)
            assert [ask(address, "rash?").status_code for _ in range(10)] == [200] * 10
            assert (hanging.result().status_code, hanging.result().json()["type"]) == (
                503,
                "urn:wardbook:problem:too-slow",
            )
        wait_until(lambda: answers.questions.ended == 1 and answers.questions.there == 2, 60)
        (hung,) = before - set(answers.questions.pids)
        ends(hung)
        assert ask(address, "rash?").status_code == 200
    assert sorted(event["outcome"] for event in audit.export(settings) if event["action"] == "ask") == [200] * 11 + [
        503
    ]


def test_a_process_that_ends_costs_one_question_and_is_replaced(settings: ServerSettings, tmp_path: Path) -> None:
    with apart(tmp_path, settings) as (address, answers):
        died = ask(address, DIES)
        assert (died.status_code, died.json()["type"]) == (503, "urn:wardbook:problem:ended")
        assert died.headers["retry-after"] == "1"
        assert [ask(address, "rash?").status_code for _ in range(5)] == [200] * 5
        wait_until(lambda: answers.questions.there == 2, 60)
        assert "wardbook_answer_processes_ended_total 1.0" in httpx.get(f"{address}/metrics").text
    kept = [event for event in audit.export(settings) if event["action"] == "ask"]
    assert [event["outcome"] for event in kept] == [503] + [200] * 5


def test_processes_killed_at_rest_cost_no_question(settings: ServerSettings, tmp_path: Path) -> None:
    with apart(tmp_path, settings) as (address, answers):
        for pid in [*answers.questions.pids, *answers.look_ups.pids]:
            os.kill(pid, signal.SIGKILL)
            ends(pid)
        assert ask(address, "rash?").status_code == 200
        assert httpx.post(f"{address}/v1/dose", json={"drug": "examplinib"}).status_code == 200
        wait_until(lambda: answers.questions.there == 2, 60)


def test_processes_killed_under_load_lose_nothing_that_was_acknowledged(
    settings: ServerSettings, tmp_path: Path
) -> None:
    got: list[httpx.Response] = []
    stop = threading.Event()

    def client(address: str) -> None:
        while not stop.is_set():
            got.append(ask(address, "rash?"))

    with apart(tmp_path, settings) as (address, answers), ThreadPoolExecutor(6) as pool:
        for _ in range(6):
            pool.submit(client, address)
        for kill in range(1, 7):
            wait_until(lambda: answers.questions.there == 2, 60)
            so_far = len(got)
            wait_until(lambda so_far=so_far: len(got) > so_far + 10, 60)  # type: ignore[misc]
            os.kill(answers.questions.pids[kill % 2], signal.SIGKILL)
        wait_until(lambda: answers.questions.ended == 6 and answers.questions.there == 2, 60)
        stop.set()
    answered = {each.json()["answer_id"] for each in got if each.status_code == 200}
    assert {each.json()["type"] for each in got if each.status_code != 200} <= {"urn:wardbook:problem:ended"}
    assert len(got) - len(answered) <= 6
    events = [event for event in audit.export(settings) if event["action"] == "ask"]
    assert answered == {event["detail"]["answer"] for event in events if event["outcome"] == 200}
    assert audit.verify(settings).sound


def test_new_indexes_are_taken_up_one_process_after_the_other(settings: ServerSettings, tmp_path: Path) -> None:
    got: list[httpx.Response] = []
    stop = threading.Event()

    def client(address: str) -> None:
        while not stop.is_set():
            got.append(ask(address, "who?"))

    with apart(tmp_path, settings) as (address, _), ThreadPoolExecutor(4) as pool:
        for _ in range(4):
            pool.submit(client, address)
        for generation in range(2, 8):
            (tmp_path / "new").write_text(str(generation), encoding="ascii")
            (tmp_path / "new").replace(tmp_path / "generation")
            wait_until(
                lambda generation=generation: httpx.get(f"{address}/v1/info").json()["index"] == f"gen-{generation}",  # type: ignore[misc]
                60,
            )
        wait_until(lambda: all(gen in each.text for each in got[-20:] for gen in ["gen-7"]), 60)
        stop.set()
    assert {each.status_code for each in got} == {200}
    told = {each.json()["answer_id"]: each.json()["text"].split()[1] for each in got}
    recorded = {
        event["detail"]["answer"]: event["detail"]["index"]
        for event in audit.export(settings)
        if event["action"] == "ask"
    }
    assert told == recorded
    assert len(set(told.values())) >= 5


def test_a_broken_new_index_leaves_the_processes_with_the_old_one(settings: ServerSettings, tmp_path: Path) -> None:
    with apart(tmp_path, settings) as (address, answers):
        (tmp_path / "generation").write_text("broken", encoding="ascii")
        wait_until(lambda: "wardbook_index_faults_total 0.0" not in httpx.get(f"{address}/metrics").text)
        assert "gen-1" in ask(address, "who?").text
        assert httpx.get(f"{address}/readyz").status_code == 200
        (tmp_path / "generation").write_text("2", encoding="ascii")
        wait_until(lambda: "gen-2" in ask(address, "who?").text, 30)
        assert answers.questions.ended == 0


def test_without_a_process_that_answers_it_is_not_ready(settings: ServerSettings, tmp_path: Path) -> None:
    with apart(tmp_path, settings.model_copy(update={"answer_timeout_s": 1.0})) as (address, answers):
        (tmp_path / "generation").write_text("broken", encoding="ascii")
        for pid in answers.questions.pids:
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: httpx.get(f"{address}/readyz").status_code == 503)
        away = ask(address, "rash?")
        assert (away.status_code, int(away.headers["retry-after"])) == (503, 2)
        (tmp_path / "generation").write_text("2", encoding="ascii")
        wait_until(lambda: httpx.get(f"{address}/readyz").status_code == 200, 60)
        assert ask(address, "rash?").status_code == 200


def test_an_index_that_cannot_be_opened_ends_the_start_with_the_reason(
    settings: ServerSettings, tmp_path: Path
) -> None:
    (tmp_path / "generation").write_text("broken", encoding="ascii")
    with pytest.raises(IndexFault, match="the index is damaged: build it again"):
        serve(partial(Hazardous, tmp_path), settings, "127.0.0.1", free_port())


def test_no_words_of_a_question_leave_a_process_but_in_its_answer(
    settings: ServerSettings, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with apart(tmp_path, settings.model_copy(update={"log_level": "debug"})) as (address, _):
        assert ask(address, "boom Krautwig").status_code == 500
        assert ask(address, "rash of Krautwig?").status_code == 200
    out, err = capfd.readouterr()
    assert "Krautwig" not in out + err
    (failed,) = [event for event in map(json.loads, err.splitlines()) if event.get("kind") == "make"]
    assert (failed["error"], failed["event"]) == ("RuntimeError", "failed")
    assert failed["request_id"] != "-"


SERVE = """
import sys
from functools import partial
from pathlib import Path
from server.service_hazards import Hazardous
from wardbook.server.run import serve
from wardbook.server.settings import ServerSettings
if __name__ == "__main__":
    settings = ServerSettings(state_dir=Path(sys.argv[1]) / "state", answer_processes=2)
    serve(partial(Hazardous, Path(sys.argv[1])), settings, "127.0.0.1", int(sys.argv[2]))
"""


@contextmanager
def served(folder: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The service in a process and a process group of its own."""
    (folder / "serving.py").write_text(SERVE, encoding="ascii")
    paths = os.pathsep.join([str(Path(__file__).resolve().parents[1]), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, str(folder / "serving.py"), str(folder), str(port := free_port())]
    process = subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": paths}, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: _ready(address), 60)
        wait_until(lambda: len(children(process.pid)) >= 3, 60)
        yield process, address
    finally:
        process.kill()
        process.communicate()


def _ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz").status_code == 200
    except httpx.TransportError:
        return False


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
def test_a_service_that_is_killed_leaves_no_process_even_where_one_hangs(tmp_path: Path) -> None:
    with served(tmp_path) as (process, address), ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(ask, address, HANGS)
        wait_until(lambda: "wardbook_answer_working 1.0" in httpx.get(f"{address}/metrics").text)
        left = children(process.pid)
        process.kill()
        for pid in left:
            ends(pid)
        assert isinstance(hanging.exception(), httpx.TransportError)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_the_whole_group_cuts_no_answer(tmp_path: Path, sent: signal.Signals) -> None:
    with served(tmp_path) as (process, address), ThreadPoolExecutor(4) as pool:
        left = children(process.pid)
        asking = [pool.submit(ask, address, "slow rash?") for _ in range(4)]
        wait_until(lambda: "wardbook_answer_working 4.0" in httpx.get(f"{address}/metrics").text)
        os.killpg(process.pid, sent)
        assert [each.result().status_code for each in asking] == [200] * 4
        said = process.communicate(timeout=40)[1]
        for pid in left:
            ends(pid)
    assert '"event": "stopped"' in said
    assert "answering_process" not in said  # no process was interrupted
