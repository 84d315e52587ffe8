"""Drug names for one page: the published ones, and those that the page itself gives where it doses a drug by none.

Lint judges each page by itself, so that pages need not wait for one another; names that only another page gives are
not known here.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from wardbook.corpus.document import Document
from wardbook.dosing.drug import DrugMention, DrugNames
from wardbook.dosing.drug_pages import read_pages
from wardbook.dosing.drug_vocabulary import NameIndex, key, published


class PageDrugs:
    """What the readers of doses need to know of drug names."""

    def __init__(self, page_drug: Mapping[str, str], own: Mapping[str, str]) -> None:
        """Take the drug that the page is about, and names of its own that are not published ones."""
        self.page_drug = page_drug
        self._own = own
        self._index = NameIndex(own)

    def find(self, text: str) -> tuple[DrugMention, ...]:
        """Find the drugs named in a text, left to right."""
        known = _published().find(text)
        if not self._own:
            return known
        own = [
            DrugMention(self._own[name], text[begin:end], begin, end) for name, begin, end in self._index.spans(text)
        ]
        free = [each for each in own if all(each.end <= other.begin or each.begin >= other.end for other in known)]
        return tuple(sorted((*known, *free), key=lambda mention: mention.begin))

    def canonical(self, name: str) -> str | None:
        """Give the generic name of an exactly known name."""
        return self._own.get(key(name)) or _published().canonical(name)


@lru_cache(maxsize=1)
def _published() -> DrugNames:
    return DrugNames({}, {}, frozenset())


def page_drugs(document: Document, dosing: Document) -> PageDrugs:
    """Give the names for a page; `dosing` is the part of it that holds doses.

    Learning a page's own names takes as long as reading it; that is done only where doses stand beside no published
    drug name.
    """
    if all(_names_published(document, dosing, at) for at in range(len(dosing.sections))):
        return PageDrugs({}, {})
    vocabulary = published()
    read = read_pages((document,), vocabulary)
    own = {name: drug for name, drug in read.names.items() if name not in vocabulary.names}
    page_drug = {page: _published().canonical(drug) or drug for page, drug in read.page_drug.items()}
    if not page_drug and not own and (titled := _title_name(document)):
        page_drug, own = {document.id: titled}, {titled: titled}
    return PageDrugs(page_drug, own)


def _title_name(document: Document) -> str | None:
    """Take a title of one unknown word as the drug of doses that nothing else names ("Examplin on ward B")."""
    name = key(re.split(r"\s*[(:]|\s+(?:on|for|in|at|[-–—])\s", document.title)[0])
    vocabulary = published()
    return name if name.isalpha() and len(name) > 4 and name not in vocabulary.classes | vocabulary.ordinary else None


def _names_published(document: Document, dosing: Document, at: int) -> bool:
    """Tell whether all doses of a section can be put to a published drug: by title, heading or their own words."""
    section = dosing.sections[at]
    if any(_published().find(words) for words in (document.title, *section.path)):
        return True
    return all(_published().find("\n".join((*block.lead, block.text))) for block in section.blocks)
