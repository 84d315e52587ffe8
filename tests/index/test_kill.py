"""Builds killed at any moment: the old index still answers, or the new one does, and what is left over goes."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from index_samples import PAGES, Build, write_pages

from wardbook.index import build as build_module
from wardbook.index.build import build
from wardbook.index.generation import read_pointer
from wardbook.index.opened import open_index

DRIVER = Path(__file__).with_name("kill_builds.py")
EDITED = {**PAGES, "notes": "Another line on Na+ 140 mmol/L.\n", "new": "# New\n\nA new page.\n"}


class Killer:
    """Starts from an index of `PAGES` and kills builds of `EDITED`."""

    def __init__(self, index: Path, corpus: Path, model: Path, cache: Path, out: Path) -> None:
        self.job = {
            "corpus": str(corpus),
            "index": str(index),
            "model": str(model),
            "cache": str(cache),
            "recipe": build_module.recipe(),
        }
        self.out = out

    def kill(self, points: list[int], start: Path | None = None) -> dict[int, str | None]:
        """Run one build a point; gives the step that each was killed at."""
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir()
        job = self.out / "job.json"
        given = {**self.job, **({"index": str(start)} if start else {}), "points": points, "out": str(self.out)}
        job.write_text(json.dumps(given))
        done = subprocess.run([sys.executable, str(DRIVER), str(job)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return dict(json.loads(line) for line in done.stdout.splitlines())

    def check(self, points: list[int]) -> list[str]:
        """Ask each index, then build it to the end; gives "old" or "new" for what answered."""
        return [self._check(self.out / f"point{point}") for point in points]

    def _check(self, index: Path) -> str:
        opened = open_index(index, searching=True)
        opened.load()
        found = {page: opened.store.document(page).lines for page in opened.store.page_ids()}  # type: ignore[union-attr]
        states = {"old": PAGES, "new": EDITED}
        state = [
            name for name, pages in states.items() if found == {p: tuple(t.splitlines()) for p, t in pages.items()}
        ]
        assert len(state) == 1, index
        assert opened.search_words("anakinra", 3)
        assert opened.search_vectors("anakinra", 3)
        opened.close()
        job = self.job
        report = build(Path(job["corpus"]), index, model=job["model"], cache=Path(job["cache"]), wait=5)
        assert report.pages == len(EDITED)
        left = sorted(path.name for path in index.iterdir())
        live = read_pointer(index).folder.name
        assert live in left
        assert len([name for name in left if name.startswith("gen-")]) <= 2
        assert {name for name in left if not name.startswith("gen-")} == {"CURRENT", ".lock"}
        return state[0]


@pytest.fixture
def killer(run_build: Build, index: Path, corpus: Path, tiny_model: Path, cache: Path, tmp_path: Path) -> Killer:
    run_build()
    edited = tmp_path / "edited"
    write_pages(edited, EDITED)
    return Killer(index, edited, tiny_model, cache, tmp_path / "killed")


def test_a_build_that_is_not_killed_counts_its_steps(killer: Killer) -> None:
    assert killer.kill([10_000]) == {10_000: None}
    assert killer.check([10_000]) == ["new"]


def test_killed_at_some_steps(killer: Killer) -> None:
    points = [1, 8, 16, 20, 24, 28, 32, 36, 40, 44]
    steps = killer.kill(points)
    assert all(steps.values()), "the build has fewer steps: choose others"
    states = killer.check(points)
    assert states == sorted(states, reverse=True), "old up to the swap, new from there on"
    assert states[0] == "old"


@pytest.mark.long
def test_killed_at_every_step(killer: Killer) -> None:
    last, swapped = 0, []
    while True:
        points = list(range(last + 1, last + 11))
        steps = killer.kill(points)
        killed = [point for point in points if steps[point]]
        swapped += killer.check(killed)
        last = points[-1]
        if len(killed) < len(points):
            break
    assert len(swapped) >= 40
    assert swapped == sorted(swapped, reverse=True)
    assert {"old", "new"} == set(swapped)


@pytest.mark.long
def test_killed_at_random_times(killer: Killer) -> None:
    points = sorted({-random.Random(0).randint(1, 400) - at for at in range(100)})
    killer.kill(points)
    killer.check(points)


def test_a_first_build_that_is_killed_leaves_no_index(killer: Killer, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    points = [4, 12, 20, 28]
    killer.kill(points, start=tmp_path / "nothing")
    for point in points:
        assert not (killer.out / f"point{point}" / "CURRENT").exists()
        index = killer.out / f"point{point}"
        build(Path(killer.job["corpus"]), index, model=killer.job["model"], cache=Path(killer.job["cache"]))
        assert {path.name for path in index.iterdir()} == {"CURRENT", ".lock", "gen-000001"}
