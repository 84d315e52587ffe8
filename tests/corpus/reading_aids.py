"""Short ways to read the pages of oddities in tests."""

from pathlib import Path

from wardbook.corpus.block import Block
from wardbook.corpus.document import Document
from wardbook.corpus.reading import read_document
from wardbook.corpus.table import Table

ODDITIES = Path(__file__).parent / "oddities"


def odd(name: str) -> Document:
    """Read one page of oddities; it gives no warning."""
    warnings: list[str] = []
    document = read_document((ODDITIES / f"{name}.md").read_bytes(), name, warnings)
    assert warnings == []
    return document


def page(text: str) -> Document:
    """Read a page given as text."""
    return read_document(text.encode(), "page")


def blocks(document: Document, kind: str | None = None) -> list[Block]:
    """All blocks of a page, or those of one kind."""
    return [block for section in document.sections for block in section.blocks if kind in (None, block.kind)]


def texts(document: Document, kind: str | None = None) -> list[str]:
    """Words of all blocks of a page, or of those of one kind."""
    return [block.text for block in blocks(document, kind)]


def tables(document: Document) -> list[Table]:
    """All tables of a page."""
    return [block.table for block in blocks(document) if block.table is not None]


def rows(table: Table) -> list[list[str]]:
    """Words of a table's cells, row by row; a cell that a span repeats has a star before it."""
    return [["*" * cell.spanned + cell.text for cell in row.cells] for row in table.rows]


def groups(table: Table) -> list[str | None]:
    """Group of each row."""
    return [row.group for row in table.rows]


def ids(document: Document) -> list[tuple[str, tuple[int, int]]]:
    """Section ids with their lines."""
    return [(section.id, section.lines) for section in document.sections]
