"""Citations: quotes read again from the file, word for word, before they are sent."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote as percent

from wardbook.answering.answer import Citation
from wardbook.corpus.lines import Lines, split_lines
from wardbook.corpus.source import stands


def anchor(section: str) -> str:
    """Give the anchor of a section in the page for reading."""
    return re.sub(r"[^a-z0-9]+", "-", section.casefold()).strip("-") or "top"


def page_url(page: str, section: str, lines: Lines) -> str:
    """Give the address of cited lines in the page for reading."""
    return f"/pages/{percent(page)}?lines={lines[0]}-{lines[1]}#{anchor(section)}"


@dataclass(slots=True)
class Sources:
    """The page files, read once an answer."""

    corpus: Path
    """The corpus folder."""
    path_of: Callable[[str], Path]
    """Page id to file."""
    _lines: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def lines_of(self, page: str) -> tuple[str, ...]:
        """Give a page's lines as they lie on disk now; none where it is gone or no longer text."""
        if page not in self._lines:
            try:
                text = self.path_of(page).read_bytes().decode("utf-8-sig")
            except (OSError, UnicodeDecodeError):
                text = ""
            self._lines[page] = split_lines(text)
        return self._lines[page]

    def locate(self, page: str, lines: Lines, quote: str) -> Lines | None:
        """Find where a quote stands now: in its lines, else in as many lines elsewhere if only there; else None."""
        found = self.lines_of(page)
        if stands(quote, "\n".join(found[lines[0] - 1 : lines[1]])):
            return lines
        size = lines[1] - lines[0] + 1
        places = [
            (at + 1, at + size)
            for at in range(max(len(found) - size + 1, 0))
            if stands(quote, "\n".join(found[at : at + size]))
        ]
        return places[0] if len(places) == 1 else None


@dataclass(slots=True)
class Citations:
    """The citations of one answer, numbered in the order in which they are first used."""

    sources: Sources
    """The page files."""
    describe: Callable[[str], tuple[str, str | None, str | None]]
    """Page id to (title, evidence level, last updated)."""
    listed: list[Citation] = field(default_factory=list)
    """In order of their numbers."""
    moved: list[str] = field(default_factory=list)
    """Pages whose words no longer stand where the index has them."""

    def cite(self, page: str, section: str, lines: Lines, quote: str, cells: str = "") -> int | None:
        """Give the number of a citation, or None where its words no longer stand in the page.

        `cells` are a row's words with its cells apart and each under its column's name, for the gate.
        """
        place = self.sources.locate(page, lines, quote)
        if place != lines and page not in self.moved:
            self.moved.append(page)
        if place is None:
            return None
        for citation in self.listed:
            if (citation.page, citation.lines, citation.quote) == (page, place, quote):
                return citation.n
        title, level, updated = self.describe(page)
        number = len(self.listed) + 1
        url = page_url(page, section, place)
        self.listed.append(Citation(number, page, title, section, place, quote, url, level, updated, cells or quote))
        return number
