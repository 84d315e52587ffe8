"""Lint of a corpus folder: every page read once, rules on pages spread over the cores, rules between pages at the end."""

import gc
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from wardbook.corpus.document import Document
from wardbook.corpus.folder import PageFile, list_pages, read_bytes
from wardbook.corpus.reading import read_document
from wardbook.dosing.drug import DrugNames, drug_names
from wardbook.errors import CorpusError
from wardbook.lint.accept import FILE, read_accepted, split
from wardbook.lint.finding import Finding, LintSettings
from wardbook.lint.rules import RULES
from wardbook.lint.view import Facts, View, facts_of

MANY_PAGES = 64
"""Pages from which work is spread over processes; below, starting them costs more than it saves."""
_PORTION = 16
"""Pages handed to a process at a time."""

_Item = TypeVar("_Item")
_Given = TypeVar("_Given")
_Result = TypeVar("_Result")


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
    return tuple(sorted(_judge(documents, settings or LintSettings())))


def _lint(files: list[PageFile], settings: LintSettings, warnings: list[str]) -> tuple[list[Finding], int]:
    documents, findings = [], []
    for document, notes, finding in _spread(_read, files, None):
        warnings += notes
        findings += [finding] if finding else []
        documents += [document] if document else []
    findings += _judge(documents, settings)
    return sorted(findings), len(documents)


def _read(file: PageFile, _given: object) -> tuple[Document | None, list[str], Finding | None]:
    """Read one page; one that is no text is itself a finding."""
    notes: list[str] = []
    try:
        return read_document(read_bytes(file), file.page, notes), notes, None
    except CorpusError as fault:
        return None, notes, Finding(file.page, 1, "S00", str(fault))


def _judge(documents: Sequence[Document], settings: LintSettings) -> list[Finding]:
    drugs = drug_names(documents)
    findings: list[Finding] = []
    corpus: list[Facts] = []
    for found, facts in _spread(_page, documents, (drugs, settings)):
        findings += found
        corpus.append(facts)
    for rule in RULES:
        if rule.on_corpus:
            findings += rule.on_corpus(corpus, settings)
    return findings


def _page(document: Document, given: tuple[DrugNames, LintSettings]) -> tuple[list[Finding], Facts]:
    """Judge one page alone, and collect what other pages are held against."""
    view = View(document, *given)
    findings = [finding for rule in RULES if rule.on_page for finding in rule.on_page(view)]
    return findings, facts_of(view)


@dataclass(slots=True)
class _Work:
    """What a process was started with; inherited where processes are forked, so that nothing is copied to them."""

    function: Callable[..., object] | None = None
    items: Sequence[object] = ()
    given: object = None


_work = _Work()


def _begin(function: Callable[..., object], items: Sequence[object], given: object) -> None:
    gc.disable()
    _work.function, _work.items, _work.given = function, items, given


def _portion(bounds: tuple[int, int]) -> list[object]:
    assert _work.function is not None
    return [_work.function(item, _work.given) for item in _work.items[slice(*bounds)]]


def _spread(function: Callable[[_Item, _Given], _Result], items: Sequence[_Item], given: _Given) -> Iterable[_Result]:
    """Apply a function to each item, over the cores where there are many; the order stays."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(items) < MANY_PAGES or cores < 2:
        return [function(item, given) for item in items]
    bounds = [(begin, begin + _PORTION) for begin in range(0, len(items), _PORTION)]
    with get_context().Pool(cores, _begin, (function, items, given)) as pool:
        return [result for portion in pool.imap(_portion, bounds) for result in portion]  # type: ignore[misc]
