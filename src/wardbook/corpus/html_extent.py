"""Where an HTML table ends: blank lines inside do not end it, and one never closed takes no more than its own lines."""

import re
from collections.abc import Sequence
from itertools import pairwise

from wardbook.lazy_regex import lazy_regex

TABLE_OPEN = lazy_regex(r"<table\b", re.IGNORECASE)
_TABLE_TAG = lazy_regex(r"<(/?)table\b", re.IGNORECASE)
_PART = lazy_regex(r"</?(?:td|th|tr|tbody|thead|tfoot|caption|colgroup|table)\b", re.IGNORECASE)
_COMMENT = lazy_regex(r"<!--.*?-->")
_HEADING = lazy_regex(r" {0,3}(?:#{2,6}\S|#{1,6}[ \t]+\S)")


def table_ends(lines: Sequence[str]) -> dict[int, int]:
    """Give the line behind each outermost HTML table by the line that it begins in (0-based)."""
    ends: dict[int, int] = {}
    open_at: list[int] = []
    for at, line in enumerate(lines):
        if open_at and _HEADING.match(line) and not lines[at - 1].strip():
            _close_open(ends, open_at, lines, at)
        for tag in _TABLE_TAG.finditer(_COMMENT.sub("", line)):
            if not tag[1]:
                open_at.append(at)
            elif open_at:
                begin = open_at.pop()
                ends[begin] = max(ends.get(begin, 0), at + 1)
    _close_open(ends, open_at, lines, len(lines))
    return ends


def _close_open(ends: dict[int, int], open_at: list[int], lines: Sequence[str], end: int) -> None:
    """End the tables that are still open: behind the last line with a part of a table, up to the next blank one."""
    for begin, after in pairwise([*open_at, end]):
        stop = _heading_after(lines, begin + 1, after)
        last = max((at for at in range(begin, stop) if _PART.search(lines[at])), default=begin)
        while last + 1 < stop and lines[last + 1].strip():
            last += 1
        ends[begin] = max(ends.get(begin, 0), last + 1)
    open_at.clear()


def _heading_after(lines: Sequence[str], begin: int, end: int) -> int:
    return next((at for at in range(begin, end) if _HEADING.match(lines[at])), max(begin, end))


def chained_end(ends: dict[int, int], start: int) -> int:
    """Give the line behind a table and those that begin in the line where it ends."""
    end = ends.get(start, start + 1)
    while ends.get(end - 1, end) > end:
        end = ends[end - 1]
    return end
