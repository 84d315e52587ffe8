"""Which row of a table without marked header names its columns; in doubt none does."""

import re
from collections.abc import Sequence

_HEADER_WORDS = re.compile(
    r"\b(?:agent|drug|medication|product|dose|dosing|dosage|route|frequency|interval|duration|grade|parameter|"
    r"recommendation|value|indication|population|severity|criteria|criterion|points?|score|symptoms?|management|"
    r"comments?|notes?|treatment|regimen|maximum|test|range|organism|antibiotic|class|item|feature|finding|factor|"
    r"field|category|variable)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?:table|tab|figure|fig|box|appendix)\.?\s+[\w.-]{1,6}[.:]\s+", re.IGNORECASE)
_LABELS = re.compile(r"(?:parameter|item|field|feature|category|variable|factor)s?:?", re.IGNORECASE)


def names_columns(words: Sequence[str], first_column: Sequence[str]) -> bool:
    """Tell whether a table's first row can only be its header, by its words alone.

    `first_column` holds the first cells of the rows below: where those are such words themselves ("Dose", "Route"), the
    table is read across and its first row is one like the others.
    """
    plain = all(word and len(word) < 40 and not re.search(r"\d", word) for word in words)
    named = sum(bool(_HEADER_WORDS.search(word)) for word in words)
    if not plain or not first_column or len(set(words)) < len(words) or named < 2 or named * 2 < len(words):
        return False
    keys = sum(_is_key(word) for word in first_column)
    return keys * 2 < len(first_column) or bool(_LABELS.fullmatch(words[0]))


def _is_key(word: str) -> bool:
    return bool(_HEADER_WORDS.search(word)) and len(word.split()) <= 3 and not re.search(r"\d", word)


def heads_rows(words: str) -> bool:
    """Tell whether words above rows (a full-width row, a caption, a bold line) head them, and are no remark."""
    return 0 < len(words) <= 120 and not re.search(r"[.!;]$|\.\s+[A-Z]", _NUMBERED.sub("", words))
