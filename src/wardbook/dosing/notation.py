"""Ward notation made uniform without moving a character, so that offsets stay those of the text as it stands."""

from functools import lru_cache

from wardbook.lazy_regex import lazy_regex

_SAME = {
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u2002\u2003\u2004\u2005\u2006\u2008\u3000\t\r", " "),
    **dict.fromkeys("×✕⨯＊", "x"),
    **dict.fromkeys("μ", "µ"),
    **dict.fromkeys("≧⩾", "≥"),
    **dict.fromkeys("≦⩽", "≤"),
    **dict.fromkeys("’‘", "'"),
    "⁺": "+",
    **dict.fromkeys("⁄∕", "/"),
    **dict.fromkeys("⇒➔➜➡⟶►▶", "→"),
    **dict.fromkeys("*_`", " "),
}
_TABLE = str.maketrans(_SAME)
_DIGIT = lazy_regex(r"\d")


def has_digit(text: str) -> bool:
    """Tell whether a text holds a digit; what reads figures need not look at any other, and most texts hold none."""
    return _DIGIT.search(text) is not None


def stripped(text: str, marks: str) -> str:
    """Cut marks off both ends of a text; the point of ".5 mg" is the figure's own and stays."""
    cut = text.strip(marks)
    pointed = cut[:1].isdigit() and text[: text.find(cut)].endswith(".")
    return f".{cut}" if pointed else cut


_THOUSANDS = lazy_regex(r"(?<![\d.,/])[1-9]\d{0,2}(?: 000)+(?!\d|[.,]\d)")
"""A figure whose thousands stand apart ("10 000"); of "1 500 mg" it is not told whether it is one figure."""

_DECIMAL_COMMA = lazy_regex(
    r"(?<![\d.,/])(?:0,\d{1,3}|[1-9]\d{0,2},\d)(?![\d,])"
    r"(?=\s?(?:-\s?\d+(?:[.,]\d+)?\s?)?(?:[mµun]?g|mcg|micrograms?|milligrams?|kg|m?l|m?mol|meq|i[ue]|units?)\b)"
)
"""A figure with a decimal comma before its unit: thousands have three digits behind theirs, and none before is a 0."""


@lru_cache(maxsize=4096)
def uniform(text: str) -> str:
    """Give the text in lower case with one dash, one blank, one multiplication sign; same length, same offsets."""
    lower = text.lower()
    if lower.isascii():  # of what `_SAME` changes, ASCII has these alone
        lower = lower.replace("*", " ").replace("_", " ").replace("`", " ").replace("\t", " ").replace("\r", " ")
    else:
        if len(lower) != len(text):
            lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
        lower = lower.translate(_TABLE)
    if "," in lower:
        lower = _DECIMAL_COMMA.sub(lambda match: match[0].replace(",", "."), lower)
    return _THOUSANDS.sub(lambda match: match[0].replace(" ", ","), lower) if " 000" in lower else lower
