"""Characters that stand for another: symbol-font code points, broken comparisons, invisible blanks."""

from functools import cache
from importlib.resources import files

from wardbook.lazy_regex import lazy_regex

_COMPARISONS = (
    (lazy_regex(r"\$\s*\\(?:geqslant|geq?|ge)\s*\$"), "≥"),
    (lazy_regex(r"\$\s*\\(?:leqslant|leq?|le)\s*\$"), "≤"),
    (lazy_regex(r"\$\s*\\times\s*\$"), "×"),
    (lazy_regex(r"\$\s*\\(?:mu)\s*\$"), "μ"),
    (lazy_regex(r"\$\s*\\(?:sim|approx)\s*\$"), "~"),
    (lazy_regex(r"\$\s*\\(?:rightarrow|to)\s*\$"), "→"),
    (lazy_regex(r">\s?/\s?="), "≥"),
    (lazy_regex(r"<\s?/\s?="), "≤"),
)
_PRIVATE = lazy_regex("[\ue000-\uf8ff]")
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"


@cache
def _table() -> dict[int, str]:
    rows = files("wardbook.corpus").joinpath("data/symbols.tsv").read_text(encoding="utf-8").splitlines()
    table = {int(code, 16): sign for code, sign in (row.split("\t") for row in rows if not row.startswith("#"))}
    blanks = {ord(char): " " for char in "\u00a0\u2007\u2009\u200a\u202f\u2002\u2003\u2004\u2005\u2006\u2008\u3000"}
    invisible = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"), "")
    return table | blanks | invisible | {ord("≧"): "≥", ord("≦"): "≤", ord("⩾"): "≥", ord("⩽"): "≤"}


def meant(text: str) -> str:
    """Give the text with such characters as what they mean.

    A private-use character without a known meaning becomes U+FFFD, so that a threshold never looks as if it had no
    sign before it.
    """
    if text.isascii() and "$" not in text and "/" not in text:
        return text
    if not text.isascii():
        text = _PRIVATE.sub(_UNKNOWN, text.translate(_table()))
    if "$" in text or ("/" in text and "=" in text):  # every comparison holds the one or both the others
        for pattern, sign in _COMPARISONS:
            text = pattern.sub(sign, text)
    return text
