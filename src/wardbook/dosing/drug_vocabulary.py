"""Published drug names and the matching of names in text; knows nothing of any page."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from wardbook.dosing.vocabulary import rows
from wardbook.lazy_regex import lazy_regex

_TOKEN = lazy_regex(r"[^\W_]+")
_ASCII_TOKEN = lazy_regex(r"[0-9A-Za-z]+")
"""What `_TOKEN` finds in ASCII, in half the time."""
_JOIN = lazy_regex(r"%?[\s\-‐‑–_/+]{0,3}\Z")


@dataclass(frozen=True, slots=True)
class Short:
    """A ward shorthand for one drug or for several that share it."""

    drugs: tuple[str, ...]
    """Generic names that it may stand for."""
    beside: bool
    """True where it is a drug only beside a figure or another drug ("flu" is mostly an infection)."""


@dataclass(frozen=True)
class Published:
    """The published vocabulary: serves to know that a word is a drug, or another drug."""

    names: Mapping[str, str]
    """Generic, brand or other name, as `key` gives it, to the generic name, lower case."""
    generics: frozenset[str]
    """Keys of `names` that are generic names."""
    common: frozenset[str]
    """Drugs of the curated list, in everyday use; the rest are only known as names."""
    synonyms: frozenset[str]
    """Keys of `names` that are generic names of the same drug in other countries."""
    short: Mapping[str, Short]
    """Ward shorthand."""
    stems: tuple[str, ...]
    """Word ends that by the international naming scheme mark a generic name."""
    classes: frozenset[str]
    """Words for a class of drugs, never one drug."""
    ordinary: frozenset[str]
    """English and clinical words that look like drug names and are none."""

    @cached_property
    def names_of(self) -> Mapping[str, tuple[str, ...]]:
        """All names of each drug, as `key` gives them, by its generic name."""
        found: dict[str, list[str]] = {}
        for name, drug in self.names.items():
            found.setdefault(drug, []).append(name)
        return {drug: tuple(sorted(names)) for drug, names in found.items()}

    @cached_property
    def spoken_names_of(self) -> Mapping[str, tuple[str, ...]]:
        """All names of each drug with the ward shorthand that stands for it alone, wherever it stands."""
        found = {drug: list(names) for drug, names in self.names_of.items()}
        for word, short in self.short.items():
            if len(short.drugs) == 1 and not short.beside:
                found.setdefault(self.names.get(short.drugs[0], short.drugs[0]), []).append(word)
        return {drug: tuple(sorted(names)) for drug, names in found.items()}

    @cached_property
    def in_order(self) -> tuple[str, ...]:
        """The names, sorted."""
        return tuple(sorted(self.names))

    @cached_property
    def longest(self) -> Mapping[str, int]:
        """Words of the longest of the names that begin with a word."""
        return _longest(self.names, {})

    @cached_property
    def parts(self) -> frozenset[str]:
        """Words of the names that have several."""
        return frozenset(part for name in self.names if " " in name for part in name.split())


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Split into lower-case words with their begin and end."""
    return [(m.group().lower(), m.start(), m.end()) for m in _token(text).finditer(text)]


def words_of(text: str) -> list[str]:
    """Split into lower-case words."""
    return [word.lower() for word in _token(text).findall(text)]


def _token(text: str) -> re.Pattern[str]:
    return _ASCII_TOKEN if text.isascii() else _TOKEN


def key(name: str) -> str:
    """Give the form under which a name is known: lower case, one blank between its words."""
    return name.lower() if name.isalpha() else " ".join(_TOKEN.findall(name)).lower()


class NameIndex:
    """Finds names in text by whole words, longest first, from left to right."""

    def __init__(self, names: Iterable[str], vocabulary: Published | None = None) -> None:
        """Take names, by `key`; those of a vocabulary are found besides."""
        self._own = frozenset(names)
        self._published: Mapping[str, str] = vocabulary.names if vocabulary else {}
        self._longest = _longest(self._own, vocabulary.longest if vocabulary else {})

    def spans(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield (key of the name, begin, end) for each name in the text, none overlapping another."""
        # nearly every word begins no name, and this is asked of every word of a page: first which do at all
        known, longest_of, after = self._longest, self._longest.get, 0
        firsts = words_of(text)
        begins = [at for at, word in enumerate(firsts) if word in known or (word[-1] == "s" and word[:-1] in known)]
        places = list(_token(text).finditer(text)) if begins else []
        for at in begins:
            if at >= after:
                first = firsts[at]
                longest = longest_of(first, 0)
                if first.endswith("s"):
                    longest = max(longest, longest_of(first[:-1], 0))
                size, name = self._at(firsts[at : at + longest], places[at : at + longest], text)
                if name and not (name[0].isdigit() and text[places[at].start() - 1 : places[at].start()] in (".", ",")):
                    yield name, places[at].start(), places[at + size - 1].end()
                    after = at + size

    def _at(self, words: Sequence[str], places: Sequence[re.Match[str]], text: str) -> tuple[int, str]:
        """Give the longest name that these words begin with, and of how many words it is; "" where there is none."""
        most = 1
        while most < len(words) and _JOIN.match(text, places[most - 1].end(), places[most].start()):
            most += 1
        for size in range(most, 0, -1):
            name = " ".join(words[:size])
            for form in (name, name.removesuffix("s")):
                if form in self._own or form in self._published:
                    return size, form
        return 1, ""


def _longest(names: Collection[str], known: Mapping[str, int]) -> Mapping[str, int]:
    """Give, for each word that a name begins with, how many words the longest such name has."""
    if not names:
        return known
    longest = dict(known)
    for name in names:
        first, size = name.partition(" ")[0], name.count(" ") + 1
        if size > longest.get(first, 0):
            longest[first] = size
    return longest


@lru_cache(maxsize=1)
def published() -> Published:
    """Read the data files of this package, once."""
    names, common = _curated()
    international = [name for (name,) in rows("drug_names_inn.tsv")]
    for name in international:
        names.setdefault(name, name)
    _add_continental(names)
    generics = {key(drug) for drug in common}.union(name for name in international if names[name] == name)
    return Published(
        names=names,
        generics=frozenset(generics),
        common=common,
        synonyms=frozenset(key(name) for row in _rows("drug_names.tsv", 4) for name in row[3].split(",") if name),
        short={
            key(word): Short(tuple(drugs.split("|")), use == "beside")
            for word, drugs, use in _rows("drug_names_short.tsv", 3)
        },
        stems=tuple(stem for stem, _ in _rows("drug_names_stems.tsv", 2)),
        classes=frozenset(key(word) for (word,) in rows("drug_names_classes.tsv")),
        ordinary=frozenset(word for (word,) in rows("drug_names_ordinary.tsv")),
    )


LEAST_CONTINENTAL = 8
"""Letters of a generic name that is known without its last "e" too."""


def _add_continental(names: dict[str, str]) -> None:
    """Add the German, Dutch and Nordic spelling of generic names that end in "e" ("voriconazol", "furosemid")."""
    words = {word for (word,) in rows("drug_names_ordinary.tsv")}
    for name in [each for each in names if each.endswith("e") and each.isalpha() and len(each) >= LEAST_CONTINENTAL]:
        if name[:-1] not in words and key(names[name]) == name:
            names.setdefault(name[:-1], names[name])


def _curated() -> tuple[dict[str, str], frozenset[str]]:
    """Read generic, brands and other names; a name claimed by two drugs belongs to neither."""
    listed = list(_rows("drug_names.tsv", 4))
    names = {key(generic): generic for generic, *_ in listed}
    claims: dict[str, set[str]] = {}
    for generic, brands, others, synonyms in listed:
        for name in filter(None, (key(part) for part in f"{brands},{others},{synonyms}".split(","))):
            claims.setdefault(name, set()).add(generic)
    for name, drugs in claims.items():
        if len(drugs) == 1:
            names.setdefault(name, next(iter(drugs)))
    return names, frozenset(generic for generic, *_ in listed)


def _rows(file: str, width: int) -> Iterator[list[str]]:
    """Yield the rows of a data file, each filled up to so many cells."""
    for row in rows(file):
        yield [*row, *[""] * (width - len(row))]
