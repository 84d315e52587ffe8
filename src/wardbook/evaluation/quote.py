"""Whether a quote stands in the cited lines, decided by reading the file again."""

from pathlib import Path
from typing import Any

from wardbook.evaluation.plain import plain


def page_lines(corpus: Path, page: str) -> list[str] | None:
    """Give the lines of a page as they lie on disk, or None where there is no such page below the corpus folder."""
    path = corpus / f"{page}.md"
    if not path.resolve().is_relative_to(corpus.resolve()) or not path.is_file():
        return None
    return path.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def stands(corpus: Path, citation: dict[str, Any]) -> bool:
    """Say whether the citation's quote stands word for word in its lines, Markdown emphasis and table pipes aside.

    Pieces that an ellipsis joins must stand in their order. A quote without words does not stand.
    """
    lines = page_lines(corpus, str(citation.get("page", "")))
    first, last = _range(citation.get("lines"))
    if lines is None or not 1 <= first <= last <= len(lines):
        return False
    # a list mark that is indented so far that it goes on with a paragraph is a dash of its words
    sources = ["\n".join(lines[first - 1 : last]), " ".join(line.strip() for line in lines[first - 1 : last])]
    pieces = [piece for piece in str(citation.get("quote") or "").replace("...", "…").split("…") if piece.strip()]
    return bool(pieces) and any(
        _in_order([plain(piece, link_stem=stem) for piece in pieces], plain(source, link_stem=stem))
        for source in sources
        for stem in (False, True)
    )


def _range(lines: object) -> tuple[int, int]:
    if isinstance(lines, list | tuple) and len(lines) == 2 and all(isinstance(line, int) for line in lines):
        return lines[0], lines[1]
    return (0, 0)


def _in_order(pieces: list[str], source: str) -> bool:
    at = 0
    for piece in pieces:
        found = source.find(piece, at) if piece else -1
        if found < 0:
            return False
        at = found + len(piece)
    return True
