"""Classes of drugs: what pages say of a class they say of each of its drugs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from wardbook.answering.had import patient_has
from wardbook.answering.question import Question
from wardbook.answering.terms import ASKING, Term, held, spellings_as_stems
from wardbook.corpus.unit import Unit
from wardbook.dosing.drug_vocabulary import key, published
from wardbook.kept import OF_BOTH, OF_PARTS
from wardbook.lazy_regex import lazy_regex

LEAST_BESIDE = 2
"""Telling words that a line on the class of the drug asked about must hold beside."""
_WORD = lazy_regex(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class DrugClass:
    """One class of drugs."""

    names: re.Pattern[str]
    """Its names as they stand in a text, one or many."""
    forms: tuple[tuple[str, ...], ...]
    """Stems of each of its names; a name stands where all of its stems do."""
    drugs: frozenset[str]
    """Words of generic names that are of it."""
    endings: tuple[str, ...]
    """Ends of generic names that are of it."""
    narrows: bool
    """True for a target, which tells drugs of one class from each other and is no class by itself."""

    def has(self, generic: str) -> bool:
        """Tell whether a drug is of the class."""
        words = re.split(r"[\s-]+", generic)
        return any(word in self.drugs or word.endswith(self.endings) for word in words)

    def named_in(self, words: str) -> bool:
        """Tell whether words name the class."""
        stems = held(words).stems
        found = [form for form in self.forms if stems.issuperset(form)]
        # the stem of "AED" is "a", which most texts hold
        return any(len(form[0]) > 1 for form in found) or (bool(found) and self.names.search(words) is not None)


@cache
def _classes() -> tuple[DrugClass, ...]:
    text = files("wardbook.answering").joinpath("data/drug_classes.tsv").read_text(encoding="utf-8")
    return tuple(_read(*row.split("\t")) for row in text.splitlines() if not row.startswith("#"))


def _read(names: str, drugs: str, narrows: str = "") -> DrugClass:
    listed = drugs.split()
    written = "|".join(sorted(map(re.escape, names.split(", ")), key=len, reverse=True))
    return DrugClass(
        re.compile(rf"(?<![\w-])(?:{written})s?(?![\w-])", re.IGNORECASE),
        spellings_as_stems(names.split(", ")),
        frozenset(word for word in listed if not word.startswith("-")),
        tuple(word[1:] for word in listed if word.startswith("-")),
        bool(narrows),
    )


@lru_cache(maxsize=OF_PARTS)
def _generic(name: str) -> str | None:
    return published().names.get(key(name))


def _drugs_in(words: str) -> Iterator[str]:
    for word in _WORD.findall(words):
        if drug := _generic(word) or _generic(word.removesuffix("s")):
            yield drug


@lru_cache(maxsize=OF_PARTS)
def said_of_class(name: str, words: str) -> bool:
    """Tell whether words are on a class that a drug is of, and name no other drug of it, and no target but its own."""
    drug = _generic(name)
    if drug is None:
        return False
    named = [each for each in _classes() if each.named_in(words)]
    mine = [each for each in named if each.has(drug) and not each.narrows]
    targets = [each for each in named if each.narrows]
    if not mine or (targets and not any(each.has(drug) for each in targets)):
        return False
    return not any(each.has(other) for other in _drugs_in(words) for each in mine if other != drug)


def names_class_of(name: str, words: str) -> bool:
    """Tell whether words name a class that a drug is of, whatever other drugs they name."""
    drug = _generic(name)
    return drug is not None and any(each.has(drug) and not each.narrows for each, _ in classes_in(words))


@lru_cache(maxsize=OF_BOTH)
def drugs_of(name: str) -> tuple[str, ...]:
    """Give the generic names listed for the class of a name, in order; () for a word that names none."""
    named = (each for each in _classes() if not each.narrows and each.names.fullmatch(name))
    return next((tuple(sorted(each.drugs)) for each in named), _broad().get(name, ()))


@cache
def _broad() -> dict[str, tuple[str, ...]]:
    """Give the drugs of broad kinds ("antibiotics") by name of the kind: no class whose doses stand side by side."""
    text = files("wardbook.answering").joinpath("data/broad_classes.tsv").read_text(encoding="utf-8")
    rows = (row.split("\t") for row in text.splitlines() if not row.startswith("#"))
    return {name: tuple(drugs.split()) for names, drugs in rows for name in names.split(", ")}


def classes_in(text: str) -> list[tuple[DrugClass, re.Match[str]]]:
    """Give the classes of drugs that a text names, each with where."""
    return [(each, match) for each in _classes() if not each.narrows for match in each.names.finditer(text)]


def told_by_class(
    question: Question, terms: Sequence[Term], unnamed: Sequence[Term], above: Sequence[str], unit: Unit
) -> frozenset[str]:
    """Give the words for the one drug, `unnamed` by a unit, of whose class it speaks; `above` are title and headings.

    It must hold more that the question names: two things at least where that is about the drug ("how to reverse X"),
    one where the patient has the drug beside or the class heads the unit. How often something happens is told of each
    drug alone.
    """
    if len(unnamed) != 1 or question.kinds & {"evidence", "prognosis"}:
        return frozenset()
    words, columns = unnamed[0].words, [name for name, _ in unit.values]
    over = " ".join([*above, *unit.lead, *columns])
    if not said_of_class(words, f"{over} {unit.text}"):
        return frozenset()
    rest = [term for term in terms if term.weight > ASKING and term not in unnamed]
    there = sum(held(unit.text).holds_with(held(over), term) for term in rest)
    headed = said_of_class(words, " ".join([*above[1:][-1:], *(value for _, value in unit.values[:1])]))
    least = 1 if headed or words.lower() in patient_has(question) else LEAST_BESIDE
    return frozenset([words]) if there >= least else frozenset()
