"""A corpus folder: which files are pages, and what stands in the way of reading some."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wardbook.errors import CorpusError

MAX_BYTES = 5_000_000
"""Largest page that is read, in bytes."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """One file that is a page."""

    page: str
    """Page id."""
    path: Path
    """Where it lies."""
    size: int
    """Bytes."""
    mtime_ns: int
    """Time of its last change, nanoseconds."""


def list_pages(corpus: Path, warnings: list[str]) -> list[PageFile]:
    """List the pages below a folder, sorted by id; hidden folders are left out, faults go to `warnings`.

    CorpusError where the folder is missing, is no folder, or holds no page.
    """
    if not corpus.is_dir():
        raise CorpusError(f"no corpus folder {corpus}", "name the folder of your pages with --corpus DIR")
    files = sorted(_walk(corpus, corpus, (corpus.resolve(),), warnings), key=lambda file: file.page)
    if not files:
        raise CorpusError(f"no Markdown page (*.md) below {corpus}", "put pages there, or name another --corpus DIR")
    _warn_case(files, warnings)
    return files


def _walk(corpus: Path, folder: Path, above: tuple[Path, ...], warnings: list[str]) -> Iterator[PageFile]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as fault:
        warnings.append(f"{_shown(corpus, folder)}: cannot be read ({fault.strerror}): mend its permissions")
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        try:
            yield from _entry(corpus, path, above, warnings)
        except OSError as fault:
            warnings.append(f"{_shown(corpus, path)}: cannot be read ({fault.strerror}): mend or remove it")


def _entry(corpus: Path, path: Path, above: tuple[Path, ...], warnings: list[str]) -> Iterator[PageFile]:
    if path.is_dir():
        real = path.resolve()
        if real in above:
            warnings.append(f"{_shown(corpus, path)}: a link to a folder above itself: remove the link")
            return
        yield from _walk(corpus, path, (*above, real), warnings)
    elif path.suffix.lower() == ".md":
        file = _page_file(corpus, path, warnings)
        if file:
            yield file
    elif path.suffix.lower() in (".markdown", ".mdown", ".mkd"):
        warnings.append(f"{_shown(corpus, path)}: not read: rename it to end in .md")


def _page_file(corpus: Path, path: Path, warnings: list[str]) -> PageFile | None:
    name = _shown(corpus, path)
    stat = path.stat()
    if not path.is_file():
        warnings.append(f"{name}: not a file: remove it from the corpus")
        return None
    if stat.st_size > MAX_BYTES:
        warnings.append(f"{name}: {stat.st_size:,} bytes, more than {MAX_BYTES:,}: split the page")
        return None
    if stat.st_size == 0:
        warnings.append(f"{name}: empty: write the page or remove the file")
        return None
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        warnings.append(f"{name!a}: the file's name is not UTF-8: rename it")
        return None
    return PageFile(name[: -len(path.suffix)], path, stat.st_size, stat.st_mtime_ns)


def _shown(corpus: Path, path: Path) -> str:
    return path.relative_to(corpus).as_posix()


def _warn_case(files: list[PageFile], warnings: list[str]) -> None:
    seen: dict[str, str] = {}
    for file in files:
        other = seen.setdefault(file.page.casefold(), file.page)
        if other != file.page:
            warnings.append(f"{file.page}.md: its name differs from {other}.md in case alone: rename one")


def read_bytes(file: PageFile) -> bytes:
    """Read a page's bytes; CorpusError where it cannot be read."""
    try:
        return file.path.read_bytes()
    except OSError as fault:
        raise CorpusError(f"{file.page}.md cannot be read ({fault.strerror})", "mend its permissions") from None
