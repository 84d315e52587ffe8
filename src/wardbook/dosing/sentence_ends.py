"""Where a sentence ends: at a full stop before a new one, or at a line feed."""

import re
from collections.abc import Iterator

from wardbook.corpus.unit import is_numbered_label
from wardbook.lazy_regex import lazy_regex

_END = lazy_regex(
    r"(?<=[A-Za-z\d²³°)\]%])[.!?](?=\s+(?:[A-Z(\[\d<>≤≥\x22“]|pH\b|[a-z]{1,2}[A-Z]\w{0,5}\s*[<>≤≥\d]))|\n", re.MULTILINE
)
_SHORT = lazy_regex(
    r"(?:\b(?:e\.g|i\.e|vs|approx|conc|max|(?<!\d )(?<!\d)min|no|fig|dr|st|q\.d|b\.i\.d|t\.i\.d))$", re.IGNORECASE
)
"""Before a full stop that ends no sentence; "after 5 min." ends one."""


def sentences(text: str) -> Iterator[str]:
    """Cut a text at line feeds and at full stops that end a sentence; none of its words is lost."""
    at = 0
    for match in _END.finditer(text):
        label = match[0] != "\n" and is_numbered_label(text[at : match.start()])
        if not (label or _SHORT.search(text[at : match.start()])):
            yield text[at : match.end()].strip()
            at = match.end()
    yield text[at:].strip()
