"""A built index of a few real pages, made once for all tests that ask it, and the command line run over it.

Every process runs in a folder of its own, with its caches there, without keys, and cannot open a connection.
"""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from wardbook.assistant import Assistant, open_assistant
from wardbook.index.build import build
from wardbook.settings import Settings

HERE = Path(__file__).parent
PAGES = ("mitigations/tocilizumab", "mitigations/anakinra", "mitigations/corticosteroids", "adverse-events/CRS")
"""Pages of `corpus/`; beside them lies `answering/zelumab.md`, a page of a made-up drug."""
MADE_UP = "mitigations/zelumab"
_START = """
import atexit, os, socket, sys

def refuse(*_):
    raise OSError("no connection in tests")

socket.socket.connect = socket.socket.connect_ex = socket.create_connection = refuse
socket.getaddrinfo = refuse
if "LOADED_MODULES" in os.environ:
    def note():
        with open(os.environ["LOADED_MODULES"], "w") as file:
            file.write(" ".join(sorted({name.partition(".")[0] for name in sys.modules})))
    atexit.register(note)
"""


@cache
def folder() -> Path:
    """The folder of this run of the tests; it goes when they end."""
    path = Path(tempfile.mkdtemp(prefix="wardbook-tests-"))
    atexit.register(shutil.rmtree, path, True)
    (path / "start").mkdir()
    (path / "start" / "sitecustomize.py").write_text(_START, encoding="utf-8")
    return path


def environment(**more: str) -> dict[str, str]:
    """The environment of a process: nothing of the caller's settings, keys, proxies or caches."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    own = {"HOME": "", "XDG_CACHE_HOME": "cache", "XDG_STATE_HOME": "state"}
    modules = f"{folder() / 'start'}{os.pathsep}{HERE.parent / 'src'}"
    return kept | {name: str(folder() / part) for name, part in own.items()} | {"PYTHONPATH": modules} | more


def run(*arguments: str, at: Path | None = None, said: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    code = "from wardbook.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=at or folder(),
        env=environment(**more),
        input=said,
        capture_output=True,
        text=True,
        timeout=300,
    )


def copy_pages(corpus: Path) -> Path:
    """Put the pages into a folder."""
    for page in PAGES:
        target = corpus / f"{page}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HERE.parent / "corpus" / f"{page}.md", target)
    shutil.copyfile(HERE / "answering" / "zelumab.md", corpus / f"{MADE_UP}.md")
    return corpus


@cache
def built() -> subprocess.CompletedProcess[str]:
    """Build the index, once, as the command line does."""
    copy_pages(folder() / "corpus")
    return run("index", "--json", "--quiet")


def report() -> Mapping[str, Any]:
    """Give what the building of the index printed."""
    done = built()
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def corpus() -> Path:
    """The corpus folder that the index was built from; not to be written to."""
    report()
    return folder() / "corpus"


def index() -> Path:
    """The built index; not to be written to."""
    report()
    return folder() / "index"


@cache
def assistant() -> Assistant:
    """An assistant over the built index."""
    return open_assistant(corpus(), index())


def own_copy(where: Path) -> tuple[Path, Path]:
    """Copy corpus and index, to be changed; gives both folders."""
    shutil.copytree(corpus(), where / "corpus")
    shutil.copytree(index(), where / "index")
    return where / "corpus", where / "index"


def assistant_over(where: Path, pages: Mapping[str, str]) -> Assistant:
    """Build an index of made-up pages in a folder and give an assistant over it.

    In this process, where the model is loaded once: a process for each would take most of the time of the tests.
    """
    for page, text in pages.items():
        target = where / "corpus" / f"{page}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    build(where / "corpus", where / "index", model=Settings().model, cache=folder() / "cache" / "wardbook")
    return open_assistant(where / "corpus", where / "index")
