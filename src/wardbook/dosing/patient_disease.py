"""The disease that patients are treated for: a dose "in B-ALL" is none for lupus."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from wardbook.dosing.asked_words import DoseQuery, positive, words_of
from wardbook.dosing.fit import Fit
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.vocabulary import rows
from wardbook.kept import OF_BOTH


@dataclass(frozen=True, slots=True)
class Diseases:
    """What a text says of the disease that patients are treated for."""

    programmes: frozenset[str] = frozenset()
    """The programmes that these belong to: "cancer", "autoimmune"."""
    names: frozenset[str] = frozenset()
    """Names of the diseases, lower case; empty where only their kind is said."""


def fits_disease(regimen: Regimen, query: DoseQuery) -> Fit:
    """Compare the disease that the patient is treated for with what the row, its headings and its page say."""
    asked = diseases_of(_asked_text(query), True)
    if not asked.programmes:
        return Fit.SAYS
    own = diseases_of_row(regimen, query)
    if not own.programmes:
        return Fit.OPEN
    if not asked.programmes & own.programmes:
        return Fit.AGAINST
    return Fit.SAYS if not (own.names and asked.names) or _alike(own.names, asked.names) else Fit.OPEN


def disease_words(regimen: Regimen, query: DoseQuery) -> frozenset[str]:
    """Give the words of a question for a disease that a row names in other ones ("mantle cell", of "(MCL)")."""
    text = _asked_text(query)
    asked, own = diseases_of(text, True).names, diseases_of_row(regimen, query).names
    if not (asked and own and _alike(own, asked)):
        return frozenset()
    spelled = (match[0] for each in _kinds().values() for match in each.long.finditer(positive(text)))
    return words_of(" ; ".join([*asked, *spelled]))


def _asked_text(query: DoseQuery) -> str:
    """Give the words of a question that tell the disease; its whole text where that has a long name, of which "cell" is
    no word of dosing ("mantle cell").
    """
    whole = any(each.long.search(positive(query.part)) for each in _kinds().values())
    return query.part if whole else query.as_written or query.for_text


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether diseases of two sides are the same, or one is of the kind that the other side names."""
    kinds = _kinds()
    return bool(
        one & other
        or any(each in kinds and kinds[each].of & other for each in one)
        or any(each in kinds and kinds[each].of & one for each in other)
    )


def not_named(query: DoseQuery, fits: Sequence[Regimen]) -> frozenset[str]:
    """Give the diseases asked where rows name others of the programme only."""
    asked = diseases_of(_asked_text(query), True).names
    own = [diseases_of_row(row, query).names for row in fits]
    return asked if asked and all(each and not _alike(each, asked) for each in own) else frozenset()


def diseases_of_row(regimen: Regimen, query: DoseQuery) -> Diseases:
    """Give whose disease a row is for, by its own words, its headings and its page's title."""
    said = (regimen.indication, regimen.population, regimen.section, regimen.title, query.said(regimen))
    return diseases_of(" ; ".join(part for part in said if part))


@lru_cache(maxsize=OF_BOTH)
def diseases_of(text: str, asked: bool = False) -> Diseases:
    """Give the diseases that a text names, those left out that it denies.

    In a question (`asked`) all names are the patient's disease; on a page some ("myositis") are adverse events as well.
    """
    plain = positive(text)
    mixed = " ; ".join(part for part in text.split(" ; ") if part != part.upper())  # in capitals alone "ALL" is a word
    programmes, names = set[str](), set[str]()
    for letters, each in _kinds().items():
        if each.long.search(plain):  # of its long name "leukaemia" alone would be any other one too
            plain = each.long.sub(" ", plain)
            programmes.add(each.programme)
            names.add(letters)
    for programme, kind, name, capitals, also in _patterns():
        found = {match[0].removesuffix("s") for match in name.finditer(plain)}
        found |= {match[0].lower() for match in capitals.finditer(mixed)}
        found |= {match[0].removesuffix("s") for match in also.finditer(plain)} if asked else set()
        if found or kind.search(plain):
            programmes.add(programme)
        names |= found
    return Diseases(frozenset(programmes), frozenset(names))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
    """Give, by programme, the patterns of the words for its kind, its names, its names in capitals and the others."""
    return tuple(
        (
            programme,
            re.compile(rf"\b(?<!non-)(?<!non )(?:{kind})\b"),
            _any(names),
            re.compile(rf"\b(?:{capitals})\b"),
            _any(also),
        )
        for programme, kind, names, capitals, also in rows("patient_diseases.tsv")
    )


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a disease is called and is one of."""

    programme: str
    """ "cancer" | "autoimmune"."""
    long: re.Pattern[str]
    """Its long names."""
    of: frozenset[str]
    """Names of its kinds."""


@cache
def _kinds() -> dict[str, _Kind]:
    """Give what diseases are, by the letters that pages call them by; longer names first, as they hold others."""
    listed = sorted(rows("disease_kinds.tsv"), key=lambda row: -len(row[2]))
    return {
        letters: _Kind(programme, re.compile(rf"\b(?:{long})\b"), frozenset(kinds.split("|")))
        for letters, programme, long, kinds in listed
    }


def _any(names: str) -> re.Pattern[str]:
    """Give the pattern of any of several names; "-" is none, and no hyphen between two words."""
    if names == "-":
        return re.compile(r"(?!)")
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names.split('|')))})s?\b")
