"""A page or a section as it stands in the file, with its line numbers."""

from pathlib import Path
from typing import Any

from wardbook.corpus.document import Document
from wardbook.corpus.folder import list_pages, read_bytes
from wardbook.corpus.link import PageNames
from wardbook.corpus.reading import read_document
from wardbook.errors import QuestionError


def find_page(corpus: Path, wanted: str) -> Document:
    """Read the page that an id, a file name or its end means; QuestionError where there is none."""
    files = {file.page: file for file in list_pages(corpus, [])}
    page = PageNames(files).find(wanted)
    if page is None:
        near = [each for each in files if wanted.casefold() in each.casefold()][:3] or sorted(files)[:3]
        raise QuestionError(f"no page {wanted}", f"name one as `{near[0]}`; there are {len(files)} pages")
    return read_document(read_bytes(files[page]), page)


def show_page(corpus: Path, wanted: str, section: str | None) -> dict[str, Any]:
    """Give {page, title, section, lines, text} of a page, or of one section by its id or its last heading."""
    document = find_page(corpus, wanted)
    if section is None:
        lines = (1, max(len(document.lines), 1))
        return _shown(document, None, lines)
    for each in document.sections:
        if section.casefold() in (each.id.casefold(), (each.path or ("",))[-1].casefold()):
            return _shown(document, each.id, each.lines)
    known = "; ".join(each.id for each in document.sections if each.id)
    mend = f"it has: {known}" if known else "it has none: leave the section out"
    raise QuestionError(f"{document.id} has no section {section!r}", mend)


def _shown(document: Document, section: str | None, lines: tuple[int, int]) -> dict[str, Any]:
    return {
        "page": document.id,
        "title": document.title,
        "section": section,
        "lines": list(lines),
        "text": document.text_of(lines),
    }
