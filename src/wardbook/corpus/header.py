"""Which row of a table without marked header names its columns; in doubt none does."""

import re
from collections.abc import Sequence

from wardbook.lazy_regex import lazy_regex

_SENTENCE_END = lazy_regex(r"[.!;]$|\.\s+[A-Z]")
_HEADER_WORDS = lazy_regex(
    r"\b(?:agent|drug|medication|product|dose|dosing|dosage|route|frequency|interval|duration|grade|parameter|"
    r"recommendation|value|indication|population|severity|criteria|criterion|points?|score|symptoms?|management|"
    r"comments?|notes?|treatment|regimen|maximum|test|range|organism|antibiotic|class|item|feature|finding|factor|"
    r"field|category|variable|bolus|load|loading|maintenance|drip|onset|peak|lasts|lockout|limit|rate|iv|po|adults?|"
    r"children|weight|age|crcl|egfr|level|opioid|steroid|target|goal|days?|hours?|cut-?off|time)\b",
    re.IGNORECASE,
)
_LONGEST = 40
"""Letters that a label in a header may have."""
_NUMBERED = lazy_regex(
    r"^(?:(?:table|tab|figure|fig|box|appendix)\.?\s+[\w.-]{1,6}[.:]|\d{1,2}(?:\.\d{1,2})*\.)\s+", re.IGNORECASE
)
_LABELS = lazy_regex(r"(?:parameter|item|field|feature|category|variable|factor)s?:?", re.IGNORECASE)


def names_columns(words: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a table's first row can only be its header, by its words and those of the rows `below`.

    It can where its corner alone is empty; where its cells are the words of headers; where they are short labels and
    figures, or far more words, stand below each of them. A row like those below it is none, nor is one above rows that
    begin with such words themselves ("Dose", "Route"): that table is read across.
    """
    labels = [word for word in words if word]
    if not below or len(set(labels)) < len(labels) or any(len(word) >= _LONGEST for word in words):
        return False
    if len(words) > 2 and not words[0] and len(labels) == len(words) - 1:
        return all(row[0] for row in below) and not _has_sentences(labels)
    if len(labels) < len(words) or any(re.search(r"\d", word) for word in words):
        return False
    keys = sum(_is_key(row[0]) for row in below)
    if keys * 2 >= len(below) and not _LABELS.fullmatch(words[0]):
        return False
    named = sum(bool(_HEADER_WORDS.search(word)) for word in words)
    if named >= 2 and named * 2 >= len(words):
        return True
    return (named > 0 and len(below) > 1 and _over_figures(below)) or _over_text(words, below)


def _has_sentences(words: Sequence[str]) -> bool:
    return any(re.search(r"[.;!]\s|[.;!]$", word) for word in words)


def _over_figures(below: Sequence[Sequence[str]]) -> bool:
    """Tell whether most cells of each column but the first hold a figure."""
    columns = list(zip(*below, strict=False))[1:]
    return bool(columns) and all(sum(bool(re.search(r"\d", cell)) for cell in each) * 2 > len(each) for each in columns)


def _over_text(words: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether each label is of one or two words, and what stands below it is longer, together by far."""
    if len(words) < 3 or any(len(word.split()) > 2 for word in words):
        return False
    longer = all(len(cell) > len(word) for row in below for word, cell in zip(words, row, strict=False))
    return longer and sum(len(cell) for row in below for cell in row) >= 2.5 * len(below) * sum(map(len, words))


def is_row_itself(columns: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether what stands where a header should is the first row: it and those below open alike, with a figure.

    Another of its cells has a figure too, as no name of a column that goes by such rows has.

    "CrCl ≥ 30 | 1 mg/kg" above "CrCl 15-29 | 0.5 mg/kg" names no columns.
    """
    labels = [_COUNTED.match(words) for words in (columns[0], *(row[0] for row in below))]
    alike = {label["word"].lower() for label in labels if label}
    if len(labels) < 2 or not all(labels) or len(alike) > 1:
        return False
    return all(columns) and len(set(columns)) == len(columns) and any(re.search(r"\d", each) for each in columns[1:])


_COUNTED = lazy_regex(r"\s*(?P<word>[A-Za-z]{1,12})\.?\s*[<>≤≥=]*\s*[-−+]?\d")
"""Opens with a word and a figure, bounded or not ("CrCl < 30", "Day 2")."""


def second_level(first: Sequence[str], second: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row under a header that is empty in places only completes it ("CrCl" over "<30", "30-60")."""
    gaps = [at for at, word in enumerate(first) if not word]
    if not gaps or gaps[0] == 0 or not below or second[0] or len(first) != len(second):
        return False
    return all(second[at] and len(second[at]) < _LONGEST for at in gaps) and all(row[0] for row in below)


def stacked(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Join a header of two rows by column; a word above stands over the gaps behind it, where words stand below."""
    joined, above = [], ""
    for word, under in zip(first, second, strict=True):
        above = word or above
        joined.append(" / ".join(part for part in ((above if under else word), under) if part))
    return joined


def _is_key(word: str) -> bool:
    return bool(_HEADER_WORDS.search(word)) and len(word.split()) <= 3 and not re.search(r"\d", word)


def heads_rows(words: str) -> bool:
    """Tell whether words above rows (a full-width row, a caption, a bold line) head them, and are no remark."""
    return 0 < len(words) <= 120 and not _SENTENCE_END.search(_NUMBERED.sub("", words))
