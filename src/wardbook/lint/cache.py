"""What lint found on each page, kept between runs: only pages that changed are read again.

One file a corpus, below the cache folder. It holds for the same pages (by the SHA-256 of their bytes) and the same
program (by size and time of its files); it is never needed, and one that cannot be read is made anew. What was found on
a page is kept as the bytes that also bring it from the process that read the page to the one that asked.
"""

import contextlib
import os
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from typing import Any

Kept = dict[str, tuple[Any, bytes]]
"""Page id to what was found on it, and the same as bytes."""
_ALLOWED = frozenset({("decimal", "Decimal"), ("builtins", "frozenset"), ("builtins", "set")})


class _Reader(pickle.Unpickler):
    """Reads wardbook's own values and nothing that could run."""

    def find_class(self, module: str, name: str) -> Any:
        """Allow the shapes of this package alone."""
        if (module.startswith("wardbook.") and name.lstrip("_")[:1].isupper()) or (module, name) in _ALLOWED:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} does not belong in a lint cache")


class _Writer(pickle.Pickler):
    """Writes a frozen value as its class and its fields: half the time of how such values are written by themselves."""

    def reducer_override(self, value: object) -> Any:
        """Take the fields in the order in which the class takes them."""
        shape: Any = type(value)
        take = _taking_fields(shape)
        return (shape, take(value)) if take else NotImplemented


@cache
def _taking_fields(shape: type) -> Callable[[object], tuple[Any, ...]] | None:
    """Give what takes the fields of a value of such a class, of which there are several; None for other classes."""
    return attrgetter(*(field.name for field in fields(shape))) if is_dataclass(shape) else None


def pack(found: object) -> bytes:
    """Give what was found on a page as bytes."""
    written = BytesIO()
    _Writer(written, pickle.HIGHEST_PROTOCOL).dump(found)
    return written.getvalue()


def unpack(data: bytes) -> Any:
    """Give what `pack` made bytes of; pickle.UnpicklingError and others for any other bytes."""
    return _Reader(BytesIO(data)).load()


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
        kept = unpack(data[64:]) if data[:64] == program().encode() else {}
        return {page: (unpack(packed), packed) for page, packed in kept.items()}
    except Exception:  # noqa: BLE001 - unpickling damaged bytes may raise anything; a cache is never needed
        return {}


def save(path: Path, kept: Kept) -> None:
    """Keep results for the next run; a folder that cannot be written costs only time."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(program().encode() + pack({page: packed for page, (_, packed) in kept.items()}))
        fresh.replace(path)
