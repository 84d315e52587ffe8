"""The words of `data/question_words.tsv` and `data/shorthand.tsv`: what they tell of a question."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from wardbook.kept import OF_PARTS
from wardbook.lazy_regex import lazy_regex


def _rows(file: str) -> list[str]:
    lines = files("wardbook.answering").joinpath(f"data/{file}").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def shorthand() -> Mapping[str, tuple[str, ...]]:
    """Give ward shorthand and the words or phrases of which each may be written for it."""
    either_way = {short: (words,) for short, (words, always) in written_out().items() if not always and short.islower()}
    pairs = (row.split("\t") for row in _rows("shorthand.tsv"))
    return {**either_way, **{short: tuple(way.replace("_", " ") for way in ways.split()) for short, ways in pairs}}


@cache
def written_out() -> Mapping[str, tuple[str, bool]]:
    """Give shorthand and what is written for it, with True where that is done always, whatever the pages hold."""
    rows = (row.split("\t") for row in _rows("written_out.tsv"))
    return {short: (words, when == "always") for short, words, when in rows}


@cache
def abbreviated() -> Mapping[str, tuple[str, ...]]:
    """Give, by word of a question, how pages may write it in short or otherwise; "_" joins words."""
    return {word: tuple(ways.split()) for word, ways in (row.split("\t") for row in _rows("abbreviated.tsv"))}


@cache
def right_as_they_stand() -> frozenset[str]:
    """Give clinical words that look like others, and are no typing errors of them."""
    return frozenset(word for row in _rows("sound_alike_terms.tsv") for word in row.split())


@cache
def asking_spellings() -> tuple[str, ...]:
    """Give the words of asking whose misspellings are read as them."""
    return tuple(row.strip() for row in _rows("asking_spellings.tsv"))


@cache
def everyday_words() -> frozenset[str]:
    """Give words of everyday English that tell nothing of a subject."""
    return frozenset(word for row in _rows("everyday_words.tsv") for word in row.split())


@cache
def _words() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """Give, by table and name, the pattern of the words that tell; names in the file's order."""
    tables: dict[str, dict[str, list[str]]] = {}
    for table, name, pattern in (row.split("\t") for row in _rows("question_words.tsv")):
        tables.setdefault(table, {}).setdefault(name, []).append(pattern)
    return {
        table: {name: lazy_regex("|".join(patterns), re.IGNORECASE) for name, patterns in names.items()}
        for table, names in tables.items()
    }


@lru_cache(maxsize=OF_PARTS)
def told(table: str, text: str) -> tuple[str, ...]:
    """Give the names of a table ("kind", "setting", ...) whose words occur in a text, the most telling first."""
    return tuple(name for name, pattern in _words()[table].items() if pattern.search(text))


def first_told(table: str, text: str) -> str | None:
    """Give the most telling name of a table whose words occur, or None."""
    return next(iter(told(table, text)), None)


def spans_told(table: str, text: str) -> Iterator[tuple[str, int, int]]:
    """Give where in a text words of a table stand, as (name, begin, end)."""
    for name, pattern in _words()[table].items():
        for match in pattern.finditer(text):
            yield name, *match.span()


def kinds_of(text: str) -> tuple[str, ...]:
    """Give the kinds of question whose words occur, the most telling first."""
    return told("kind", text)


_OFTEN = lazy_regex(
    r"\bhow (?:often|frequently)\b|\bhow many times (?:a|per|each) (?:shift|day|week|month)\b", re.IGNORECASE
)


@lru_cache(maxsize=256)
def asks_often(text: str) -> bool:
    """Tell whether a question asks how often something is done or is so."""
    return _OFTEN.search(text) is not None


_ASPECTS = frozenset({"threshold"})
"""Kinds whose words are themselves what is asked about: an answer has to hold them."""


def asking_words(text: str) -> frozenset[str]:
    """Give the words of a question that tell its kind ("incidence", "how often", "defined"), whole and lower case."""
    found = (
        text[begin : _word_end(text, end)] for kind, begin, end in spans_told("kind", text) if kind not in _ASPECTS
    )
    found = (_HOW_LONG.sub(r"\1", words) for words in found)
    told_kind = {word for words in found if len(words.split()) < 6 for word in re.findall(r"[a-z]+", words.lower())}
    effects = {(match[1] or match[2]).lower() for match in _EFFECT.finditer(text)}
    return frozenset(told_kind | effects | {match[1].lower() for match in _LASTS.finditer(text)})


_HOW_LONG = lazy_regex(r"^(how long)\b.*", re.IGNORECASE)
"""What stands behind these is what is asked about ("how long no driving")."""
_LASTS = lazy_regex(
    r"\bhow long\b.{0,60}?\b(last(?:s|ing)?|takes?|goes|continued?|kept|keep|given?|treat|stay)\b", re.IGNORECASE
)
"""Words that go with "how long", and say nothing of what it is asked of."""


@lru_cache(maxsize=256)
def asks_effect(text: str) -> bool:
    """Tell whether a question asks what a thing has done ("did X lower Y")."""
    return _EFFECT.search(text) is not None


_ENDS = r"(?:e?d|e|s)?)\b"
_EFFECT = lazy_regex(
    rf"^\W*(?:(?:so|and|but) )?"
    rf"(?:(?:do|does|did|has|have)\b.{{1,80}}?\b((?:lower|reduc|decreas|improv|shorten|help){_ENDS}|"
    rf"(?:did|has|have)\b.{{1,80}}?\b((?:increas|rais|worsen|prolong|affect){_ENDS})",
    re.IGNORECASE,
)
"""What a thing is asked to have done, which a line of results tells by its figures ("did X lower Y": 24% v 68%)."""


def _word_end(text: str, end: int) -> int:
    """Give where a word ends that a pattern reached into."""
    rest = re.compile(r"(?<=[^\W\d_])[^\W\d_]+").match(text, end)
    return rest.end() if rest else end
