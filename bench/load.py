"""The chat service under load, on loopback, over a real index.

    python bench/load.py [--corpus corpus] [--index index] [--clients 64] [--seconds 60] [--questions 20000]

First the encoder alone (its questions a second in one thread are what the service cannot exceed by much), then
`clients` asking without a pause for `seconds`, then `questions` in all while the memory of the service is watched.
Client and service share the machine, so the figures are a lower bound.
"""

import argparse
import asyncio
import json
import multiprocessing
import socket
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

_QUESTIONS = 40


def _serve(corpus: Path, index: Path, state: Path, port: int, clients: int) -> None:
    from wardbook.assistant import open_assistant
    from wardbook.server.run import serve
    from wardbook.server.settings import ServerSettings

    settings = ServerSettings(
        state_dir=state, requests_per_minute=100_000_000, queue=2 * clients, answer_timeout_s=60, log_level="error"
    )
    serve(open_assistant(corpus, index), settings, "127.0.0.1", port)


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


def _memory_mib(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return float("nan")


class _Load:
    def __init__(self, address: str, questions: list[str]) -> None:
        self._address, self._questions = address, questions
        self.seconds: list[float] = []
        self.faults: dict[str, int] = {}

    async def client(self, number: int, end: float, most: int) -> None:
        async with httpx.AsyncClient(base_url=self._address, timeout=120) as client:
            at = number
            while time.perf_counter() < end and len(self.seconds) < most:
                begin = time.perf_counter()
                question = self._questions[at % len(self._questions)]
                response = await client.post("/v1/ask", json={"question": question})
                self.seconds.append(time.perf_counter() - begin)
                at += 1
                if response.status_code != 200:
                    name = str(response.status_code)
                    self.faults[name] = self.faults.get(name, 0) + 1

    async def run(self, clients: int, seconds: float, most: int) -> dict[str, Any]:
        begin = time.perf_counter()
        await asyncio.gather(*(self.client(number, begin + seconds, most) for number in range(clients)))
        took = time.perf_counter() - begin
        cuts = statistics.quantiles(self.seconds, n=100)
        return {
            "answers": len(self.seconds), "a_second": round(len(self.seconds) / took, 1), "faults": self.faults,
            "p50_ms": round(1000 * cuts[49]), "p95_ms": round(1000 * cuts[94]), "p99_ms": round(1000 * cuts[98]),
        }  # fmt: skip


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            if httpx.get(f"{address}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise SystemExit("the service did not start")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--questions", type=int, default=20_000)
    given = parser.parse_args()
    questions = _questions(given.corpus, given.index)
    report: dict[str, Any] = {"encoder_a_second": round(_ceiling(given.index, questions), 1)}
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as state:
        arguments = (given.corpus, given.index, Path(state), port, given.clients)
        service = multiprocessing.get_context("spawn").Process(target=_serve, args=arguments)
        service.start()
        try:
            _wait(address)
            assert service.pid is not None
            asyncio.run(_Load(address, questions).run(1, 5, 50))
            report["alone"] = asyncio.run(_Load(address, questions).run(1, 10, 1_000_000))
            report["load"] = asyncio.run(_Load(address, questions).run(given.clients, given.seconds, 1_000_000))
            memory = [_memory_mib(service.pid)]
            for _ in range(4):
                asyncio.run(_Load(address, questions).run(given.clients, 1e9, given.questions // 4))
                memory.append(_memory_mib(service.pid))
            report["memory_mib"] = [round(value) for value in memory]
        finally:
            service.terminate()
            service.join(30)
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
