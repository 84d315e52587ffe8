"""Titles and file names that list several conditions ("Croup and epiglottitis"): which of them a dose is for.

Such a title names what all its sections are about together; a section, row or sentence that names one of the conditions
is for that one, and not for the others. A title that lists the drug itself ("Methotrexate and leucovorin") lists drugs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from wardbook.corpus.document import Document
from wardbook.corpus.names import tokens
from wardbook.dosing.context import is_more, is_situation, population_of
from wardbook.dosing.drug_vocabulary import key, published
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen
from wardbook.lazy_regex import lazy_regex

_JOINER = lazy_regex(r"\s*(?:,\s*(?:and|or)\b|\band\b|&|\+|,|;|\bvs\b\.?)\s*")
_PREPOSITION = lazy_regex(r"\b(?:of|in|for|with|after|on|to|by|from|during|following|due|before|at|without)\b")
_Part = frozenset[str]


def with_title_parts(document: Document, regimens: Sequence[Regimen]) -> Iterator[Regimen]:
    """Give the regimens of a page, each with the conditions of the title that its own words leave to others."""
    lists = list(_lists(document))
    if not lists:
        yield from regimens
        return
    for regimen in regimens:
        own = _own_words(regimen, document.title)
        of_drugs = [parts for parts in lists if any(part & frozenset(tokens(regimen.drug)) for part in parts)]
        told = [each for each in (_told(parts, own) for parts in lists if parts not in of_drugs) if each]
        for_one = dict.fromkeys(word for named, _ in told for word in sorted(named))
        others = dict.fromkeys(word for _, left in told for word in sorted(left) if word not in for_one)
        if not told and any(map(_is_initials, regimen.section.split(" > "))):
            left = (parts for parts in lists if parts not in of_drugs)
            others = dict.fromkeys(word for parts in left for word in sorted(_headed(parts, document)))
        yield replace(regimen, for_one=tuple(for_one), not_for=tuple(others)) if others else regimen


def _lists(document: Document) -> Iterator[list[_Part]]:
    """Give the conditions that title and file name list, as words.

    What only a hyphen or a slash joins ("septic-shock") is a list where headings of the page name each alone.
    """
    stem = document.id.rpartition("/")[2]
    for text in (document.title, stem):
        main = _main(text)
        if parts := joined_conditions(text):
            yield parts
        parts = [_words(part) for part in re.split(r"[-_/ ]+", main) if part]
        alone = [part for part in parts if any(_is_alone(part, section.path) for section in document.sections)]
        if len(alone) > 1:
            yield alone


@lru_cache(maxsize=2000)
def joined_conditions(title: str) -> list[_Part]:
    """Give the conditions that a title joins by "and" and the like, each as words; none where it joins none."""
    main = _main(title)
    if not re.search(r"\band\b|[&+]|\bvs\b", main):
        return []
    *first, last = _JOINER.split(main)
    parts = [*map(_condition, first), _last(last)]
    return parts if len(parts) > 1 and all(parts) else []


def _main(title: str) -> str:
    return re.sub(r"\([^()]*\)", " ", uniform(title)).rpartition(":")[2]


def _last(part: str) -> _Part:
    """Give the last condition of a list without the noun that may be of all ("acute and chronic otitis")."""
    words = tokens(uniform(_head(part)))
    shared = len(words) > 1 and _head(part) == part.strip()
    return _words(" ".join(words[:-1] if shared else words)) or _condition(part)


def _condition(part: str) -> _Part:
    return _words(_head(part))


def _head(part: str) -> str:
    """Give the words of a part before or behind its first preposition that name a condition."""
    return next((words.strip() for words in _PREPOSITION.split(part) if _words(words)), "")


@lru_cache(maxsize=4096)
def _words(text: str) -> _Part:
    """Give the words that name a condition, with the initials of several ("acute chest syndrome", "acs")."""
    listed = [word for word in tokens(uniform(text)) if not word.isdigit()]
    telling = [word for word in listed if is_more(word, ()) and not is_situation(word) and not population_of(word)]
    initials = "".join(word[0] for word in listed)
    return frozenset([*telling, *([initials] if telling and len(initials) > 1 else [])])


def _is_alone(part: _Part, path: Sequence[str]) -> bool:
    """Tell whether a heading names one condition, and nothing else but words of dosing."""
    if not part or not path or not part <= frozenset(tokens(path[-1])):
        return False
    rest = re.sub(rf"\b(?:{'|'.join(map(re.escape, part))})\b", " ", uniform(path[-1]))
    return not is_more(rest, ())


_INITIALS = lazy_regex(r"[A-Z]{2,}(?:[-/][A-Z]+)+|[A-Z]{3,}")


def _is_initials(heading: str) -> bool:
    """Tell whether a heading is nothing but initials, no drug's ("IEC-HS"): a condition beside those of the title."""
    plain = re.sub(r"\([^()]*\)", " ", heading).strip()
    found = _INITIALS.fullmatch(plain)
    drug = key(plain) in published().names or key(plain) in published().short
    return found is not None and not drug and not is_situation(plain)


def _headed(parts: Sequence[_Part], document: Document) -> _Part:
    """Give the words of the conditions that have a section of their own on the page."""
    named = (part for part in parts if any(_is_alone(part, section.path) for section in document.sections))
    return frozenset[str]().union(*named)


def _own_words(regimen: Regimen, title: str) -> frozenset[str]:
    """Give the words that a regimen's headings, labels and row have, those of the page's title left out."""
    indication = uniform(regimen.indication or "").removeprefix(uniform(title))
    parts = (indication, regimen.section, regimen.severity, regimen.population, *regimen.notes)
    return frozenset().union(*(_words(part) | frozenset(tokens(part)) for part in parts if part))


def _told(parts: Sequence[_Part], own: frozenset[str]) -> tuple[_Part, _Part] | None:
    """Give the words of the conditions that are named, and those of the others; None where none is named."""
    shares = [len(part & own) / len(part) for part in parts]
    if not any(shares):
        return None
    best = max(shares)
    named = frozenset[str]().union(*(part for part, share in zip(parts, shares, strict=True) if share == best))
    others = frozenset[str]().union(*(part for part, share in zip(parts, shares, strict=True) if share < best))
    return named, others - named - own
