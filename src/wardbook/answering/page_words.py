"""The words of the pages that a word of a question can be meant for: misspelt, shortened, or a noun's adjective."""

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from rapidfuzz.distance import OSA

from wardbook.answering.question_words import right_as_they_stand
from wardbook.answering.terms import stem
from wardbook.corpus.passage import Passage
from wardbook.dosing.telling import is_disease

LEAST_STEM = 3
"""Letters of a stem that a misspelt word is compared with."""
MOST_NEAR = 8
"""Stems of the pages whose words a misspelt one is compared with."""
LONGEST_WORD = 40
"""Letters of a word that a shortened one is looked for among."""
MOST_RELATED = 5
"""Stems with a word's beginning that are looked at for its adjective, noun or plural."""
MOST_BEGUN = 6
"""Words of the pages that begin with a clipped one, up to which they are looked at."""


class Words(Protocol):
    """What knows the words of the pages by their stems."""

    def stems_like(self, beginning: str, least: int, most: int) -> Sequence[str]:
        """Give the stems on the pages that begin so and have so many characters."""

    def holding(self, stem: str) -> int | None:
        """Give the first passage that holds a word with this stem."""

    def passages(self, ids: Sequence[int]) -> Mapping[int, Passage]:
        """Give passages by their ids."""


def nearest(pages: Words, word: str) -> str | None:
    """Give the one word of the pages that a misspelt one is nearest to, as it is written there, or None.

    Its first letter is right; for the edits see `edits_between`. Two words as near leave it open. A disease is never
    another one: "hyperkalaemia" is right, though no page has it.
    """
    if len(word) < LEAST_LETTERS or word in right_as_they_stand() or is_disease(word.removesuffix("s")):
        return None
    likely = sorted((_apart(word, one), one) for one in pages.stems_like(word[0], LEAST_STEM, len(word) + 2))
    found: dict[str, tuple[int, bool]] = {}
    for written in (known for _, one in likely[:MOST_NEAR] for known in words_of(pages, one)):
        for each in _inflected(written):
            if len(each) > LEAST_STEM and is_misspelt(word, each):
                found.setdefault(each, (OSA.distance(word, each), each != written))
    best = [each for each, distance in found.items() if distance == min(found.values())]
    return best[0] if len({stem(each) for each in best}) == 1 else None


def _inflected(written: str) -> list[str]:
    """Give a word of the pages with its other endings, its own first ("escalated": "escalate")."""
    others = (written.removesuffix(end) + other for end, other in _INFLECTIONS if written.endswith(end))
    return list(dict.fromkeys((written, *(each for each in others if stem(each) == stem(written)))))


_INFLECTIONS = (("s", ""), ("", "s"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ion", "e"), ("", "ed"))


def _apart(word: str, stem_: str) -> float:
    """Give how little a word looks like one of a stem: edits of its beginning, less a third of the stem's letters."""
    edits = min(OSA.distance(word[: len(stem_) + more], stem_) for more in (-1, 0, 1))
    return float(edits - len(stem_) / 3)


def begun(pages: Words, word: str) -> str | None:
    """Give the one word of the pages that another one is the beginning of ("exac")."""
    stems = pages.stems_like(word, len(word) + 3, LONGEST_WORD)
    words = words_of(pages, stems[0]) if len(stems) == 1 else []
    return words[0] if words and words[0].startswith(word) else None


def begun_by(pages: Words, word: str) -> list[str]:
    """Give a word of each stem that a word is the beginning of; none where these are too many."""
    stems = [one for one in pages.stems_like(word, len(word) + 1, LONGEST_WORD)[: MOST_BEGUN + 1] if "-" not in one]
    words = [next(iter(words_of(pages, one)), "") for one in stems]
    return words if len(words) <= MOST_BEGUN else []


def related(pages: Words, word: str) -> str | None:
    """Give the word of the pages that is one's adjective, noun or plural ("varices" for "variceal")."""
    if len(word) <= SURE_BEGINNING:
        return None
    alike = pages.stems_like(word[: max(SURE_BEGINNING, len(word) - 4)], SURE_BEGINNING, len(word) + 4)
    words = (each for one in alike[:MOST_RELATED] for each in words_of(pages, one) if is_related(word, each))
    return next(words, None)


def words_of(pages: Words, wanted: str) -> list[str]:
    """Give the words that share a stem, as the first passage that holds it has them."""
    first = pages.holding(wanted)
    passages = pages.passages([first] if first is not None else [])
    texts = (" ".join([each.title, *each.path, each.text]) for each in passages.values())
    words = (word.lower() for text in texts for word in re.findall(r"[^\W\d_]+", text))
    return [word for word in dict.fromkeys(words) if stem(word) == wanted]


def edits_between(written: str, known: str) -> int:
    """Give how many edits (optimal string alignment) a typing error of a plain word may have at most.

    One; two beyond seven letters where the first five are right: "hypo" and "hyper", "leuko" and "leuka" are two edits
    apart, and are other things.
    """
    return 2 if len(written) > 7 and written[:SURE_BEGINNING] == known[:SURE_BEGINNING] else 1


def is_misspelt(written: str, known: str) -> bool:
    """Tell whether a word may be another one with a typing error."""
    return OSA.distance(written, known, score_cutoff=3) <= edits_between(written, known)


_ENDINGS = frozenset(
    "a aemia al ae c cal ctic e eal ed emia es ia iasis ic ical ing ion is m mia mic nia nic os osis otic ous s se sia "
    "sic sis ss tic um us x xia xic xis y".split()
)
"""Ends of clinical words that differ between a noun and its adjective, or one and many ("varices", "variceal")."""


def is_related(one: str, other: str) -> bool:
    """Tell whether two words differ by such an ending alone, behind five letters or more."""
    same = next((at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), len(one))
    return any(
        one[cut:] in _ENDINGS and other[cut:] in _ENDINGS for cut in range(same, max(SURE_BEGINNING, same - 3) - 1, -1)
    )


SURE_BEGINNING = 5
"""Letters that must be right in a word with two errors."""
LEAST_LETTERS = 5
"""A shorter word is never taken for a misspelt one."""
