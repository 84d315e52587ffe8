"""Made-up pages for lint: a sound page as a frame, and what rules find on pages given as text."""

from datetime import date

from wardbook.corpus.reading import read_document
from wardbook.lint import Finding, LintSettings, lint_documents

SETTINGS = LintSettings(stale_months=12, today=date(2026, 6, 15))

FRONT = "---\ntitle: {title}\nevidence_level: Low\nlast_updated: 2026-06-01\n---\n\n"


def page(body: str, title: str = "Examplin") -> str:
    """Give a page with title, evidence level and date, and this body below its H1."""
    return f"{FRONT.format(title=title)}# {title}\n\n{body}\n"


def lint(pages: dict[str, str] | str) -> tuple[Finding, ...]:
    """Lint pages given as id to Markdown (or one page) on a fixed day."""
    given = {"examplin": pages} if isinstance(pages, str) else pages
    return lint_documents([read_document(text.encode(), name) for name, text in given.items()], SETTINGS)


def found(code: str, pages: dict[str, str] | str) -> list[Finding]:
    """Give the findings of one rule."""
    return [finding for finding in lint(pages) if finding.code == code]
