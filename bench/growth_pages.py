"""Many pages out of few: each copy of a page has other figures and other drugs.

Copies keep the words, headings and tables of the page, so that reading, indexing and searching cost what they cost on
real pages; every figure is moved and every drug name becomes another published one, so that copies are not the same
page and a question about one drug is not answered by thousands of them. The pages themselves come first, as they are.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from wardbook.dosing.drug_vocabulary import published

_FIGURE = re.compile(r"(?<![\w.,-])\d+(?:\.\d+)?(?![\w,.-]\d|\w)")
_WORD = re.compile(r"[A-Za-z]{5,}")


@lru_cache(maxsize=1)
def drugs() -> tuple[str, ...]:
    """Published generic names of one word, the ones of everyday use first."""
    vocabulary = published()
    names = sorted(name for name in vocabulary.generics if name.isalpha() and len(name) > 4)
    return tuple(sorted(names, key=lambda name: name not in vocabulary.common))


@lru_cache(maxsize=1)
def places() -> dict[str, int]:
    """Place of each drug in `drugs`, by its generic and brand names."""
    place = {name: at for at, name in enumerate(drugs())}
    return {name: place[drug] for name, drug in published().names.items() if drug in place}


def altered(text: str, copy: int) -> str:
    """Move every figure and drug name by the number of the copy; 0 leaves the page as it is."""
    if copy == 0:
        return text
    names, at = drugs(), places()

    def figure(found: re.Match[str]) -> str:
        return "".join(each if each == "." else str((int(each) + copy) % 9 + 1) for each in found[0])

    def word(found: re.Match[str]) -> str:
        place = at.get(found[0].lower())
        if place is None:
            return found[0]
        other = names[(place + 37 * copy) % len(names)]
        return other.capitalize() if found[0][0].isupper() else other

    return _WORD.sub(word, _FIGURE.sub(figure, text))


def same(text: str) -> str:
    """Give what a page and its copies have in common: the text with figures and drug names blotted out."""
    known = places()
    plain = _WORD.sub(lambda found: "drug" if found[0].lower() in known else found[0], text)
    return re.sub(r"\d+(?:\.\d+)?", "0", plain)


def write_copies(corpus: Path, folder: Path, pages: int) -> int:
    """Write so many pages; gives the number of bytes."""
    size = 0
    for number, (name, text) in enumerate(_copies(corpus)):
        if number == pages:
            break
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_text(text, encoding="utf-8")
    return size


def _copies(corpus: Path) -> Iterator[tuple[str, str]]:
    sources = [path for path in sorted(corpus.rglob("*.md")) if path.name != "README.md"]
    texts = {path: path.read_text(encoding="utf-8") for path in sources}
    copy = 0
    while True:
        for path in sources:
            name = path.relative_to(corpus)
            yield str(name if copy == 0 else Path(f"copy-{copy:04}") / name), altered(texts[path], copy)
        copy += 1
