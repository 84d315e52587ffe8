"""One generation of the index with what is kept in memory beside it; never changes once it is open."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

from wardbook.answering.citation import Citations, Sources
from wardbook.answering.class_asked import by_class
from wardbook.answering.dose_asked import Pages, dose_asked
from wardbook.answering.dose_question import KINDS as DOSE_KINDS
from wardbook.answering.drug_meant import by_use, without_salt
from wardbook.answering.evidence import SectionHit
from wardbook.answering.headed import heads
from wardbook.answering.page_words import begun, begun_by, nearest, related
from wardbook.answering.question import Question, understand
from wardbook.answering.question_words import abbreviated, everyday_words
from wardbook.answering.special import is_reference_section
from wardbook.answering.spelling import other_spellings
from wardbook.answering.terms import (
    ASKING,
    Frequencies,
    Term,
    expanded,
    held,
    stems,
    terms_of,
)
from wardbook.corpus.names import Names
from wardbook.corpus.unit import Unit
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.childrens_unit import is_childrens
from wardbook.dosing.drug import DrugNames
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.told import is_english
from wardbook.errors import QuestionError
from wardbook.index.opened import Index, stale
from wardbook.kept import OF_PARTS
from wardbook.retrieval.ranking import Rank, Ranked, rank_passages

WORDS_FIRST = 3
"""Sections that are best by words alone and join the best ones: one rare word can be all that tells."""
LEAST_MENDED = 6
"""Letters from which a word is mended; a shorter one is only ever the beginning of another."""
LEAST_SPELT = 5
"""Letters from which a word is looked for in its other spelling ("edema")."""
MOST_QUESTIONS_KEPT = 200
"""Questions whose understanding is kept; a conversation's turns are asked for again and again."""
MOST_HITS_KEPT = 8
"""Questions whose sections are kept, for the several steps of one answer."""
MOST_UNITS_KEPT = 5_000
"""Sections whose units are kept in memory."""
MOST_PAGES_KEPT = 100
"""Pages whose words are kept in memory."""
NAMED_PAGE = 0.3
"""What a section gains whose page the question names, on the scale of 0 to 1 of the ranking."""
MOST_NAMED = 30
"""Sections of named pages that are weighed though the ranking left them out."""
K = TypeVar("K")
V = TypeVar("V")
MakeRank = Callable[[Index], Rank]


def built_in(index: Index) -> Rank:
    """Give the ranking that needs no llama-index."""

    def rank(query: str, wide: str, k: int) -> list[Ranked]:
        return rank_passages(index, query, wide, k)

    return rank


def _keep(kept: dict[K, V], key: K, value: V, most: int) -> None:
    """Keep what was found; where there is no room, all that was kept goes first. Other threads may do the same."""
    if len(kept) >= most:
        kept.clear()
    kept[key] = value


class Opened:
    """An opened index, the names and drugs of its pages, and how it is searched."""

    def __init__(self, corpus: Path, index: Index, make_rank: MakeRank = built_in) -> None:
        """Take an opened index and the folder that its pages lie in."""
        self.corpus = corpus
        self.index = index
        self._rank = make_rank(index)
        self._understood: dict[str, Question] = {}
        self._said: dict[str, Question] = {}
        self._offered: dict[str, tuple[str, ...]] = {}
        self._hits: dict[tuple[str, int], list[SectionHit]] = {}
        self._units: dict[tuple[str, str], tuple[Unit, ...]] = {}
        self._page_words: dict[str, str] = {}
        self._heads: dict[str, tuple[str, str | None, str | None]] = {}
        self._retired: dict[str, str | None] = {}
        self._childrens: dict[str, bool] = {}

    @cached_property
    def drugs(self) -> DrugNames:
        """The drugs of the pages and of the published vocabulary."""
        return self.index.store.drug_names()

    @cached_property
    def names(self) -> Names:
        """The names that pages give."""
        return Names(self.index.store.names(), {**self.drugs.vocabulary.names, **self.drugs.names})

    @cached_property
    def regimens(self) -> tuple[Regimen, ...]:
        """All regimens of the pages."""
        return self.index.store.regimens()

    @cached_property
    def frequencies(self) -> Frequencies:
        """How common each word is on the pages."""
        of = lru_cache(maxsize=OF_PARTS)(self.index.store.document_frequency)
        return Frequencies(self.index.store.count("passages"), of)

    def understand(self, text: str) -> Question:
        """Understand a question by the names and drugs of these pages."""
        found = self._understood.get(text)
        if found is None:
            found = by_class(self.as_said(text), self.pages)
            _keep(self._understood, text, found, MOST_QUESTIONS_KEPT)
        return found

    def as_said(self, text: str) -> Question:
        """Understand a question, a class of drugs left as what it is: with another grade it may be another drug."""
        found = self._said.get(text)
        if found is None:
            found = self._read(text)
            _keep(self._said, text, found, MOST_QUESTIONS_KEPT)
        return found

    def _read(self, text: str) -> Question:
        question = understand(text, self.names, self.drugs, self._on_pages, self._meant_for, self._begun_drugs)
        told = by_use(question, self.regimens, self.drugs, self.names) or without_salt(
            question, self.drugs, self.regimens
        )
        if told is None:
            return question
        word, drug = told
        plain = re.sub(rf"\b{re.escape(word)}\b", drug, question.text)
        found = understand(plain, self.names, self.drugs, self._on_pages, self._meant_for, self._begun_drugs)
        return replace(found, understood=(*question.understood, told))

    def offered(self, text: str) -> tuple[str, ...]:
        """Give the options that the answer to a question asks to choose from; () where it asks nothing back."""
        found = self._offered.get(text)
        if found is None:
            found = self._options(text)
            _keep(self._offered, text, found, MOST_QUESTIONS_KEPT)
        return found

    @property
    def pages(self) -> Pages:
        """What doses are looked up in."""
        return Pages(self.regimens, self.drugs, self.names, self.units, self.understand, self.around, self.of_children)

    def _options(self, text: str) -> tuple[str, ...]:
        question = self.understand(text)
        if question.doubtful and not question.drugs:
            return question.doubtful[0].candidates
        try:
            asked = dose_asked(text, self.pages)
        except QuestionError:
            return ()
        return asked.found(self.pages).options if asked else ()

    def _on_pages(self, word: str) -> bool:
        return all(self.frequencies.of(part) for part in stems(word))

    def _meant_for(self, word: str) -> str | None:
        """Give the one word of the pages, no drug, that a word they do not hold can be meant for, or None."""
        lower, store = word.lower(), self.index.store
        if lower in abbreviated():
            return None
        written = lower if word in (lower, word.capitalize()) else ""  # capitals are an acronym, and right
        short = len(lower) < LEAST_MENDED
        ways = other_spellings(lower) if len(lower) >= LEAST_SPELT else ()
        ways = (each for each in ways if is_english(each) or not is_english(lower))  # "overall" is no "overal"
        found = next((each for each in ways if self._on_pages(each)), None)
        if found is None and not (self.is_plain(lower) or is_english(lower)):
            found = (begun(store, lower) if short else None) or nearest(store, written) or related(store, lower)
            found = found or begun(store, lower)
        return None if found is None or self.drugs.canonical(found) else found

    def is_plain(self, word: str) -> bool:
        """Tell whether a word is one of plain English: it is right as it stands, whatever the pages hold.

        The encoder's vocabulary has such words whole, and misspelt or clinical ones in pieces.
        """
        count = self.index.encoder.count_tokens
        return word in everyday_words() or count(word) == 1 or (word[-1:] == "s" and count(word[:-1]) == 1)

    def _begun_drugs(self, word: str) -> tuple[str, ...]:
        """Give the drugs that a word begins the names of; () where any other word of the pages begins with it too."""
        words = () if self.is_plain(word.lower()) else begun_by(self.index.store, word.lower())
        drugs = [self.drugs.canonical(each) for each in words]
        return tuple(dict.fromkeys(drug for drug in drugs if drug)) if all(drugs) else ()

    def terms(self, question: Question) -> tuple[Term, ...]:
        """Give the weighted terms of a question."""
        return terms_of(question, self.names, self.frequencies)

    def rank(self, question: Question, k: int) -> list[Ranked]:
        """Give the best k passages for a question."""
        return self._rank(
            question.text, expanded(question, self.names, self.frequencies, self.drugs.vocabulary.names_of), k
        )

    def hits(self, question: Question, k: int) -> list[SectionHit]:
        """Give the best k sections for a question, scores scaled to 0..1, with what can be quoted from them.

        A question that no regimen answers is searched for more than once; the last ones are kept.
        """
        found = self._hits.get((question.text, k))
        if found is None:
            found = self._best_sections(question, k)
            _keep(self._hits, (question.text, k), found, MOST_HITS_KEPT)
        return found

    def _best_sections(self, question: Question, k: int) -> list[SectionHit]:
        best: dict[tuple[str, str], Ranked] = {}
        dense: dict[tuple[str, str], float] = {}
        for each in self.rank(question, 10 * k):
            key = (each.passage.page, each.passage.section)
            best.setdefault(key, each)
            dense[key] = max(dense.get(key, 0.0), each.dense)
        if question.kinds & DOSE_KINDS or read_amounts(question.text):
            # the words of a page that no longer holds give no dose either
            best = {key: each for key, each in best.items() if self.retired(key[0]) is None}
        top = list(best.items())[:k]
        by_words = sorted(best.items(), key=lambda pair: -pair[1].words)[:WORDS_FIRST]
        top += [pair for pair in by_words if pair not in top]
        top += self._of_all_names(question, [pair for pair in best.items() if pair not in top])
        named = self._named_pages(question)
        top += self._sections_of(named, {key for key, _ in top}, best)
        if not top:
            return []
        high, low = top[0][1].score, min(each.score for _, each in top if each.dense or each.words)
        spread = (high - low) or 1.0
        bonus = dict.fromkeys(named, NAMED_PAGE)
        return [
            self._hit(key, each, max(each.score - low, 0.0) / spread + bonus.get(key[0], 0.0), dense.get(key, 0.0))
            for key, each in top
        ]

    def _of_all_names(
        self, question: Question, rest: Sequence[tuple[tuple[str, str], Ranked]]
    ) -> list[tuple[tuple[str, str], Ranked]]:
        """Give the sections further down of which one passage holds all that is named ("cefepime in ICANS")."""
        asked = self.terms(question)
        named = [term for term in asked if term.name or term.words.lower() in question.drug_words]
        terms = named if question.drugs and len(named) > 1 else [term for term in asked if term.weight > ASKING]
        if len(terms) < 2:
            return []
        holding = [pair for pair in rest if all(held(pair[1].passage.text).holds(term) for term in terms)]
        return holding[:WORDS_FIRST]

    def _named_pages(self, question: Question) -> tuple[str, ...]:
        """Give the pages whose title, alias or file name the question names, where a name means few pages."""
        pages = [page for mention in question.mentions if len(mention.pages) <= 2 for page in mention.pages]
        return tuple(dict.fromkeys(pages))[:4]

    def _sections_of(
        self, pages: Sequence[str], there: set[tuple[str, str]], ranked: dict[tuple[str, str], Ranked]
    ) -> list[tuple[tuple[str, str], Ranked]]:
        """Give the sections of named pages that the ranking left out, each by one of its passages."""
        found: dict[tuple[str, str], Ranked] = {}
        for page in pages:
            for key, passage in self.index.store.passages_of(page).items():
                place = (page, passage.section)
                if place not in there and passage.kind != "row":
                    found.setdefault(place, ranked.get(place) or Ranked(key, passage, 0.0, 0.0, 0.0))
        return list(found.items())[:MOST_NAMED]

    def headed(self, pages: Sequence[str], kind: str) -> list[SectionHit]:
        """Give the sections of pages that a heading of a kind stands above ("treatment"), scored 0."""
        found = self._sections_of(pages, set(), {})
        return [
            self._hit(key, each, 0.0, 0.0)
            for key, each in found
            if any(heads(kind, level) for level in each.passage.path)
        ]

    def _hit(self, key: tuple[str, str], each: Ranked, score: float, dense: float) -> SectionHit:
        page, section = key
        return SectionHit(
            page,
            each.passage.title,
            section,
            each.passage.path,
            score,
            dense,
            self.units(*key),
            self.retired(page) is not None,
        )

    def units(self, page: str, section: str) -> tuple[Unit, ...]:
        """Give what can be quoted from a section."""
        found = self._units.get((page, section))
        if found is None:
            found = self.index.store.units(page, section)
            _keep(self._units, (page, section), found, MOST_UNITS_KEPT)
        return found

    def around(self, regimen: Regimen) -> str:
        """Give the words of a regimen's page."""
        found = self._page_words.get(regimen.page)
        if found is None:
            found = " ; ".join(each.text for each in self.index.store.passages_of(regimen.page).values())
            _keep(self._page_words, regimen.page, found, MOST_PAGES_KEPT)
        return found

    def of_children(self, page: str) -> bool:
        """Tell whether a page is one for children, by what it or the home page of its unit says."""
        if page not in self._childrens:
            self._childrens[page] = is_childrens(page, self.index.store.page_ids(), self._lead)
        return self._childrens[page]

    def _lead(self, page: str) -> list[str]:
        return [unit.text for unit in self.units(page, "") if unit.kind != "row"]

    def references(self, page: str) -> tuple[Unit, ...]:
        """Give the units of a page's reference sections."""
        sections = [each for each in self.index.store.section_ids(page) if is_reference_section(each)]
        return tuple(unit for each in sections for unit in self.units(page, each))

    def citations(self) -> Citations:
        """Give an empty list of citations over the corpus as it lies on disk now."""
        return Citations(Sources(self.corpus, self.path_of), self.describe)

    def path_of(self, page: str) -> Path:
        """Give the file of a page."""
        plain = self.corpus / f"{page}.md"
        return plain if plain.is_file() else next(iter(sorted(plain.parent.glob(f"{plain.stem}.[mM][dD]"))), plain)

    def describe(self, page: str) -> tuple[str, str | None, str | None]:
        """Give a page's title, evidence level and date."""
        if page not in self._heads:
            head = self.index.store.head(page)
            facts = (
                (head.title, head.metadata.evidence_level, head.metadata.last_updated) if head else (page, None, None)
            )
            self._heads[page] = facts
        return self._heads[page]

    def retired(self, page: str) -> str | None:
        """Give the words by which a page says that it no longer holds."""
        if page not in self._retired:
            head = self.index.store.head(page)
            self._retired[page] = head.metadata.retired if head else None
        return self._retired[page]

    def stale(self) -> Sequence[str]:
        """Say which pages differ from the index."""
        return stale(self.index, self.corpus)
