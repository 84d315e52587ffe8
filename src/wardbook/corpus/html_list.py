"""Lists in HTML: one item after the other, a term with what is said of it ("<dt>X</dt><dd>0.5 g/kg</dd>")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wardbook.corpus.html_reader import html_words
from wardbook.lazy_regex import lazy_regex

_ITEM = lazy_regex(r"<(?:li|dt)\b", re.IGNORECASE)
_LIST = lazy_regex(r"<(?:ul|ol|dl)\b", re.IGNORECASE)
_TERM_ENDS = lazy_regex(r"(?<!\s)\s*</dt\s*>\s*(?=<dd\b)", re.IGNORECASE)
_ENDS = lazy_regex(r"</(?:ul|ol|dl)\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HtmlItem:
    """One item, or the words before the first or behind the last."""

    first: int
    """0-based line of its first character in the HTML."""
    last: int
    """0-based line of its last character."""
    text: str
    """Its words; a term is parted from what is said of it by a colon."""
    source: str
    """The HTML that holds it."""
    is_item: bool
    """False for words outside of the list."""


def html_items(html: str) -> tuple[HtmlItem, ...]:
    """Give the items of HTML that holds one plain list; () where it holds none, or lists in lists."""
    begins = [match.start() for match in _ITEM.finditer(html)]
    if len(begins) < 2 or len(_LIST.findall(html)) != 1:
        return ()
    end = _ENDS.search(html, begins[-1])
    ends = [*begins[1:], end.start() if end else len(html)]
    pieces = [(0, begins[0], False), *((begin, stop, True) for begin, stop in zip(begins, ends, strict=True))]
    return tuple(_items(html, [*pieces, (ends[-1], len(html), False)]))


def _items(html: str, pieces: list[tuple[int, int, bool]]) -> Iterator[HtmlItem]:
    for begin, end, is_item in pieces:
        source = html[begin:end]
        text = html_words(_TERM_ENDS.sub(": ", source)).replace("\n", " ").strip()
        if text:
            at = begin + len(source) - len(source.lstrip())
            last = html.count("\n", 0, begin + len(source.rstrip()))
            yield HtmlItem(html.count("\n", 0, at), last, text, source.strip(), is_item)
