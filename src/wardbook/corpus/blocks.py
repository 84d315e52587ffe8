"""Tree nodes to the blocks of a section, with the words that govern each."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from markdown_it.tree import SyntaxTreeNode

from wardbook.corpus.block import Block
from wardbook.corpus.header import heads_rows
from wardbook.corpus.heads_below import BOLD_LINE, NARROWEST
from wardbook.corpus.html_list import html_items
from wardbook.corpus.html_reader import html_words
from wardbook.corpus.html_table import read_html
from wardbook.corpus.inline import Inline, inline_words, read_inline, tidy
from wardbook.corpus.line_marks import item_marks
from wardbook.corpus.lines import Lines, to_lines
from wardbook.corpus.pipe_table import read_pipe_table
from wardbook.corpus.tab_table import read_tab_table
from wardbook.corpus.table import Table, table_lines
from wardbook.lazy_regex import lazy_regex

_PICTURES = lazy_regex(r"(\[picture[^\]]*\]\s*)+")
_CALLOUT = lazy_regex(r"\[!([\w-]+)\][+-]?[ \t]*([^\n]*)")
_DEFINITION = lazy_regex(r"\A[ \t]*:[ \t]+(?=\S)")
_TABLES = frozenset({"pipe_table", "html_table"})
_PSEUDO_HEADING = lazy_regex(r"(?:[A-Z]|(?=[a-z/ ]+ (?:by|per|according to) [^ ]+(?: [^ ]+)?$))[^.:;,!?|]{1,58}")
"""A line of few words that opens as a heading does, or that says by what the lines below go ("maintenance by CrCl")."""


def _own_lines(node: SyntaxTreeNode, lines: tuple[str, ...]) -> Lines:
    """Lines of a node without those at its ends that hold nothing but blanks of any kind and quote marks."""
    begin, end = node.map or (0, 1)
    end = min(end, len(lines))
    while end - 1 > begin and not lines[end - 1].replace(">", " ").strip():
        end -= 1
    while begin < end - 1 and not lines[begin].replace(">", " ").strip():
        begin += 1
    return to_lines(begin, end)


class _Walk:
    """Walks the nodes of one section; keeps the lead words in force."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        self._lines = lines
        self._heading: str | None = None
        self._opener: str | None = None

    def walk(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[Block]:
        """Give the blocks of the section's own nodes, with the leads in force at each.

        A bullet that ends its list with a colon opens the table behind the list.
        """
        above: SyntaxTreeNode | None = None
        number = bullet = ""
        for node in nodes:
            held = self._opener or (bullet if node.type in _TABLES else None)
            bullet = ""
            under = (number,) if number and above is not None and self._is_indented_list(node, above) else ()
            for block, inline in self._read(node):
                heading = None if _is_heading(block, inline) else self._heading
                lead = tuple(word for word in (heading, held) if word)
                above_it = lead + under
                yield replace(block, lead=above_it + block.lead, depth=block.depth + len(under)) if above_it else block
                self._note(block, inline)
                if block.number is not None and not block.depth:
                    number = block.text
                bullet = block.text.rstrip(": ") if block.kind == "item" and block.text.endswith(":") else ""
            if self._opener is held and not under:
                self._opener = None
            if node.type == "hr":
                self._heading = None
            if not under:
                above, number = node, number if node.type == "ordered_list" else ""

    def _is_indented_list(self, node: SyntaxTreeNode, above: SyntaxTreeNode) -> bool:
        """Tell whether bullets are indented under a numbered item, if by too few blanks for CommonMark to nest them."""
        if node.type != "bullet_list" or above.type != "ordered_list" or not node.map or not above.map:
            return False
        return _indent(self._lines[node.map[0]]) > _indent(self._lines[above.map[0]])

    def _note(self, block: Block, inline: Inline | None) -> None:
        """Take a wholly bold line as a heading, and a line that ends in a colon as opening what follows."""
        if block.kind != "paragraph" or inline is None or "\n" in block.text:
            return
        words = block.text.rstrip(": ")
        if _is_heading(block, inline):
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
        for read in (_word_bullets, _definitions):
            if bullets := list(read(node, self._lines)):
                for block in bullets:
                    yield block, None
                return
        if headed := _under_bold(node, self._lines):
            yield from headed
            return
        own = _own_lines(node, self._lines)
        if table := read_tab_table(node.children[0].content.split("\n"), own[0] - 1):
            yield _table_block(table, own, 0, (), node.children[0].content), None
            return
        inline = read_inline(node.children[0])
        yield _paragraph(node, self._lines, "paragraph", (), 0, inline), inline


def _indent(line: str) -> int:
    text = line.expandtabs(4)
    return len(text) - len(text.lstrip())


def _under_bold(node: SyntaxTreeNode, lines: tuple[str, ...]) -> list[tuple[Block, Inline | None]]:
    """Read a paragraph whose first line is wholly bold, and no wrapped words of it, as that heading and the rest."""
    begin, end = _own_lines(node, lines)
    head, *own = node.children[0].content.split("\n")
    if not own or len(own) != end - begin or not own[0].strip() or not BOLD_LINE.fullmatch(head.strip()):
        return []
    # a line that is wider than the bold one with the next word behind it shows that the page is not wrapped there
    width = max(NARROWEST, *(len(line.strip()) for line in own))
    had_room = len(head.strip()) + 1 + len(own[0].split()[0]) <= width
    inline, rest = inline_words(head), inline_words("\n".join(own))
    block = Block("paragraph", (begin, begin), inline.text, links=inline.links, source=head.strip())
    if not had_room or rest.bold or rest.text[:1].islower() or not _is_heading(block, inline):
        return []
    under = Block("paragraph", (begin + 1, end), rest.text, links=rest.links, source="\n".join(own))
    return [(block, inline), (under, rest)]


def _is_heading(block: Block, inline: Inline | None) -> bool:
    """Tell whether a block is one wholly bold line, which heads what follows up to the next one."""
    if block.kind != "paragraph" or block.lines[0] != block.lines[1] or inline is None:
        return False
    bold = inline.bold or _BOLD_AND_BRACKET.fullmatch(block.source.strip()) is not None
    return bold and heads_rows(_without_bracket(block, inline))


_BOLD_AND_BRACKET = lazy_regex(r"(\*\*|__)(?P<bold>(?:(?!\1).)+)\1[ \t]*\((?P<bracket>[^()]*)\)[ \t]*:?")
"""A bold line, and in a bracket behind it when what is said below holds ("**Tumour lysis** (uric acid > 8)")."""


def _without_bracket(block: Block, inline: Inline) -> str:
    """Give the words of a bold line, but for the figures of a bracket behind it that is not bold."""
    told = None if inline.bold else _BOLD_AND_BRACKET.fullmatch(block.source.strip())
    figures = told is not None and any(letter.isdigit() for letter in told["bracket"])
    return (inline_words(told["bold"]).text if told and figures else block.text).rstrip(": ")


def _word_bullets(node: SyntaxTreeNode, lines: tuple[str, ...]) -> Iterator[Block]:
    """Read a paragraph whose lines begin with marks of a list that are none in Markdown as list items.

    The words above them govern them where they end in a colon, or where the items are indented under them. A line
    without a mark goes on with the item above it where it is indented, or that one is too wide to hold its first word.
    """
    begin, end = _own_lines(node, lines)
    own = node.children[0].content.split("\n")
    marks = {begin + at: mark for at, mark in item_marks(lines[begin - 1 : end]).items()}
    if not marks or len(own) != end - begin + 1:
        return
    under = min(_indent(lines[at - 1]) for at in marks)
    behind = {
        at
        for at in range(min(marks) + 1, end + 1)
        if at not in marks and (_indent(lines[at - 1]) < under or not _goes_on(at, lines, marks, under))
    }
    pieces = sorted({begin, *marks, *behind})
    lead: tuple[str, ...] = ()
    for first, after in zip(pieces, [*pieces[1:], end + 1], strict=True):
        opens = own[first - begin].strip().removeprefix(marks.get(first, "")).lstrip()
        source = "\n".join([opens, *own[first - begin + 1 : after - begin]])
        inline = inline_words(source)
        kind = "item" if first in marks else "paragraph"
        lead = () if first in behind else lead
        yield Block(kind, (first, after - 1), inline.text, 0, lead, links=inline.links, source=source)
        led = after <= end and _indent(lines[after - 1]) > _indent(lines[first - 1])
        if kind == "paragraph" and (inline.text.endswith(":") or led):
            lead = (inline.text.rstrip(": "),)


def _goes_on(at: int, lines: tuple[str, ...], marks: dict[int, str], under: int) -> bool:
    """Tell whether a line without a mark belongs to the item above it; `under` is how far the items are indented."""
    line, above = lines[at - 1], lines[at - 2].rstrip()
    if _indent(line) > under or not line.strip() or line.lstrip()[:1].islower():
        return True
    width = max(NARROWEST, *(len(lines[each - 1].rstrip()) for each in range(min(marks), at + 1)))
    return len(above) + 1 + len(line.split()[0]) > width


def _definitions(node: SyntaxTreeNode, lines: tuple[str, ...]) -> Iterator[Block]:
    """Read terms above lines that begin with a colon and blanks as these terms and items that each governs.

    A short line without a colon right above one with it, which ends no sentence, is the next term.
    """
    begin, end = _own_lines(node, lines)
    starts = [at for at in range(begin + 1, end + 1) if _DEFINITION.match(lines[at - 1])]
    own = node.children[0].content.split("\n")
    if not starts or len(own) != end - begin + 1:
        return
    terms = [begin, *(at - 1 for at in starts[1:] if at - 1 not in starts and _is_term(lines[at - 2]))]
    for term_at, after in zip(terms, [*terms[1:], end + 1], strict=True):
        items = [at for at in starts if term_at < at < after]
        source = "\n".join(own[term_at - begin : items[0] - begin])
        term = inline_words(source)
        yield Block("paragraph", (term_at, items[0] - 1), term.text, links=term.links, source=source)
        for first, behind in zip(items, [*items[1:], after], strict=True):
            source = _DEFINITION.sub("", "\n".join(own[first - begin : behind - begin]))
            inline = inline_words(source)
            yield Block("item", (first, behind - 1), inline.text, 0, (term.text,), links=inline.links, source=source)


def _is_term(line: str) -> bool:
    """Tell whether a line may be a term, and not the rest of a wrapped item."""
    return not _indent(line) and len(line.split()) <= MOST_WORDS and line.rstrip()[-1:] not in ".,;"


MOST_WORDS = 6
"""Words of a term."""


def _paragraph(
    node: SyntaxTreeNode,
    lines: tuple[str, ...],
    kind: str,
    lead: tuple[str, ...],
    depth: int,
    inline: Inline | None = None,
) -> Block:
    inline = inline or read_inline(node.children[0])
    only_picture = kind == "paragraph" and _PICTURES.fullmatch(inline.text)
    return Block(
        "image" if only_picture else kind,
        _own_lines(node, lines),
        inline.text,
        depth,
        lead,
        links=inline.links,
        source=node.children[0].content,
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
    elif kind == "html_table":
        yield from _read_html_table(node, lead, depth)
    else:
        yield from _read_leaf(node, lines, lead, depth)


def _read_leaf(node: SyntaxTreeNode, lines: tuple[str, ...], lead: tuple[str, ...], depth: int) -> Iterator[Block]:
    own = _own_lines(node, lines)
    if node.type == "fence":
        yield Block("code", own, node.content.rstrip("\n"), depth, lead, source=node.content)
    elif node.type == "pipe_table":
        yield _table_block(read_pipe_table(node.content.split("\n"), own[0] - 1), own, depth, lead, node.content)
    elif node.type == "html_block" and (items := html_items(node.content)):
        for each in items:
            kind, below = ("item", depth + 1) if each.is_item else ("html", depth)
            place = (own[0] + each.first, own[0] + each.last)
            yield Block(kind, place, each.text, below, lead, source=each.source)
    elif node.type == "html_block" and (words := html_words(node.content)):
        yield Block("html", own, words, depth, lead, source=node.content)


def _read_html_table(node: SyntaxTreeNode, lead: tuple[str, ...], depth: int) -> Iterator[Block]:
    """Read HTML tables and the words beside them; short words before a table (its caption) govern it."""
    caption: tuple[str, ...] = ()
    for piece in read_html(node.content, (node.map or (0, 1))[0]):
        if piece.table is not None:
            first, last = (line - 1 - (node.map or (0, 1))[0] for line in piece.lines)
            source = "\n".join(node.content.split("\n")[first : last + 1])
            yield _table_block(piece.table, piece.lines, depth, (*lead, *caption), source)
            caption = ()
        else:
            yield Block("html", piece.lines, piece.text, depth, lead, source=piece.source)
            caption = (*caption, piece.text.rstrip(": ")) if heads_rows(piece.text) else ()


def _table_block(table: Table, lines: Lines, depth: int, lead: tuple[str, ...], source: str) -> Block:
    links = tuple(dict.fromkeys((t, t) for row in table.rows for cell in row.cells for t in cell.links))
    return Block("table", lines, "\n".join(table_lines(table)), depth, lead, table=table, links=links, source=source)


def _read_item(
    item: SyntaxTreeNode, lines: tuple[str, ...], lead: tuple[str, ...], depth: int, number: str | None
) -> Iterator[Block]:
    """Read a list item: its own words first, then what is nested under it, governed by those words."""
    words = ""
    for child in item.children:
        if child.type == "paragraph" and not words:
            parts = list(_word_bullets(child, lines))
            block = parts[0] if parts else _paragraph(child, lines, "item", lead, depth)
            block = replace(block, kind="item", lead=lead, depth=depth)
            words = block.text
            yield replace(block, number=number) if number is not None else block
            for part in parts[1:]:
                yield replace(part, kind="item", lead=(*lead, words.rstrip(": ")), depth=depth + 1)
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
            source = child.children[0].content
            rest = inline_words(source[callout.end() :].strip())
            text = f"{name}: {rest.text}" if rest.text else name
            block = replace(block, text=text, links=rest.links, source=source[callout.start(2) :] or source)
        yield block


def _read_admonition(
    node: SyntaxTreeNode, lines: tuple[str, ...], lead: tuple[str, ...], depth: int
) -> Iterator[Block]:
    title = ""
    inner = [child for child in node.children if child.type != "admonition_title"]
    for child in node.children[: len(node.children) - len(inner)]:
        title = read_inline(child.children[0]).text if child.children else ""
        begin = (node.map or (0, 1))[0]
        if title and title in lines[begin]:
            yield Block("quote", to_lines(begin, begin + 1), tidy(title), depth, lead, source=title)
    above = (*lead, title) if title else lead
    for block in _Walk(lines).walk(inner):
        kind = "quote" if block.kind == "paragraph" else block.kind
        yield replace(block, kind=kind, lead=above + block.lead, depth=depth + block.depth)


def read_blocks(nodes: Iterable[SyntaxTreeNode], lines: tuple[str, ...]) -> tuple[Block, ...]:
    """Read the nodes of one section (0-based half-open maps over the page's `lines`)."""
    return tuple(block for block in _Walk(lines).walk(nodes) if block.text)
