"""Content tabs as MkDocs writes them: `=== "Grade 2"` and, indented under it, what holds for that tab."""

from markdown_it.rules_block import StateBlock

from wardbook.corpus.block_lines import line_text
from wardbook.lazy_regex import lazy_regex

_TAB = lazy_regex(r"===[+!]*[ \t]+([\"'])(.+)\1[ \t]*$")
_INDENT = 4
"""Columns by which the content of a tab is indented (pymdownx.tabbed, as Python-Markdown's blocks)."""


def content_tab(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read one tab as a block with a title, in the tokens of an admonition: its title governs what stands in it."""
    match = _TAB.match(line_text(state, start))
    if not match or start + 1 >= end:
        return False
    inner = state.sCount[start] + _INDENT
    line = start + 1
    while line < end and (state.isEmpty(line) or state.sCount[line] >= inner):
        line += 1
    if all(map(state.isEmpty, range(start + 1, line))):
        return False
    if silent:
        return True
    held = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = "admonition", line, inner
    token = state.push("admonition_open", "div", 1)
    token.map = [start, line]
    token = state.push("admonition_title_open", "p", 1)
    token.map = [start, start + 1]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = match[2], [start, start + 1], []
    state.push("admonition_title_close", "p", -1)
    state.md.block.tokenize(state, start + 1, line)
    state.push("admonition_close", "div", -1)
    state.parentType, state.lineMax, state.blkIndent = held
    state.line = line
    return True
