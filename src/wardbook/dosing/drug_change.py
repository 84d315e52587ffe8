"""Whether an edit of pages can change which drugs the pages name, told from those pages alone.

Drug names are learnt from all pages together, which takes most of the time of a small edit where pages are many. Most
edits touch nothing that this learning reads; then what was learnt stands.
"""

from collections.abc import Sequence

from wardbook.corpus.document import Document
from wardbook.dosing.drug import DrugNames, not_drugs
from wardbook.dosing.drug_pages import has_stem, name_cells, named_brands
from wardbook.dosing.drug_vocabulary import NameIndex, key, tokens


def keeps_drugs(before: Sequence[Document], after: Sequence[Document], drugs: DrugNames) -> bool:
    """Tell whether the drugs of a corpus are sure to stay what they are where these pages change so.

    `before` and `after` are the same pages in the same order; `drugs` was learnt with `before`. False where in doubt.
    """
    if [page.id for page in before] != [page.id for page in after]:
        return False
    index = NameIndex(drugs.names, drugs.vocabulary)
    return all(
        _traces(old, drugs, index) == _traces(new, drugs, index) and not _tells(_words(old) ^ _words(new), drugs)
        for old, new in zip(before, after, strict=True)
    )


def _traces(page: Document, drugs: DrugNames, index: NameIndex) -> tuple[object, ...]:
    """Give what learning reads of a page, its words aside: title, aliases, drug columns, brands, known names.

    Of a page whose title may itself be an unknown drug's name every line is read.
    """
    named = {name for name, _, _ in index.spans("\n".join(page.lines))}
    own = drugs.page_drug.get(page.id)
    is_sure = own in drugs.vocabulary.generics or " " in key(page.title.partition("(")[0])
    return (
        page.title,
        page.metadata.aliases,
        tuple(name_cells(page)),
        tuple(named_brands(page)),
        named,
        () if is_sure else page.lines,
    )


def _words(page: Document) -> frozenset[str]:
    return frozenset(word for line in page.lines for word, _, _ in tokens(line))


def _tells(words: frozenset[str], drugs: DrugNames) -> bool:
    """Tell whether a word that comes or goes can be a drug's name, or one that is taken for none."""
    return any(has_stem(word, drugs.vocabulary) for word in words) or bool(not_drugs(drugs, words))
