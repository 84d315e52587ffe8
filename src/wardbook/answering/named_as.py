"""Whether words are a thing by any of its names, begin with it, or are what its letters stand for."""

import re
from collections.abc import Sequence

from wardbook.answering.terms import Term, spellings_as_stems, stems
from wardbook.corpus.names import long_form
from wardbook.lazy_regex import lazy_regex

Forms = frozenset[tuple[str, ...]]
"""Stems of each spelling of a thing."""
LONGEST_NAME = 110
"""Characters of what letters stand for at most."""
LEAST_LETTERS = 3
"""Letters of a name that nearly all words spell."""

_KIND = lazy_regex(r"\s+(?:score|scale|model|index|drug|syndrome|test|page|protocol)s?$", re.IGNORECASE)
"""Says of what kind a thing is, and may be left out of its name."""
_ARTICLES = frozenset(stem for word in ("a", "an", "the", "our", "this") for stem in stems(word))


def _bare(words: str) -> tuple[str, ...]:
    return tuple(stem for stem in stems(words) if stem not in _ARTICLES)


def forms_of(named: str, terms: Sequence[Term]) -> Forms:
    """Give the stems of all spellings of a thing; those of a name of the pages where it is that name."""
    short = _KIND.sub("", named)
    own = frozenset(stems(short))
    same = (term.forms for term in terms if any(own == frozenset(form) for form in term.forms))
    forms = {_bare(named), _bare(short), *(form for forms in same for form in forms), *spellings_as_stems([named])}
    return frozenset(filter(None, forms))


def is_thing(words: str, forms: Forms) -> bool:
    """Tell whether words are the thing, an article and its other name in brackets aside."""
    own = frozenset(_bare(re.sub(r"[^\w\s/+-]+", " ", re.sub(r"\([^()]*\)", " ", words))))
    return bool(own) and any(own == frozenset(form) for form in forms)


def names_thing(words: str, forms: Forms) -> bool:
    """Tell whether words are the thing by any of the names that they give: "Long form (LF; once OF)", "A, B and C"."""
    inside = (each for inner in re.findall(r"\(([^()]*)\)", words) for each in re.split(r"[,;]| or ", inner))
    return any(is_thing(part, forms) for part in (words, *inside, *re.split(r"[,/]", words)))


def names_scale(heading: str, forms: Forms) -> bool:
    """Tell whether a heading is that of a score by its name, whatever it says of its kind ("X score (10 points)")."""
    plain = re.sub(r"\([^()]*\)", " ", heading).strip()
    return names_thing(heading, forms) or is_thing(_KIND.sub("", plain), forms)


def title_of(words: str) -> str:
    """Give the part of a heading before a colon ("X: the Y-like syndrome")."""
    return re.split(r"\s*(?::|\s[-–—]\s)", words, maxsplit=1)[0]


def spells(named: str, words: str) -> bool:
    """Tell whether words are those whose letters a name is made of."""
    first = re.split(r"[.;,(]", words, maxsplit=1)[0].strip()
    if " " in named or len(first) >= LONGEST_NAME:
        return False
    return long_form(named.upper(), first) is not None or _nearly_spells(named.lower(), first.lower())


MOST_OF_LETTERS = 0.8
"""Part of the letters of a name that words spell by their first ones from which they are what it stands for."""


def _nearly_spells(letters: str, words: str) -> bool:
    """Tell whether nearly all letters are first letters of words, in their order, the first one of the first word."""
    firsts = [word[0] for word in re.findall(r"[a-z]+", words)]
    at = spelt = 0
    for letter in letters:
        if letter in firsts[at:]:
            at, spelt = firsts.index(letter, at) + 1, spelt + 1
    return (
        bool(firsts)
        and firsts[0] == letters[0]
        and len(letters) >= LEAST_LETTERS
        and spelt >= MOST_OF_LETTERS * len(letters)
    )


def starts_with(text: str, forms: Forms) -> bool:
    """Tell whether a text begins with the thing."""
    first = tuple(stems(text[:80]))
    return any(first[: len(form)] == form for form in forms)
