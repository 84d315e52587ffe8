"""The option that a question ends in ("... dose in CRS, adult"), and the regimens that it leaves."""

from collections.abc import Callable, Iterator, Sequence

from wardbook.dosing.lookup import Found
from wardbook.dosing.regimen import Regimen

Look = Callable[[str, Sequence[Regimen]], Found | None]
"""A question, and the regimens to look among, to what a lookup comes to; None where it asks for no dose."""
MOST_SPLITS = 6
"""Commas of a question at which an option may begin."""


def picked_option(whole: str, regimens: Sequence[Regimen], look: Look) -> tuple[str, Sequence[Regimen]]:
    """Give the question without the options at its end, and the regimens that these leave.

    A question that ends in words that were offered for what stands before them is answered from the rows behind that
    option alone: it settles or narrows, whatever else those words could mean. Words that were not offered stay.
    """
    for base, rest in _splits(whole):
        found = look(base, regimens)
        picked = _chosen(rest, found) if found else None
        if picked is None:
            continue
        left, kept = picked
        return picked_option(f"{base}, {left}", kept, look) if left else (base, kept)
    return whole, regimens


def _splits(whole: str) -> Iterator[tuple[str, str]]:
    at = -1
    for _ in range(MOST_SPLITS):
        at = whole.find(", ", at + 1)
        if at < 0:
            return
        yield whole[:at], whole[at + 2 :]


def _chosen(rest: str, found: Found) -> tuple[str, Sequence[Regimen]] | None:
    """Give what follows the longest option that the rest begins with, and the regimens behind it."""
    said = rest.strip(" ?.!").casefold()
    for label, kept in sorted(found.offered, key=lambda option: -len(option[0])):
        option = label.strip(" ?.!").casefold()
        if said == option:
            return "", kept
        if said.startswith(f"{option}, "):
            return said[len(option) + 2 :], kept
    return None
