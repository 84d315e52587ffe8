"""Lines under a list without a blank line between that are no words of its last item: they head what follows."""

from markdown_it.rules_block import StateBlock

from wardbook.corpus.block_lines import line_text, outdented
from wardbook.lazy_regex import lazy_regex

BOLD_LINE = lazy_regex(r"(\*\*|__)(?:(?!\1).)+\1[ \t]*:?")
"""A line that is wholly bold."""
_LABEL_LINE = lazy_regex(r"[A-Z][^\s.;:]*(?:[ \t]+[^\s.;:]+){0,4}[ \t]*:")
_ITEM = lazy_regex(r"(?:[-*+]|\d{1,9}[.)])[ \t]+\S")
NARROWEST = 60
"""Columns that lines are wrapped at, at least; one that ends before has been ended by its writer."""


def heads_below(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Tell that a line out of the indentation of the item above heads what follows, and is to be read as a paragraph.

    It is wholly bold, or a label with a colon above a list ("Adults:"); and no wrapped words of the item, which would
    have had room on the line above.
    """
    if not silent or not outdented(state, start):
        return False
    text = line_text(state, start).rstrip()
    first_word = text.partition(" ")[0]
    if len(line_text(state, start - 1)) + 1 + len(first_word) > NARROWEST:
        return False
    above_list = start + 1 < end and bool(_ITEM.match(line_text(state, start + 1)))
    return bool(BOLD_LINE.fullmatch(text)) or (above_list and bool(_LABEL_LINE.fullmatch(text)))
