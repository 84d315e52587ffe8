"""A page as rules see it, and what other pages need to know of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from wardbook.corpus.block import Block
from wardbook.corpus.document import Document, Link
from wardbook.corpus.link import PageNames
from wardbook.corpus.names import names_in, tokens
from wardbook.corpus.section import Section
from wardbook.dosing.reading import read_regimens
from wardbook.dosing.regimen import Regimen
from wardbook.lazy_regex import lazy_regex
from wardbook.lint.bibliography import Bibliography, Entry, read_bibliography
from wardbook.lint.finding import LintSettings
from wardbook.lint.page_drugs import PageDrugs, page_drugs
from wardbook.lint.prose import Piece, is_references, pieces, raw_lines
from wardbook.lint.statement import Statement, statements

_DATED = lazy_regex(r"updated|reviewed|revised|modified|edited|date", re.IGNORECASE)
_ANCHOR = lazy_regex(r"(?<!!)\[([^\[\]]*)\]\(#([^()\s]+)\)")
_ID = lazy_regex(r"(?:\b(?:id|name)=[\"']?|\{#)([\w.:-]+)")
_DIGIT = lazy_regex(r"\d")
_INDEX_STEMS = frozenset(
    "index readme contents home toc overview start summary sitemap _index table-of-contents table_of_contents".split()
)


@dataclass(frozen=True)
class View:
    """One page with what rules ask of it, each read once and only where a rule asks."""

    document: Document
    """The page."""

    @property
    def page(self) -> str:
        """Page id."""
        return self.document.id

    @cached_property
    def raw(self) -> tuple[tuple[int, str], ...]:
        """(line, text) outside code and front matter, addresses blanked."""
        return tuple(raw_lines(self.document))

    @cached_property
    def figures(self) -> tuple[tuple[int, str], ...]:
        """(line, text) of `raw` that hold a digit, reference lists left out."""
        lines = self.references.lines
        return tuple((line, text) for line, text in self.raw if line not in lines and _DIGIT.search(text))

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Bullets, sentences and rows outside reference lists."""
        return tuple(pieces(self.document))

    @cached_property
    def figured(self) -> tuple[Piece, ...]:
        """Pieces that hold a digit."""
        return tuple(piece for piece in self.pieces if _DIGIT.search(piece.text))

    @cached_property
    def references(self) -> Bibliography:
        """Reference lists."""
        return read_bibliography(self.document)

    @cached_property
    def _lower_words(self) -> frozenset[str]:
        return frozenset(word for _, text in self.raw for word in re.findall(r"\b[a-z]{2,}\b", text))

    def is_plain_word(self, word: str) -> bool:
        """Tell whether the page writes a word without a capital too, so that it is no name."""
        return word.casefold() in self._lower_words

    @cached_property
    def _dosing(self) -> Document:
        return _dosing_part(self.document)

    @cached_property
    def drugs(self) -> PageDrugs:
        """Drug names."""
        return page_drugs(self.document, self._dosing)

    @cached_property
    def regimens(self) -> tuple[Regimen, ...]:
        """Doses of the page, as far as a rule asks for them."""
        return read_regimens(self._dosing, self.drugs)


_FIGURE = lazy_regex(r"\d\s?-?(?:mg|mcg|µg|μg|ug|g|gm|ng|ml|units?|iu|u|meq|mmol|cells|x\s?10)\b", re.IGNORECASE)
_MAXIMUM = lazy_regex(r"\bmax|\bup to\b|\bexceed|\b(?:no|not) more than\b|\bat most\b|\bcap(?:ped)?\b", re.IGNORECASE)


def _dosing_part(document: Document) -> Document:
    """Keep the blocks whose doses a rule asks for: tables with doses, and text in sections that state a maximum.

    Reading doses is the dearest part of lint; most sentences could not break any rule on doses.
    """
    asked = ((section, _asked_for(section)) for section in document.sections if not is_references(section))
    return replace(document, sections=tuple(replace(section, blocks=blocks) for section, blocks in asked if blocks))


def _asked_for(section: Section) -> tuple[Block, ...]:
    dosed = tuple(block for block in section.blocks if _FIGURE.search(block.text))
    if any(block.table is None for block in dosed) and not any(
        _MAXIMUM.search(each.text) for each in section.blocks if not each.table
    ):
        return tuple(block for block in dosed if block.table)
    return dosed


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page tells that is held against other pages; small, so that it travels between processes."""

    page: str
    """Page id."""
    title: str | None
    """Title, or None where only the file's name serves as one."""
    names: tuple[str, ...]
    """Title, its parts and the aliases, as written."""
    updated: tuple[str, int] | None
    """ISO date ("2025-06-15", "2025-06") of the last update and the line that says so."""
    links: tuple[Link, ...]
    """Links to pages."""
    see_also: tuple[str, ...]
    """Targets of the "See also" links."""
    headings: tuple[str, ...]
    """All headings and ids set by hand, as `compact` gives them."""
    entries: tuple[Entry, ...]
    """Reference entries."""
    regimens: tuple[Regimen, ...]
    """Doses that another page can tell differently."""
    statements: tuple[Statement, ...]
    """Rates, ratios and grading limits."""
    acronyms: tuple[tuple[str, str, int], ...]
    """(short form, long form, line) of the acronyms that the page defines."""

    @property
    def is_index(self) -> bool:
        """True for a page whose file name says that it lists others."""
        return is_index(self.page)


@dataclass(frozen=True)
class Corpus:
    """All pages, as the rules between pages see them."""

    pages: Sequence[Facts]
    """What each page tells."""
    settings: LintSettings
    """What the site decided."""

    @cached_property
    def _names(self) -> PageNames:
        return PageNames(facts.page for facts in self.pages)

    @cached_property
    def _found(self) -> dict[tuple[str, str], str | None]:
        return {}

    def find(self, target: str, source: str) -> str | None:
        """Give the page that a link of page `source` leads to, or None; what a folder's pages ask twice is kept."""
        if not target.strip("/ "):
            return self._names.find(target, source)
        asked = (target, source.rpartition("/")[0])
        if asked not in self._found:
            self._found[asked] = self._names.find(target, source)
        return self._found[asked]


def is_index(page: str) -> bool:
    """Tell whether a page's file name says that it lists others ("index", "README", ...)."""
    return page.rpartition("/")[2].casefold() in _INDEX_STEMS


def compact(words: str) -> str:
    """Give words as headings and anchors are compared: letters and digits alone, case folded."""
    return "".join(tokens(words))


def facts_of(view: View) -> Facts:
    """Collect what other pages are held against."""
    document = view.document
    own = names_in(document)
    named = tuple(dict.fromkeys(name.words for name in own if name.kind in ("title", "alias")))
    titled = document.title_from != "file name"
    return Facts(
        document.id,
        document.title if titled else None,
        named if titled else document.metadata.aliases,
        _updated(document),
        (*document.links, *_anchors(view)),
        document.metadata.see_also,
        tuple(dict.fromkeys(_targets(document))),
        view.references.entries,
        tuple(filter(_can_differ, view.regimens)),
        tuple(statements(document, view.figured, view.drugs)),
        tuple(
            (name.words, name.stands_for, _line_with(document, name.words, name.stands_for))
            for name in own
            if name.kind == "acronym"
        ),
    )


def _can_differ(regimen: Regimen) -> bool:
    """Tell whether a dose can be held against another page's: read whole, of a table, and for something."""
    return bool(regimen.amount and regimen.indication and not regimen.unparsed and not regimen.from_text)


def _anchors(view: View) -> Iterator[Link]:
    """Give the links within the page (`[words](#anchor)`)."""
    for line, _ in view.raw:
        text = view.document.lines[line - 1]
        for match in _ANCHOR.finditer(text) if "](#" in text else ():
            yield Link("", match[2], match[1], line)


def _targets(document: Document) -> Iterator[str]:
    """Give what a link to a section may name: headings and ids set by hand."""
    for section in document.sections:
        yield compact(section.path[-1] if section.path else "")
    for line in document.lines:
        if "id=" in line or "name=" in line or "{#" in line:
            yield from (compact(match[1]) for match in _ID.finditer(line))


def _updated(document: Document) -> tuple[str, int] | None:
    """Give the date of the last update with its line; of several that could say it, one that holds the year."""
    updated = document.metadata.last_updated
    if not updated:
        return None
    lines = list(enumerate(document.lines, start=1))
    of_year = [(at, line) for at, line in lines if updated[:4] in line]
    dated = (at for told in (of_year, lines) for at, line in reversed(told) if _DATED.search(line))
    return updated, next(dated, 1)


def _line_with(document: Document, short: str, long: str) -> int:
    """Give the line that defines an acronym; where it is wrapped, the first that holds its long form's last word."""
    last = long.split()[-1]
    for wanted in ((short, last), (short,)):
        for number, line in enumerate(document.lines, start=1):
            if all(word in line for word in wanted):
                return number
    return 1
