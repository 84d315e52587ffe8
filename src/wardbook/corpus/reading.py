"""A page's bytes to a Document: text, tree, sections and blocks."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from markdown_it.tree import SyntaxTreeNode

from wardbook.corpus.blocks import read_blocks
from wardbook.corpus.document import Document, Link
from wardbook.corpus.front_matter import parse_page
from wardbook.corpus.inline import read_inline
from wardbook.corpus.lines import split_lines, to_lines
from wardbook.corpus.metadata import first_line_title, metadata_of
from wardbook.corpus.retired import retired_words
from wardbook.corpus.section import Section
from wardbook.errors import CorpusError
from wardbook.lazy_regex import lazy_regex

_BLANKS = lazy_regex(r"\s+")


def decode(data: bytes, name: str) -> str:
    """Decode a page's bytes; CorpusError names the file and the mend."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CorpusError(f"{name} is UTF-16, not UTF-8", "save it as UTF-8")
    if b"\0" in data[:8192]:
        raise CorpusError(f"{name} is not text", "save it as UTF-8 Markdown, or move it out of the corpus")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise CorpusError(f"{name} is not UTF-8 (line {line})", "save it as UTF-8") from None


def _plain_heading(node: SyntaxTreeNode) -> str:
    words = read_inline(node.children[0]).text if node.children else ""
    return _BLANKS.sub(" ", words).strip() or "(untitled)"


def _level(node: SyntaxTreeNode) -> int:
    return int(node.tag[1])


def _start(node: SyntaxTreeNode) -> int:
    return node.map[0] if node.map else 0


def _headings(root: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    return [node for node in root.children if node.type == "heading"]


def _paths(headings: list[SyntaxTreeNode]) -> Iterator[tuple[str, ...]]:
    """Give each heading's path below the H1; the H1 that opens the page is its title and no part of a path."""
    stack: list[tuple[int, str]] = []
    for at, node in enumerate(headings):
        level, words = _level(node), _plain_heading(node)
        if at == 0 and level == 1:
            yield ()
            continue
        while stack and stack[-1][0] >= level:
            stack.pop()
        stack.append((level, words))
        yield tuple(name for _, name in stack)


def _distinct(names: Iterator[str]) -> Iterator[str]:
    """Give each id once; the second of a name gets " (2)", and so on."""
    seen: set[str] = set()
    counts: dict[str, int] = {}
    for name in names:
        candidate = name
        while candidate in seen:
            counts[name] = counts.get(name, 1) + 1
            candidate = f"{name} ({counts[name]})"
        seen.add(candidate)
        yield candidate


def _sections(root: SyntaxTreeNode, lines: tuple[str, ...]) -> tuple[Section, ...]:
    headings = _headings(root)
    paths = list(_paths(headings))
    cuts = [(_start(node), _level(node), path) for node, path in zip(headings, paths, strict=True) if path]
    titled = bool(headings) and not paths[0]
    spans: list[tuple[int, int, tuple[str, ...]]] = []
    first = cuts[0][0] if cuts else len(lines)
    if titled or first > 0 or not cuts:
        spans.append((0, 1 if titled else 0, ()))
    spans += cuts
    begins = [begin for begin, _, _ in spans]
    ids = _distinct(" > ".join(path) for _, _, path in spans)
    return tuple(
        Section(name, path, level, to_lines(begin, end), read_blocks(nodes, lines))
        for name, (begin, level, path), end, nodes in zip(
            ids, spans, [*begins[1:], len(lines)], _nodes_by_section(root, begins), strict=True
        )
    )


def _nodes_by_section(root: SyntaxTreeNode, begins: list[int]) -> list[list[SyntaxTreeNode]]:
    """Give the nodes of each section, by the line that each begins in."""
    found: list[list[SyntaxTreeNode]] = [[] for _ in begins]
    for node in root.children:
        if node.type not in ("heading", "front_matter") and node.map:
            found[max(bisect_right(begins, node.map[0]) - 1, 0)].append(node)
    return found


def _split_target(target: str) -> tuple[str, str]:
    page, _, part = target.partition("#")
    return page, part


def _links(sections: tuple[Section, ...], lines: tuple[str, ...]) -> tuple[Link, ...]:
    links = []
    for section in sections:
        for block in section.blocks:
            for target, words in block.links:
                page, part = _split_target(target)
                line = next(
                    (at for at in range(block.lines[0], block.lines[1] + 1) if target in lines[at - 1]), block.lines[0]
                )
                links.append(Link(page, part or None, words, line))
    return tuple(links)


def read_document(data: bytes, page: str, warnings: list[str] | None = None) -> Document:
    """Read a page's bytes; `page` is its id. CorpusError where it is no text; lesser faults go to `warnings`."""
    notes = warnings if warnings is not None else []
    name = f"{page}.md"
    text = decode(data, name)
    lines = split_lines(text)
    front, root = parse_page("\n".join(lines) + "\n" if lines else "", name, notes)
    sections = _sections(root, lines)
    if not any(block.text for section in sections for block in section.blocks) and not _headings(root):
        notes.append(f"{name}: no text in it: write the page or remove the file")
    title, title_from = _title(front, root, sections, page)
    metadata = replace(metadata_of(front, sections), retired=retired_words(page, title, front, sections))
    search = front.get("search")
    searchable = not (isinstance(search, dict) and str(search.get("exclude")).lower() == "true")
    document = Document(page, title, title_from, lines, sha256(data).hexdigest(), metadata, sections, (), searchable)
    return replace(document, links=_links(sections, lines))


def _title(front: dict[str, object], root: SyntaxTreeNode, sections: tuple[Section, ...], page: str) -> tuple[str, str]:
    given = next((value for key, value in front.items() if key.lower() == "title"), None)
    if isinstance(given, str) and given.strip():
        return given.strip(), "front matter"
    for node in _headings(root):
        if _level(node) == 1:
            return _plain_heading(node), "heading"
    line = first_line_title(sections)
    return (line, "first line") if line else (page.rpartition("/")[2], "file name")
