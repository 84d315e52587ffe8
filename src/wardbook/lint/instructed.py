"""Rule on words that a page addresses to a program that reads it ("ignore previous instructions").

Matched in any place of the file, comments, link titles and code too, and in many languages (`data/instructions.tsv`);
letters that only look like others, marks between words and invisible characters do not hide them.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate

from wardbook.dosing.vocabulary import holds
from wardbook.lint.finding import Finding, shown
from wardbook.lint.invisible import without_invisible
from wardbook.lint.view import View

_MARKS = str.maketrans("_’", " '", "*`~\\")
_ALIKE = str.maketrans("асеіјорѕухԁһӏѵαεικορτυνχ", "aceijopsyxdhlvaeikoptuvx")
"""Cyrillic and Greek letters that look like Latin ones."""
_MIXED = re.compile(r"\b(?=\w*[a-z])(?=\w*[α-ωа-ӏԁ])\w+\b")
"""A word of Latin letters and of others that look like them."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One row of the vocabulary."""

    stems: tuple[str, ...]
    """One of these stands in every text that the pattern matches."""
    pattern: re.Pattern[str]
    """For text as `plain` gives it."""


@cache
def _patterns() -> tuple[_Pattern, ...]:
    text = files("wardbook.lint").joinpath("data", "instructions.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(_Pattern(tuple(stems.split("|")), re.compile(pattern)) for _, stems, pattern in rows)


def plain(line: str) -> str:
    """Give a line as the vocabulary is written: small letters, single blanks, no emphasis, nothing invisible."""
    if not line.isascii():
        line = without_invisible(unicodedata.normalize("NFKC", line))
    if "&" in line:
        line = html.unescape(line)
    line = line.translate(_MARKS).casefold()
    if not line.isascii():
        line = _MIXED.sub(lambda word: word[0].translate(_ALIKE), line)
    return " ".join(line.split())


def instructions(text: str) -> Iterator[tuple[int, str]]:
    """Give (offset, words) of what plain text addresses to a program, each place once."""
    seen: set[int] = set()
    for row in _patterns():
        if holds(text, row.stems):
            for match in row.pattern.finditer(text):
                if match.start() not in seen:
                    seen.add(match.start())
                    yield match.start(), match[0].strip()


def instruction(view: View) -> Iterator[Finding]:
    """Find words addressed to a program, one finding a line."""
    lines = [plain(line) for line in view.document.lines]
    begins = [0, *accumulate(len(line) + 1 for line in lines)]
    found: dict[int, str] = {}
    for at, words in instructions(" ".join(lines)):
        found.setdefault(bisect_right(begins, at), words)
    for line, words in found.items():
        message = f"{shown(words)} is addressed to a program that reads the page: remove it, and see who wrote it"
        yield Finding(view.page, line, "H05", message)
