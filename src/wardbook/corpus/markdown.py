"""The Markdown parser: CommonMark through markdown-it-py, and what people write beside it.

Differences from CommonMark, each for pages as they are found: `##Heading` without a blank is a heading, an indented
line is text and not code, an author or date line above `---` is no heading, pipe tables may have a delimiter row of
another width, they and bold lines that head what follows may stand under a list without a blank line, HTML tables may
hold blank lines, `2*10^6` holds no emphasis, `>75 kg` at the head of a line is a comparison, and a comment that is
never closed hides nothing.
"""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, blockquote, html_block, paragraph, reference
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, html_inline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from wardbook.corpus.block_lines import content, line_text, outdented
from wardbook.corpus.comparison import is_comparison
from wardbook.corpus.heads_below import heads_below
from wardbook.corpus.html_extent import TABLE_OPEN, chained_end, table_ends
from wardbook.corpus.tabs import content_tab
from wardbook.lazy_regex import lazy_regex

_ATX = lazy_regex(r"(#{1,6})(?:[ \t]+(.*)|([^#\s].*))?$")
_DELIMITER = lazy_regex(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_METADATA_LINE = lazy_regex(
    r"^[*_>\s]*(?:authors?|written by|by|editors?|last (?:updated|reviewed|revised)|updated|reviewed|version|status|"
    r"date|evidence level|next review)\b",
    re.IGNORECASE,
)
_WIKILINK = lazy_regex(r"(!?)\[\[([^\[\]\n]{1,400})\]\]")
_TAG_OPEN = lazy_regex(r"</?[a-zA-Z][^>]*>?|<!--")
_TAGS_ALONE = lazy_regex(
    r"(?:</?(?!pre\b|script\b|style\b)[a-zA-Z][^<>]*>\s*)+$|</?(?:div|details|summary|section|p|center)\b", re.I
)
_FOOTNOTE = lazy_regex(r"\[\^([^\]\s]+)\]:[ \t]*")
_ITEM = lazy_regex(r"(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
_DEEP = 60
"""Nesting (a list and its item are two) below which everything is one paragraph, so that nothing is lost."""
_ADDRESS = lazy_regex(r"[ \t]*<?(?:[a-zA-Z][\w+.-]*:\S|/|#|\S*[^\W\d]\S*[./]\S*[^\W\d])")


def _is_atx(line: str) -> re.Match[str] | None:
    """Match an ATX heading; two or more hashes need no blank (one hash without a blank is a tag or "number")."""
    match = _ATX.match(line)
    return None if match and match[3] is not None and len(match[1]) < 2 else match


def _heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """ATX heading."""
    if state.sCount[start] - state.blkIndent >= 4:
        return False
    match = _is_atx(line_text(state, start))
    if not match:
        return False
    if silent:
        return True
    words = re.sub(r"(?:^|[ \t]+)#+[ \t]*$", "", match[2] or match[3] or "").strip()
    state.line = start + 1
    _push_heading(state, len(match[1]), words, start, start + 1, match[1])
    return True


def _push_heading(state: StateBlock, level: int, words: str, start: int, end: int, markup: str) -> None:
    token = state.push("heading_open", f"h{level}", 1)
    token.markup, token.map = markup, [start, end]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = words, [start, end], []
    token = state.push("heading_close", f"h{level}", -1)
    token.markup = markup


def _setext(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Setext heading: one line of words above `===` or `---`; an author or date line above a rule is none."""
    if start + 1 >= end or state.sCount[start] - state.blkIndent >= 4 or outdented(state, start + 1):
        return False
    under, words = line_text(state, start + 1).rstrip(), line_text(state, start).strip()
    if state.sCount[start + 1] - state.blkIndent >= 4 or not re.fullmatch(r"=+|-+", under):
        return False
    if not words or _METADATA_LINE.match(words) or "|" in words:
        return False
    state.line = start + 2
    _push_heading(state, 1 if under[0] == "=" else 2, words, start, start + 2, under[0])
    return True


def _heads_an_item(state: StateBlock, start: int) -> bool:
    """Tell whether a line opens a list item that the next line stands in, so that a table here is the item's."""
    marker = _ITEM.match(line_text(state, start))
    return bool(marker) and state.sCount[start + 1] >= state.sCount[start] + len(marker[0] if marker else "")


def _pipe_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Pipe table: a line with a pipe above a delimiter row; ends at a blank line or a line without pipes."""
    if start + 1 >= end or "|" not in line_text(state, start):
        return False
    if state.sCount[start + 1] < min(state.blkIndent, state.sCount[start]) or _heads_an_item(state, start):
        return False
    under = line_text(state, start + 1)
    if not _DELIMITER.match(under) or "-" not in under or ("|" not in under and ":" not in under):
        return False
    if silent:
        return True
    line = start + 2
    while (
        line < end
        and not outdented(state, line)
        and "|" in line_text(state, line)
        and not _is_atx(line_text(state, line))
    ):
        line += 1
    token = state.push("pipe_table", "", 0)
    token.map, token.content = [start, line], content(state, start, line)
    state.line = line
    return True


def _html_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """HTML table, blank lines inside it included."""
    first = line_text(state, start)
    if not first.startswith("<") or not TABLE_OPEN.search(first) or outdented(state, start):
        return False
    if silent:
        return True
    if "html_tables" not in state.env:
        state.env["html_tables"] = table_ends(state.src.split("\n"))
    line = min(chained_end(state.env["html_tables"], start), end)
    token = state.push("html_table", "", 0)
    token.map, token.content = [start, line], content(state, start, line)
    state.line = line
    return True


def _begins_block(state: StateBlock, line: int, end: int) -> bool:
    text = line_text(state, line)
    return bool(_is_atx(text)) or text.startswith(("```", "~~~")) or _pipe_table(state, line, end, True)


def _html_before(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """HTML block that stops where a table or a heading begins (CommonMark takes all up to the next blank line)."""
    first = line_text(state, start)
    if silent or not _TAG_OPEN.match(first) or first.startswith("<!--") or TABLE_OPEN.search(first):
        return False
    whole = bool(_TAGS_ALONE.match(first))
    line = start + 1
    while line < end and not state.isEmpty(line) and not outdented(state, line):
        text = line_text(state, line)
        if TABLE_OPEN.match(text) or (whole and _begins_block(state, line, end)):
            break
        line += 1
    if line >= end or state.isEmpty(line) or outdented(state, line):
        return False
    token = state.push("html_block", "", 0)
    token.map, token.content = [start, line], state.getLines(start, line, state.blkIndent, True)
    state.line = line
    return True


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """HTML block; a comment that is never closed is text, so that it does not hide the rest of the page."""
    if line_text(state, start).startswith("<!--"):
        if "last_comment" not in state.env:
            state.env["last_comment"] = state.src.rfind("-->")
        if state.bMarks[start] > state.env["last_comment"]:
            return False
    return html_block(state, start, end, silent)


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read what is nested too deeply for anybody as plain text, marks included."""
    return not silent and state.level >= _DEEP and paragraph(state, start, end, silent)


def _html_inline(state: StateInline, silent: bool) -> bool:
    """Inline tag; a comment that is never closed is text."""
    if state.src.startswith("<!--", state.pos) and state.src.find("-->", state.pos) < 0:
        return False
    return html_inline(state, silent)


def _block_quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Block quote, unless its `>` is a comparison."""
    if line_text(state, start).startswith(">") and is_comparison(state, start, end):
        return False
    return blockquote(state, start, end, silent)


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Link reference; `[Maximum]: 400mg` leads nowhere and is text."""
    _, _, target = line_text(state, start).partition("]:")
    if not _ADDRESS.match(target):
        return False
    return reference(state, start, end, silent)


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Footnote definition, left where it stands."""
    match = _FOOTNOTE.match(line_text(state, start))
    if not match:
        return False
    if silent:
        return True
    ends = state.md.block.ruler.getRules("paragraph")
    line = start + 1
    while line < end and not state.isEmpty(line) and not any(rule(state, line, end, True) for rule in ends):
        line += 1
    token = state.push("footnote_open", "", 1)
    token.map, token.info = [start, line], match[1]
    token = state.push("inline", "", 0)
    # blanks only: a line end at the head stays, so that each line of the content has its line of the page
    token.content = state.getLines(start, line, state.blkIndent, False).strip()[match.end() :].strip(" \t")
    token.map, token.children = [start, line], []
    state.push("footnote_close", "", -1)
    state.line = line
    return True


def _wikilink(state: StateInline, silent: bool) -> bool:
    match = _WIKILINK.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        target, _, words = match[2].replace("\\|", "|").partition("|")
        token = state.push("wikilink", "", 0)
        token.content, token.meta = (words or "").strip(), {"target": target.strip(), "embed": bool(match[1])}
    state.pos = match.end()
    return True


_HIDDEN = lazy_regex(r"(?<![\d%])%%(?!%)(?:(?!%%).)+%%", re.DOTALL)


def _hidden(state: StateInline, silent: bool) -> bool:
    """Leave out what Obsidian hides from readers ("%% old dose %%")."""
    match = _HIDDEN.match(state.src, state.pos)
    if not match:
        return False
    state.pos = match.end()
    return True


_TIMES = lazy_regex(r"(?<=\d)\*\*(?=\d)|(?<=[^\W_])\*(?=\d)")


def _times(state: StateInline, silent: bool) -> bool:
    """Keep an asterisk between a word and a figure ("2*10^6", "10**6"): it is a times sign, never emphasis."""
    match = _TIMES.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.pending += match[0]
    state.pos = match.end()
    return True


_PLAIN = lazy_regex(r"(?:[^\\`*_\[\]<&%\n]|(?<!\s)\n(?=\S))+")
"""Inline text without any sign that a rule reads: each of its lines is a text, with a soft break between two."""


def _inlines(state: StateCore) -> None:
    """Read inline text as markdown-it does; most of it holds no mark, which saves trying all rules at each place."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = token.children or []
        if not _PLAIN.fullmatch(token.content):
            state.md.inline.parse(token.content, state.md, state.env, token.children)
            continue
        for line in token.content.split("\n"):
            if token.children:
                token.children.append(Token("softbreak", "br", 0))
            token.children.append(Token("text", "", 0, content=line))


@cache
def parser(*, front_matter: bool = True) -> MarkdownIt:
    """Give the configured parser; it holds no state between pages."""
    md = MarkdownIt("commonmark", {"html": True, "maxNesting": 2 * _DEEP}).use(front_matter_plugin).use(admon_plugin)
    md.disable("code" if front_matter else ["code", "front_matter"])
    md.block.ruler.at("heading", _heading, {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.at("lheading", _setext)
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.at("blockquote", _block_quote, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.at("reference", _reference)
    md.block.ruler.before("html_block", "html_table", _html_table, interrupts)
    md.block.ruler.before("html_table", "html_before", _html_before, {"alt": []})
    md.block.ruler.before("reference", "footnote", _footnote, {"alt": ["paragraph", "reference"]})
    md.block.ruler.before("blockquote", "pipe_table", _pipe_table, interrupts)
    md.block.ruler.before("table", "too_deep", _too_deep)
    md.block.ruler.before("fence", "content_tab", content_tab, interrupts)
    md.block.ruler.before("paragraph", "heads_below", heads_below, {"alt": ["paragraph"]})
    md.core.ruler.at("inline", _inlines)
    md.inline.ruler.at("html_inline", _html_inline)
    md.inline.ruler.before("link", "wikilink", _wikilink)
    md.inline.ruler.before("emphasis", "times", _times)
    md.inline.ruler.before("link", "hidden", _hidden)
    return md


def parse(text: str, *, front_matter: bool = True) -> SyntaxTreeNode:
    """Parse a page's text into a tree whose block nodes carry 0-based half-open line maps."""
    return SyntaxTreeNode(parser(front_matter=front_matter).parse(text))


def parse_inline(text: str) -> SyntaxTreeNode:
    """Parse a cell's or heading's text into a tree of inline nodes."""
    return SyntaxTreeNode(parser().parseInline(text))
