"""The one door: ask, search and show over one opened index."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from wardbook.answering.answer import Answer
from wardbook.answering.citation import Citations, Sources
from wardbook.answering.compose import compose, not_found_text
from wardbook.answering.confidence import THRESHOLD, probability, signals_of
from wardbook.answering.evidence import SectionHit, choose, in_reading_order, rank, with_antecedents
from wardbook.answering.question import LONGEST, Question, understand
from wardbook.answering.terms import Frequencies, expanded, terms_of
from wardbook.corpus.document import Document
from wardbook.corpus.names import Names
from wardbook.corpus.unit import Unit, units
from wardbook.dosing.drug import DrugNames
from wardbook.errors import QuestionError
from wardbook.index.opened import Index, open_index, stale
from wardbook.retrieval.ranking import Rank, Ranked, by_section, rank_passages

SECTIONS = 10
"""Sections whose units are weighed for an answer."""
NEAREST = 3
"""Sections that a "not found" names."""


class Assistant:
    """One opened index and its corpus, asked again and again; it holds no conversation."""

    def __init__(self, corpus: Path, index: Index, rank_with: Callable[[Index], Rank] | None = None) -> None:
        """Answer from an opened index; `rank_with` makes another ranking than the built-in one."""
        self.corpus = corpus
        self.index = index
        self._rank: Rank = rank_with(index) if rank_with else self._built_in

    def _built_in(self, query: str, wide: str, k: int) -> list[Ranked]:
        return rank_passages(self.index, query, wide, k)

    @cached_property
    def drugs(self) -> DrugNames:
        """The drugs of the pages and of the published vocabulary."""
        return self.index.store.drug_names()

    @cached_property
    def names(self) -> Names:
        """The names that pages give."""
        return Names(self.index.store.names(), {**self.drugs.vocabulary.names, **self.drugs.names})

    @cached_property
    def _frequencies(self) -> Frequencies:
        return Frequencies(self.index.store.count("passages"), self.index.store.document_frequency)

    def search(self, query: str, k: int = 10) -> list[Ranked]:
        """Give the best k passages, no section twice."""
        if not query.strip():
            raise QuestionError("the query is empty", "say what to look for")
        question = understand(query[:LONGEST], self.names, self.drugs)
        return by_section(self._rank(question.text, expanded(question, self.names), 10 * k))[:k]

    def ask(self, asked: str, k: int = SECTIONS) -> Answer:
        """Answer a question from the pages; QuestionError where it is empty or too long."""
        started = time.perf_counter()
        if not asked.strip():
            raise QuestionError("the question is empty", "ask something")
        if len(asked) > LONGEST:
            raise QuestionError(f"the question has {len(asked):,} characters", f"ask in at most {LONGEST:,} characters")
        question = understand(asked, self.names, self.drugs)
        answer = self._refuse(asked, question) if question.refused else self._answer(asked, question, k)
        return replace(answer, took_ms={"total": round((time.perf_counter() - started) * 1000, 1)})

    def _refuse(self, asked: str, question: Question) -> Answer:
        return Answer("refused", asked, asked, f"{question.refused}.")

    def _answer(self, asked: str, question: Question, k: int) -> Answer:
        terms = terms_of(question, self.names, self._frequencies)
        hits = self._hits(self._rank(question.text, expanded(question, self.names), 10 * k), k)
        ranked = rank(question, terms, hits)
        citations = self.citations()
        if probability(signals_of(terms, ranked)) < THRESHOLD:
            return self._not_found(asked, hits, citations)
        chosen = in_reading_order(with_antecedents(choose(question, ranked)))
        text = compose(chosen, citations)
        if not text:
            return self._not_found(asked, hits, citations)
        return Answer("answered", asked, asked, text, tuple(citations.listed), warnings=self._warnings(citations))

    def _not_found(self, asked: str, hits: Sequence[SectionHit], citations: Citations) -> Answer:
        nearest = hits[:NEAREST]
        text = not_found_text("The pages do not answer this question", nearest)
        return Answer("not_found", asked, asked, text, warnings=self._warnings(citations))

    def _hits(self, ranked: Sequence[Ranked], k: int) -> list[SectionHit]:
        """Give the best k sections, scores scaled to 0..1."""
        best: dict[tuple[str, str], Ranked] = {}
        dense: dict[tuple[str, str], float] = {}
        for each in ranked:
            key = (each.passage.page, each.passage.section)
            best.setdefault(key, each)
            dense[key] = max(dense.get(key, 0.0), each.dense)
        top = list(best.items())[:k]
        if not top:
            return []
        high, low = top[0][1].score, min(each.score for _, each in top)
        spread = (high - low) or 1.0
        return [
            SectionHit(
                *key[:1],
                each.passage.title,
                key[1],
                each.passage.path,
                (each.score - low) / spread,
                dense[key],
                self._units(*key),
            )
            for key, each in top
        ]

    def _units(self, page: str, section: str) -> tuple[Unit, ...]:
        return self.index.store.units(page, section)

    def citations(self) -> Citations:
        """Give an empty list of citations over the corpus as it lies on disk now."""
        return Citations(Sources(self.corpus, self._path_of), self._describe)

    def _path_of(self, page: str) -> Path:
        plain = self.corpus / f"{page}.md"
        return plain if plain.is_file() else next(iter(sorted(plain.parent.glob(f"{plain.stem}.[mM][dD]"))), plain)

    def _describe(self, page: str) -> tuple[str, str | None, str | None]:
        head = self.index.store.head(page)
        if head is None:
            return page, None, None
        return head.title, head.metadata.evidence_level, head.metadata.last_updated

    def _warnings(self, citations: Citations) -> tuple[str, ...]:
        warnings = [f"{page} changed since it was indexed: run `wardbook index`" for page in citations.moved]
        if not warnings and self.stale():
            warnings.append(f"{len(self.stale())} pages changed since they were indexed: run `wardbook index`")
        return tuple(warnings)

    def stale(self) -> tuple[str, ...]:
        """Say which pages differ from the index."""
        return stale(self.index, self.corpus)

    def show(self, page: str, section: str | None = None) -> Document | None:
        """Give a page whole as the index has it, or None."""
        return self.index.store.document(page)


def open_assistant(corpus: Path, index: Path, rank_with: Callable[[Index], Rank] | None = None) -> Assistant:
    """Open an index folder for asking; IndexFault where there is none, or it is damaged."""
    return Assistant(corpus, open_index(index, searching=True), rank_with)


__all__ = ["Assistant", "open_assistant", "units"]
