"""An index opened for reading: verified, then served from one generation until it is closed."""

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from wardbook.corpus.folder import list_pages
from wardbook.errors import IndexFault, WardbookError
from wardbook.index.encoder_config import FILES
from wardbook.index.generation import Pointer, read_pointer
from wardbook.index.later import Later
from wardbook.index.manifest import REBUILD, SEEN, STORE, VECTORS, Manifest, read_manifest, verify_file
from wardbook.index.model import file_sha256
from wardbook.index.store import open_store, shapes

if TYPE_CHECKING:
    from wardbook.index.encoder import Encoder
    from wardbook.index.vectors import Vectors

_ATTEMPTS = 5


class Index:
    """One generation, open. The store is there at once; vectors and encoder are there when they are used.

    Every file is checked against the manifest before it is read.
    """

    def __init__(self, pointer: Pointer, *, searching: bool = False, any_version: bool = False) -> None:
        """Open the store, see `open_index`."""
        self.pointer = pointer
        self.folder = pointer.folder
        self.by_words_alone = False
        """True where the last search by vectors failed."""
        self.manifest: Manifest = read_manifest(pointer.folder, pointer.manifest)
        self._verified: dict[str, Later[Path]] = {}
        self._verify(STORE)
        self._encoder = Later(self._open_encoder) if searching else None
        self.store = open_store(self._file(STORE))
        if not any_version and self.store.fact("shapes") != shapes():
            raise IndexFault("the index was made by another version of wardbook", f"{REBUILD} again")

    def _verify(self, name: str) -> Later[Path]:
        """Begin to check a file, once; two threads that ask at the same moment may both check it."""
        if name not in self._verified:
            note = self.manifest.files.get(name)
            if note is None:
                raise IndexFault(f"the index is damaged: {name} is not in its manifest", f"{REBUILD} again")
            self._verified[name] = Later(lambda: verify_file(self.folder, name, note))
        return self._verified[name]

    def _file(self, name: str) -> Path:
        return self._verify(name).result()

    @cached_property
    def vectors(self) -> "Vectors":
        """The vectors of all windows."""
        from wardbook.index.vectors import read_vectors

        vectors = read_vectors(self._file(VECTORS), int(str(self.manifest.encoder["dimension"])))
        if len(vectors) != self.manifest.counts["vectors"]:
            raise IndexFault(f"the index is damaged: {len(vectors)} vectors in it", f"{REBUILD} again")
        return vectors

    @cached_property
    def encoder(self) -> "Encoder":
        """The encoder that made the vectors."""
        return self._encoder.result() if self._encoder else self._open_encoder()

    def _open_encoder(self) -> "Encoder":
        held = [name for name in FILES if name in self.manifest.files]
        for name in held:
            self._verify(name)
        from wardbook.index.encoder import open_encoder

        for name in held:
            self._file(name)
        return open_encoder(self.folder)

    def search_vectors(self, question: str, k: int) -> list[tuple[int, float]]:
        """Rank passages by the cosine of their nearest window to a question: up to `k` of (passage id, cosine).

        Where encoding or searching fails, though no file is damaged (memory, say), nothing is found: words go on
        finding, and `by_words_alone` says so. A damaged file is refused as everywhere.
        """
        try:
            ids, scores = self.vectors.search(self.encoder.encode([question], "query")[0], 2 * k)
        except WardbookError:
            raise
        except Exception:  # noqa: BLE001 - whatever a library raises, an answer by words that says so beats none
            self.by_words_alone = True
            return []
        self.by_words_alone = False
        holders = self.store.passages_by_vector(ids.tolist())
        best: dict[int, float] = {}
        for vector, score in zip(ids.tolist(), scores.tolist(), strict=True):
            for passage in holders.get(vector, ()):
                best.setdefault(passage, score)
        return list(best.items())[:k]

    def search_words(self, question: str, k: int) -> list[tuple[int, float]]:
        """Rank passages by BM25: up to `k` of (passage id, score above 0)."""
        return self.store.search_words(question, k)

    def verify_files(self) -> None:
        """Check every file now; IndexFault says what is wrong."""
        for name in self.manifest.files:
            self._file(name)

    def load(self) -> None:
        """Check every file and load what searching needs, so that nothing can fail later; for a service."""
        self.verify_files()
        _ = self.vectors, self.encoder

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()


def open_index(index: Path, *, searching: bool = False, any_version: bool = False) -> Index:
    """Open the live generation of an index folder.

    `searching` begins at once, on a thread, to open the encoder, which takes longer than all the rest; without it only
    the store is read. `any_version` lets a store pass that another version of wardbook wrote: its pages cannot be read,
    its vectors can. IndexFault where there is no index, or it is damaged or of another format. A generation that is
    replaced and removed while it is being opened is no fault: the new one is opened.
    """
    for _ in range(_ATTEMPTS - 1):
        pointer = read_pointer(index)
        try:
            return Index(pointer, searching=searching, any_version=any_version)
        except IndexFault:
            if read_pointer(index) == pointer:
                raise
    return Index(read_pointer(index), searching=searching, any_version=any_version)


def stale(index: Index, corpus: Path) -> tuple[str, ...]:
    """Say which pages differ from the index, one line a page ("mitigations/anakinra: changed"), sorted by page.

    Cheap: only a file whose size or time of change differs from what the build saw is hashed. CorpusError where the
    folder is missing or empty.
    """
    known = index.store.files()
    seen: dict[str, list[int]] = json.loads(index._file(SEEN).read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    present = set()
    for file in list_pages(corpus, []):
        present.add(file.page)
        if seen.get(file.page) != [file.size, file.mtime_ns] and _changed(file.path, known.get(file.page)):
            found[file.page] = "changed" if file.page in known else "new"
    found.update(dict.fromkeys(known.keys() - present, "deleted"))
    return tuple(f"{page}: {what}" for page, what in sorted(found.items()))


def _changed(path: Path, sha256: str | None) -> bool:
    """Tell whether a file is another than the one known; one that cannot be read was left out by the build as well."""
    try:
        return file_sha256(path) != sha256
    except OSError:
        return sha256 is not None
