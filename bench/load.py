"""The chat service on loopback, over a real index: under load, over many questions, and killed.

    python bench/load.py [--parts load overload memory kills] [--corpus corpus] [--index index] [--processes 0 2]
                         [--clients 64] [--seconds 60] [--queues 64 2] [--busy 0 2] [--questions 20000] [--kills 20]
                         [--rounds 1]

Each part is measured with each number of `processes` that answer (0: in the service's own), by turns, `rounds` times.

- load: the encoder alone and the core alone (what they do in a second in one thread bounds the service), then `clients`
  asking without a pause for `seconds`, with the service's own limits but for the requests a minute (all clients are
  one user here).
- overload: one client, as many of `clients` as workers and queue take for fifteen seconds, then three times as many
  questions a second as were answered then, whether or not answers come, and one client again: how soon those beyond
  workers and queue are sent away, what becomes of the rate, and how long those who are let in wait. With each length of
  `queues`, and beside so many `busy` loops of ordinary priority. The processor time of the clients, who share the
  machine, is told beside it.
- memory: `questions` in all, each another, with the memory of the service's processes after every thousand.
- kills: the service is killed (SIGKILL) under load `kills` times, at a random moment, over one state folder; every
  answer that a client had whole must be kept and audited, and the audit trail must verify.

Client and service share the machine, so the figures are a lower bound.
"""

import argparse
import asyncio
import contextlib
import itertools
import json
import multiprocessing
import random
import signal
import socket
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx

_QUESTIONS = 40
_EVERY = 1000
_IN_HAND = 4
"""Answers that the service has in hand beside those that wait."""
_WARM = 200
"""Questions before anything is measured: each process that answers has caches of its own."""
_Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]
_CHANCE = random.Random(7)
_PARTS = ("load", "overload", "memory", "kills")


def _serve(corpus: Path, index: Path, state: Path, port: int, more: dict[str, Any]) -> None:
    from wardbook.assistant import open_assistant
    from wardbook.server.run import serve
    from wardbook.server.settings import ServerSettings

    settings = ServerSettings(state_dir=state, requests_per_minute=100_000_000, log_level="error", **more)
    serve(partial(open_assistant, corpus, index), settings, "127.0.0.1", port)


class _Service:
    """The service in a process of its own."""

    def __init__(self, given: argparse.Namespace, state: Path, **more: Any) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port = listener.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        arguments = (given.corpus, given.index, state, port, more)
        self.process = multiprocessing.get_context("spawn").Process(target=_serve, args=arguments)
        self.process.start()
        self._wait()

    def _wait(self) -> None:
        for _ in range(600):
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{self.address}/readyz").status_code == 200:
                    return
            time.sleep(0.1)
        raise SystemExit("the service did not start")

    def memory_mib(self) -> list[float]:
        """Memory of each of its processes, its own first; pages that they share are counted once among them."""
        own = str(self.process.pid)
        return [_memory_mib(pid) for pid in (own, *_children(self))]

    def kill(self) -> None:
        self.process.kill()
        self.process.join(30)


def _memory_mib(pid: str) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def _spin() -> None:
    while True:
        pass


@contextlib.contextmanager
def _busy(count: int) -> Iterator[None]:
    """Other work of ordinary priority, that takes all that it gets."""
    loops = [multiprocessing.get_context("spawn").Process(target=_spin) for _ in range(count)]
    for each in loops:
        each.start()
    try:
        yield
    finally:
        for each in loops:
            each.kill()


@contextlib.contextmanager
def _serving(given: argparse.Namespace, **more: Any) -> Iterator[_Service]:
    with tempfile.TemporaryDirectory() as state:
        service = _Service(given, Path(state), **more)
        try:
            yield service
        finally:
            service.process.terminate()
            service.process.join(30)


def _questions(corpus: Path, index: Path) -> list[str]:
    """Questions made of what the pages hold: doses, definitions, and some that are not answered."""
    from wardbook.assistant import open_assistant

    assistant = open_assistant(corpus, index)
    doses = [f"{each['drug']} dose for {each['indication'] or 'this'}?" for each in assistant.regimens()]
    pages = [f"what is {page['title']}?" for page in assistant.pages()]
    mixed = [question for pair in zip(doses, pages, strict=False) for question in pair]
    return [*mixed[:_QUESTIONS], "what is the capital of France?", "and for children?"]


def _ceiling(index: Path, questions: list[str]) -> float:
    """Questions a second that the encoder alone encodes, one at a time in one thread."""
    from wardbook.index.opened import open_index

    encoder = open_index(index, searching=True).encoder
    for question in questions:
        encoder.encode([question], "query")
    begin = time.perf_counter()
    for question in questions * 5:
        encoder.encode([question], "query")
    return 5 * len(questions) / (time.perf_counter() - begin)


def _core(given: argparse.Namespace, questions: list[str]) -> float:
    """Questions a second that the core alone answers, one at a time in one thread."""
    from wardbook.assistant import open_assistant

    assistant, asked = open_assistant(given.corpus, given.index), _Load("http://:", questions)
    for number in range(50):
        assistant.ask(asked.question(number))
    begin = time.perf_counter()
    for number in range(50, 250):
        assistant.ask(asked.question(number))
    return 200 / (time.perf_counter() - begin)


async def _post(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: object) -> tuple[int, bytes]:
    """Ask by hand: at some hundred connections a general client takes more of the machine than the service."""
    words = json.dumps(body).encode()
    head = f"POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(words)}"
    writer.write(head.encode() + b"\r\n\r\n" + words)
    got = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = int(got.partition("content-length:")[2].partition("\r\n")[0])
    return int(got.split(" ", 2)[1]), await reader.readexactly(length)


class _Load:
    """Clients that ask without a pause; every question differs from every other by a weight and a bed."""

    def __init__(self, address: str, questions: list[str], numbers: Iterator[int] | None = None) -> None:
        self._place, self._questions = address.removeprefix("http://").split(":"), questions
        self._numbers = numbers or itertools.count()
        self.back_s = 1.0
        """After which one who was sent away asks again."""
        self.seconds: list[float] = []
        self.away: list[float] = []
        self.faults: Counter[str] = Counter()
        self.acknowledged: list[str] = []

    def question(self, number: int) -> str:
        plain = self._questions[number % len(self._questions)]
        return plain if number < len(self._questions) else f"{plain} {3 + number % 117} kg, bed {number}"

    async def _client(self, end: float, most: int) -> None:
        try:
            reader, writer = await asyncio.open_connection(*self._place)
            while time.perf_counter() < end and len(self.seconds) < most:
                begin = time.perf_counter()
                status, body = await _post(reader, writer, {"question": self.question(next(self._numbers))})
                await self._note(status, body, time.perf_counter() - begin)
            writer.close()
        except (OSError, asyncio.IncompleteReadError) as error:
            self.faults[type(error).__name__] += 1

    async def _note(self, status: int, body: bytes, took: float) -> None:
        if status == 200:
            self.seconds.append(took)
            self.acknowledged.append(json.loads(body)["answer_id"])
            return
        self.faults[str(status)] += 1
        self.away.append(took)
        await asyncio.sleep(self.back_s)

    async def run(self, clients: int, seconds: float = 1e9, most: int = 10**9) -> dict[str, Any]:
        begin = time.perf_counter()
        await asyncio.gather(*(self._client(begin + seconds, most) for _ in range(clients)))
        return self._report(time.perf_counter() - begin)

    async def arrive(self, a_second: float, seconds: float) -> dict[str, Any]:
        """Ask at random moments, so many times a second, however long answers take."""
        self.back_s, asking, begin, idle = 0.0, set[asyncio.Task[None]](), time.perf_counter(), list[_Connection]()
        at = begin
        while (at := at + _CHANCE.expovariate(a_second)) < begin + seconds:
            await asyncio.sleep(at - time.perf_counter())
            asking.add(asyncio.create_task(self._once(idle)))
        report = self._report(time.perf_counter() - begin)  # what is still queued is not answered in these seconds
        await asyncio.gather(*asking)
        for _, writer in idle:
            writer.close()
        return report

    async def _once(self, idle: "list[_Connection]") -> None:
        connection = idle.pop() if idle else await asyncio.open_connection(*self._place)
        begin = time.perf_counter()
        status, body = await _post(*connection, {"question": self.question(next(self._numbers))})
        await self._note(status, body, time.perf_counter() - begin)
        idle.append(connection)

    def _report(self, took: float) -> dict[str, Any]:
        cuts = statistics.quantiles(self.seconds, n=100) if len(self.seconds) > 1 else 99 * [float("nan")]
        return {
            "answers": len(self.seconds), "a_second": round(len(self.seconds) / took, 1), "faults": dict(self.faults),
            "p50_ms": round(1000 * cuts[49], 1), "p95_ms": round(1000 * cuts[94], 1),
            "p99_ms": round(1000 * cuts[98], 1),
            "max_ms": round(1000 * max(self.seconds, default=0.0), 1),
        }  # fmt: skip


def load(given: argparse.Namespace, questions: list[str], processes: int) -> dict[str, Any]:
    """One client for ten seconds, then all of them."""
    with _serving(given, answer_processes=processes) as service:
        asyncio.run(_Load(service.address, questions).run(8, most=_WARM))
        alone = asyncio.run(_Load(service.address, questions).run(1, 10))
        return {
            "alone": alone,
            "load": asyncio.run(_Load(service.address, questions).run(given.clients, given.seconds)),
        }


def overload(given: argparse.Namespace, questions: list[str], processes: int) -> dict[str, Any]:
    """See the module; with each length of the queue, beside each amount of other work."""
    found = {}
    for queue, busy in itertools.product(given.queues, given.busy):
        with _serving(given, answer_processes=processes, queue=queue) as service, _busy(busy):
            found[f"queue {queue}, {busy} busy"] = _overloaded(service, questions, min(given.clients, queue + _IN_HAND))
            print("overload", processes, queue, busy, json.dumps(found[f"queue {queue}, {busy} busy"]), flush=True)
    return found


def _overloaded(service: _Service, questions: list[str], clients: int) -> dict[str, Any]:
    asyncio.run(_Load(service.address, questions).run(8, most=_WARM))
    alone = asyncio.run(_Load(service.address, questions).run(1, 10))
    peak = asyncio.run(_Load(service.address, questions).run(clients, 15))
    load = _Load(service.address, questions)
    own, begin = time.process_time(), time.perf_counter()
    report = asyncio.run(load.arrive(3 * peak["a_second"], 15))
    report["clients_share_of_a_core"] = round((time.process_time() - own) / (time.perf_counter() - begin), 3)
    after = asyncio.run(_Load(service.address, questions).run(1, 5))
    away = sorted(load.away)
    for share in (50, 99) if away else ():
        report[f"away_p{share}_ms"] = round(1000 * away[int(share / 100 * (len(away) - 1))])
    report["share_of_peak"] = round(report["a_second"] / peak["a_second"], 2)
    report["p99_to_alone"] = round(report["p99_ms"] / alone["p99_ms"], 1)
    return {"alone": alone, "peak": peak, "overload": report, "after": after}


def memory(given: argparse.Namespace, questions: list[str], processes: int) -> dict[str, Any]:
    """Memory of the service's processes in MiB after every thousand questions, the first thousand among them."""
    numbers, faults = itertools.count(), Counter[str]()
    with _serving(given, answer_processes=processes) as service:
        seen = [service.memory_mib()]
        for _ in range(given.questions // _EVERY):
            thousand = _Load(service.address, questions, numbers)
            asyncio.run(thousand.run(8, most=_EVERY))
            faults += thousand.faults
            seen.append(service.memory_mib())
            print(f"memory: {len(seen) - 1},000 questions, {sum(seen[-1]):.0f} MiB: {seen[-1]}", flush=True)
    return {"memory_mib": seen, "faults": dict(faults)}


def kills(given: argparse.Namespace, questions: list[str], processes: int) -> dict[str, Any]:
    """Kill under load again and again over one state folder; what was acknowledged and is not kept is a loss."""
    from wardbook.server import audit
    from wardbook.server.settings import ServerSettings

    chance, acknowledged, lost, faults, left = random.Random(11), 0, 0, 0, 0
    with tempfile.TemporaryDirectory() as state:
        settings = ServerSettings(state_dir=Path(state))
        for number in range(given.kills):
            service = _Service(given, Path(state), answer_processes=processes)
            load, children = _Load(service.address, questions), _children(service)
            asyncio.run(_killed(service, load, chance.uniform(0.3, 3.0)))
            recorded = {event["detail"].get("answer") for event in audit.export(settings)}
            gone = set(load.acknowledged) - (recorded & _kept(settings))
            acknowledged, lost = acknowledged + len(load.acknowledged), lost + len(gone)
            faults += len(audit.verify(settings).faults)
            left += _left(children)
            print(f"kills: {number + 1}, {acknowledged} acknowledged, {lost} lost, {left} left", flush=True)
    return {"kills": given.kills, "acknowledged": acknowledged, "lost": lost, "audit_faults": faults, "left": left}


def _left(children: list[str]) -> int:
    """Count those that are there ten seconds later; one that is just starting notices when it has started."""
    end = time.monotonic() + 10
    while (there := sum(Path(f"/proc/{pid}").exists() for pid in children)) and time.monotonic() < end:
        time.sleep(0.1)
    return there


def _children(service: _Service) -> list[str]:
    own = service.process.pid
    return Path(f"/proc/{own}/task/{own}/children").read_text(encoding="ascii").split()


async def _killed(service: _Service, load: _Load, after_s: float) -> None:
    asking = asyncio.create_task(load.run(16))
    while not load.acknowledged:
        await asyncio.sleep(0.02)
    await asyncio.sleep(after_s)
    await asyncio.to_thread(service.kill)
    await asking


def _kept(settings: Any) -> set[str]:
    from sqlalchemy import select

    from wardbook.server import audit
    from wardbook.server.storage.tables import AnswerRow

    storage = audit.open_storage(settings)
    try:
        with storage.read() as session:
            return set(session.scalars(select(AnswerRow.id)))
    finally:
        storage.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", nargs="+", choices=_PARTS, default=_PARTS)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--processes", type=int, nargs="+", default=[0, 2])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--queues", type=int, nargs="+", default=[64, 2])
    parser.add_argument("--busy", type=int, nargs="+", default=[0, 2])
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--questions", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=20)
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the service ends with us
    questions = _questions(given.corpus, given.index)
    report: dict[str, Any] = {}
    if "load" in given.parts:
        report["encoder_a_second"] = round(_ceiling(given.index, questions), 1)
        report["core_a_second"] = round(_core(given, questions), 1)
        print(json.dumps(report), flush=True)
    parts = {"load": load, "overload": overload, "memory": memory, "kills": kills}
    for turn, part, processes in itertools.product(range(given.rounds), given.parts, given.processes):
        found = parts[part](given, questions, processes)
        print(f"{part}, {processes} processes: {json.dumps(found)}", flush=True)
        report[f"{part}, {processes} processes, round {turn + 1}"] = found
    print(json.dumps(report, indent=2))
    if any(found.get("lost") or found.get("audit_faults") for found in report.values() if isinstance(found, dict)):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
