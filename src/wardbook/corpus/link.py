"""Links between pages, resolved as Obsidian does: by path, by stem, case-insensitively."""

import posixpath
from collections.abc import Iterable
from urllib.parse import unquote

from wardbook.corpus.document import Document, Link


class PageNames:
    """The page ids of a corpus, found by what people write in links."""

    def __init__(self, pages: Iterable[str]) -> None:
        """Take all page ids."""
        self._exact = sorted(pages)
        self._known = frozenset(self._exact)
        self._folded: dict[str, str] = {}
        self._stems: dict[str, list[str]] = {}
        for page in self._exact:
            self._folded.setdefault(page.casefold(), page)
            self._stems.setdefault(page.rpartition("/")[2].casefold(), []).append(page)

    def find(self, target: str, source: str = "") -> str | None:
        """Give the page that a link target of page `source` means, or None where there is none."""
        wanted = unquote(target).strip().removesuffix(".md").strip("/")
        if not wanted:
            return source or None
        folder = posixpath.dirname(source)
        beside = posixpath.normpath(posixpath.join(folder, wanted)) if folder or wanted.startswith(".") else wanted
        for candidate in (wanted, beside):
            if candidate in self._known:
                return candidate
        for candidate in (wanted, beside):
            if candidate.casefold() in self._folded:
                return self._folded[candidate.casefold()]
        return self._by_ending(wanted, folder)

    def _by_ending(self, wanted: str, folder: str) -> str | None:
        """Find by stem, or by the end of the path; of several, the one in the same folder, else the shortest."""
        tail = "/" + wanted.casefold().lstrip("./")
        found = [
            page for page in self._stems.get(tail.rpartition("/")[2], []) if ("/" + page.casefold()).endswith(tail)
        ]
        near = [page for page in found if posixpath.dirname(page) == folder]
        return min(near or found, key=lambda page: (page.count("/"), page), default=None)


def resolve(link: Link, document: Document, names: PageNames) -> str | None:
    """Give the id of the page that a link of a document leads to, or None where no page is there."""
    return names.find(link.target, document.id)
