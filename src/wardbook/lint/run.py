"""Lint of a corpus folder: every page read once, rules on pages spread over the cores, rules between pages at the end."""

import gc
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path

from wardbook.corpus.document import Document
from wardbook.corpus.folder import PageFile, list_pages, read_bytes
from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import DrugNames
from wardbook.errors import CorpusError
from wardbook.lint.accept import FILE, read_accepted, split
from wardbook.lint.finding import Finding, LintSettings
from wardbook.lint.rules import RULES
from wardbook.lint.view import Facts, View, facts_of

MANY_PAGES = 64
"""Pages from which work is spread over processes; below, starting them costs more than it saves."""
_PORTION = 16
"""Pages handed to a process at a time."""


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


def run(corpus: Path, accept: Path | None = None, settings: LintSettings | None = None) -> LintReport:
    """Lint the pages below a folder.

    `accept` names the file of accepted findings; without it, `lint-accepted.toml` in the corpus folder is taken where
    there is one. CorpusError for an unusable folder, SettingsError for a faulty accepted file.
    """
    warnings: list[str] = []
    files = list_pages(corpus, warnings)
    path = accept or corpus / FILE
    accepted = read_accepted(path, [rule.code for rule in RULES]) if accept or path.is_file() else ()
    findings, count = _lint(files, settings or LintSettings(), warnings)
    new, known, idle = split(findings, accepted)
    warnings += [f"{path}: nothing is found any more for {entry.code} on {entry.page}: remove it" for entry in idle]
    return LintReport(tuple(new), tuple(known), tuple(warnings), count)


def lint_documents(documents: Sequence[Document], settings: LintSettings | None = None) -> tuple[Finding, ...]:
    """Lint pages that are read already, as one corpus."""
    given = settings or LintSettings()
    judged = [_judge(document, given) for document in documents]
    findings = [finding for found, _ in judged for finding in found]
    return tuple(sorted([*findings, *_between([facts for _, facts in judged], given)]))


def _lint(files: list[PageFile], settings: LintSettings, warnings: list[str]) -> tuple[list[Finding], int]:
    findings: list[Finding] = []
    corpus: list[Facts] = []
    for page in _spread(files, settings):
        warnings += page.warnings
        findings += page.findings
        corpus += [page.facts] if page.facts else []
    findings += _between(corpus, settings)
    return sorted(findings), len(corpus)


def _between(corpus: Sequence[Facts], settings: LintSettings) -> list[Finding]:
    return [finding for rule in RULES if rule.on_corpus for finding in rule.on_corpus(corpus, settings)]


@dataclass(frozen=True, slots=True)
class _Page:
    """What one page gave."""

    findings: list[Finding]
    facts: Facts | None
    warnings: list[str]


def _page(file: PageFile, settings: LintSettings) -> _Page:
    """Read and judge one page; one that is no text is itself a finding."""
    warnings: list[str] = []
    try:
        document = read_document(read_bytes(file), file.page, warnings)
    except CorpusError as fault:
        return _Page([Finding(file.page, 1, "S00", str(fault))], None, warnings)
    return _Page(*_judge(document, settings), warnings)


def _judge(document: Document, settings: LintSettings) -> tuple[list[Finding], Facts]:
    """Judge one page alone, and collect what other pages are held against."""
    view = View(document, _drugs(), settings)
    findings = [finding for rule in RULES if rule.on_page for finding in rule.on_page(view)]
    return findings, facts_of(view)


@lru_cache(maxsize=1)
def _drugs() -> DrugNames:
    """Give the published drug names. What lint says of a page then hangs on that page alone, and no page waits."""
    return DrugNames({}, {}, frozenset())


def _spread(files: Sequence[PageFile], settings: LintSettings) -> Iterator[_Page]:
    """Judge each page, over the cores where there are many; the order stays."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(files) < MANY_PAGES or cores < 2:
        yield from (_page(file, settings) for file in files)
        return
    _drugs().find("")  # read once, inherited by the processes where they are forked
    with get_context().Pool(cores, gc.disable) as pool:
        yield from pool.imap(partial(_page, settings=settings), files, chunksize=_PORTION)
