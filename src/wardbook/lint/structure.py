"""Rules on one page's own structure: title, dates, headings, sections, tables."""

from collections.abc import Iterator

from wardbook.corpus.pipe_table import split_row
from wardbook.corpus.section import Section
from wardbook.corpus.symbols import meant
from wardbook.corpus.table import Row, Table
from wardbook.lazy_regex import lazy_regex
from wardbook.lint.finding import Finding, listed, shown
from wardbook.lint.view import View, is_index

_GLUED_HEADING = lazy_regex(r" {0,3}(#{2,6})([^#\s].*)")
_ODD = lazy_regex("[\ue000-\uf8ff\ufffd]")


def ragged_table(view: View) -> Iterator[Finding]:
    """Find a row with more or fewer cells than the header."""
    for section in view.document.sections:
        for block in section.blocks:
            for row in block.table.rows if block.table else ():
                if row.ragged and block.table:
                    message = _ragged(view, block.table, row)
                    yield Finding(view.page, row.lines[0], "S04", message)


def _ragged(view: View, table: Table, row: Row) -> str:
    words = shown(" | ".join(cell.text for cell in row.cells if cell.text), 60)
    if table.html:
        return f"the row {words} has another number of cells than the table: mend its cells or their spans"
    have, want = (len(split_row(view.document.lines[at - 1])) for at in (row.lines[0], table.header_lines[0]))
    return f"the row {words} has {have} cells, the header {want}: add or remove cells, or escape a | that is a word"


def empty_section(view: View) -> Iterator[Finding]:
    """Find a heading with nothing under it."""
    sections = view.document.sections
    for at, section in enumerate(sections):
        deeper = at + 1 < len(sections) and sections[at + 1].level > section.level
        if section.level and not section.blocks and not deeper:
            yield Finding(view.page, section.lines[0], "S05", f"{_heading(section)} is empty: write it or remove it")


def _heading(section: Section) -> str:
    return f"the section {shown(section.path[-1])}" if section.path else "the page"


def duplicate_heading(view: View) -> Iterator[Finding]:
    """Two headings of the same words under the same parent."""
    seen: dict[tuple[str, ...], int] = {}
    for section in view.document.sections:
        key = tuple(" ".join(words.casefold().split()) for words in section.path)
        if key and key in seen:
            message = f"the heading {shown(section.path[-1])} stands on line {seen[key]} already: rename or join them"
            yield Finding(view.page, section.lines[0], "S06", message)
        seen.setdefault(key, section.lines[0])


def level_jump(view: View) -> Iterator[Finding]:
    """Find a heading more than one level below the one before."""
    sections = view.document.sections
    before = sections[0].level if sections and sections[0].level == 1 else 1
    for section in sections:
        if section.level > before + 1:
            message = (
                f"the heading {shown(section.path[-1])} jumps from level {before} to {section.level}: "
                f"write it with {before + 1} hashes"
            )
            yield Finding(view.page, section.lines[0], "S07", message)
        before = section.level or before


def missing_title(view: View) -> Iterator[Finding]:
    """No title in the front matter and no level-1 heading."""
    document = view.document
    if document.title_from in ("file name", "first line"):
        message = f'no title, {shown(document.title)} is taken from the {document.title_from}: open with "# Title"'
        yield Finding(view.page, 1, "S08", message)


def missing_evidence_level(view: View) -> Iterator[Finding]:
    """No evidence level."""
    if not view.document.metadata.evidence_level and not is_index(view.page):
        message = 'no evidence level: add "evidence_level:" to the front matter or an "**Evidence Level:**" line'
        yield Finding(view.page, 1, "S09", message)


def missing_date(view: View) -> Iterator[Finding]:
    """No date of the last update."""
    if not view.document.metadata.last_updated and not is_index(view.page):
        message = 'no last-updated date: add "last_updated: YYYY-MM-DD" or a "**Last Updated:**" line'
        yield Finding(view.page, 1, "S10", message)


def glued_heading(view: View) -> Iterator[Finding]:
    """`##Heading` without a blank, which other readers take for text."""
    for line, text in view.raw:
        match = _GLUED_HEADING.fullmatch(text.rstrip()) if "##" in text else None
        if match:
            message = f"no blank between {match[1]} and {shown(match[2])}: other programs show it as text, write one"
            yield Finding(view.page, line, "S14", message)


def odd_character(view: View) -> Iterator[Finding]:
    """Find a character of a symbol font, invisible on most screens, where a sign should stand."""
    for line, text in enumerate(view.document.lines, start=1):
        found = [] if text.isascii() else dict.fromkeys(_ODD.findall(text))
        if found:
            names = [f"U+{ord(char):04X} ({_meaning(char)})" for char in found]
            message = f"character of a symbol font: {listed(names)}: write the sign itself, or words such as at least"
            yield Finding(view.page, line, "S15", message)


def _meaning(char: str) -> str:
    sign = meant(char)
    return "meaning unknown" if sign == "\ufffd" else f"read as {sign}"
