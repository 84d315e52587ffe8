"""Source text as quoted words: what stands in the file, with Markdown emphasis, table pipes and HTML tags left out."""

import re
from collections.abc import Iterator

from wardbook.corpus.tags import without_tags
from wardbook.lazy_regex import lazy_regex

_MARKS = lazy_regex(r"(?<=\d)\*\*(?=\d)|(?<=\w)(?<!\\)\*(?=\d)|(?<!\\)(\*{1,3}|_{2,3}|`+)")
_LONE = lazy_regex(r"(?<![\w\\])_(?=\S)|(?<=\S)_(?!\w)")
_QUOTE_MARK = lazy_regex(r"^[ \t]*>[ \t]?", re.MULTILINE)
_LINE_MARKS = lazy_regex(r"^[ \t]*(?:>[ \t]?)*(?:(?:[-+*]|\d{1,3}[.)])[ \t]+)*(?:#{1,6}[ \t]+)?", re.MULTILINE)
_NUMBER = lazy_regex(r"\A[ \t]*\d{1,3}[.)][ \t]+")
_MARKED = lazy_regex(r"^[ \t]*(?:>[ \t]?(?![ \t]*[.\d=≥]))*(?:[-+*][ \t]+)*(?:#{1,6}[ \t]+)?", re.MULTILINE)
_PIPES = lazy_regex(r"(\[\[[^\[\]\n]*\]\]|\\\|)|\|")


def quoted(source: str, *, marks: bool = True) -> str:
    """Give source text as a quote: its own words in order; emphasis, pipes and tags aside.

    Entities, escapes and link marks stay as they stand in the file, and so does an asterisk that means "times". With
    `marks`, the source is whole lines of a file, and what marks them as items, quotes or headings is left out too (not
    a `>` before a figure, nor a number at the head of a later line).
    """
    if marks:
        source = _MARKED.sub("", _NUMBER.sub("", source))
    words = _LONE.sub("", _MARKS.sub(lambda match: "" if match[1] else match[0], without_tags(source)))
    return squeeze(_PIPES.sub(lambda match: match[1] or " ", words))


def squeeze(text: str) -> str:
    """Give text with every run of blanks and line ends as one blank."""
    return re.sub(r"\s+", " ", text).strip()


def _readings(source: str) -> Iterator[str]:
    """Give source lines as words: as they are, without the marks of one block quote, and without all line marks.

    A `>` at the head of a line may be a mark or a sign before a figure; nothing else about a line is open.
    """
    yield source
    yield _QUOTE_MARK.sub("", source)
    yield _LINE_MARKS.sub("", source)


def stands(quote: str, source: str) -> bool:
    """Tell whether a quote stands word for word in source text, emphasis, pipes, tags and line marks aside.

    Whole words only: "5 mg" does not stand in "15 mg", "0.5 mg" or "5 mg/kg".
    """
    words = quoted(quote, marks=False)
    return bool(words) and any(_holds(quoted(reading, marks=False), words) for reading in _readings(source))


def _holds(text: str, words: str) -> bool:
    at = text.find(words)
    while at >= 0:
        if _begins(text, at) and _ends(text, at + len(words)):
            return True
        at = text.find(words, at + 1)
    return False


def _begins(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in " (\"'“‘]" or text[max(at - 2, 0) : at] == "]:"


def _ends(text: str, at: int) -> bool:
    return at == len(text) or bool(re.match(r"[ )\]\"'”’]|[.,;:!?](?!\d)", text[at:]))


def bare(text: str) -> str:
    """Give text as it is compared loosely: blanks, emphasis, pipes, tags and line marks left out altogether."""
    return re.sub(r"[\s*_`|\\>]+", "", without_tags(_LINE_MARKS.sub("", text)))
