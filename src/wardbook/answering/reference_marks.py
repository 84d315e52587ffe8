"""A page's own marks of references."""

import re

from wardbook.lazy_regex import lazy_regex

_REFERENCE = lazy_regex(r"\s*\[\^?[\d,;–\- ]+\](?:\(#[^)]*\))?")
_INTERVAL = lazy_regex(r"(?:\d%?|\b(?:range|IQR|CI))[:,]?\s*\[\d+\s*[–-]\s*\d+\]$")
"""An interval in brackets, which stands right behind its figure ("62 [18-75]"), and is no mark of references."""


def without_references(text: str) -> str:
    """Leave out a page's own reference marks ("[3][4]"), which would look like markers; the quote keeps them."""
    left = _REFERENCE.sub(lambda match: match[0] if _INTERVAL.search(text[: match.end()]) else "", text)
    return re.sub(r"\s+([.;,])(?!\d)", r"\1", left).strip()
