"""What an index knows besides vectors, in one SQLite file: its tables, and how they are read.

The file of a generation never changes once it is published, so it is opened read-only and without locks.
"""

import json
import sqlite3
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from wardbook.corpus.document import Document, Link
from wardbook.corpus.names import Name
from wardbook.corpus.passage import Passage
from wardbook.corpus.section import Section
from wardbook.corpus.unit import Unit
from wardbook.dosing.drug import DrugNames
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import Regimens
from wardbook.errors import IndexFault
from wardbook.index import codec

if TYPE_CHECKING:
    from wardbook.index.bm25 import Searcher

MOST_PASSAGES_KEPT = 20_000
"""Passages that are kept in memory once they were found."""
SCHEMA = (
    "CREATE TABLE facts(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE files(page TEXT PRIMARY KEY, sha256 TEXT NOT NULL, readable INTEGER NOT NULL, warnings TEXT NOT NULL)"
    " WITHOUT ROWID",
    "CREATE TABLE pages(page TEXT PRIMARY KEY, head TEXT NOT NULL, lines TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE sections(page TEXT NOT NULL, ordinal INTEGER NOT NULL, section TEXT NOT NULL, first INTEGER NOT NULL,"
    " last INTEGER NOT NULL, data TEXT NOT NULL, PRIMARY KEY(page, ordinal)) WITHOUT ROWID",
    "CREATE UNIQUE INDEX sections_by_id ON sections(page, section)",
    "CREATE TABLE passages(id INTEGER PRIMARY KEY AUTOINCREMENT, page TEXT NOT NULL, section TEXT NOT NULL,"
    " first INTEGER NOT NULL, last INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, path TEXT NOT NULL,"
    " text TEXT NOT NULL)",
    "CREATE INDEX passages_by_page ON passages(page)",
    "CREATE TABLE vectors(id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 BLOB NOT NULL UNIQUE)",
    "CREATE TABLE windows(passage INTEGER NOT NULL, ordinal INTEGER NOT NULL, vector INTEGER NOT NULL,"
    " PRIMARY KEY(passage, ordinal)) WITHOUT ROWID",
    "CREATE INDEX windows_by_vector ON windows(vector)",
    "CREATE TABLE links(page TEXT NOT NULL, ordinal INTEGER NOT NULL, target TEXT, data TEXT NOT NULL,"
    " PRIMARY KEY(page, ordinal)) WITHOUT ROWID",
    "CREATE INDEX links_by_target ON links(target)",
    "CREATE TABLE names(page TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY(page)) WITHOUT ROWID",
    "CREATE TABLE units(page TEXT NOT NULL, section TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY(page, section))"
    " WITHOUT ROWID",
    "CREATE TABLE regimens(page TEXT NOT NULL, ordinal INTEGER NOT NULL, data TEXT NOT NULL,"
    " PRIMARY KEY(page, ordinal)) WITHOUT ROWID",
    "CREATE TABLE words(stem TEXT NOT NULL, count INTEGER NOT NULL, passages BLOB NOT NULL, weights BLOB NOT NULL)",
    "CREATE UNIQUE INDEX words_by_stem ON words(stem, count)",
    "CREATE TABLE word_lengths(passages BLOB NOT NULL, lengths BLOB NOT NULL)",
)
"""Tables of a generation. `lines` of a page are the file's, word for word; `target` of a link is the page that it
resolves to, or NULL. `words` are the posting lists of `bm25`: passage ids (uint32) and weights (uint16) side by side;
`word_lengths`, in one row, how many words each passage has (uint32)."""


def shapes() -> str:
    """Describe the shapes that are kept as JSON; a store of other shapes cannot be read."""
    return codec.shape_of(*_parts(Document, Section, Link, Name, Regimen, Unit))


def _parts(*outer: type) -> tuple[type, ...]:
    from wardbook.corpus.block import Block
    from wardbook.corpus.document import Metadata
    from wardbook.corpus.table import Cell, Row, Table
    from wardbook.dosing.regimen import Amount, Condition, Limit, Stated

    return (*outer, Block, Metadata, Cell, Row, Table, Amount, Condition, Limit, Stated)


@dataclass(frozen=True, slots=True)
class Backlink:
    """A link from one page to another."""

    page: str
    """Page that holds the link."""
    target: str | None
    """Page that it leads to, or None where no page is there."""
    link: Link
    """The link as written."""


class Store:
    """The tables of one generation, read-only."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read over a connection, see `open_store`."""
        self.connection = connection
        self._passages: dict[int, Passage] = {}
        self._asked_by_vector = False

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def fact(self, name: str) -> str | None:
        """Give a noted fact about the whole index, or None."""
        row = self.connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def warnings(self) -> tuple[str, ...]:
        """Give what reading the pages warned of, in page order."""
        rows = self.connection.execute("SELECT warnings FROM files WHERE warnings != '[]' ORDER BY page")
        return tuple(line for (listed,) in rows for line in json.loads(listed))

    def files(self) -> dict[str, str]:
        """Give the sha256 of every file that was taken in, unreadable ones too, by page id."""
        return dict(self.connection.execute("SELECT page, sha256 FROM files ORDER BY page"))

    def page_ids(self) -> tuple[str, ...]:
        """Give all page ids, sorted."""
        return tuple(page for (page,) in self.connection.execute("SELECT page FROM pages ORDER BY page"))

    def heads(self) -> tuple[Document, ...]:
        """Give all pages without their lines and sections: ids, titles, metadata, links."""
        rows = self.connection.execute("SELECT head FROM pages ORDER BY page")
        return tuple(codec.load_all(Document, [head for (head,) in rows]))

    def head(self, page: str) -> Document | None:
        """Give one page without its lines and sections, or None."""
        row = self.connection.execute("SELECT head FROM pages WHERE page = ?", (page,)).fetchone()
        return codec.load(Document, row[0]) if row else None

    def document(self, page: str) -> Document | None:
        """Give a page whole, as it was read, or None."""
        row = self.connection.execute("SELECT head, lines FROM pages WHERE page = ?", (page,)).fetchone()
        if not row:
            return None
        return replace(codec.load(Document, row[0]), lines=tuple(json.loads(row[1])), sections=self.sections(page))

    def sections(self, page: str) -> tuple[Section, ...]:
        """Give the sections of a page, from top to bottom."""
        rows = self.connection.execute("SELECT data FROM sections WHERE page = ? ORDER BY ordinal", (page,))
        return tuple(codec.load_all(Section, [data for (data,) in rows]))

    def section(self, page: str, section: str) -> Section | None:
        """Give one section, or None."""
        row = self.connection.execute(
            "SELECT data FROM sections WHERE page = ? AND section = ?", (page, section)
        ).fetchone()
        return codec.load(Section, row[0]) if row else None

    def section_ids(self, page: str) -> tuple[str, ...]:
        """Give the ids of a page's sections, from top to bottom."""
        rows = self.connection.execute("SELECT section FROM sections WHERE page = ? ORDER BY ordinal", (page,))
        return tuple(section for (section,) in rows)

    def section_at(self, page: str, line: int) -> str:
        """Give the id of the section that holds a line of a page; "" where none does."""
        row = self.connection.execute(
            "SELECT section FROM sections WHERE page = ? AND first <= ? ORDER BY first DESC LIMIT 1", (page, line)
        ).fetchone()
        return str(row[0]) if row else ""

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Give passages by id; their windows are not kept and are empty. Unknown ids are left out."""
        held = self._passages
        found = {key: held[key] for key in ids if key in held}
        if len(found) < len(ids):
            rows = self.connection.execute(
                "SELECT id, page, section, first, last, kind, title, path, text FROM passages"
                " WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps([int(key) for key in ids if key not in found]),),
            )
            read = {row[0]: _passage(row) for row in rows}
            if len(held) > MOST_PASSAGES_KEPT:
                self._passages = held = {}
            held.update(read)
            found |= read
        return found

    def passages_of(self, page: str) -> dict[int, Passage]:
        """Give the passages of a page by id, from top to bottom."""
        rows = self.connection.execute(
            "SELECT id, page, section, first, last, kind, title, path, text FROM passages WHERE page = ? ORDER BY id",
            (page,),
        )
        return {row[0]: _passage(row) for row in rows}

    def passages_by_vector(self, vectors: Iterable[int]) -> dict[int, tuple[int, ...]]:
        """Give the ids of the passages that hold each of these vectors' windows; one text may stand in several.

        Whoever asks again has them all read at once, 10 ms in 30,000; a single question waits for its own alone.
        """
        if self._asked_by_vector:
            holders = self._holders
            return {vector: holders[vector] for vector in vectors if vector in holders}
        self._asked_by_vector = True
        found: dict[int, tuple[int, ...]] = {}
        rows = self.connection.execute(
            "SELECT vector, passage FROM windows WHERE vector IN (SELECT value FROM json_each(?)) ORDER BY passage",
            (json.dumps([int(each) for each in vectors]),),
        )
        for vector, passage in rows:
            found[vector] = (*found.get(vector, ()), passage)
        return found

    @cached_property
    def _holders(self) -> dict[int, tuple[int, ...]]:
        found: dict[int, tuple[int, ...]] = {}
        for vector, passage in self.connection.execute("SELECT vector, passage FROM windows ORDER BY vector, passage"):
            found[vector] = (*found[vector], passage) if vector in found else (passage,)
        return found

    def search_words(self, text: str, k: int) -> list[tuple[int, float]]:
        """Rank passages by their words, see `bm25.Searcher.search`."""
        return self._searcher.search(text, k)

    @cached_property
    def _searcher(self) -> "Searcher":
        from wardbook.index.bm25 import Searcher

        return Searcher(self.connection)

    def links_from(self, page: str) -> tuple[Backlink, ...]:
        """Give the links of a page, from top to bottom."""
        return self._links("SELECT page, target, data FROM links WHERE page = ? ORDER BY ordinal", page)

    def links_to(self, page: str) -> tuple[Backlink, ...]:
        """Give the links of other pages to a page."""
        return self._links("SELECT page, target, data FROM links WHERE target = ? ORDER BY page, ordinal", page)

    def _links(self, query: str, page: str) -> tuple[Backlink, ...]:
        rows = self.connection.execute(query, (page,))
        return tuple(Backlink(source, target, codec.load(Link, data)) for source, target, data in rows)

    def units(self, page: str, section: str) -> tuple[Unit, ...]:
        """Give what can be quoted from a section, from top to bottom."""
        row = self.connection.execute(
            "SELECT data FROM units WHERE page = ? AND section = ?", (page, section)
        ).fetchone()
        return codec.load(UnitsOfSection, row[0]).units if row else ()

    def document_frequency(self, stem: str) -> int:
        """Count the passages that hold a word with this stem (Porter) in title, headings or body."""
        row = self.connection.execute("SELECT count FROM words WHERE stem = ?", (stem,)).fetchone()
        return int(row[0]) if row else 0

    def holding(self, stem: str) -> int | None:
        """Give the first passage that holds a word with this stem, or None."""
        row = self.connection.execute("SELECT passages FROM words WHERE stem = ?", (stem,)).fetchone()
        return int.from_bytes(row[0][:4], sys.byteorder) if row else None

    def stems_like(self, beginning: str, least: int, most: int) -> tuple[str, ...]:
        """Give the stems on the pages that begin so and have so many characters."""
        rows = self.connection.execute(
            "SELECT stem FROM words WHERE stem >= ? AND stem < ? AND length(stem) BETWEEN ? AND ? ORDER BY stem",
            (beginning, beginning + "\U0010ffff", least, most),
        )
        return tuple(stem for (stem,) in rows)

    def names(self) -> list[Name]:
        """Give the names that pages give, in page order; `Names` merges them."""
        rows = self.connection.execute("SELECT data FROM names ORDER BY page")
        listed = codec.load_all(NamesOfPage, [data for (data,) in rows])
        return [name for page in listed for name in page.names]

    def drug_names(self) -> DrugNames:
        """Give the drugs of the pages."""
        return load_drugs(self.fact("drugs") or "{}")

    def regimens(self, page: str | None = None) -> Regimens:
        """Give all regimens, or those of a page, in page order from top to bottom."""
        rows = self.connection.execute(
            "SELECT data FROM regimens WHERE ? IS NULL OR page = ? ORDER BY page, ordinal", (page, page)
        )
        return Regimens(codec.load_all(Regimen, [data for (data,) in rows]))

    def count(self, table: str) -> int:
        """Count the rows of one of the tables of `SCHEMA`."""
        if not table.isalpha():
            raise ValueError(f"no table {table!r}")
        return int(self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def vector_ids(self) -> dict[bytes, int]:
        """Give the id of each embedded text, by the sha256 of the text."""
        return dict(self.connection.execute("SELECT sha256, id FROM vectors"))


def open_store(path: Path) -> Store:
    """Open the file of a published generation; IndexFault where it is none."""
    try:
        connection = sqlite3.connect(
            f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        connection.execute("SELECT count(*) FROM facts").fetchone()
    except sqlite3.Error as fault:
        raise IndexFault(f"{path} cannot be read ({fault})", "run `wardbook index` again") from None
    return Store(connection)


@dataclass(frozen=True, slots=True)
class UnitsOfSection:
    """The units of one section."""

    units: tuple[Unit, ...]
    """From top to bottom."""


@dataclass(frozen=True, slots=True)
class NamesOfPage:
    """The names that one page gives."""

    names: tuple[Name, ...]
    """In the order of the page."""


def _passage(row: tuple[int, str, str, int, int, str, str, str, str]) -> Passage:
    _, page, section, first, last, kind, title, path, text = row
    return Passage(page, section, (first, last), kind, title, _path(path), text, ())


@lru_cache(maxsize=20_000)
def _path(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def dump_drugs(drugs: DrugNames) -> str:
    """Write the drugs of the pages; the published vocabulary is not among them."""
    kept: Mapping[str, object] = {
        "page_drug": drugs.page_drug,
        "names": drugs.names,
        "drugs": drugs.drugs,
        "ordinary": drugs.ordinary,
    }
    return codec.dump(kept)


def load_drugs(text: str) -> DrugNames:
    """Read what `dump_drugs` wrote."""
    kept = json.loads(text)
    return DrugNames(
        kept.get("page_drug", {}),
        kept.get("names", {}),
        frozenset(kept.get("drugs", ())),
        frozenset(kept.get("ordinary", ())),
    )
