"""Drugs by name: exact in text, and near only by one narrow rule that prefers to ask."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA, DamerauLevenshtein

from wardbook.corpus.document import Document
from wardbook.dosing.drug_pages import PageNames, read_pages
from wardbook.dosing.drug_vocabulary import NameIndex, Published, key, published, tokens
from wardbook.dosing.place_code import is_place
from wardbook.dosing.vocabulary import rows
from wardbook.dosing.when_dosed import when_dosed
from wardbook.kept import OF_BOTH
from wardbook.lazy_regex import lazy_regex

SHORT_WORD = 7
"""Letters up to which one edit is a typing error; beyond, two are (/design: "Typing errors")."""
LEAST_LETTERS = 5
"""A shorter word is never taken for a misspelt drug."""


@dataclass(frozen=True, slots=True)
class DrugMention:
    """A drug named in a text."""

    drug: str
    """Generic name, lower case."""
    words: str
    """The words that name it, as they stand in the text."""
    begin: int
    """Offset of the first character."""
    end: int
    """Offset behind the last character."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a word that ought to be a drug was understood as."""

    word: str
    """As written."""
    drug: str | None
    """Generic name, or None where nothing is sure."""
    how: Literal["exact", "near", "unsure", "unknown"]
    """ "near" must be shown ("understood as ..."); "unsure" has candidates to ask about."""
    name: str | None = None
    """The known name that the word was taken for, where `how` is "near"."""
    candidates: tuple[str, ...] = ()
    """Generic names for "did you mean", nearest first; empty where there is a drug."""


_LABEL = lazy_regex(r"\W*([A-Za-z][A-Za-z-]+)\s*:")


@dataclass(frozen=True)
class DrugNames:
    """The drugs of a folder of pages and of the published vocabulary, by every name."""

    page_drug: Mapping[str, str]
    """Page id to the drug that the page is about."""
    names: Mapping[str, str]
    """Names that the pages themselves give (lower case, one blank between words) to the generic name; with them, all
    names of a drug that the pages call otherwise than the vocabulary does ("aciclovir")."""
    drugs: frozenset[str]
    """Drugs that the pages name at all; the vocabulary knows more."""
    ordinary: frozenset[str] = frozenset()
    """Words of the pages that look like a drug name and are none."""
    vocabulary: Published = field(default_factory=published, repr=False, compare=False)
    """Published names."""

    def find(self, text: str) -> tuple[DrugMention, ...]:
        """Find the drugs named in a text: whole words, any case, longest first, left to right, plural or possessive."""
        return self._find(text)

    @cached_property
    def _find(self) -> Callable[[str], tuple[DrugMention, ...]]:
        """Give `_named_in`, remembered: one cell or heading is asked for its drugs again and again."""
        return lru_cache(maxsize=OF_BOTH)(self._named_in)

    def _named_in(self, text: str) -> tuple[DrugMention, ...]:
        spans = list(self._index.spans(text))
        mentions = []
        for at, (name, begin, end) in enumerate(spans):
            drug = self._all.get(name) or self._short(name, text, spans, at)
            if drug and not is_place(text, begin, end):
                mentions.append(DrugMention(drug, text[begin:end], begin, end))
        dosed = [
            DrugMention(drug, text[begin:end], begin, end)
            for drug, begin, end in when_dosed(text)
            # not within or right behind another drug ("sodium phosphate 20 mmol", "folinate calcium 1 g")
            if not any(one.begin <= begin <= one.end + 1 for one in mentions)
        ]
        return tuple(sorted([*mentions, *dosed], key=lambda each: each.begin)) if dosed else tuple(mentions)

    def canonical(self, name: str) -> str | None:
        """Give the generic name for a name, alias or unambiguous shorthand that is exactly known, or None."""
        if drug := self._all.get(key(name)):
            return drug
        drugs = self._meanings(key(name))
        return drugs[0] if len(drugs) == 1 else None

    def resolve(self, word: str) -> Resolution:
        """Understand a word as a drug: exactly, or as a typing error if only one drug can be meant; else candidates."""
        if drug := self.canonical(word):
            return Resolution(word, drug, "exact")
        if meanings := self._meanings(key(word)):
            return Resolution(word, None, "unsure", candidates=meanings)
        if self._is_word(key(word)):
            return Resolution(word, None, "unknown")
        return self._near(word)

    def shorthand(self, word: str) -> tuple[str, ...]:
        """Give the drugs that a shorthand may stand for, () for any other word."""
        return () if key(word) in self._all else self._meanings(key(word))

    def labelled(self, text: str) -> frozenset[str]:
        """Give the drugs that the shorthand before a text's colon may stand for ("Cyclo: CrCl < 30 75 %")."""
        label = _LABEL.match(text)
        return frozenset(self.shorthand(label[1])) if label else frozenset()

    def spellings(self, drug: str) -> tuple[str, ...]:
        """Give all names of a drug that stand for it alone, its generic name among them."""
        return self._spellings.get(drug, ())

    @cached_property
    def _spellings(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for name, drug in self._all.items():
            found.setdefault(drug, []).append(name)
        return {drug: tuple(names) for drug, names in found.items()}

    @cached_property
    def _all(self) -> dict[str, str]:
        return {**self.vocabulary.names, **self.names}

    @cached_property
    def _index(self) -> NameIndex:
        return NameIndex([*self.vocabulary.short, *self.names], self.vocabulary)

    def _meanings(self, name: str) -> tuple[str, ...]:
        """Drugs that a shorthand may stand for; those that the pages name, where they name any of them."""
        short = self.vocabulary.short.get(name)
        if not short:
            return ()
        drugs = tuple(self._all[key(drug)] for drug in short.drugs)
        return tuple(drug for drug in drugs if drug in self.drugs) or drugs

    def _short(self, name: str, text: str, spans: list[tuple[str, int, int]], at: int) -> str | None:
        drugs = self._meanings(name)
        if len(drugs) != 1 or (self.vocabulary.short[name].beside and not _beside(text, spans, at)):
            return None
        return drugs[0]

    def _is_word(self, name: str) -> bool:
        known = self.vocabulary.ordinary | self.ordinary
        ends = ("", "s", "es", "ed", "d", "ing", "ly")
        return name in self.vocabulary.classes or any(
            name.endswith(end) and name.removesuffix(end) in known for end in ends
        )

    @cached_property
    def _near(self) -> Callable[[str], Resolution]:
        """Give `_nearest`, remembered: people ask about the same things in the same words."""
        return lru_cache(maxsize=OF_BOTH)(self._nearest)

    def _nearest(self, word: str) -> Resolution:
        name = key(word)
        limit = edits_allowed(name)
        if not limit:
            return Resolution(word, None, "unknown")
        near = self._distances(name, limit + 1)
        ranked = sorted(near, key=lambda drug: (near[drug][0], drug))
        within = [drug for drug in ranked if near[drug][0] <= limit]
        if not within:
            return Resolution(word, None, "unknown")
        best = within[0]
        if self._is_usual(best) and self._is_sure(name, best, near, limit):
            return Resolution(word, best, "near", name=near[best][1])
        asked = [drug for drug in within if self._is_usual(drug)] or within
        return Resolution(word, None, "unsure", candidates=tuple(asked[:5]))

    def _published(self, drug: str) -> str:
        """Give the vocabulary's generic name of a drug that the pages call by another one."""
        return self.vocabulary.names.get(key(drug), drug)

    def _is_usual(self, drug: str) -> bool:
        return drug in self.vocabulary.common or drug in self.drugs

    def _is_sure(self, name: str, best: str, near: Mapping[str, tuple[int, str]], limit: int) -> bool:
        """Tell whether only `best` can be meant; `near` holds the drugs within limit + 1 edits."""
        distance, known = near[best]
        if OSA.distance(name, known) + (name[0] != known[0]) > limit:
            return False
        # A short word is soon near to two drugs: there, the margin to drugs in use is one edit wider.
        margin = limit + (len(name) <= SHORT_WORD)
        alike = {self._all.get(key(drug), drug) for drug in look_alikes().get(self._published(best), ())}
        # One letter off a long name of the pages is that name, however near a drug is that no page has.
        own = distance == 1 and len(name) > SHORT_WORD and best in self.drugs
        for drug, (other, _) in near.items():
            if own and other > distance and drug not in self.drugs:
                continue
            # A slip in the first letter is rare: a farther name with another one is none that is meant, unless that
            # letter is what was left out.
            written = near[drug][1]
            wider = margin if written[0] == name[0] or OSA.distance(written[1:], name) <= 1 else limit
            room = max(wider if self._is_usual(drug) else 0, distance + (drug in alike))
            if drug != best and other <= room:
                return False
        return True

    def _distances(self, name: str, limit: int) -> dict[str, tuple[int, str]]:
        """Give each drug within so many edits (optimal string alignment), with its nearest name."""
        near: dict[str, tuple[int, str]] = {}
        choices = self._by_words.get(name.count(" "), ())
        for known, _, _ in process.extract(name, choices, scorer=OSA.distance, score_cutoff=limit + 1, limit=None):
            drug, distance = self._all[known], DamerauLevenshtein.distance(name, known)
            if distance <= limit and distance < near.get(drug, (limit + 1, ""))[0]:
                near[drug] = (distance, known)
        return near

    @cached_property
    def _by_words(self) -> dict[int, tuple[str, ...]]:
        """Names long enough to be misspelt, by the blanks in them."""
        sorted_names: dict[int, list[str]] = {}
        for known in self._all:
            if len(known) >= LEAST_LETTERS:
                sorted_names.setdefault(known.count(" "), []).append(known)
        return {blanks: tuple(names) for blanks, names in sorted_names.items()}


def edits_allowed(name: str) -> int:
    """Give how many edits may part a typing error from the name: 1 up to 7 letters, 2 beyond, 0 below 5."""
    return 0 if len(name) < LEAST_LETTERS or not name.isascii() else 1 if len(name) <= SHORT_WORD else 2


def drug_names(documents: Iterable[Document]) -> DrugNames:
    """Learn the drugs of these pages: titles, aliases, drug columns, link targets, "Generic (Brand)"."""
    vocabulary = published()
    pages: PageNames = read_pages(tuple(documents), vocabulary)
    found = DrugNames(pages.page_drug, pages.names, pages.drugs, vocabulary=vocabulary)
    return replace(found, ordinary=not_drugs(found, pages.words))


def not_drugs(names: DrugNames, words: Iterable[str]) -> frozenset[str]:
    """Keep the words of the pages that a typing error in a drug of the pages could be taken for (same first letter)."""
    own: dict[str, list[str]] = {}
    for name, drug in names._all.items():
        if " " not in name and (name in names.names or drug in names.drugs):
            own.setdefault(name[0], []).append(name)
    plain = {word for word in words if edits_allowed(word) and word.isalpha() and word not in names._all}
    return frozenset(
        word
        for word in plain
        if process.extractOne(word, own.get(word[0], ()), scorer=OSA.distance, score_cutoff=edits_allowed(word))
    )


@lru_cache(maxsize=1)
def look_alikes() -> Mapping[str, frozenset[str]]:
    """Give, for each generic name, those that by the published lists are taken for it."""
    pairs: dict[str, set[str]] = {}
    names = published().names
    for left, right in (row[:2] for row in rows("look_alike.tsv")):
        one, other = (names.get(key(part), part) for part in (left, right))
        pairs.setdefault(one, set()).add(other)
        pairs.setdefault(other, set()).add(one)
    return {drug: frozenset(others - {drug}) for drug, others in pairs.items()}


_FROM_DAY = lazy_regex(
    r"\s+(?:(?:from|on)\s+)?d(?:ay)?\s*[+-]?\d+(?:\s*(?:-|–|to)\s*d?\s*[+-]?\d+)?\s*:\s*\d", re.IGNORECASE
)
"""Behind a shorthand: the days of its dose ("tac from D+4: 0.03 mg/kg")."""


def _beside(text: str, spans: list[tuple[str, int, int]], at: int) -> bool:
    """Tell whether a figure follows, or another drug name stands just before or after."""
    _, begin, end = spans[at]
    around = [text[spans[at - 1][2] : begin]] if at else []
    around += [text[end : spans[at + 1][1]]] if at + 1 < len(spans) else []
    if any(len(gap) <= 3 and not any(sign.isalnum() for sign in gap) for gap in around):
        return True
    if _FROM_DAY.match(text, end):
        return True
    following = tokens(text[end : end + 12])
    return bool(following) and following[0][0][0].isdigit()
