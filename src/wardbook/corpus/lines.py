"""Lines of a file, and line ranges: the one place where a parser's line map becomes the contract's lines."""

import re

Lines = tuple[int, int]
"""First and last line, 1-based and inclusive, in the file as it lies on disk."""


def to_lines(begin: int, end: int) -> Lines:
    """Turn a parser's 0-based half-open range into 1-based inclusive lines; an empty range keeps its first line."""
    return (begin + 1, max(end, begin + 1))


def split_lines(text: str) -> tuple[str, ...]:
    """Split at line feeds, carriage returns or both, as the Markdown parser counts lines."""
    lines = re.split(r"\r\n?|\n", text)
    if lines and not lines[-1]:
        lines.pop()
    return tuple(lines)
