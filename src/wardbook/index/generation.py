"""Generations of an index on disk: made beside the live one, flushed, and swapped in whole by replacing one file.

An index folder holds `CURRENT` (one line: the live generation's folder and its manifest's sha256), the live generation,
the one before it, and a lock file. Whatever else looks like a generation is left over from a build that was killed.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wardbook.errors import IndexFault
from wardbook.index.manifest import REBUILD
from wardbook.lazy_regex import lazy_regex

CURRENT = "CURRENT"
_NEXT = "CURRENT.next"
_LOCK = ".lock"
_FOLDER = lazy_regex(r"gen-(\d{6,})")
_POINTER = lazy_regex(r"(gen-\d{6,}) ([0-9a-f]{64})\n")


@dataclass(frozen=True, slots=True)
class Pointer:
    """What `CURRENT` says."""

    folder: Path
    """Folder of the live generation."""
    manifest: str
    """sha256 of its manifest."""


def read_pointer(index: Path) -> Pointer:
    """Read `CURRENT`; IndexFault where there is no index or the file is damaged."""
    try:
        text = (index / CURRENT).read_bytes().decode("ascii", "replace")
    except FileNotFoundError:
        raise IndexFault(f"no index in {index}", REBUILD) from None
    except OSError as fault:
        raise IndexFault(f"{index / CURRENT} cannot be read ({fault.strerror})", "name another --index DIR") from None
    match = _POINTER.fullmatch(text)
    if not match:
        raise IndexFault(f"the index is damaged: {index / CURRENT} names no generation", f"{REBUILD} again")
    return Pointer(index / match[1], match[2])


@contextmanager
def building(index: Path, wait: float) -> Iterator[None]:
    """Hold the index for one build at a time; a second build waits up to `wait` seconds, then IndexFault."""
    try:
        index.mkdir(parents=True, exist_ok=True)
        lock = os.open(index / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as fault:
        raise IndexFault(f"no index can be written in {index} ({fault.strerror})", "name another --index DIR") from None
    try:
        _wait_for(lock, index, wait)
        os.truncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(lock)


def _wait_for(lock: int, index: Path, wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                holder = os.pread(lock, 32, 0).decode("ascii", "replace").strip() or "unknown"
                raise IndexFault(
                    f"another build of {index} is running (process {holder})", "wait for it to end, or stop it"
                ) from None
            time.sleep(0.1)
        else:
            return


def begin(index: Path) -> Path:
    """Clear what killed builds left, and make the folder of the next generation."""
    _clear(index, _live(index))
    numbers = [_number(path) for path in _generations(index)]
    folder = index / f"gen-{max(numbers, default=0) + 1:06}"
    folder.mkdir()
    return folder


def publish(index: Path, folder: Path, manifest: str) -> None:
    """Flush a whole generation to disk and make it the live one; the one before it is kept, older ones go."""
    for path in sorted(folder.iterdir()):
        _flush(path)
    _flush(folder)
    _flush(index)
    pointer = index / _NEXT
    pointer.write_text(f"{folder.name} {manifest}\n", encoding="ascii")
    _flush(pointer)
    pointer.replace(index / CURRENT)
    _flush(index)
    _clear(index, folder)


def discard_unless_live(index: Path, folder: Path) -> None:
    """Remove a generation that came to nothing."""
    if _live(index) != folder:
        shutil.rmtree(folder, ignore_errors=True)


def _live(index: Path) -> Path | None:
    try:
        return read_pointer(index).folder
    except IndexFault:
        return None


def _generations(index: Path) -> list[Path]:
    return sorted((path for path in index.iterdir() if _FOLDER.fullmatch(path.name)), key=_number)


def _number(folder: Path) -> int:
    match = _FOLDER.fullmatch(folder.name)
    return int(match[1]) if match else 0


def _clear(index: Path, live: Path | None) -> None:
    """Remove all generations but the live one and the one before it."""
    (index / _NEXT).unlink(missing_ok=True)
    older = [path for path in _generations(index) if live and _number(path) < _number(live)]
    for path in _generations(index):
        if path != live and path not in older[-1:]:
            shutil.rmtree(path, ignore_errors=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
