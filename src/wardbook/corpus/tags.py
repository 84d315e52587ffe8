"""HTML tags in pages: which `<...>` is a tag at all, and what the known ones read as."""

import re
from dataclasses import dataclass, field

from wardbook.lazy_regex import lazy_regex

BREAKS = frozenset(
    "address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
"""Elements that begin a new line."""
_CELLS = frozenset({"td", "th"})
_STRUCK = frozenset({"s", "del", "strike"})
_RAISED = {"sup": "^", "sub": "_"}
_INLINE = frozenset(
    "a abbr b big button cite code col colgroup dfn em font head i img input ins kbd label link mark meta q samp "
    "script small source span strong style template tt u var video wbr".split()
)
_NAMES = "|".join(sorted(BREAKS | _CELLS | _STRUCK | _INLINE | set(_RAISED), key=len, reverse=True))
_KNOWN = lazy_regex(rf"</?({_NAMES})(?=\s*/?>|\s[^<>]*=|\s[^<>=]{{0,20}}>)", re.IGNORECASE)
_WORDY = lazy_regex(
    r"</?(?:a|b|i|p|q|s|u|em|tt|var|big|code|head|link|main|mark|form|label|source|small)\s[^<>=]*>", re.IGNORECASE
)
_WHOLE = lazy_regex(r"""</?[a-zA-Z](?:[^<>"']|"[^"<]*"|'[^'<]*')*>""")
_ANY = lazy_regex(r"</?[a-zA-Z][^<>]*>")
_IN_SOURCE = lazy_regex(
    r"(?<=\d)<(su[pb])\b[^<>]*>[^<>]*</\1\s*>|<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL | re.IGNORECASE
)
_MARKS = r"[a-z*†‡§#]|\d{1,2}"
_NOTE = lazy_regex(_MARKS)
_NOTED = lazy_regex(r"(?<![^\W\d_])(?![cdkm]m$)[^\W\d_]{2,}\)?$")
"""A word that a raised mark or figure is no part of, as it is of "m" and "cm"."""
_RAISED_NOTE = lazy_regex(rf"<sup\b[^<>]*>\s*(?:{_MARKS})\s*</sup", re.IGNORECASE)
MASK = "\ufdd0"
"""Stands for a `<` that opens no tag; a character that no text holds."""


def tag_name(tag: str) -> str | None:
    """Give the element's name of a tag, or None where it is none that a page would hold ("<baseline and weight >")."""
    match = _KNOWN.match(tag)
    return match[1].lower() if match and not _WORDY.match(tag) else None


def mask(html: str) -> str:
    """Give HTML of the same length in which only real tags begin with `<`; broken quotes in a tag become blanks."""
    pieces: list[str] = []
    at = 0
    last_comment = html.rfind("-->")
    while (begin := html.find("<", at)) >= 0:
        pieces.append(html[at:begin])
        if html.startswith("<!--", begin) and begin < last_comment:
            at = html.index("-->", begin) + 3
            pieces.append(html[begin:at])
            continue
        tag = _tag_at(html, begin)
        pieces.append(tag or MASK)
        at = begin + max(len(tag), 1)
    return "".join(pieces) + html[at:]


def _tag_at(html: str, begin: int) -> str:
    if (match := _WHOLE.match(html, begin)) and tag_name(match[0]):
        return match[0]
    if (match := _ANY.match(html, begin)) and tag_name(match[0]):
        return re.sub("[\"']", " ", match[0])
    return ""


@dataclass(slots=True)
class Words:
    """Words as they are gathered from text and tags."""

    pieces: list[str] = field(default_factory=list)
    """The words so far."""
    _raised: str = ""

    def text(self) -> str:
        """Give the words gathered."""
        return "".join(self.pieces)

    def add(self, text: str) -> None:
        """Take text; a figure raised right after a figure gets its power sign, so that 10<sup>6</sup> is not 106.

        The mark of a note raised behind a word ("taper<sup>a</sup>", "20 mg<sup>1</sup>") is no part of that word.
        """
        if text and self._raised:
            before = next((piece for piece in reversed(self.pieces) if piece), "")
            if before[-1:].isdigit() and re.match(r"[\d+\-−–]", text):
                self.pieces.append(self._raised)
            elif self._raised == "^" and _NOTE.fullmatch(text.strip()) and _NOTED.search(before):
                self.pieces.append(" ")
            self._raised = ""
        self.pieces.append(text)

    def tag(self, name: str) -> None:
        """Take a tag: a line feed, a blank between cells, the marks of struck words, or nothing."""
        self._raised = _RAISED.get(name, "")
        if name in BREAKS:
            self.pieces.append("\n")
        elif name in _CELLS:
            self.pieces.append(" ")
        elif name in _STRUCK:
            self.pieces.append("~~")


def without_tags(source: str) -> str:
    """Give source text without its tags and comments; what changes a figure (raised, struck) is left as written."""
    return _IN_SOURCE.sub(_outside, source)


def _outside(match: re.Match[str]) -> str:
    if match[1]:
        return match[0]
    if match[0].startswith("<!--"):
        return " "
    name = tag_name(match[0])
    if name is None or name in _STRUCK:
        return match[0]
    return " " if name in BREAKS or name in _CELLS or _opens_note(match) else ""


def _opens_note(tag: re.Match[str]) -> bool:
    """Tell whether a tag raises the mark of a note behind a word."""
    inside = _RAISED_NOTE.match(tag.string, tag.start())
    return inside is not None and _NOTED.search(tag.string, max(0, tag.start() - 40), tag.start()) is not None
