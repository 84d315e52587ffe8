"""Lint of a corpus folder: pages judged alone, over the cores, then held against each other."""

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

from wardbook.corpus.document import Document
from wardbook.corpus.folder import PageFile, list_pages, read_bytes
from wardbook.corpus.reading import read_document
from wardbook.dosing.drug_vocabulary import published
from wardbook.errors import CorpusError
from wardbook.lint.accept import FILE, read_accepted, split
from wardbook.lint.cache import Kept, load, pack, place, save, unpack
from wardbook.lint.finding import Finding, LintSettings
from wardbook.lint.rules import RULES
from wardbook.lint.view import Corpus, Facts, View, facts_of

MANY_PAGES = 64
"""Pages from which work is spread over processes; below, starting them costs more than it saves."""
_PORTION = 4
"""Pages handed to a process at a time; few, so that the last process to end is not long alone."""


@dataclass(frozen=True, slots=True)
class LintReport:
    """What lint found."""

    findings: tuple[Finding, ...]
    """Faults that are not accepted, by page and line."""
    accepted: tuple[tuple[Finding, str], ...] = ()
    """Faults that are accepted, each with its reason."""
    warnings: tuple[str, ...] = ()
    """Files left out and why; entries of the accepted file that cover nothing any more."""
    pages: int = 0
    """Pages that were read."""

    @property
    def clean(self) -> bool:
        """True where nothing was found that is not accepted."""
        return not self.findings


def run(
    corpus: Path, accept: Path | None = None, settings: LintSettings | None = None, cache: Path | None = None
) -> LintReport:
    """Lint the pages below a folder.

    `accept` names the file of accepted findings; without it, `lint-accepted.toml` in the corpus folder is taken where
    there is one. `cache` names a folder where results are kept for pages that do not change. CorpusError for an
    unusable folder, SettingsError for a faulty accepted file.
    """
    warnings: list[str] = []
    files = list_pages(corpus, warnings)
    path = accept or corpus / FILE
    accepted = read_accepted(path, [rule.code for rule in RULES]) if accept or path.is_file() else ()
    with _no_collector():
        pages = _judged(files, place(cache, corpus) if cache else None)
        warnings += [warning for page in pages for warning in page.warnings]
        facts = [page.facts for page in pages if page.facts]
        findings = [finding for page in pages for finding in page.findings]
        findings += _between(facts, settings or LintSettings())
    new, known, idle = split(sorted(findings), accepted)
    warnings += [f"{path}: nothing is found any more for {entry.code} on {entry.page}: remove it" for entry in idle]
    return LintReport(tuple(new), tuple(known), tuple(warnings), len(facts))


@contextmanager
def _no_collector() -> Iterator[None]:
    """Keep the collector of cycles from walking again and again through what stays to the end anyway."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def lint_documents(documents: Sequence[Document], settings: LintSettings | None = None) -> tuple[Finding, ...]:
    """Lint pages that are read already, as one corpus."""
    judged = [_judge(document) for document in documents]
    findings = [finding for found, _ in judged for finding in found]
    return tuple(sorted([*findings, *_between([facts for _, facts in judged], settings or LintSettings())]))


def _between(corpus: Sequence[Facts], settings: LintSettings) -> list[Finding]:
    whole = Corpus(corpus, settings)
    return [finding for rule in RULES if rule.on_corpus for finding in rule.on_corpus(whole)]


@dataclass(frozen=True, slots=True)
class Judged:
    """What one page gave."""

    sha256: str
    """Of the page's bytes, hex."""
    findings: list[Finding]
    """By the rules on one page."""
    facts: Facts | None
    """For the rules between pages; None where it could not be read."""
    warnings: list[str]
    """What stood in the way of reading all of it."""


def _judged(files: Sequence[PageFile], kept_at: Path | None) -> list[Judged]:
    """Judge all pages, in their order; those that did not change since the last run are taken as judged then."""
    kept = load(kept_at) if kept_at else {}
    known = {file.page: kept[file.page] for file in files if _is_kept(file, kept)}
    changed = [file for file in files if file.page not in known]
    fresh = {file.page: (unpack(data), data) for file, data in zip(changed, _spread(changed), strict=True)}
    pages = {file.page: known.get(file.page) or fresh[file.page] for file in files}
    if kept_at and (fresh or len(kept) != len(pages)):
        save(kept_at, pages)
    return [judged for judged, _ in pages.values()]


def _is_kept(file: PageFile, kept: Kept) -> bool:
    return file.page in kept and sha256(read_bytes(file)).hexdigest() == kept[file.page][0].sha256


def _page(file: PageFile) -> Judged:
    """Read and judge one page; one that is no text is itself a finding."""
    warnings: list[str] = []
    digest = ""
    try:
        data = read_bytes(file)
        digest = sha256(data).hexdigest()
        document = read_document(data, file.page, warnings)
    except CorpusError as fault:
        return Judged(digest, [Finding(file.page, 1, "S00", str(fault))], None, warnings)
    return Judged(digest, *_judge(document), warnings)


def _judge(document: Document) -> tuple[list[Finding], Facts]:
    """Judge one page alone, and collect what other pages are held against."""
    view = View(document)
    findings = [finding for rule in RULES if rule.on_page for finding in rule.on_page(view)]
    return findings, facts_of(view)


def _packed(file: PageFile) -> bytes:
    return pack(_page(file))


def _spread(files: Sequence[PageFile]) -> Iterator[bytes]:
    """Judge each page, over the cores where there are many, and give what was found as bytes; the order stays."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(files) < MANY_PAGES or cores < 2:
        yield from map(_packed, files)
        return
    published()  # read once, inherited by the processes where they are forked
    with get_context().Pool(cores, gc.disable) as pool:
        yield from pool.imap(_packed, files, chunksize=_PORTION)
