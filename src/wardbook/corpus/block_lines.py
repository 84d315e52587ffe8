"""Lines as the block parser sees them, inside lists and quotes."""

from markdown_it.rules_block import StateBlock


def line_text(state: StateBlock, at: int) -> str:
    """Give a line without the marks and the indentation of what it stands in."""
    return state.src[state.bMarks[at] + state.tShift[at] : state.eMarks[at]]


def outdented(state: StateBlock, at: int) -> bool:
    """Tell whether a line is indented less than what is being read."""
    return state.sCount[at] < state.blkIndent


def content(state: StateBlock, start: int, end: int) -> str:
    """Give lines without the marks and the indentation of what they stand in."""
    return "\n".join(line_text(state, at) for at in range(start, end))


def raw(state: StateBlock, at: int) -> str:
    """Give a line with its indentation."""
    return state.src[state.bMarks[at] : state.eMarks[at]]
