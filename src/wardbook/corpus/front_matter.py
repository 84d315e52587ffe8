"""Front matter: YAML at the head of a page, every value as its words."""

import yaml
from markdown_it.tree import SyntaxTreeNode

from wardbook.corpus.markdown import parse
from wardbook.lazy_regex import lazy_regex

MAX_CHARACTERS = 65_536
"""Longest front matter that is read; a page's own words about itself take far less."""
_NULL = frozenset({"", "~", "null"})
_KEY = lazy_regex(r"\s*(?:[\w\"'][\w\"' -]*:(?:\s|$)|#|%)")


class _NotRead(Exception):
    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.line = line
        self.reason = reason


def parse_page(text: str, name: str, warnings: list[str]) -> tuple[dict[str, object], SyntaxTreeNode]:
    """Parse a page into its front matter and its tree; a fault of the front matter goes to `warnings`.

    What stands between two rules at the head of a page and is no YAML mapping is text of the page.
    """
    root = parse(text)
    node = root.children[0] if root.children else None
    if node is None or node.type != "front_matter":
        return {}, root
    try:
        fields = _load(node.content)
    except _NotRead as fault:
        if _KEY.match(node.content):
            warnings.append(f"{name}:{fault.line}: front matter {fault.reason} and was left out: mend or remove it")
            return {}, root
        fields = None
    return ({}, parse(text, front_matter=False)) if fields is None else (fields, root)


def _load(source: str) -> dict[str, object] | None:
    """Load every scalar as its words ("1.10" stays "1.10"); None where it is no mapping."""
    if len(source) > MAX_CHARACTERS:
        raise _NotRead(1, f"has more than {MAX_CHARACTERS:,} characters")
    try:
        value = yaml.load(source, yaml.BaseLoader)
    except RecursionError:
        raise _NotRead(1, "is nested too deeply") from None
    except (yaml.YAMLError, ValueError) as fault:
        line = getattr(getattr(fault, "problem_mark", None), "line", 0) + 2
        raise _NotRead(line, "is not YAML") from None
    if value in (None, ""):
        return {}
    if not isinstance(value, dict):
        return None
    return {str(key): entry for key, entry in value.items() if not _is_null(entry)}


def _is_null(value: object) -> bool:
    return isinstance(value, str) and value.strip().lower() in _NULL
