"""Inline Markdown to the plain words that a person reads, and the links in it."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from wardbook.corpus.symbols import meant
from wardbook.corpus.tags import Words, tag_name
from wardbook.lazy_regex import lazy_regex

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode


@dataclass(slots=True)
class _Gathered(Words):
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Inline:
    """Words of a piece of inline Markdown."""

    text: str
    """Plain words."""
    links: tuple[tuple[str, str], ...]
    """(target as written, words shown) of wikilinks and relative links."""
    bold: bool
    """True where all of the words stand in bold."""


def tidy(text: str) -> str:
    """Give the text with symbols as what they mean, runs of blanks as one, and no blank around line feeds."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in meant(text).split("\n"))))


def page_link(href: str) -> bool:
    """Tell whether a link target is a page of the corpus and not an address, an anchor or a picture."""
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#", href):
        return False
    path = href.partition("#")[0].partition("?")[0].lower()
    return path.endswith((".md", "/")) or "." not in path.rpartition("/")[2]


def _wiki_words(node: "SyntaxTreeNode") -> str:
    target = str(node.meta["target"])
    if node.content:
        return node.content
    page, _, section = target.partition("#")
    return section.strip() if not page else page.rpartition("/")[2].strip() or target


def _collect(node: "SyntaxTreeNode", words: _Gathered) -> None:
    kind = node.type
    if kind in ("text", "code_inline", "text_special"):
        words.add(node.content)
    elif kind == "softbreak":
        words.add(" ")
    elif kind == "hardbreak":
        words.add("\n")
    elif kind == "html_inline":
        _collect_tag(node.content, words)
    elif kind == "image":
        words.add(picture(node.content or str(node.attrs.get("title", ""))))
    elif kind == "wikilink":
        _collect_wikilink(node, words)
    else:
        _collect_children(node, words)


def _collect_tag(tag: str, words: _Gathered) -> None:
    name = tag_name(tag)
    if name is not None:
        words.tag(name)
    elif not tag.startswith("<!--"):
        words.add(tag)


def picture(alt: str) -> str:
    """Word a picture for somebody who reads the text alone."""
    return f"[picture: {alt.strip()}]" if alt.strip() else "[picture]"


def _collect_wikilink(node: "SyntaxTreeNode", words: _Gathered) -> None:
    if node.meta["embed"]:
        words.add(picture(node.content or str(node.meta["target"])))
        return
    shown = _wiki_words(node)
    words.links.append((str(node.meta["target"]), shown))
    words.add(shown)


def _collect_children(node: "SyntaxTreeNode", words: _Gathered) -> None:
    begin = len(words.pieces)
    for child in node.children:
        _collect(child, words)
    href = str(node.attrs.get("href", "")) if node.type == "link" else ""
    if href and page_link(href):
        words.links.append((unescape(href), "".join(words.pieces[begin:])))


def _is_bold(children: "list[SyntaxTreeNode]") -> bool:
    """Tell whether all words stand in strong emphasis; a colon or blank after it does not count."""
    rest = [child for child in children if child.type != "strong"]
    return len(rest) < len(children) and all(
        child.type in ("text", "softbreak") and not child.content.strip(" :\t") for child in rest
    )


def read_inline(node: "SyntaxTreeNode") -> Inline:
    """Read an inline node (or a tree from `parse_inline`)."""
    inline = node.children[0] if node.type == "root" and node.children else node
    words = _Gathered()
    for child in inline.children:
        _collect(child, words)
    return Inline(tidy(words.text()), tuple(words.links), _is_bold(inline.children))


def inline_words(text: str) -> Inline:
    """Read a piece of inline Markdown given as text; most cells hold none, which saves taking them apart.

    The parser is imported where it is needed: a question that is answered from the index seldom needs it.
    """
    if _PLAIN.fullmatch(text):
        return Inline(tidy(text), (), False)
    from wardbook.corpus.markdown import parse_inline

    return read_inline(parse_inline(text))


_PLAIN = lazy_regex(r"(?:[^\\`*_\[<&\r\n\0%]|%(?!%)|<(?=[\s\d=.])|&(?=\s)|(?:\[\d[\d,;–\- ]*\])+(?![(\[]))*")
"""Words without any sign that inline Markdown reads: escapes, code, emphasis, links and pictures, tags, entities.

Marks of references ("[3][4]") are words, and so are a "<" before a figure and an "&" between blanks.
"""
