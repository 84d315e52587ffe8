"""A `>` at the head of a line: a comparison or a block quote."""

import re

from markdown_it.rules_block import StateBlock

from wardbook.corpus.block_lines import line_text, outdented, raw
from wardbook.lazy_regex import lazy_regex

_RUN = 50
"""Lines that are looked at to tell a comparison from a block quote."""
_COMPARISON = lazy_regex(r">(?:[=≥]|[ \t]*\d|[ \t]*\.\d|[ \t]*/?=[ \t]*\.?\d)")
_LESS = lazy_regex(r"[ \t]*(?:[-*+][ \t]+)?(?:<|≤|&lt;|\\<)")


def is_comparison(state: StateBlock, start: int, end: int) -> bool:
    """Tell whether the lines from here that begin with `>` are comparisons and no block quote.

    They are where all of them have a figure next and no blank between, or stand in a list item, go on a paragraph, or
    follow a line that begins with `<`.
    """
    last = start
    while last < min(end, start + _RUN) and not outdented(state, last) and line_text(state, last).startswith(">"):
        if not _COMPARISON.match(line_text(state, last)):
            return False
        last += 1
    if last == start:
        return False
    before = next((at for at in range(start - 1, max(start - 3, -1), -1) if raw(state, at).strip()), None)
    glued = all(re.match(r">[^ \t]", line_text(state, at)) for at in range(start, last))
    goes_on = before == start - 1 and bool(re.match(r"[ \t]*(?![ \t>#|<\-*_])", raw(state, start - 1)))
    less = before is not None and bool(_LESS.match(raw(state, before)))
    return glued or less or state.blkIndent > 0 or (goes_on and state.parentType == "paragraph")
