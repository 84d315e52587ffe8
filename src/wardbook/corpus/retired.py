"""Whether a page says that it no longer holds: withdrawn, superseded, kept for the record alone."""

import re
from collections.abc import Iterable, Mapping
from itertools import islice

from wardbook.corpus.section import Section
from wardbook.lazy_regex import lazy_regex

_STATE = (
    r"(?:superseded|outdated|out of date|out-of-date|obsolete|withdrawn|archived?|retired|deprecated|expired|replaced)"
)
_STATUS = lazy_regex(rf"\W*(?:now |has been |was )?{_STATE}\b(?! (?:review|date))", re.IGNORECASE)
"""Opens the value of a status that ends a page ("WITHDRAWN 2024-11-04")."""
_TAG = lazy_regex(rf"#?{_STATE}", re.IGNORECASE)
_REPLACED = ("replaced_by", "superseded_by", "replaced by", "superseded by")
"""Keys of a front matter that name the page which took this one's place."""
_NONE = lazy_regex(r"\W*(?:no|none|nil|null|n/?a|false|tbc|nothing)?\W*", re.IGNORECASE)
_ENDED = r"(?:superseded|outdated|out of date|obsolete|withdrawn|archived?|retired|deprecated)"
_TITLE = lazy_regex(
    rf"[\[(]\W*(?:{_ENDED}|replaced by)\b(?:\W*|\W+(?:by|on|see|in|since|\d|[\w ]*\d{{4}})[^\])]*)[\])]|"
    rf"^\W*{_ENDED}\W*[:–—-]\s|[:–—-]\s*{_ENDED}\W*$",
    re.IGNORECASE,
)
"""In a title; "(replaced within 2 h)" and "Withdrawn patients" are of its subject."""
_PAGE = r"(?:page|protocol|guideline|guidance|policy|version|document|sop|procedure)"
_SAYS = lazy_regex(
    r"\W*(?:"
    rf"(?:this|the) {_PAGE}(?: (?:is|was|has been|is now|has now been))+ "
    rf"(?:{_STATE}|no longer (?:in use|used|valid|current))\b"
    rf"|(?:superseded|withdrawn|obsolete|outdated|out of date|archived?|retired)\b(?: {_PAGE}\b)?"
    r"(?:\W*$|\W+(?:do not use\W*(?:$|[.!])|by\b|on \d|see\b|in \d|since\b|\d))"
    r"|(?:replaced|superseded) by\b(?!(?:(?!\. ).)*\b(?:in|if|for|when|unless|where|after)\b)"
    r"|no longer (?:in use|used|valid|current)\W*$"
    rf"|do not use (?:this {_PAGE}|any ?more)\W*(?:$|[.!]))",
    re.IGNORECASE,
)
"""Opens a line above the first heading, or of the first section, by which a page takes itself back.

What is not used "for" some patients, or was replaced "in" one thing, is a rule of the page and no end of it.
"""
_FOLDERS = frozenset({"archive", "archived", "_archive", "obsolete", "superseded", "withdrawn", "retired", "old"})
_LINES = 6
"""Blocks at the top of a page among which such a line is looked for."""


def retired_words(page: str, title: str, front: Mapping[str, object], sections: Iterable[Section]) -> str | None:
    """Give the words by which a page says that it no longer holds, or None; `page` is its id.

    A folder for what is kept, a status, a tag, a successor in the front matter, its title, or a line at its top. What
    it replaces itself ("Supersedes version 2") is no such word.
    """
    for key, value in front.items():
        if key.strip().lower() in _REPLACED and not _NONE.fullmatch(str(value or "")):
            return f"{key.strip().replace('_', ' ')} {value}"
        if key.strip().lower() in ("status", "state") and isinstance(value, str) and _STATUS.match(value):
            return f"{key.strip()}: {value.strip()}"
    tags = front.get("tags")
    for tag in tags if isinstance(tags, list) else str(tags or "").split(","):
        if isinstance(tag, str) and _TAG.fullmatch(tag.strip()):
            return f"tag: {tag.strip()}"
    if _TITLE.search(title):
        return title
    top = islice((block for section in sections if section.level <= 1 for block in section.blocks), _LINES)
    for block in top:
        for line in block.text.splitlines():
            titled = line.partition(": ")[2] if block.kind == "quote" else ""  # behind the title of a callout
            if _SAYS.match(line) or _SAYS.match(titled):
                return line.strip()
    folder = next((part for part in page.split("/")[:-1] if part.lower() in _FOLDERS), None)
    return f"folder: {folder}" if folder else None
