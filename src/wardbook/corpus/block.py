"""Blocks of a section: paragraphs, list items, tables, code, quotes, each with its lines and its plain words."""

from dataclasses import dataclass

from wardbook.corpus.lines import Lines
from wardbook.corpus.table import Table


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a page; nested list items are blocks of their own."""

    kind: str
    """ "paragraph" | "item" | "table" | "code" | "quote" | "html" | "footnote" | "image" | "metadata"."""
    lines: Lines
    """Lines of the file that hold this block (for a list item, its own words without nested items)."""
    text: str
    """Plain words as a person reads them: emphasis removed, links as their words, entities and symbols as what
    they mean, hard wraps joined by one blank, `<br>` as a line feed. For a table, its rows joined by line feeds."""
    depth: int = 0
    """Nesting of a list item, 0 for the outermost; 0 for other blocks."""
    lead: tuple[str, ...] = ()
    """Words that govern this block within its section, outermost first: a wholly bold line or a line that ends in a
    colon just above a list or table, then the parent list items' words, or a callout's title."""
    number: str | None = None
    """The number of an item in a numbered list ("3"), else None."""
    table: Table | None = None
    """The table where kind is "table"."""
    links: tuple[tuple[str, str], ...] = ()
    """(target as written, words shown) of the wikilinks and relative links in the block."""
    source: str = ""
    """The block's words as they stand in the file, without the marks of lists and quotes around them; one line of it
    for each of `lines`, from the first on. Empty for a table."""
