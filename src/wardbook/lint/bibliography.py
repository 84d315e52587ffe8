"""Reference lists: entries with number, DOI, first author, year and title, and what of them the text cites."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wardbook.corpus.block import Block
from wardbook.corpus.document import Document
from wardbook.corpus.section import Section
from wardbook.lazy_regex import lazy_regex
from wardbook.lint.prose import is_references, reference_lines

DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_INITIALS = r"[A-ZÀ-Þ]{1,3}(?:-[A-Z])?"
_WORD = r"[\w'’-]*[a-zà-ÿ][\w'’-]*"
_SURNAME = rf"(?:(?:van|von|de|der|den|del|della|di|du|la|le|ter|bin|al)[ -])*[A-ZÀ-Þ]{_WORD}(?: [A-ZÀ-Þ]{_WORD})?"
_AUTHOR = rf"{_SURNAME},? {_INITIALS}"
_AUTHORS = lazy_regex(
    rf"(?P<first>{_SURNAME})(?:,? (?:{_INITIALS}|(?:[A-Z]\.[ -]?){{1,3}}))?"
    rf"(?:(?:, |; | and |, and | & |, & ).*?)?(?:,? et al)?[.:] "
)
_CLOSING = {")": "(", "]": "[", "}": "{", ">": "<"}
_YEAR = lazy_regex(r"(?<!\d)(?:19[5-9]|20[0-4])\d(?!\d)")
_ENDING = lazy_regex(r"[.?!](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a reference list."""

    line: int
    """Line of the file."""
    text: str
    """Plain words."""
    number: int | None
    """Its number in the list, where it has one."""
    dois: tuple[str, ...]
    """DOIs in it, lower case, as far as they are well formed."""
    author: str | None
    """First author's surname, where it begins with names."""
    years: frozenset[str]
    """Years in it."""
    title: str | None
    """Title, where it can be told; it stands behind the authors."""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The references of one page."""

    entries: tuple[Entry, ...]
    """From top to bottom."""
    lines: frozenset[int]
    """Lines of reference lists and footnotes."""
    heading: int | None
    """Line of the first reference list's heading, or None."""


def read_bibliography(document: Document) -> Bibliography:
    """Read the reference lists of a page."""
    sections = [section for section in document.sections if is_references(section)]
    entries = [entry for section in sections for entry in _entries(document, section)]
    heading = sections[0].lines[0] if sections else None
    return Bibliography(tuple(entries), reference_lines(document), heading)


def _entries(document: Document, section: Section) -> Iterator[Entry]:
    """Give list items, or paragraphs that hold a year or open with a number where there is no list."""
    items = [block for block in section.blocks if block.kind == "item" and block.depth == 0]
    if items:
        yield from (_entry(document, block) for block in items)
        return
    for block in section.blocks:
        if block.kind == "paragraph" and (_YEAR.search(block.text) or re.match(r"\[?\d{1,3}[\].)]", block.text)):
            yield _entry(document, block)


def _entry(document: Document, block: Block) -> Entry:
    label = re.match(r"\s*\[?(\d{1,3})[\].)]:?\s+", block.text)
    number = int(block.number) if block.number and block.number.isdigit() else int(label[1]) if label else None
    text = block.text[label.end() :] if label else block.text
    dois = tuple(dict.fromkeys(bare_doi(match[0]) for match in DOI.finditer(document.text_of(block.lines))))
    years = frozenset(_YEAR.findall(DOI.sub(" ", text)))
    authors = _AUTHORS.match(text)
    named = authors is not None and _is_names(authors[0])
    title = _title(text[authors.end() :]) if authors and named else None
    return Entry(block.lines[0], text, number, dois, authors["first"] if authors and named else None, years, title)


def _is_names(head: str) -> bool:
    """Tell whether the head of an entry is a list of authors, by initials or "et al"."""
    return bool(re.search(r"\bet al\b", head) or re.match(rf"{_AUTHOR}(?:[,;.]| and | &)", head)) or bool(
        re.match(rf"{_SURNAME}, (?:[A-Z]\.[ -]?)+", head)
    )


def _title(rest: str) -> str | None:
    rest = re.sub(r"^\(?(?:19|20)\d\d[a-z]?\)?[.,]?\s+", "", rest)
    end = _ENDING.search(rest)
    title = rest[: end.start()] if end else ""
    journal = re.search(r"\d{4};|\d\(\d", title)
    return title.strip() if len(title.split()) >= 4 and not journal else None


def bare_doi(found: str) -> str:
    """Give a DOI as it is compared: lower case, without the punctuation of the sentence or link around it."""
    doi = re.split(r"\]\(|\*\*|\||&lt;", found)[0].lower().rstrip(".,;:*_")
    while doi and doi[-1] in _CLOSING and doi.count(doi[-1]) > doi.count(_CLOSING[doi[-1]]):
        doi = doi[:-1].rstrip(".,;:*_")
    return doi


def first_authors(entries: Iterable[Entry]) -> frozenset[str]:
    """Give the surnames of all first authors."""
    return frozenset(entry.author for entry in entries if entry.author)
