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
    **dict.fromkeys("⁄∕", "/"),
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


@lru_cache(maxsize=4096)
def uniform(text: str) -> str:
    """Give the text in lower case with one dash, one blank, one multiplication sign; same length, same offsets."""
    lower = text.lower()
    if lower.isascii():  # of what `_SAME` changes, ASCII has these alone
        return lower.replace("*", " ").replace("_", " ").replace("`", " ").replace("\t", " ").replace("\r", " ")
    if len(lower) != len(text):
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return lower.translate(_TABLE)
