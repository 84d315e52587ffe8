"""Inline Markdown to the plain words that a person reads, and the links in it."""

import re
from dataclasses import dataclass, field
from html import unescape

from markdown_it.tree import SyntaxTreeNode

from wardbook.corpus.markdown import parse_inline
from wardbook.corpus.symbols import meant

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^>]*>")
_ELEMENTS = frozenset(
    "a abbr b big blockquote br caption center cite code col colgroup dd del details div dl dt em figcaption figure "
    "font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s small span strike strong style sub summary sup "
    "table tbody td tfoot th thead tr tt u ul var wbr".split()
)
_BREAKS = frozenset("br p li div tr hr ul ol dd dt".split())


@dataclass(slots=True)
class _Words:
    pieces: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    def text(self) -> str:
        return "".join(self.pieces)


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
    text = re.sub(r"[^\S\n]+", " ", meant(text))
    return re.sub(r" ?\n[ \n]*", "\n", text).strip()


def page_link(href: str) -> bool:
    """Tell whether a link target is a page of the corpus and not an address, an anchor or a picture."""
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#", href):
        return False
    path = href.partition("#")[0].partition("?")[0].lower()
    return path.endswith((".md", "/")) or "." not in path.rpartition("/")[2]


def tag_words(tag: str) -> str:
    """Give what an inline HTML tag reads as: a line feed, a power sign, nothing, or itself where it is no tag."""
    match = _TAG.match(tag)
    if tag.startswith("<!--"):
        return ""
    if not match or match[2].lower() not in _ELEMENTS:
        return tag
    return "\n" if match[2].lower() in _BREAKS else ""


def _wiki_words(node: SyntaxTreeNode) -> str:
    target = str(node.meta["target"])
    if node.content:
        return node.content
    page, _, section = target.partition("#")
    return section.strip() if not page else page.rpartition("/")[2].strip() or target


def _collect(node: SyntaxTreeNode, words: _Words) -> None:
    kind = node.type
    if kind in ("text", "code_inline", "text_special"):
        words.pieces.append(node.content)
    elif kind == "softbreak":
        words.pieces.append(" ")
    elif kind == "hardbreak":
        words.pieces.append("\n")
    elif kind == "html_inline":
        words.pieces.append(_html(node.content, words))
    elif kind == "image":
        words.pieces.append(picture(node.content or str(node.attrs.get("title", ""))))
    elif kind == "wikilink":
        _collect_wikilink(node, words)
    else:
        _collect_children(node, words)


def _html(tag: str, words: _Words) -> str:
    """Read `10<sup>6</sup>` as 10^6."""
    if re.match(r"<sup\b", tag, re.IGNORECASE) and re.search(r"\b10$", words.text()):
        return "^"
    return tag_words(tag)


def picture(alt: str) -> str:
    """Word a picture for somebody who reads the text alone."""
    return f"[picture: {alt.strip()}]" if alt.strip() else "[picture]"


def _collect_wikilink(node: SyntaxTreeNode, words: _Words) -> None:
    if node.meta["embed"]:
        words.pieces.append(picture(node.content or str(node.meta["target"])))
        return
    shown = _wiki_words(node)
    words.links.append((str(node.meta["target"]), shown))
    words.pieces.append(shown)


def _collect_children(node: SyntaxTreeNode, words: _Words) -> None:
    begin = len(words.pieces)
    for child in node.children:
        _collect(child, words)
    href = str(node.attrs.get("href", "")) if node.type == "link" else ""
    if href and page_link(href):
        words.links.append((unescape(href), "".join(words.pieces[begin:])))


def _is_bold(children: list[SyntaxTreeNode]) -> bool:
    """Tell whether all words stand in strong emphasis; a colon or blank after it does not count."""
    rest = [child for child in children if child.type != "strong"]
    return len(rest) < len(children) and all(
        child.type in ("text", "softbreak") and not child.content.strip(" :\t") for child in rest
    )


def read_inline(node: SyntaxTreeNode) -> Inline:
    """Read an inline node (or a tree from `parse_inline`)."""
    inline = node.children[0] if node.type == "root" and node.children else node
    words = _Words()
    for child in inline.children:
        _collect(child, words)
    return Inline(tidy(words.text()), tuple(words.links), _is_bold(inline.children))


def inline_words(text: str) -> Inline:
    """Read a piece of inline Markdown given as text."""
    return read_inline(parse_inline(text))
