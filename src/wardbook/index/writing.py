"""What a build writes into the SQLite file of a generation that is not yet published."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from wardbook.corpus.document import Document
from wardbook.corpus.link import PageNames, resolve
from wardbook.corpus.names import names_in
from wardbook.corpus.passage import Passage
from wardbook.corpus.unit import Unit, units
from wardbook.dosing.regimen import Regimen
from wardbook.index import codec
from wardbook.index.bm25 import Row, Writer
from wardbook.index.store import SCHEMA, NamesOfPage, UnitsOfSection


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file, new or copied, for one transaction; nobody reads it before it is published, so no journal."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")
    finally:
        connection.close()


def create(connection: sqlite3.Connection) -> None:
    """Make the tables."""
    for statement in SCHEMA:
        connection.execute(statement)


def note_fact(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Note a fact about the whole index."""
    connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))


def note_file(connection: sqlite3.Connection, page: str, sha256: str, readable: bool, warnings: Sequence[str]) -> None:
    """Note a file of the corpus and what reading it warned of."""
    connection.execute(
        "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)",
        (page, sha256, readable, json.dumps(list(warnings), ensure_ascii=False)),
    )


def remove_page(connection: sqlite3.Connection, words: Writer, page: str) -> None:
    """Take a page out with everything that came from it; its vectors may still serve others, see `drop_vectors`."""
    rows = connection.execute("SELECT id, title, path, text FROM passages WHERE page = ?", (page,)).fetchall()
    words.remove(_searched(key, title, json.loads(path), text) for key, title, path, text in rows)
    connection.executemany("DELETE FROM windows WHERE passage = ?", ((row[0],) for row in rows))
    for table in ("files", "pages", "sections", "passages", "links", "names", "units", "regimens"):
        connection.execute(f"DELETE FROM {table} WHERE page = ?", (page,))


def _searched(key: int, title: str, path: Sequence[str], text: str) -> Row:
    """Give the words that a passage is found by."""
    return key, title, " ".join(path), text


def add_page(
    connection: sqlite3.Connection, words: Writer, document: Document, passages: Sequence[Passage]
) -> dict[int, str]:
    """Write a page; gives the texts that have no vector yet, by the vector id that each was given."""
    head = codec.dump(replace(document, lines=(), sections=()))
    connection.execute("INSERT INTO pages VALUES (?, ?, ?)", (document.id, head, codec.dump(document.lines)))
    connection.executemany(
        "INSERT INTO sections VALUES (?, ?, ?, ?, ?, ?)",
        ((document.id, at, each.id, *each.lines, codec.dump(each)) for at, each in enumerate(document.sections)),
    )
    quotable: dict[str, list[Unit]] = {}
    for unit in units(document):
        quotable.setdefault(unit.section, []).append(unit)
    connection.executemany(
        "INSERT INTO units VALUES (?, ?, ?)",
        ((document.id, section, codec.dump(UnitsOfSection(tuple(listed)))) for section, listed in quotable.items()),
    )
    names = codec.dump(NamesOfPage(names_in(document)))
    connection.execute("INSERT INTO names VALUES (?, ?)", (document.id, names))
    return _add_passages(connection, words, passages)


def _add_passages(connection: sqlite3.Connection, words: Writer, passages: Sequence[Passage]) -> dict[int, str]:
    new: dict[int, str] = {}
    for passage in passages:
        row = connection.execute(
            "INSERT INTO passages(page, section, first, last, kind, title, path, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                passage.page,
                passage.section,
                *passage.lines,
                passage.kind,
                passage.title,
                codec.dump(passage.path),
                passage.text,
            ),
        )
        words.add([_searched(row.lastrowid or 0, passage.title, passage.path, passage.text)])
        for ordinal, window in enumerate(passage.windows):
            vector, fresh = _vector_id(connection, window)
            connection.execute("INSERT INTO windows VALUES (?, ?, ?)", (row.lastrowid, ordinal, vector))
            if fresh:
                new[vector] = window
    return new


def text_sha256(text: str) -> bytes:
    """Give the hash that a text to embed is known by."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _vector_id(connection: sqlite3.Connection, text: str) -> tuple[int, bool]:
    digest = text_sha256(text)
    row = connection.execute("SELECT id FROM vectors WHERE sha256 = ?", (digest,)).fetchone()
    if row:
        return int(row[0]), False
    return int(connection.execute("INSERT INTO vectors(sha256) VALUES (?)", (digest,)).lastrowid or 0), True


def drop_vectors(connection: sqlite3.Connection) -> list[int]:
    """Forget the vectors that no window uses any more; gives their ids."""
    gone = [row[0] for row in connection.execute("SELECT id FROM vectors WHERE id NOT IN (SELECT vector FROM windows)")]
    connection.executemany("DELETE FROM vectors WHERE id = ?", ((each,) for each in gone))
    return gone


def add_links(connection: sqlite3.Connection, documents: Iterable[Document], names: PageNames) -> None:
    """Write the links of pages, resolved against all pages of the corpus."""
    for document in documents:
        connection.execute("DELETE FROM links WHERE page = ?", (document.id,))
        connection.executemany(
            "INSERT INTO links VALUES (?, ?, ?, ?)",
            (
                (document.id, at, resolve(link, document, names), codec.dump(link))
                for at, link in enumerate(document.links)
            ),
        )


def add_regimens(connection: sqlite3.Connection, page: str, regimens: Sequence[Regimen]) -> None:
    """Write the regimens of a page in place of those it had."""
    connection.execute("DELETE FROM regimens WHERE page = ?", (page,))
    connection.executemany(
        "INSERT INTO regimens VALUES (?, ?, ?)",
        ((page, at, codec.dump(regimen)) for at, regimen in enumerate(regimens)),
    )
