"""Pages, questions and evidence made up for the tests of this folder."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wardbook.answering.citation import Citations, Sources
from wardbook.answering.evidence import Evidence, SectionHit
from wardbook.answering.question import Question, understand
from wardbook.answering.terms import Frequencies, Term, stem, terms_of
from wardbook.corpus.document import Document
from wardbook.corpus.names import Names, names_in
from wardbook.corpus.reading import read_document
from wardbook.corpus.unit import Unit, units
from wardbook.dosing.drug import DrugNames, drug_names

PAGES = {
    "drugs/tocilizumab": "# Tocilizumab\n\nTocilizumab (Actemra) blocks the receptor of IL-6.\n",
    "drugs/anakinra": "# Anakinra\n\nAnakinra (Kineret) is given for cytokine release syndrome (CRS).\n",
    "events/crs": "# Cytokine Release Syndrome (CRS)\n\nFever after the cells were given.\n",
    "events/icans": "# Immune Effector Cell-Associated Neurotoxicity Syndrome (ICANS)\n\nConfusion, then seizures.\n",
}


def read(pages: Mapping[str, str] = PAGES) -> tuple[Document, ...]:
    return tuple(read_document(text.encode(), page) for page, text in pages.items())


def names_of(pages: Mapping[str, str] = PAGES) -> tuple[Names, DrugNames]:
    documents = read(pages)
    drugs = drug_names(documents)
    names = [name for document in documents for name in names_in(document)]
    return Names(names, {**drugs.vocabulary.names, **drugs.names}), drugs


NAMES, DRUGS = names_of()


def ask(text: str) -> Question:
    """Understand a question over the made-up pages."""
    return understand(text, NAMES, DRUGS)


def frequencies(passages: int = 100, **counts: int) -> Frequencies:
    """Frequencies of words given; a word that is not given stands in five passages."""
    known = {stem(word): count for word, count in counts.items()}
    return Frequencies(passages, lambda each: known.get(each, 5))


def terms(text: str, **counts: int) -> tuple[Term, ...]:
    return terms_of(ask(text), NAMES, frequencies(**counts))


def unit(text: str, kind: str = "sentence", line: int = 1, **fields: Any) -> Unit:
    given: dict[str, Any] = {"section": "Section", "lines": (line, line), "quote": text, "block": line}
    return Unit(kind=kind, text=text, **{**given, **fields})


def hit(*held: Unit, page: str = "drugs/anakinra", title: str = "Anakinra", **fields: Any) -> SectionHit:
    given: dict[str, Any] = {"section": "Section", "path": ("Section",), "score": 0.5, "dense": 0.5}
    return SectionHit(page=page, title=title, units=held, **{**given, **fields})


def evidence(one: SectionHit, at: int = 0, score: float = 1.0, coverage: float = 1.0) -> Evidence:
    return Evidence(one, one.units[at], score, coverage)


def citations(folder: Path, pages: Mapping[str, str]) -> Citations:
    """Write pages into a folder and give an empty list of citations over them."""
    for page, text in pages.items():
        path = folder / f"{page}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    titles = {document.id: document.title for document in read(pages)}
    return Citations(
        Sources(folder, lambda page: folder / f"{page}.md"), lambda page: (titles[page], "Low", "2026-01-02")
    )


def hits_of(pages: Mapping[str, str]) -> list[SectionHit]:
    """Every section of pages as if retrieval had found all of them alike."""
    found = []
    for document in read(pages):
        listed = units(document)
        for section in document.sections:
            own = tuple(each for each in listed if each.section == section.id)
            found.append(SectionHit(document.id, document.title, section.id, section.path, 0.5, 0.5, own))
    return found
