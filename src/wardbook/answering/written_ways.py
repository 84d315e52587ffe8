"""Other ways in which pages write what a question names: joined by a hyphen, in short, by generic names."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from wardbook.answering.drug_class import drugs_of
from wardbook.answering.question import Question
from wardbook.answering.question_words import abbreviated, written_out
from wardbook.answering.spelling import hyphenated, other_spellings
from wardbook.answering.terms import Frequencies, Term, spellings_as_stems, stem, stems


def widened(
    terms: Iterable[Term], question: Question, frequencies: Frequencies, names_of: Mapping[str, tuple[str, ...]]
) -> tuple[Term, ...]:
    """Give the terms with the other ways in which these pages write them; none gains a way that no page has.

    `names_of` gives all names of a drug.
    """
    return tuple(_widened(term, question, frequencies, names_of) for term in terms)


def _widened(term: Term, question: Question, frequencies: Frequencies, names_of: Mapping[str, tuple[str, ...]]) -> Term:
    word = term.words.lower()
    ways: list[tuple[str, ...]] = [(stem(joined),) for joined in hyphenated(word)]
    ways += [tuple(stems(name)) for name in _names(word, question, names_of)]
    others = abbreviated().get(word) or abbreviated().get(word.removesuffix("s"), ())
    ways += [tuple(stems(short.replace("_", " "))) for short in others]
    ways += [tuple(stems(short)) for short in _in_short().get(_written(word), ())]
    bare = _written(word).removesuffix(" syndrome")
    ways += (
        spellings_as_stems([bare, *other_spellings(bare)]) if bare != _written(word) and " " in bare else ()
    )  # "Tumour lysis" is TLS
    ways += [tuple(stems(drug)) for drug in (*_meant(word, question), *drugs_of(word))]
    found = tuple(way for way in ways if way and way not in term.forms and all(frequencies.of(part) for part in way))
    if not found:
        return term
    # as telling as the commonest way in which these pages write it
    weight = min(max(map(frequencies.weight, way)) for way in found)
    return replace(term, forms=(*term.forms, *found), weight=min(term.weight, weight), known=True)


def _names(word: str, question: Question, names_of: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Give all names of the drug of a question that a word is one of: pages have a brand here, and letters there."""
    drugs = [drug for drug in question.drugs if word == drug or word in names_of.get(drug, ())]
    return [each for drug in drugs for each in (drug, *names_of.get(drug, ()))]


def _meant(word: str, question: Question) -> list[str]:
    """Give the generic name of the drug that a word names otherwise, where the question leaves no doubt which."""
    others = [words for words in question.drug_words if words not in question.drugs]
    unnamed = [drug for drug in question.drugs if drug not in question.drug_words]
    return unnamed if others == [word] and len(unnamed) == 1 else []


def _written(word: str) -> str:
    """Give what a word is short for, or the word."""
    return written_out()[word][0] if word in written_out() else word


@cache
def _in_short() -> Mapping[str, tuple[str, ...]]:
    """Give, by what is written out, all that is short for it ("PJP" and "PCP")."""
    found: dict[str, list[str]] = {}
    for short, (words, always) in written_out().items():
        if not always:
            found.setdefault(words, []).append(short)
    return {words: tuple(shorts) for words, shorts in found.items()}
