"""Sections of a page: a heading and what stands under it up to the next heading."""

from dataclasses import dataclass

from wardbook.corpus.block import Block
from wardbook.corpus.lines import Lines


@dataclass(frozen=True, slots=True)
class Section:
    """One section; every line of a page lies in exactly one."""

    id: str
    """Heading path below the H1, joined by " > ", distinct within the page; "" for text above the first H2."""
    path: tuple[str, ...]
    """The headings of the path, plain words, outermost first; empty for section ""."""
    level: int
    """Heading level 1-6; 0 for text above the first heading."""
    lines: Lines
    """From the heading line to the last line before the next heading."""
    blocks: tuple[Block, ...]
    """Blocks from top to bottom, the heading not among them."""
