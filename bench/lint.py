"""Lint over 1,000 pages of ordinary density, cold and with what the last run kept.

    bench/lint.py [ROUNDS]

The pages are those of `corpus/` and of the evaluation's folders, and then copies of them in which every figure and
every drug name is another (`growth_pages.py`).
"""

import shutil
import sys
from itertools import count
from pathlib import Path

from growth_pages import altered
from speed_process import Ran, run

ROOT = Path(__file__).parents[1]
PAGES = 1000


def write_pages(folder: Path) -> int:
    """Write the pages; gives the number of bytes."""
    folders = [ROOT / "corpus", *sorted(ROOT.glob("eval/*/pages"))]
    found = [path for each in folders for path in sorted(each.rglob("*.md"))]
    texts = {p.relative_to(ROOT): p.read_text(encoding="utf-8") for p in found if p.name != "README.md"}
    sources = ((copy, name) for copy in count() for name in texts)
    size = 0
    for (copy, name), _ in zip(sources, range(PAGES), strict=False):
        path = folder / f"copy-{copy}" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_text(altered(texts[name], copy), encoding="utf-8")
    return size


def lint(folder: Path, cache: Path) -> Ran:
    """Lint the pages as a process of its own."""
    command = [sys.executable, "-m", "wardbook", "--corpus", folder, "lint"]
    return run(command, {"XDG_CACHE_HOME": str(cache)}, may_be=(1,))


def main(rounds: int) -> None:
    folder, cache = ROOT / "build" / "bench" / "lint-pages", ROOT / "build" / "bench" / "lint-cache"
    shutil.rmtree(folder, ignore_errors=True)
    print(f"{PAGES:,} pages, {write_pages(folder) / 2**20:.1f} MiB")
    for _ in range(rounds):
        shutil.rmtree(cache, ignore_errors=True)
        for kind in ("cold", "kept"):
            ran = lint(folder, cache)
            found = ran.out.count("\n")
            print(f"{kind}: {ran.cpu:.1f} s of processor time, {ran.wall:.1f} s by the clock, {found:,} findings")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
