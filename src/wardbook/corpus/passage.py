"""Passages: sections, parts of sections that are too long for the encoder, and table rows; what is indexed and cited."""

from dataclasses import dataclass

from wardbook.corpus.lines import Lines


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage."""

    page: str
    """Page id."""
    section: str
    """Section id."""
    lines: Lines
    """Lines of the file that hold it."""
    kind: str
    """ "section" (a whole section), "part" (some blocks of a long one) or "row" (one table row)."""
    title: str
    """Page title."""
    path: tuple[str, ...]
    """Headings above it, outermost first, without the title."""
    text: str
    """Plain words, as a person reads them; a row as `column: value` joined by "; "."""
    windows: tuple[str, ...]
    """What is embedded: title, heading path and words, each within the encoder's window; one or more, since a single
    block (a long paragraph) is never cut as a passage and yet must be embedded whole."""
