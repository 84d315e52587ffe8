"""Words that tell one indication from another: names of diseases, events, organisms and places of the body."""

import re
from functools import cache

from wardbook.dosing.vocabulary import rows


def names_thing(word: str) -> bool:
    """Tell whether a word, as `words_of` gives it, names what a dose may be for, or where in the body that is."""
    listed = word in _singular_words("clinical_things.tsv") or word in _singular_words("body_parts.tsv")
    return listed or (word not in _NO_THING and _endings().search(word) is not None)


def tells_nothing(word: str) -> bool:
    """Tell whether a word goes with the names of many things and is none itself ("high", "acute", "brain")."""
    return word in _singular_words("untelling_words.tsv") or word in _singular_words("body_parts.tsv")


def is_disease(word: str) -> bool:
    """Tell whether a word, as `words_of` gives it, is of a published name of a disease, either way spelt."""
    listed = _disease_words()
    return word in listed or word.replace("ae", "e").replace("oe", "e") in listed


@cache
def _disease_words() -> frozenset[str]:
    return frozenset(word for (line,) in rows("disease_words.tsv") for word in line.split())


_NO_THING = frozenset("diagnosi prognosi cytosi coma aroma sympathy empathy".split())
"""Words with the ending of a disease that are none."""


@cache
def _singular_words(file: str) -> frozenset[str]:
    words = (word for (line,) in rows(file) for word in line.split())
    return frozenset(_singular(word) for word in words if not word.startswith("-"))


@cache
def _endings() -> re.Pattern[str]:
    words = (word for (line,) in rows("clinical_things.tsv") for word in line.split())
    ends = "|".join(re.escape(_singular(word[1:])) for word in words if word.startswith("-"))
    return re.compile(rf"[a-z](?:{ends})$")


def _singular(word: str) -> str:
    """Cut a plural "s" off, as `words_of` does; of an ending always, for a longer word lies before it."""
    return word.removesuffix("s") if len(word) > 4 or word.endswith("is") else word
