"""Tree nodes to the blocks of a section, with the words that govern each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from markdown_it.tree import SyntaxTreeNode

from wardbook.corpus.block import Block
from wardbook.corpus.html_table import html_words, read_html_table
from wardbook.corpus.inline import Inline, inline_words, read_inline, tidy
from wardbook.corpus.lines import Lines, to_lines
from wardbook.corpus.pipe_table import read_pipe_table
from wardbook.corpus.table import Table

_CALLOUT = re.compile(r"\[!([\w-]+)\][+-]?[ \t]*([^\n]*)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_WORD_BULLET = re.compile(r"^\s*(?:o|[•·▪◦‣§➢\uf0b7\uf0a7])[ \t]+(?=\S)")
_PSEUDO_HEADING = re.compile(r"[A-Z][^.:;,!?|]{1,58}")


def _own_lines(node: SyntaxTreeNode, lines: tuple[str, ...]) -> Lines:
    """Lines of a node without the blank ones at its end."""
    begin, end = node.map or (0, 1)
    while end - 1 > begin and end <= len(lines) and not lines[end - 1].strip(" \t>"):
        end -= 1
    return to_lines(begin, min(end, len(lines)))


class _Walk:
    """Walks the nodes of one section; keeps the lead words in force."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        self._lines = lines
        self._heading: str | None = None
        self._opener: str | None = None

    def walk(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[Block]:
        """Give the blocks of the section's own nodes, with the leads in force at each."""
        for node in nodes:
            held = self._opener
            for block, inline in self._read(node):
                lead = tuple(word for word in (self._heading, held) if word)
                yield replace(block, lead=lead + block.lead)
                self._note(block, inline)
            if self._opener is held:
                self._opener = None

    def _note(self, block: Block, inline: Inline | None) -> None:
        """Take a wholly bold line as a heading, and a line that ends in a colon as opening what follows."""
        if block.kind != "paragraph" or inline is None or "\n" in block.text:
            return
        words = block.text.rstrip(": ")
        if inline.bold and len(block.text) <= 160 and block.lines[0] == block.lines[1]:
            self._heading, self._opener = words, None
        elif block.text.endswith(":") or (
            block.lines[0] == block.lines[1] and len(words.split()) <= 6 and _PSEUDO_HEADING.fullmatch(words)
        ):
            self._opener = words

    def _read(self, node: SyntaxTreeNode) -> Iterator[tuple[Block, Inline | None]]:
        if node.type == "paragraph":
            yield from self._paragraph(node)
        else:
            for block in _read_node(node, self._lines, (), 0):
                yield block, None

    def _paragraph(self, node: SyntaxTreeNode) -> Iterator[tuple[Block, Inline | None]]:
        bullets = list(_word_bullets(node, self._lines))
        if bullets:
            for block in bullets:
                yield block, None
            return
        inline = read_inline(node.children[0])
        yield _paragraph(node, self._lines, "paragraph", (), 0), inline


def _word_bullets(node: SyntaxTreeNode, lines: tuple[str, ...]) -> Iterator[Block]:
    """Read a paragraph whose lines begin with a word processor's bullets as list items."""
    begin, end = _own_lines(node, lines)
    starts = [at for at in range(begin, end + 1) if _WORD_BULLET.match(lines[at - 1])]
    if not starts or (len(starts) == 1 and lines[starts[0] - 1].lstrip().startswith("o ")):
        return
    pieces = sorted({begin, *starts})
    for first, after in zip(pieces, [*pieces[1:], end + 1], strict=True):
        inline = inline_words(
            "\n".join(_WORD_BULLET.sub("", lines[at - 1]).strip(" \t>") for at in range(first, after))
        )
        kind = "item" if first in starts else "paragraph"
        yield Block(kind, (first, after - 1), inline.text, links=inline.links)


def _paragraph(node: SyntaxTreeNode, lines: tuple[str, ...], kind: str, lead: tuple[str, ...], depth: int) -> Block:
    inline = read_inline(node.children[0])
    only_picture = kind == "paragraph" and re.fullmatch(r"(\[picture[^\]]*\]\s*)+", inline.text)
    return Block(
        "image" if only_picture else kind,
        _own_lines(node, lines),
        inline.text,
        depth,
        lead,
        links=inline.links,
    )


def _read_node(node: SyntaxTreeNode, lines: tuple[str, ...], lead: tuple[str, ...], depth: int) -> Iterator[Block]:
    kind = node.type
    if kind in ("bullet_list", "ordered_list"):
        for at, item in enumerate(node.children):
            start = int(node.attrs.get("start", 1) or 1)
            number = (item.info or str(start + at)) if kind == "ordered_list" else None
            yield from _read_item(item, lines, lead, depth, number)
    elif kind == "blockquote":
        yield from _read_quote(node, lines, lead, depth)
    elif kind == "admonition":
        yield from _read_admonition(node, lines, lead, depth)
    elif kind in ("paragraph", "heading"):
        yield _paragraph(node, lines, "paragraph", lead, depth)
    elif kind == "footnote":
        yield _paragraph(node, lines, "footnote", lead, depth)
    else:
        block = _read_leaf(node, lines, lead, depth)
        if block is not None:
            yield block


def _read_leaf(node: SyntaxTreeNode, lines: tuple[str, ...], lead: tuple[str, ...], depth: int) -> Block | None:
    own = _own_lines(node, lines)
    if node.type == "fence":
        return Block("code", own, node.content.rstrip("\n"), depth, lead)
    if node.type == "pipe_table":
        return _table_block(read_pipe_table(_source(node, lines), own[0] - 1), own, depth, lead)
    if node.type == "html_table":
        table, caption = read_html_table([*_source(node, lines)], own[0] - 1)
        return _table_block(table, own, depth, (*lead, caption) if caption else lead)
    if node.type == "html_block":
        words = html_words(_COMMENT.sub("", node.content))
        return Block("html", own, words, depth, lead) if words else None
    return None


def _source(node: SyntaxTreeNode, lines: tuple[str, ...]) -> list[str]:
    """Give a table's source lines without the marks of a block quote around it."""
    begin, end = node.map or (0, 1)
    source = list(lines[begin:end])
    quoted = all(line.lstrip().startswith(">") for line in source) and node.type == "pipe_table"
    if quoted:
        source = [re.sub(r"^(?:\s*>)+\s?", "", line) for line in source]
    first = re.match(r"\s*(?:[-*+]|\d+[.)])\s+(?=[^|]*\|)", source[0])
    if first and node.type == "pipe_table" and not re.match(r"\s*[-*+]\s*\|?\s*:?-", source[0]):
        source[0] = source[0][first.end() :]
    return source


def _table_block(table: Table, lines: Lines, depth: int, lead: tuple[str, ...]) -> Block:
    rows = [" | ".join(table.columns)] if any(table.columns) else []
    rows += [" | ".join(cell.text.replace("\n", " ") for cell in row.cells) for row in table.rows]
    links = tuple(dict.fromkeys((t, t) for row in table.rows for cell in row.cells for t in cell.links))
    return Block("table", lines, "\n".join(rows), depth, lead, table=table, links=links)


def _read_item(
    item: SyntaxTreeNode, lines: tuple[str, ...], lead: tuple[str, ...], depth: int, number: str | None
) -> Iterator[Block]:
    """Read a list item: its own words first, then what is nested under it, governed by those words."""
    words = ""
    for child in item.children:
        if child.type == "paragraph" and not words:
            block = replace(_paragraph(child, lines, "item", lead, depth), number=number)
            words = block.text
            yield block
        elif child.type == "paragraph":
            yield _paragraph(child, lines, "paragraph", (*lead, words), depth)
        else:
            yield from _read_node(child, lines, (*lead, words) if words else lead, depth + bool(words))


def _read_quote(node: SyntaxTreeNode, lines: tuple[str, ...], lead: tuple[str, ...], depth: int) -> Iterator[Block]:
    """Read a block quote; an Obsidian callout's title governs what stands in it."""
    title: tuple[str, ...] = ()
    for at, child in enumerate(node.children):
        if child.type != "paragraph":
            yield from _read_node(child, lines, lead + title, depth)
            continue
        block = _paragraph(child, lines, "quote", lead + title, depth)
        callout = _CALLOUT.match(child.children[0].content) if at == 0 else None
        if callout:
            name = inline_words(callout[2]).text or callout[1].capitalize()
            title = (name,)
            rest = inline_words(child.children[0].content[callout.end() :].strip())
            block = replace(block, text=f"{name}: {rest.text}" if rest.text else name, links=rest.links)
        yield block


def _read_admonition(
    node: SyntaxTreeNode, lines: tuple[str, ...], lead: tuple[str, ...], depth: int
) -> Iterator[Block]:
    title = ""
    for child in node.children:
        if child.type == "admonition_title":
            title = read_inline(child.children[0]).text if child.children else ""
            begin = (node.map or (0, 1))[0]
            if title and title.lower() in lines[begin].lower():
                yield Block("quote", to_lines(begin, begin + 1), tidy(title), depth, lead)
        elif child.type == "paragraph":
            yield _paragraph(child, lines, "quote", (*lead, title) if title else lead, depth)
        else:
            yield from _read_node(child, lines, (*lead, title) if title else lead, depth)


def read_blocks(nodes: Iterable[SyntaxTreeNode], lines: tuple[str, ...]) -> tuple[Block, ...]:
    """Read the nodes of one section (0-based half-open maps over the page's `lines`)."""
    return tuple(block for block in _Walk(lines).walk(nodes) if block.text)
