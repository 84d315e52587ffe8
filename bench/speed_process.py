"""Processes that are measured: whole runs, and workers that are asked line by line.

Standard library alone: a small parent, so that the memory of a child is its own.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Ran:
    """One process from start to end."""

    wall: float
    """Seconds on the clock."""
    cpu: float
    """Seconds of processor time, all threads together; other load on the machine hardly moves it."""
    peak: float
    """Largest resident memory, MiB."""
    out: str
    """Standard output."""


def run(
    command: Sequence[str | Path], environment: Mapping[str, str] | None = None, may_be: Sequence[int] = (0,)
) -> Ran:
    """Run a process to its end; RuntimeError where it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if not os.environ.get("BENCH_LOUD") else None,
        env={**os.environ, **(environment or {})},
    )
    assert process.stdout
    out = process.stdout.read().decode()
    faults = process.stderr.read().decode() if process.stderr else ""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in may_be:
        raise RuntimeError(f"{command} gave {process.returncode}: {faults[-800:]}")
    return Ran(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out)


class Worker:
    """A process that stays: takes one JSON request a line, gives one JSON reply a line."""

    def __init__(self, script: str, *arguments: object, environment: Mapping[str, str] | None = None) -> None:
        """Start a script of this folder."""
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / script), *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("BENCH_LOUD") else subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
            text=True,
        )

    def ask(self, **request: Any) -> Any:
        """Send a request, wait for its reply."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._process.args} ended (BENCH_LOUD=1 shows why)")
        return json.loads(line)

    def close(self) -> None:
        """Let it end."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def serve(answer: Any) -> None:
    """The other end of `Worker`: reply to each line of standard input."""
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


def resident() -> float:
    """Resident memory of this process now, MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def timed(call: Any, given: Sequence[Any]) -> dict[str, list[float]]:
    """Milliseconds of a call on each, by the clock and of processor time (all threads of the process)."""
    times: dict[str, list[float]] = {"wall": [], "cpu": []}
    for each in given:
        began, spent = time.perf_counter(), time.process_time()
        call(each)
        times["cpu"].append((time.process_time() - spent) * 1000)
        times["wall"].append((time.perf_counter() - began) * 1000)
    return times
