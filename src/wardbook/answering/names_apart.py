"""Names of one page that are names of different things on it, and no ways to write one thing.

A page "Risk scores" that is found by the name of each score has a heading or a row for each: a line on one of them is
none on another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from wardbook.answering.scoring import SectionHit, initials
from wardbook.answering.terms import Term, held

Form = tuple[str, ...]


def of_one(terms: Sequence[Term], hits: Iterable[SectionHit], drug_words: frozenset[str]) -> tuple[Term, ...]:
    """Give the terms, those by their own words alone whose page has parts of their own for several of its names.

    Drugs keep all their names: the parts of a page on one may be headed by either of them.
    """
    pages: dict[str, list[SectionHit]] = {}
    for hit in hits:
        pages.setdefault(hit.page, []).append(hit)
    several = [term for term in terms if term.name and len(term.forms) > 1 and term.words.lower() not in drug_words]
    apart = [term for term in several if any(_has_several(term.forms, own) for own in pages.values())]
    heads = [(held(hit.title).stems, held(hit.path[-1]).stems) for own in pages.values() for hit in own if hit.path]
    return tuple(
        replace(term, forms=term.forms[:1])
        if term in apart
        else replace(term, forms=_without_parts(term.forms, heads))
        if term in several
        else term
        for term in terms
    )


def _without_parts(forms: Sequence[Form], heads: Sequence[tuple[frozenset[str], frozenset[str]]]) -> tuple[Form, ...]:
    """Leave out a name that is a part of the one asked by ("prophylaxis") and that heads sections of any page.

    `heads` are the stems of titles and headings. Such a word tells of each page's subject what the heading says.
    """
    first = frozenset(forms[0])
    return tuple(
        form
        for form in forms
        if not (
            frozenset(form) < first
            and any(head == frozenset(form) and not title >= frozenset(form) for title, head in heads)
        )
    )


def _has_several(forms: Sequence[Form], hits: Sequence[SectionHit]) -> bool:
    """Tell whether sections or rows of a page are each on one of some names, the first of them among these."""
    first, *others = forms
    title = held(hits[0].title).stems
    if title.issuperset(first):
        return False
    heads = [held(head).stems for head in _heads(hits)]
    if not any(head.issuperset(first) for head in heads):
        return False
    return any(
        head.issuperset(other) and not head.issuperset(first)
        for other in others
        if not title.issuperset(other) and not _is_short_for(first, other) and not _is_short_for(other, first)
        for head in heads
    )


def _heads(hits: Sequence[SectionHit]) -> set[str]:
    """Give the headings of sections and the first cells of rows."""
    rows = (unit.values[0][1] for hit in hits for unit in hit.units if unit.values)
    return {*(hit.path[-1] for hit in hits if hit.path), *rows}


def _is_short_for(one: Form, other: Form) -> bool:
    """Tell whether a name is another one cut short, or its initials."""
    short, long = "".join(one), " ".join(other)
    return long.replace(" ", "").startswith(short) or short in initials(long, len(short))
