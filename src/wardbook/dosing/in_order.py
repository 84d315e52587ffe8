"""Names that open with their place in an order: "2. Pentamidine IV", "b) X"."""

from wardbook.lazy_regex import lazy_regex

_NUMBER = lazy_regex(r"\W*(?:\d{1,2}|[a-e])[.)]\s*(?=[^\W\d])")


def begin_of_name(text: str) -> int:
    """Give where the name begins behind the number of its place, 0 where none opens the text ("0.5 mg", "d. 1")."""
    match = _NUMBER.match(text)
    return match.end() if match else 0
