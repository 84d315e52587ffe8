"""Runs builds that are killed: `kill_builds.py JOB.json`, where the job names corpus, index to start from, and points.

Not a test module: a program of its own, so that a killed build is a killed process. It forks one child a point; the
child counts what it does to the index folder (files opened, renamed, removed, flushed, ...) and kills itself by
SIGKILL before the n-th such step. A negative point is a time instead: the child is killed after so many milliseconds.
Prints one line of JSON a point: point, step that it was killed at (null where the build ended first).
"""

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wardbook.index import build as build_module
from wardbook.index.build import build
from wardbook.index.encoder import open_encoder
from wardbook.index.vectors import Vectors


def on_step(index: Path, act: Callable[[str], None]) -> None:
    """Call `act` before each step that touches the index folder."""
    flush = os.fsync
    inside = str(index)

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(("open", "os.", "shutil.", "sqlite3.connect")) and any(
            inside in str(argument) for argument in arguments[:2]
        ):
            act(event)

    def counted_flush(handle: int) -> None:
        act("fsync")
        flush(handle)

    os.fsync = counted_flush  # type: ignore[assignment]
    sys.addaudithook(audit)


def run_child(job: dict[str, Any], index: Path, point: int, report: int) -> None:
    steps = 0

    def count(step: str) -> None:
        nonlocal steps
        steps += 1
        if steps == point:
            os.write(report, step.encode())
            os.kill(os.getpid(), signal.SIGKILL)

    build_module.recipe = lambda: job["recipe"]
    on_step(index, count)
    build(Path(job["corpus"]), index, model=job["model"], cache=Path(job["cache"]), wait=5)


def run_point(job: dict[str, Any], point: int) -> str | None:
    index = Path(job["out"]) / f"point{point}"
    shutil.copytree(job["index"], index)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            run_child(job, index, point, writing)
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    if point < 0:
        time.sleep(-point / 1000)
        os.kill(child, signal.SIGKILL)
    step = os.read(reading, 200).decode() or None
    os.close(reading)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code not in (0, -signal.SIGKILL):
        raise SystemExit(f"the build failed at point {point}")
    return step if code == 0 or point > 0 else "time"


def main() -> None:
    job = json.loads(Path(sys.argv[1]).read_text())
    _ = open_encoder, Vectors  # imported once here, not in each child
    for point in job["points"]:
        sys.stdout.write(json.dumps([point, run_point(job, point)]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
