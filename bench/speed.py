"""wardbook beside LlamaIndex's quick start: the same pages, weights and machine, in turns within one run."""

import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from speed_process import HERE, Ran, Worker, run

PEER = ("llama-index-embeddings-huggingface==0.8.0", "llama-index-vector-stores-faiss==0.7.0")
"""What the quick start needs beyond what is installed; put in a folder of its own, without dependencies."""
BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison."""

    what: str
    """What was measured."""
    ours: float
    """wardbook's median."""
    theirs: float
    """The other side's median."""
    unit: str
    """Unit of both."""
    aim: float
    """Largest share of theirs that is aimed at."""
    cpu: float | None = None
    """The same share in processor time, where it was taken."""

    @property
    def share(self) -> float:
        """Ours as a share of theirs."""
        return self.ours / self.theirs

    @property
    def row(self) -> str:
        """A row of the table."""
        cpu = "" if self.cpu is None else f"{self.cpu:.2f}"
        met = "yes" if self.share <= self.aim else "**no**"
        return (
            f"| {self.what} | {self.ours:,.3g} {self.unit} | {self.theirs:,.3g} {self.unit} | {self.share:.2f} |"
            f" {cpu} | {self.aim:.2f} | {met} |"
        )


HEAD = "| | wardbook | beside it | share | share of processor time | aim | met |\n|---|---|---|---|---|---|---|"


def peer_environments(work: Path) -> dict[str, dict[str, str]]:
    """Install the quick start's two adapters beside the environment, once; gives its settings by name.

    Torch's threads spin while they wait for one another, which costs a multiple where other work wants the same cores:
    so each step is also run on one thread, and wardbook is held against the better of the two.
    """
    folder = work / "llama-index"
    if not folder.exists():
        options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--target", str(folder)]
        subprocess.run([sys.executable, "-m", "pip", "install", *options, *PEER], check=True)
    plain = {"PYTHONPATH": str(folder), "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    return {"default": plain, "one thread": {**plain, "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}}


def middle(runs: Sequence[Ran], what: str) -> float:
    """Median of a field of runs."""
    return statistics.median(getattr(ran, what) for ran in runs)


def best(runs: dict[str, list[Ran]], what: str) -> float:
    """Least of the medians of a field over ways of running."""
    return min(middle(each, what) for each in runs.values())


def compared(what: str, ours: Sequence[Ran], theirs: dict[str, list[Ran]], aim: float) -> Line:
    """Compare whole processes."""
    cpu = middle(ours, "cpu") / best(theirs, "cpu")
    return Line(what, middle(ours, "wall"), best(theirs, "wall"), "s", aim, cpu)


def builds(pages: Path, work: Path, rounds: int) -> tuple[list[Line], dict[str, Any]]:
    """Build both, in turns; leaves `work/index` and `work/store`."""
    environment = {"WARDBOOK_CACHE": str(work / "cache")}
    peer = peer_environments(work)
    index, store = work / "index", work / "store"
    ours: list[Ran] = []
    theirs: dict[str, list[Ran]] = {name: [] for name in peer}
    shutil.rmtree(work / "cache", ignore_errors=True)
    for turn in range(rounds + 1):
        shutil.rmtree(index, ignore_errors=True)
        command = [BIN / "wardbook", "--corpus", pages, "--index", index, "--json", "--quiet", "index"]
        ours.append(run(command, environment))
        for name in peer if turn else ():
            shutil.rmtree(store, ignore_errors=True)
            theirs[name].append(run([sys.executable, HERE / "speed_llamaindex.py", "build", pages, store], peer[name]))
    counts = {**json.loads(ours[-1].out), **json.loads(theirs["default"][-1].out)}
    lines = [
        compared("build, whole process, model exported before", ours[1:], theirs, 0.75),
        compared("build, with the one export of the model", ours[:1], theirs, 0.75),
        Line("peak memory of the build", middle(ours[1:], "peak"), best(theirs, "peak"), "MiB", 0.5),
    ]
    return lines, counts


def one_shot(pages: Path, work: Path, questions: Sequence[str], rounds: int) -> list[Line]:
    """Ask once in a fresh process, in turns; the first turn warms the disk cache and does not count."""
    peer = peer_environments(work)
    ours: list[Ran] = []
    theirs: dict[str, list[Ran]] = {name: [] for name in peer}
    for turn in range(rounds + 1):
        question = questions[turn]
        for name, environment in peer.items():
            ask = [BIN / "wardbook", "--corpus", pages, "--index", work / "index", "ask", question]
            mine = [run(ask, may_be=(0, 1)) for _ in range(2)]
            other = run([sys.executable, HERE / "speed_llamaindex.py", "ask", work / "store", question], environment)
            if turn:
                ours += mine
                theirs[name].append(other)
    return [
        compared("`wardbook ask`, whole process, against load and retrieve", ours, theirs, 0.1),
        Line("peak memory of it", middle(ours, "peak"), best(theirs, "peak"), "MiB", 0.5),
    ]


def warm(pages: Path, work: Path, questions: Sequence[str], rounds: int) -> list[Line]:
    """Retrieve in processes that stay, in turns."""
    workers = {
        "plain": Worker("speed_wardbook.py", pages, work / "index", "plain"),
        "pipeline": Worker("speed_wardbook.py", pages, work / "index", "pipeline"),
    }
    peers = {
        name: Worker("speed_llamaindex.py", "stay", work / "store", environment=environment)
        for name, environment in peer_environments(work).items()
    }
    everyone = {**workers, **peers}
    for worker in everyone.values():
        worker.ask(what=["retrieve"], questions=questions[:5])
    took: dict[str, dict[str, list[float]]] = {name: {"wall": [], "cpu": []} for name in everyone}
    memory = dict.fromkeys(everyone, 0.0)
    for _ in range(rounds):
        for name, worker in everyone.items():
            found = worker.ask(what=["retrieve"], questions=questions)
            for clock in ("wall", "cpu"):
                took[name][clock] += found["retrieve"][clock]
            memory[name] = found["mib"]
    for worker in everyone.values():
        worker.close()
    middles = {name: {clock: statistics.median(times) for clock, times in each.items()} for name, each in took.items()}
    theirs = {clock: min(middles[name][clock] for name in peers) for clock in ("wall", "cpu")}
    lines = []
    for name, words in {"plain": "warm retrieval", "pipeline": "warm retrieval, llama-index's interfaces"}.items():
        share = middles[name]["cpu"] / theirs["cpu"]
        lines.append(Line(words, middles[name]["wall"], theirs["wall"], "ms", 0.6, share))
        lines.append(Line("memory of that process", memory[name], min(memory[p] for p in peers), "MiB", 0.5))
    return lines


def answers(asked: dict[str, dict[str, list[float]]]) -> list[Line]:
    """Answers against encoding the question alone: the median, and the 95th of 100 against encoding's median."""
    found: dict[str, dict[str, float]] = {}
    for clock in ("wall", "cpu"):
        took = sorted(asked["answer"][clock])
        found[clock] = {
            "median": statistics.median(took),
            "p95": took[int(len(took) * 0.95)],
            "encode": statistics.median(asked["encode"][clock]),
        }
    lines = []
    for name, aim in (("median", 3.0), ("p95", 5.0)):
        cpu = found["cpu"][name] / found["cpu"]["encode"]
        lines.append(Line(f"warm answer, {name}", found["wall"][name], found["wall"]["encode"], "ms", aim, cpu))
    return lines
