"""Lines of a paragraph that are items of a list by marks that are none in Markdown: boxes, word processors' bullets."""

from collections.abc import Sequence

from wardbook.lazy_regex import lazy_regex

_BULLET = lazy_regex(
    r"\s*(?:o|[•·▪◦‣§➢\uf0b7\uf0a7☐□☑✓✔■●○◆►▶❑❒])[ \t\xa0]+(?=\S)|(?: {4,}|\t\s*)[-*+–][ \t\xa0]+(?=\S)"
)
"""A bullet of a word processor, or a dash that is indented too far under a paragraph to be a list in Markdown."""
_OFTEN = lazy_regex(r"\s*([–—~→⇒»])[ \t\xa0]+(?=\S)")
"""A mark that may stand before a line by chance, and makes items of two."""
_LETTER = lazy_regex(r"\s*\(?([a-z])[.)][ \t\xa0]+(?=\S)")
"""A letter that makes items where it counts on from the line before."""


def item_marks(lines: Sequence[str]) -> dict[int, str]:
    """Give the lines that are items of a list, by their number from 0, each with its mark."""
    found = {at: match[0].strip() for at, line in enumerate(lines) if (match := _BULLET.match(line))}
    if len(found) == 1 and lines[next(iter(found))].lstrip().startswith("o "):
        return {}
    if found:
        return found
    signs = [(at, match) for at, line in enumerate(lines) if (match := _OFTEN.match(line))]
    if len(signs) > 1 and len({match[1] for _, match in signs}) == 1:
        return {at: match[0].strip() for at, match in signs}
    letters = [(at, match) for at, line in enumerate(lines) if (match := _LETTER.match(line))]
    counted = [match[1] for _, match in letters] == [chr(ord("a") + number) for number in range(len(letters))]
    return {at: match[0].strip() for at, match in letters} if len(letters) > 1 and counted else {}
