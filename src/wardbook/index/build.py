"""Builds an index, or brings one up to date by content: what did not change is neither read nor embedded again."""

import hashlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wardbook.corpus.folder import PageFile, list_pages
from wardbook.errors import CorpusError, IndexFault
from wardbook.index import generation
from wardbook.index.encoder_config import EncoderConfig
from wardbook.index.export import exported
from wardbook.index.filling import Progress, Source, embedding, fill
from wardbook.index.manifest import Manifest
from wardbook.index.model import file_sha256, find_model
from wardbook.index.opened import Index, open_index

LOCK_WAIT = 600.0
"""Seconds that a build waits for another one."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    pages: int
    """Pages in the index."""
    sections: int
    """Sections in it."""
    passages: int
    """Passages in it."""
    regimens: int
    """Regimens in it."""
    reused: int
    """Passages whose texts had been embedded before, word for word."""
    seconds: float
    """Time it took."""
    warnings: tuple[str, ...]
    """One line for each fault of the corpus, with the file and the mend."""


def build(
    corpus: Path,
    index: Path,
    *,
    model: str,
    cache: Path,
    precision: str = "int8",
    progress: Progress | None = None,
    wait: float = LOCK_WAIT,
) -> BuildReport:
    """Build the index of a corpus folder, or bring it up to date; the one that is there answers until the end.

    `model` is a sentence-transformers model by name or folder, `cache` keeps its exported graph, `precision` is "int8"
    or "fp32". CorpusError for a
    missing or empty corpus, ModelError for an unfit model, IndexFault where the index folder cannot be used.
    """
    started = time.monotonic()
    warnings: list[str] = []
    files = list_pages(corpus, warnings)
    encoder, config = exported(find_model(model), cache, precision)
    with generation.building(index, wait), _previous(index, warnings) as previous:
        source = _compare(files, previous, config, warnings)
        if source.base and not source.changed and not source.gone:
            manifest, reused = source.base.manifest, source.base.manifest.counts["passages"]
            warnings += source.base.store.warnings()
        else:
            manifest, reused = _make(index, source, encoder, config, warnings, progress or _silent)
    counts = {name: manifest.counts[name] for name in ("pages", "sections", "passages", "regimens")}
    return BuildReport(**counts, reused=reused, seconds=time.monotonic() - started, warnings=tuple(warnings))


def recipe() -> str:
    """Hash the code and vocabularies that read pages: what another version read is read again."""
    digest = hashlib.sha256()
    package = Path(__file__).parents[1]
    for folder in ("corpus", "dosing", "index"):
        for path in sorted((package / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(package).as_posix()} {file_sha256(path)}\n".encode())
    return digest.hexdigest()


def _silent(step: str, done: int, of: int) -> None:
    pass


@contextmanager
def _previous(index: Path, warnings: list[str]) -> Iterator[Index | None]:
    """Open the live index, whole and verified; None where there is none, with a warning where it cannot be used."""
    if not (index / generation.CURRENT).exists():
        yield None
        return
    try:
        previous = open_index(index, any_version=True)
        previous.verify_files()
    except IndexFault as fault:
        warnings.append(f"{fault.reason}: everything was read and embedded again")
        yield None
        return
    try:
        yield previous
    finally:
        previous.close()


def _compare(files: list[PageFile], previous: Index | None, config: EncoderConfig, warnings: list[str]) -> Source:
    """Find what changed since the previous index; another encoder or another reader of pages changes everything."""
    made_by = recipe()
    same_vectors = previous if previous and previous.manifest.encoder == embedding(config) else None
    base = same_vectors if same_vectors and same_vectors.manifest.recipe == made_by else None
    known = base.store.files() if base else {}
    hashes = dict(_hashes(files, warnings))
    changed = tuple(file for file in files if file.page in hashes and hashes[file.page] != known.get(file.page))
    kept = tuple(file for file in files if file.page in hashes and hashes[file.page] == known.get(file.page))
    gone = tuple(page for page in known if page not in hashes)
    if not changed and not kept:
        raise CorpusError(f"none of the {len(files)} pages can be read", "mend their permissions")
    return Source(made_by, base, same_vectors, changed, kept, gone)


def _hashes(files: list[PageFile], warnings: list[str]) -> Iterator[tuple[str, str]]:
    for file in files:
        try:
            yield file.page, file_sha256(file.path)
        except OSError as fault:
            warnings.append(f"{file.page}.md: cannot be read ({fault.strerror}): mend its permissions")


def _make(
    index: Path, source: Source, encoder: Path, config: EncoderConfig, warnings: list[str], progress: Progress
) -> tuple[Manifest, int]:
    """Make and publish a generation; gives its manifest and how many passages were embedded before."""
    try:
        folder = generation.begin(index)
        try:
            manifest, digest, reused = fill(folder, source, encoder, config, warnings, progress)
            generation.publish(index, folder, digest)
        except BaseException:
            generation.discard_unless_live(index, folder)
            raise
    except (OSError, sqlite3.Error) as fault:
        why = fault.strerror if isinstance(fault, OSError) else str(fault)
        raise IndexFault(
            f"the index in {index} cannot be written ({why})", "free or mend the disk; the old one stays"
        ) from fault
    return manifest, reused
