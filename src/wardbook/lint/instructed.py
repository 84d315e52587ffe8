"""Rule on words that a page addresses to a program that reads it ("ignore previous instructions").

Matched in any place of the file, comments, link titles and code too, and in many languages (`data/instructions.tsv`);
letters that only look like others, marks between words and invisible characters do not hide them.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import accumulate

from wardbook.dosing.vocabulary import Stems
from wardbook.lazy_regex import lazy_regex
from wardbook.lint.finding import Finding, shown
from wardbook.lint.invisible import without_invisible
from wardbook.lint.view import View

_MARKS = str.maketrans("_’", " '", "*`~\\")
_ALIKE = str.maketrans("асеіјорѕухԁһӏѵαεικορτυνχ", "aceijopsyxdhlvaeikoptuvx")
"""Cyrillic and Greek letters that look like Latin ones."""
_MIXED = lazy_regex(r"\b(?=\w*[a-z])(?=\w*[α-ωа-ӏԁ])\w+\b")
"""A word of Latin letters and of others that look like them."""
_OTHER_LETTERS = lazy_regex("[α-ωа-ӏԁ]")
"""What every word that `_MIXED` matches holds."""


@cache
def _patterns() -> tuple[Stems, tuple[re.Pattern[str], ...]]:
    """Give the patterns, for text as `plain` gives it, and the stems of which one stands in every text they match."""
    text = files("wardbook.lint").joinpath("data", "instructions.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return Stems(stems.split("|") for _, stems, _ in rows), tuple(lazy_regex(pattern) for _, _, pattern in rows)


def plain(line: str) -> str:
    """Give a line as the vocabulary is written: small letters, single blanks, no emphasis, nothing invisible."""
    if not line.isascii():
        line = without_invisible(unicodedata.normalize("NFKC", line))
    if "&" in line:
        line = html.unescape(line)
    line = line.translate(_MARKS).casefold()
    if not line.isascii() and _OTHER_LETTERS.search(line):
        line = _MIXED.sub(lambda word: word[0].translate(_ALIKE), line)
    return " ".join(line.split())


def instructions(text: str) -> Iterator[tuple[int, str]]:
    """Give (offset, words) of what plain text addresses to a program, each place once."""
    seen: set[int] = set()
    stems, patterns = _patterns()
    for at in stems.may_match(text):
        for match in patterns[at].finditer(text):
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
