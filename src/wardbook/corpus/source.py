"""Source text as quoted words: what stands in the file, with Markdown emphasis, table pipes and HTML tags left out."""

import re

_MARKS = re.compile(r"(?<!\\)(\*{1,3}|_{2,3}|`+)")
_LONE = re.compile(r"(?<![\w\\])_(?=\S)|(?<=\S)_(?!\w)")
_LINE_MARKS = re.compile(r"^[ \t]*(?:>[ \t]?)*(?:(?:[-+*]|\d{1,3}[.)])[ \t]+)*(?:#{1,6}[ \t]+)?", re.MULTILINE)
_PIPES = re.compile(r"(\[\[[^\[\]\n]*\]\])|\|")
_TAGS = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)


def quoted(source: str) -> str:
    """Give source text as a quote: its own words in order; list, quote and heading marks, emphasis, pipes, tags aside.

    Entities, escapes and link marks stay as they stand in the file.
    """
    words = _LONE.sub("", _MARKS.sub("", _TAGS.sub(" ", _LINE_MARKS.sub("", source))))
    return squeeze(_PIPES.sub(lambda match: match[1] or " ", words))


def squeeze(text: str) -> str:
    """Give text with every run of blanks and line ends as one blank."""
    return re.sub(r"\s+", " ", text).strip()


def bare(text: str) -> str:
    """Give text as it is compared: blanks, emphasis, pipes, tags and line marks left out altogether."""
    plain = _TAGS.sub(" ", _LINE_MARKS.sub("", text))
    return re.sub(r"[\s*_`|\\>]+", "", plain)


def stands(quote: str, source: str) -> bool:
    """Tell whether a quote stands word for word in source text, emphasis, pipes, tags and blanks aside."""
    return bool(quote) and bare(quote) in bare(source)
