"""Drugs as the pages name them: titles, aliases, drug columns, link targets, "Generic (Brand)"."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wardbook.corpus.document import Document
from wardbook.corpus.table import Table
from wardbook.dosing.drug_vocabulary import NameIndex, Published, key, tokens, words_of
from wardbook.lazy_regex import lazy_regex

_SMALL_WORD = lazy_regex(r"\b[a-z]{4,}\b")
_DRUG_COLUMN = lazy_regex(
    r"\b(drugs?|agents?|medications?|medicines?|antibiotics?|antimicrobials?|antifungals?|antivirals?|generic|brand)\b"
    r"(?!.*\b(class|classes|dose|dosing|interactions?|levels?|type)\b)",
    re.IGNORECASE,
)
_TITLE_EXTRAS = frozenset(
    "a an and administration as adult adults dose doses dosing drug for guide guideline guidelines in infusion "
    "injection intravenous iv management monitoring monograph of oral page po premedication prophylaxis prophylactic "
    "protocol protocols recommendations replacement sc sheet subcutaneous summary tablets the therapeutic therapy "
    "treatment use using".split()
)
_FORMS = frozenset(
    "suspension solution syrup elixir liquid tablet tablets capsule capsules buccal nasal intranasal rectal topical "
    "inhaled nebulised nebulized sublingual patch drops cream ointment gel spray infusion injection subcutaneous "
    "intramuscular intravenous intrathecal oral enteral bolus".split()
)
_PAREN = lazy_regex(r"([^()]*)\(([^()]+)\)")
_NAMED = lazy_regex(r"\b([A-Za-z][\w\-]{3,}(?: [a-z]{4,})?) \(([A-Z][\w\-]{3,})(?:[®™])?\)")
_COMBINED = lazy_regex(r"(?:\b(?:and|plus|with|or)\s+|[/+&-]\s*)\Z")
_JOINED = lazy_regex(r"\w\s*[/+&\n]\s*\w|\w\s+(?:and|or|plus)\s+\w", re.IGNORECASE)
_BRAND = lazy_regex(r"[A-Z][a-z]{3,}\Z")
_NOT_NAMES = frozenset(
    "none other others any standard regimen various alternative combination supportive placebo child children infant "
    "infants neonate neonates neonatal paediatric pediatric adolescents elderly pregnant pregnancy loading maintenance "
    "initial induction first second repeat rescue escalation".split()
)
_KIND = (
    r"(antibod|inhibitor|antagonist|agonist|blocker|analogue?|drug\b|medicine\b|antibiotic|corticosteroid|chemotherap)"
)


@dataclass(frozen=True, slots=True)
class PageNames:
    """What the pages say of drugs."""

    page_drug: Mapping[str, str]
    """Page id to the drug that it is about."""
    names: Mapping[str, str]
    """Names that the pages give, to the generic name."""
    drugs: frozenset[str]
    """Drugs named anywhere on the pages."""
    words: frozenset[str]
    """All words of the pages, lower case."""


class _Reader:
    """Collects names over all pages; a name that two drugs claim belongs to neither."""

    def __init__(self, vocabulary: Published) -> None:
        self.vocabulary = vocabulary
        self.claims: dict[str, set[str]] = {}
        self.page_drug: dict[str, str] = {}

    def known(self, name: str) -> str | None:
        """Give the drug of an exactly known name."""
        claimed = self.claims.get(key(name), set())
        return self.vocabulary.names.get(key(name)) or (next(iter(claimed)) if len(claimed) == 1 else None)

    def claim(self, name: str, drug: str) -> None:
        """Note a name for a drug; generic names of the vocabulary cannot be claimed for another one."""
        known, vocabulary = key(name), self.vocabulary
        is_class = not {known, *known.split()}.isdisjoint(vocabulary.classes | vocabulary.ordinary)
        if len(known) > 1 and known not in vocabulary.generics and (not is_class or known in vocabulary.names):
            self.claims.setdefault(known, set()).add(drug)


def read_pages(documents: tuple[Document, ...], vocabulary: Published) -> PageNames:
    """Read every page; the order of the pages does not matter."""
    reader = _Reader(vocabulary)
    words = frozenset(word for page in documents for line in page.lines for word in words_of(line))
    for word in _stem_words(words, vocabulary):
        reader.claims.setdefault(word, {word})
    for page in documents:
        _read_columns(page, reader)
    sure = _sure(reader.claims)
    index = NameIndex(sure, vocabulary)
    for page in documents:
        _read_title(page, reader, sure, index)
    for page in documents:
        _read_brands(page, reader)
    names = _sure(reader.claims)
    _read_links(documents, reader.page_drug, names, vocabulary)
    index = NameIndex(names, vocabulary)
    used = {name for page in documents for name, _, _ in index.spans("\n".join(page.lines))}
    known = {name: names.get(name) or vocabulary.names[name] for name in used}
    called = _preferred(known, vocabulary)
    page_drug = {page: called.get(drug, drug) for page, drug in reader.page_drug.items()}
    drugs = {called.get(drug, drug) for drug in known.values()} | set(page_drug.values())
    if called:
        listed = {**vocabulary.names, **names}
        names |= {name: called[drug] for name, drug in listed.items() if drug in called}
    return PageNames(page_drug, names, frozenset(drugs), words)


def _preferred(used: Mapping[str, str], vocabulary: Published) -> dict[str, str]:
    """Let a drug be called as the pages call it ("aciclovir"), where they never use the vocabulary's generic name.

    `used` holds the names that stand on the pages, each with its drug.
    """
    found: dict[str, str] = {}
    for name in sorted(used.keys() & vocabulary.synonyms):
        if key(used[name]) not in used:
            found.setdefault(used[name], name)
    return found


def _sure(claims: Mapping[str, set[str]]) -> dict[str, str]:
    """Give the names that one drug alone claims."""
    return {name: next(iter(drugs)) for name, drugs in claims.items() if len(drugs) == 1}


def _stem_words(words: Iterable[str], vocabulary: Published) -> Iterator[str]:
    """Yield words that the naming scheme marks as generic names and that the vocabulary lacks ("...tamab")."""
    for word in words:
        if has_stem(word, vocabulary) and word not in vocabulary.names and word not in vocabulary.parts:
            yield word


def has_stem(word: str, vocabulary: Published) -> bool:
    """Tell whether a word ends as the naming scheme marks a generic name."""
    if word in vocabulary.classes or word in vocabulary.ordinary or not word.isalpha():
        return False
    return word.endswith(vocabulary.stems) and any(
        word.endswith(stem) and len(word) >= len(stem) + 3 for stem in vocabulary.stems
    )


def _read_columns(page: Document, reader: _Reader) -> None:
    for text in name_cells(page):
        _read_name_cell(text, reader)


def name_cells(page: Document) -> Iterator[str]:
    """Give the cells of a page that stand under "Drug" and the like."""
    for table in _tables(page):
        for at, column in enumerate(table.columns):
            if _DRUG_COLUMN.search(column):
                yield from (row.cells[at].text for row in table.rows if not row.cells[at].spanned)


def _read_name_cell(text: str, reader: _Reader) -> None:
    """Read a cell that holds a drug's name and perhaps another in brackets."""
    if match := _PAREN.fullmatch(text.strip()):
        outside, inside = match.group(1).strip(), match.group(2).strip()
        _pair(outside, inside, reader)
        return
    name = key(text)
    short = reader.vocabulary.short.get(name)
    if short and len(short.drugs) == 1 and not short.beside:
        return  # ward shorthand for a drug is no drug of its own
    first, _, last = name.partition(" ")
    if reader.known(first) and (last in _FORMS or "," in text):
        return  # "X, reduced" is X all the same
    if _JOINED.search(text) and all(reader.known(part) or part in reader.vocabulary.short for part in (first, last)):
        return  # "X / Y" are two
    if _could_be_name(name, reader) and reader.known(name) is None:
        reader.claim(name, name)


def _could_be_name(name: str, reader: _Reader) -> bool:
    """Tell whether words that stand where a drug is named can be one: one or two words, no figure, no class."""
    words = name.split()
    vocabulary = reader.vocabulary
    return (
        0 < len(words) <= 2
        and all(len(word) >= 4 and word.isalpha() for word in words)
        and not {name, *words} & (vocabulary.classes | vocabulary.ordinary | _NOT_NAMES | _TITLE_EXTRAS)
    )


def _pair(outside: str, inside: str, reader: _Reader) -> str | None:
    """Read "Generic (Brand)" or "Brand (generic)"; return the drug where one side is known."""
    out, ins = reader.known(outside), reader.known(inside)
    if out and not ins and _BRAND.match(inside) and _could_be_name(key(inside), reader):
        reader.claim(inside, out)
    if ins and not out and _could_be_name(key(outside), reader):
        reader.claim(outside, ins)
    if out and ins and out != ins:
        return None
    return out or ins


def _read_title(page: Document, reader: _Reader, names: Mapping[str, str], index: NameIndex) -> None:
    """Note the page's drug where title, or front-matter alias, says that the page is about one."""
    drug = _title_drug(page.title, reader, names, index)
    if drug is None and " " not in key(page.title) and _could_be_name(key(page.title), reader):
        drug = _only(reader.known(alias) for alias in page.metadata.aliases)
    if drug is None and _reads_as_drug_page(page, reader):
        drug = key(page.title.partition("(")[0])
        reader.claims.setdefault(drug, {drug})
    if drug is None:
        return
    reader.page_drug[page.id] = drug
    for alias in page.metadata.aliases:
        reader.claim(alias, drug)


def _title_drug(title: str, reader: _Reader, names: Mapping[str, str], index: NameIndex) -> str | None:
    """Give the drug of a title that names one and says nothing else of weight."""
    if match := _PAREN.search(title):
        outside, inside = match.group(1).strip(), match.group(2).strip()
        if drug := _pair(outside, inside, reader):
            return drug
    title = re.split(r"\s(?:for|in|[-–—])\s|:", _PAREN.sub(r"\1", title))[0]
    spans = list(index.spans(title))
    drugs = {names.get(name) or reader.vocabulary.names[name] for name, _, _ in spans}
    rest = title
    for _, begin, end in reversed(spans):
        rest = rest[:begin] + " " + rest[end:]
    return drugs.pop() if len(drugs) == 1 and {word for word, _, _ in tokens(rest)} <= _TITLE_EXTRAS else None


def _reads_as_drug_page(page: Document, reader: _Reader) -> bool:
    """Tell whether a page whose title is unknown is built as a drug's: "Title (Brand) is a ..." or a bare dose row."""
    name = key(page.title.partition("(")[0])
    if " " in name or not _could_be_name(name, reader) or reader.known(name) or name.endswith("s"):
        return False
    about = re.compile(rf"\b{re.escape(name)}(?: \([^()]*\))? is an? (?:[\w-]+ ){{0,6}}[\w-]*{_KIND}", re.IGNORECASE)
    told = any(about.search(block.text) for section in page.sections for block in section.blocks)
    return told or any(_is_unnamed_dosing(table, reader) for table in _tables(page))


def _is_unnamed_dosing(table: Table, reader: _Reader) -> bool:
    """Tell whether a table gives doses and how to give them, and no drug: then they are of the page's subject."""
    heads = [*table.columns, *(row.cells[0].text for row in table.rows if len(row.cells) == 2)]
    if any(_DRUG_COLUMN.search(head) for head in heads) or not any(_DOSE_HEAD.match(head) for head in heads):
        return False
    words = {word for row in table.rows for cell in row.cells for word, _, _ in tokens(cell.text)}
    named = any(word in reader.vocabulary.names or word in reader.claims for word in words)
    return any(_GIVING_HEAD.match(head) for head in heads) and not named


_DOSE_HEAD = lazy_regex(r"\W*(?:\w+ )?(?:dose|dosing|dosage)\b", re.IGNORECASE)
_GIVING_HEAD = lazy_regex(r"\W*(?:route|frequency|interval|duration|max(?:imum)?|schedule)\b", re.IGNORECASE)


def _read_brands(page: Document, reader: _Reader) -> None:
    """Read "Generic (Brand)" in running text, where the bracketed word is never written in small letters."""
    for name, brand in named_brands(page):
        drug = reader.known(name) or reader.known(name.split()[-1])
        if drug and _could_be_name(key(brand), reader) and reader.known(brand) is None:
            reader.claim(brand, drug)


def named_brands(page: Document) -> Iterator[tuple[str, str]]:
    """Give (words, bracketed word) wherever a page has "Generic (Brand)"."""
    lower = {word for line in page.lines for word in _SMALL_WORD.findall(line)}
    for line in page.lines:
        for match in _NAMED.finditer(line):
            brand = match.group(2)
            # "glipizide and metformin (Brand)" names a product of two drugs, which stands for neither.
            combined = _COMBINED.search(line[: match.start()])
            if not combined and _BRAND.match(brand) and brand.lower() not in lower:
                yield match.group(1), brand


def _read_links(
    documents: Iterable[Document], page_drug: Mapping[str, str], names: dict[str, str], vocabulary: Published
) -> None:
    """Let a page's file name stand for its drug ("[[mitigations/some-drug]]")."""
    for page in documents:
        stem = key(page.id.rpartition("/")[2])
        if page.id in page_drug and len(stem) > 2 and stem[0].isalpha() and stem not in vocabulary.names:
            names.setdefault(stem, page_drug[page.id])


def _tables(page: Document) -> Iterator[Table]:
    for section in page.sections:
        for block in section.blocks:
            if block.table:
                yield block.table


def _only(drugs: Iterable[str | None]) -> str | None:
    found = {drug for drug in drugs if drug}
    return found.pop() if len(found) == 1 else None
