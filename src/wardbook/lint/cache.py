"""What lint found on each page, kept between runs: only pages that changed are read again.

One file a corpus, below the cache folder. It holds for the same pages (by the SHA-256 of their bytes) and the same
program (by size and time of its files); it is never needed, and one that cannot be read is made anew.
"""

import contextlib
import os
import pickle
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

Kept = dict[str, tuple[str, Any]]
"""Page id to the SHA-256 of its bytes and what was found on it."""
_ALLOWED = frozenset({("decimal", "Decimal"), ("builtins", "frozenset"), ("builtins", "set")})


class _Reader(pickle.Unpickler):
    """Reads wardbook's own values and nothing that could run."""

    def find_class(self, module: str, name: str) -> Any:
        """Allow the shapes of this package alone."""
        if (module.startswith("wardbook.") and name.lstrip("_")[:1].isupper()) or (module, name) in _ALLOWED:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} does not belong in a lint cache")


@lru_cache(maxsize=1)
def program() -> str:
    """Give a digest of the program that reads and judges pages; another one finds other things."""
    digest = sha256()
    for package in ("wardbook.corpus", "wardbook.dosing", "wardbook.lint"):
        root = Path(str(files(package)))
        for path in sorted(root.rglob("*")):
            if path.suffix in (".py", ".tsv"):
                stat = path.stat()
                digest.update(f"{path.relative_to(root)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def place(folder: Path, corpus: Path) -> Path:
    """Give the file for a corpus below a cache folder."""
    return folder / "lint" / f"{sha256(os.fsencode(corpus.resolve())).hexdigest()[:32]}.bin"


def load(path: Path) -> Kept:
    """Give what was kept; nothing where there is no file, or one of another program, or a damaged one."""
    try:
        data = path.read_bytes()
        found = _Reader(BytesIO(data[64:])).load() if data[:64] == program().encode() else {}
    except Exception:  # noqa: BLE001 - unpickling damaged bytes may raise anything; a cache is never needed
        return {}
    return found if isinstance(found, dict) else {}


def save(path: Path, kept: Mapping[str, tuple[str, Any]]) -> None:
    """Keep results for the next run; a folder that cannot be written costs only time."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(program().encode() + pickle.dumps(dict(kept), pickle.HIGHEST_PROTOCOL))
        fresh.replace(path)
