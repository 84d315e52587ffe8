"""Words of a question that tell little of what it is about: spoken around any subject, or around a figure."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files

from wardbook.answering.otherwise import not_had
from wardbook.answering.question import Question
from wardbook.answering.terms import ASKING, FAINT, Term, held


def _listed(file: str) -> frozenset[str]:
    rows = files("wardbook.answering").joinpath(f"data/{file}").read_text(encoding="utf-8").splitlines()
    return frozenset(word for row in rows if not row.startswith("#") for word in row.split())


@cache
def spoken_words() -> frozenset[str]:
    """Give words that people speak around any subject, one and many of a thing ("describe", "describes")."""
    words = _listed("spoken_words.tsv")
    return words | {f"{word}s" for word in words if not word.endswith("s")} - counting_words()


@cache
def counting_words() -> frozenset[str]:
    """Give the words that stand around the figures of a question ("two", "weeks", "within")."""
    return _listed("counting_words.tsv")


def weighed(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Give the terms with words that people speak around any subject ("items of", "next steps") weighed as such."""
    return tuple(
        replace(term, weight=min(term.weight, ASKING))
        if not term.name and term.words.lower() in spoken_words()
        else term
        for term in terms
    )


def of_mechanism(question: Question, terms: Iterable[Term]) -> tuple[Term, ...]:
    """Give the terms of a question of how a drug acts, the disease that it is given for weighed as next to nothing.

    "How does X work in Y" is told under "Mechanism", where Y is hardly named.
    """
    if question.kind != "mechanism" or not question.drugs or "why" in question.text.lower():
        return tuple(terms)
    return tuple(
        term if term.words.lower() in question.drug_words else replace(term, weight=min(term.weight, FAINT))
        for term in terms
    )


def of_barred(question: Question, terms: Iterable[Term], line: str = "") -> tuple[Term, ...]:
    """Give the terms, the drugs that cannot be had weighed little where a line that answers does not name them.

    What is given instead need not; a line that does is the surer for it.
    """
    barred, there = not_had(question), held(line)
    if not barred:
        return tuple(terms)
    barred |= {part for drug in barred for part in drug.split("-")}
    return tuple(
        replace(term, weight=min(term.weight, ASKING))
        if barred & set(re.findall(r"[a-z-]+", term.words.lower())) and not there.holds(term)
        else term
        for term in terms
    )
