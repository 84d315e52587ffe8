"""To what a dose is rounded ("round to 300 or 480 micrograms"): figures of its supply, and no doses of their own."""

from collections.abc import Iterator

from wardbook.dosing.notation import uniform
from wardbook.lazy_regex import lazy_regex

_FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s*(?:mg|g|mcg|micrograms?|ug|units?|iu|ml|mmol)(?![a-z/]))?"
_BOUND = (
    r"max\w*|most|exceed\w*|more|over|above|(?<!round )(?<!rounded )(?<!rounding )up to|limit\w*|cap(?:ped)?|ceiling|"
    r"less|least|min\w*"
)
_GAP = rf"(?:(?!\b(?:{_BOUND})\b)[^;.:()\d]){{0,30}}"
"""Words between that begin no bound: "round to the vial, at most 5,000 units" rounds to no 5,000."""
_ROUNDING = lazy_regex(
    rf"\bround(?:ed|ing)?\b{_GAP}?\b(?:to|nearest|whole|multiples? of)\b{_GAP}{_FIGURE}"
    rf"(?:\s*(?:,|/|-|\bor|\band|\bto)+\s*{_FIGURE})*"
    r"(?:\s*(?:steps?|increments?|vials?|syringes?|tablets?|capsules?)\b)?"
)


def roundings(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text says to what a dose is rounded."""
    for match in _ROUNDING.finditer(uniform(text)):
        yield match.span()
