"""A page as read: its lines, title, metadata, sections and links."""

from dataclasses import dataclass

from wardbook.corpus.lines import Lines
from wardbook.corpus.section import Section


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; None (or empty) where it does not say, never a guess."""

    evidence_level: str | None = None
    """The page's words ("Moderate (Phase II data ...)")."""
    last_updated: str | None = None
    """ISO date."""
    version: str | None = None
    """The page's words."""
    status: str | None = None
    """The page's words."""
    category: str | None = None
    """The page's words."""
    aliases: tuple[str, ...] = ()
    """Other names of the page's subject, as the front matter gives them."""
    see_also: tuple[str, ...] = ()
    """Targets of the "See also" links, as written."""
    retired: str | None = None
    """The page's words by which it no longer holds ("Replaced by ..."), see `corpus.retired`."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a page to a page (wikilink or relative Markdown link)."""

    target: str
    """As written, without the part after `#`."""
    section: str | None
    """The part after `#`, or None."""
    words: str
    """The words shown for it."""
    line: int
    """Line of the file, 1-based."""


@dataclass(frozen=True, slots=True)
class Document:
    """One page, read whole."""

    id: str
    """Path below the corpus folder without `.md`, with `/`."""
    title: str
    """From the front matter, the first H1, a plain first line, or the file's name; see `title_from`."""
    title_from: str
    """ "front matter" | "heading" | "first line" | "file name"."""
    lines: tuple[str, ...]
    """The file's lines without line ends, as on disk."""
    sha256: str
    """Of the file's bytes, hex."""
    metadata: Metadata
    """What the page says of itself."""
    sections: tuple[Section, ...]
    """From top to bottom."""
    links: tuple[Link, ...]
    """Links to pages, from top to bottom."""
    searchable: bool = True
    """False where the front matter says `search: {exclude: true}` (as MkDocs Material has it): not indexed."""

    def text_of(self, lines: Lines) -> str:
        """Give the file's text in these lines, joined by line feeds."""
        return "\n".join(self.lines[lines[0] - 1 : lines[1]])
