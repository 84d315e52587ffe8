"""The text of a page as rules read it: raw lines without code and addresses, and pieces that say one thing each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wardbook.corpus.block import Block
from wardbook.corpus.document import Document
from wardbook.corpus.lines import Lines
from wardbook.corpus.section import Section
from wardbook.corpus.table import Row, Table
from wardbook.corpus.unit import sentences
from wardbook.lazy_regex import lazy_regex

_REFERENCES = lazy_regex(
    r"(?:\d+[.)]?\s*)?(?:(?:key|selected|further|main|literature|recommended|core|supporting|source|full|numbered)\s+)*"
    r"(?:references?|bibliography|literature(?: cited)?|sources|citations|works cited|reading|reference list)"
    r"(?: (?:and|&) (?:links|resources|further reading|sources|references|notes))?",
    re.IGNORECASE,
)
_FENCE = lazy_regex(r"\s*(`{3,}|~{3,})")
_MASKED = lazy_regex(
    r"`[^`\n]*`"  # code
    r"|\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"  # the target of a link
    r"|\[\[[^\]|\n]*(?:\||\]\])"  # the target of a wikilink
    r"|<!--.*?-->|<(?:https?:|mailto:)[^>\n]*>|</?[a-zA-Z][^<>\n]*>"
    r"|(?:https?://|www\.)\S+|(?:doi:\s*)?\b10\.\d{4,9}/\S+",
    re.IGNORECASE,
)


_MAY_MASK = lazy_regex(r"[`<\]]|://|www\.|10\.\d")


@dataclass(frozen=True, slots=True)
class Piece:
    """A bullet, sentence or table row: what stands in one piece speaks of one thing."""

    line: int
    """First line of the file that holds it."""
    text: str
    """Plain words; the cells of a row joined by " | "."""
    section: Section
    """The section that holds it."""
    row: Row | None = None
    """The row, where it is one."""
    table: Table | None = None
    """The row's table."""
    lead: tuple[str, ...] = ()
    """Words that govern it within its section."""


def is_references(section: Section) -> bool:
    """Tell whether a section is a list of references, by a heading of its path."""
    return any(_REFERENCES.fullmatch(heading.strip(" :#*")) for heading in section.path)


def raw_lines(document: Document) -> Iterator[tuple[int, str]]:
    """Give (line, text) outside code and front matter; addresses and link targets are blanked, offsets kept."""
    fence: str | None = None
    begin = _front_matter_end(document.lines)
    for number, line in enumerate(document.lines[begin:], start=begin + 1):
        mark = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if fence is not None:
            fence = None if mark and mark[1].startswith(fence) else fence
        elif mark:
            fence = mark[1]
        else:
            yield number, _MASKED.sub(_blank, line) if _MAY_MASK.search(line) else line


def _front_matter_end(lines: tuple[str, ...]) -> int:
    """Count the lines of the front matter; what stands between two rules and holds no key is text."""
    if not lines or lines[0].strip() != "---":
        return 0
    end = next((at for at, line in enumerate(lines[1:], start=2) if line.strip() in ("---", "...")), 0)
    return end if any(re.match(r"[\w\"'][\w\"' -]*:(?:\s|$)", line) for line in lines[1:end]) else 0


def _blank(match: re.Match[str]) -> str:
    return "\x00" * len(match[0])


def reference_lines(document: Document) -> frozenset[int]:
    """Give the lines of all reference lists and footnotes of a page."""
    lines = {
        at
        for section in document.sections
        if is_references(section)
        for at in range(section.lines[0], section.lines[1] + 1)
    }
    return frozenset(lines | {at for at, line in enumerate(document.lines, start=1) if line.startswith("[^")})


def pieces(document: Document) -> Iterator[Piece]:
    """Give the pieces of a page from top to bottom, reference lists and code left out."""
    for section in document.sections:
        if not is_references(section):
            for block in section.blocks:
                yield from _block_pieces(document, section, block)


def _block_pieces(document: Document, section: Section, block: Block) -> Iterator[Piece]:
    if block.table is not None:
        for row in block.table.rows:
            text = " | ".join(" ".join(cell.text.split()) for cell in row.cells)
            yield Piece(row.lines[0], text, section, row, block.table, block.lead)
    elif block.kind == "item":
        yield Piece(block.lines[0], block.text, section, lead=block.lead)
    elif block.kind in ("paragraph", "quote", "html"):
        for begin, end in sentences(block.text):
            words = block.text[begin:end]
            yield Piece(line_of(document, block.lines, words), words, section, lead=block.lead)


def line_of(document: Document, lines: Lines, words: str) -> int:
    """Give the first of these lines on which the words begin; the first line where that cannot be told."""
    if lines[0] == lines[1]:
        return lines[0]
    head = words.split()
    for size in (4, 3, 2):
        start = " ".join(head[:size])
        for at in range(lines[0], lines[1] + 1):
            if start in " ".join(re.sub(r"[*_`|]", "", document.lines[at - 1]).split()):
                return at
    return lines[0]
