"""Closed vocabularies of the dose readers: tab-separated files beside this module, `#` for comments."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

_NUMBER = r"(?:\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)"
_MACROS = {"N": _NUMBER, "RANGE": rf"{_NUMBER}(?:\s*(?:-|to|or)\s*{_NUMBER})?"}


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Give the rows of one file of `data/`, a tuple of cells each; blank lines and comments left out."""
    text = files("wardbook.dosing").joinpath("data", name).read_text(encoding="utf-8")
    lines = (line.rstrip() for line in text.splitlines())
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


def expand(pattern: str, macros: Mapping[str, str] | None = None) -> str:
    """Replace the names in braces of a pattern ("{N}" is a number, "{RANGE}" a number or a range)."""
    for name, value in {**_MACROS, **(macros or {})}.items():
        pattern = pattern.replace(f"{{{name}}}", value)
    return pattern


def any_of(patterns: Iterable[str]) -> str:
    """Give a pattern of any of these, the earlier before the later, as `"|".join` would.

    Each begins with a character as `re.escape` gives it, by which they are put together: at each place of a text most
    are passed over.
    """
    firsts: dict[str, list[str]] = {}
    for pattern in patterns:
        size = 2 if pattern[0] == "\\" else 1
        assert re.escape(pattern[size - 1]) == pattern[:size] and pattern[size : size + 1] not in tuple("*+?{"), pattern
        firsts.setdefault(pattern[:size], []).append(pattern[size:])
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in firsts.items())


def holds(text: str, stems: Iterable[str]) -> bool:
    """Tell whether one of these stands in a text: asked before a pattern that matches nothing without one."""
    return any(map(text.__contains__, stems))


class Stems:
    """The stems of the patterns of a vocabulary: tells, in one pass for all of them, which may match a text."""

    def __init__(self, stems: Iterable[Iterable[str]]) -> None:
        """Take, for each pattern, stems of which one stands in every text that it matches; "" stands in any."""
        self.of_each = tuple(map(tuple, stems))
        bits: dict[str, int] = {}
        for at, each in enumerate(self.of_each):
            for stem in each:
                bits[stem] = bits.get(stem, 0) | 1 << at
        self._bits = tuple(bits.items())
        self._places: dict[int, Sequence[int]] = {}

    def may_match(self, text: str) -> Sequence[int]:
        """Give the places of the patterns that may match a text, in their order."""
        found = 0
        for stem, bits in self._bits:
            if stem in text:
                found |= bits
        if found not in self._places:
            self._places[found] = [at for at in range(len(self.of_each)) if found >> at & 1]
        return self._places[found]
