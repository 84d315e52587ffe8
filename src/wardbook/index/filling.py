"""Fills the folder of a new generation: the store, the vectors, the encoder's files, the manifest."""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

import numpy as np

from wardbook import __version__
from wardbook.corpus.document import Document
from wardbook.corpus.folder import PageFile, read_bytes
from wardbook.corpus.link import PageNames
from wardbook.corpus.passage import passages
from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import DrugNames, drug_names
from wardbook.dosing.drug_change import keeps_drugs
from wardbook.dosing.reading import read_regimens
from wardbook.errors import CorpusError
from wardbook.index import writing
from wardbook.index.bm25 import Writer
from wardbook.index.encoder import Encoder, Floats, open_encoder
from wardbook.index.encoder_config import FILES, EncoderConfig
from wardbook.index.manifest import FORMAT, SEEN, STORE, VECTORS, Manifest, content_hash, note_files, write_manifest
from wardbook.index.opened import Index
from wardbook.index.store import Store, dump_drugs, shapes
from wardbook.index.vectors import Vectors

Progress = Callable[[str, int, int], None]
"""Told of each step as it goes: its name ("reading", "doses", "embedding"), how much is done, of how much."""
THREADS = 2
"""Texts that are embedded at once, each on one thread; that beats two threads on one text."""
HEADING_SHARE = 0.35
"""Share of the headings' own vector in a window's: nDCG@10 of the vectors alone on 300 public health questions rose
from 0.842 to 0.909 (0.934 at 0.5, which leans further on pages that are cut by kinds of question, as that set's are).
"""
_AT_ONCE = 2048
"""Texts whose tokens are held in memory at once."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a generation is made from."""

    recipe: str
    """Hash of the code that reads pages."""
    base: Index | None
    """The live index where its pages were read by the same code and embedded by the same encoder, else None."""
    same_vectors: Index | None
    """The live index where at least the encoder is the same, so that equal texts have equal vectors."""
    changed: tuple[PageFile, ...]
    """Files to read: new ones, and those whose bytes differ from the base's."""
    kept: tuple[PageFile, ...]
    """Files that are in the base as they are."""
    gone: tuple[str, ...]
    """Pages of the base that have no file any more."""


def embedding(config: EncoderConfig) -> dict[str, object]:
    """Say what makes the vectors; those of another embedding are never kept."""
    return {**asdict(config), "heading_share": HEADING_SHARE}


def fill(
    folder: Path, source: Source, encoder_folder: Path, config: EncoderConfig, warnings: list[str], progress: Progress
) -> tuple[Manifest, str, int]:
    """Fill a generation's folder; gives its manifest, the manifest's sha256, and how many passages needed no embedding.

    Faults of pages are added to `warnings`.
    """
    encoder = open_encoder(encoder_folder, THREADS)
    if source.base:
        shutil.copyfile(source.base.folder / STORE, folder / STORE)
    with writing.writing(folder / STORE) as connection:
        if not source.base:
            writing.create(connection)
            writing.note_fact(connection, "shapes", shapes())
        store = Store(connection)
        texts, dropped = _write_pages(store, source, encoder, progress)
        _write_doses(store, source, progress)
        vectors, embedded = _vectors(store, source, encoder, texts, dropped, progress)
        warnings += store.warnings()
        counts = {name: store.count(name) for name in ("pages", "sections", "passages", "vectors", "regimens")}
        reused = counts["passages"] - _holding(connection, embedded)
        corpus = hashlib.sha256(json.dumps(store.files()).encode()).hexdigest()
    vectors.save(folder / VECTORS)
    _write_seen(folder, source)
    _link_encoder(encoder_folder, folder)
    manifest, digest = _write_manifest(folder, source.recipe, config, counts, corpus)
    return manifest, digest, reused


def _write_pages(
    store: Store, source: Source, encoder: Encoder, progress: Progress
) -> tuple[dict[int, str], list[int]]:
    """Bring the pages up to date; gives the texts without a vector by vector id, and the ids of vectors to drop."""
    connection, pages_before = store.connection, set(store.page_ids())
    words = Writer(connection)
    for page in (*source.gone, *(file.page for file in source.changed)):
        writing.remove_page(connection, words, page)
    texts: dict[int, str] = {}
    for done, file in enumerate(source.changed, 1):
        texts |= _write_page(connection, words, file, encoder)
        progress("reading", done, len(source.changed))
    words.flush()
    dropped = writing.drop_vectors(connection)
    pages = store.page_ids()
    if not pages:
        raise CorpusError("no page of the corpus holds text that can be read", "see the warnings")
    resolve_all = pages_before != set(pages)
    documents = (
        store.heads() if resolve_all else tuple(filter(None, (store.head(file.page) for file in source.changed)))
    )
    writing.add_links(connection, documents, PageNames(pages))
    return texts, [vector for vector in dropped if vector not in texts]


def _write_page(connection: sqlite3.Connection, words: Writer, file: PageFile, encoder: Encoder) -> dict[int, str]:
    warnings: list[str] = []
    data = b""
    try:
        data = read_bytes(file)
        document = read_document(data, file.page, warnings)
    except CorpusError as fault:
        writing.note_file(connection, file.page, hashlib.sha256(data).hexdigest(), False, [*warnings, str(fault)])
        return {}
    writing.note_file(connection, file.page, document.sha256, True, warnings)
    if not document.searchable:
        return {}
    return writing.add_page(connection, words, document, passages(document, encoder.count_tokens, encoder.window))


def _write_doses(store: Store, source: Source, progress: Progress) -> None:
    """Read the regimens of the changed pages; of all pages where the drugs that pages name are others than before."""
    pages = store.page_ids()
    changed = tuple(page for page in sorted(file.page for file in source.changed) if page in pages)
    drugs = _kept_drugs(store, source, changed) or drug_names(_documents(store, pages))
    named = dump_drugs(drugs)
    if store.fact("drugs") == named:
        pages = changed
    writing.note_fact(store.connection, "drugs", named)
    for done, document in enumerate(_documents(store, pages), 1):
        writing.add_regimens(store.connection, document.id, read_regimens(document, drugs))
        progress("doses", done, len(pages))


def _kept_drugs(store: Store, source: Source, changed: tuple[str, ...]) -> DrugNames | None:
    """Give the drugs of the base where the pages that changed cannot have changed them, else None."""
    if source.base is None or source.gone:
        return None
    drugs = source.base.store.drug_names()
    before, after = _documents(source.base.store, changed), _documents(store, changed)
    return drugs if keeps_drugs(tuple(before), tuple(after), drugs) else None


def _documents(store: Store, pages: tuple[str, ...]) -> Iterator[Document]:
    return (document for document in map(store.document, pages) if document)


def _vectors(
    store: Store, source: Source, encoder: Encoder, texts: dict[int, str], dropped: list[int], progress: Progress
) -> tuple[Vectors, list[int]]:
    """Give all vectors of the generation, and the ids of those that had to be embedded."""
    vectors = Vectors(encoder.config.dimension)
    todo = dict(texts)
    if source.base:
        vectors = source.base.vectors
        vectors.remove(np.array(dropped, np.int64))
    elif source.same_vectors:
        known = source.same_vectors.store.vector_ids()
        found = {vector: known[key] for vector, text in texts.items() if (key := writing.text_sha256(text)) in known}
        vectors.add(np.array([*found], np.int64), source.same_vectors.vectors.take([*found.values()]))
        todo = {vector: text for vector, text in texts.items() if vector not in found}
    _embed(vectors, encoder, todo, progress)
    return vectors, list(todo)


def _embed(vectors: Vectors, encoder: Encoder, texts: dict[int, str], progress: Progress) -> None:
    done, lock = 0, Lock()

    def tell(more: int) -> None:
        nonlocal done
        with lock:
            done += more
            progress("embedding", done, len(texts))

    ids = list(texts)
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        vectors.add(np.array(some, np.int64), _encode(encoder, [texts[each] for each in some], tell))


def _encode(encoder: Encoder, texts: list[str], tell: Callable[[int], None]) -> Floats:
    """Embed windows: each with a share of its own headings (first line), which a long text would drown out."""
    heads = list(dict.fromkeys(text.partition("\n")[0] for text in texts))
    places = {head: at for at, head in enumerate(heads)}
    headings = encoder.encode(heads, "document")[[places[text.partition("\n")[0]] for text in texts]]
    mixed = (1 - HEADING_SHARE) * encoder.encode(texts, "document", tell) + HEADING_SHARE * headings
    return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), dtype=np.float32)


def _holding(connection: sqlite3.Connection, vectors: list[int]) -> int:
    """Count the passages that hold a window of these vectors."""
    query = "SELECT count(DISTINCT passage) FROM windows WHERE vector IN (SELECT value FROM json_each(?))"
    return int(connection.execute(query, (json.dumps(vectors),)).fetchone()[0])


def _write_seen(folder: Path, source: Source) -> None:
    seen = {file.page: [file.size, file.mtime_ns] for file in (*source.changed, *source.kept)}
    (folder / SEEN).write_text(json.dumps(seen, sort_keys=True), encoding="utf-8")


def _link_encoder(encoder: Path, folder: Path) -> None:
    """Put the encoder's files into the generation, so that it needs nothing else; as links where that can be."""
    for name in FILES:
        if (encoder / name).exists():
            try:
                os.link(encoder / name, folder / name)
            except OSError:
                shutil.copyfile(encoder / name, folder / name)


def _write_manifest(
    folder: Path, recipe: str, config: EncoderConfig, counts: dict[str, int], corpus: str
) -> tuple[Manifest, str]:
    facts: dict[str, object] = {
        "format": FORMAT,
        "wardbook": __version__,
        "recipe": recipe,
        "encoder": embedding(config),
        "counts": counts,
        "corpus": corpus,
    }
    files = note_files(folder)
    content = content_hash({**facts, "files": {name: asdict(note) for name, note in files.items()}})
    manifest = Manifest(
        FORMAT,
        __version__,
        datetime.now(UTC).isoformat(timespec="seconds"),
        recipe,
        embedding(config),
        counts,
        corpus,
        content,
        files,
    )
    return manifest, write_manifest(folder, manifest)
