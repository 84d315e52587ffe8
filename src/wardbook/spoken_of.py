"""What the pages speak of, so that of two readings of something said the one stands that they answer."""

from collections.abc import Iterator

from wardbook.answering.asked_anew import LOOKED_UP
from wardbook.answering.dose_asked import dose_asked
from wardbook.answering.regimen_words import row_said
from wardbook.answering.support import held_together, situation
from wardbook.answering.terms import Term, expanded
from wardbook.dosing.asked_words import context_words
from wardbook.errors import QuestionError
from wardbook.opened import Opened

MOST_WEIGHED = 20
"""Passages, the best by words, that are weighed for how far they hold what a question names."""
MOST_KEPT = 400
"""Questions whose weight is kept; a conversation's turns are read again and again."""


class SpokenOf:
    """Asked by a conversation about one generation of the index."""

    def __init__(self, opened: Opened) -> None:
        """Take the opened pages."""
        self._opened = opened
        self._supported: dict[str, float] = {}

    def supported(self, text: str) -> float:
        """Give how far the pages hold what a question names, see `conversation.Supported`."""
        if text not in self._supported:
            if len(self._supported) >= MOST_KEPT:
                self._supported.clear()
            self._supported[text] = self._support(text)
        return self._supported[text]

    def together(self, text: str) -> bool:
        """Tell whether one page holds all that some words name."""
        pages: dict[str, list[tuple[str, str]]] = {}
        for page, words, above in self._pieces(text):
            pages.setdefault(page, []).append((words, above))
        terms = self._terms(text)
        return any(held_together(terms, [(" ".join(map(" ".join, held)), "")]) >= 1 for held in pages.values())

    def _terms(self, text: str) -> tuple[Term, ...]:
        return self._opened.terms(self._opened.understand(situation(text)))

    def _support(self, text: str) -> float:
        opened, terms = self._opened, self._terms(text)
        try:
            asked = dose_asked(text, opened.pages)
        except QuestionError:
            return 0.0
        fits = asked.found(opened.pages).fits if asked else ()
        if not fits:
            return self._held(text, terms)
        rows = ((context_words(row), row_said(row, opened.units(row.page, row.section))) for row in fits)
        # the row is of this drug, by whatever name the question calls it
        drug = " ".join([fits[0].drug, *(each.words for each in opened.drugs.find(text) if each.drug == fits[0].drug)])
        if held_together(terms, ((f"{drug} {own}", said) for own, said in rows)) >= 1:
            return LOOKED_UP
        return self._held(text, terms)

    def _held(self, text: str, terms: tuple[Term, ...]) -> float:
        return held_together(terms, ((words, above) for _, words, above in self._pieces(text)))

    def _pieces(self, text: str) -> Iterator[tuple[str, str, str]]:
        """Give page and words of what can be quoted from the sections that are best by words, and what stands above."""
        opened = self._opened
        query = expanded(opened.understand(text), opened.names, opened.frequencies, opened.drugs.vocabulary.names_of)
        keys = [key for key, _ in opened.index.store.search_words(query, MOST_WEIGHED)]
        found = opened.index.store.passages(keys).values()
        headings = {(each.page, each.section): " ; ".join((each.title, *each.path)) for each in found}
        for (page, section), above in headings.items():
            for unit in opened.units(page, section):
                yield page, unit.text, " ; ".join((above, *unit.lead, *(column for column, _ in unit.values)))
