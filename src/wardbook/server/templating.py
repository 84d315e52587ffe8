"""HTML pages from templates; everything that is put into one is escaped unless it was cleaned."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from wardbook import __version__
from wardbook.render import readable
from wardbook.server import wording
from wardbook.server.cleaning import clean
from wardbook.server.reading import source_url

_MARKER = re.compile(r"\[(\d{1,3})\](?=(?:\[\d{1,3}\])*(?:\s|<|$))")
"""A marker ends a sentence or bullet; a page's own reference number before a colon or comma is none."""
_LISTED = re.compile(r"\[(\d{1,3})\]")
"""A marker where nothing is quoted: in the list of what the pages have instead."""
_LINK = re.compile(r"\[\[(?:[^\[\]|\n]*\\?\|)?([^\[\]|\n]+)\]\]")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"version": __version__, "wording": wording, "source_url": source_url}
    environment.filters |= {
        "answer_html": answer_html,
        "marker": marker_html,
        "readable": readable,
        "plain": plain,
        "with_dose": with_dose,
        "day": day,
        "pretty": pretty,
        "lines": lines_words,
        "by_page": by_page,
        "by_folder": by_folder,
    }
    return environment


def page(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """Give a page."""
    return HTMLResponse(fragment(template, path=request.url.path, **values), status)


def fragment(template: str, **values: object) -> str:
    """Give a piece of a page."""
    return _environment().get_template(template).render(**values)


@cache
def _markdown() -> MarkdownIt:
    """Markdown of answers: no HTML, and no link definitions, so that a marker stays a marker."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(["reference", "image", "html_inline"])


def answer_html(answer: Mapping[str, Any]) -> Markup:
    """Give an answer's text as HTML whose markers lead to their sources."""
    sources = {citation["n"]: citation for citation in answer["citations"]}

    def marker(match: re.Match[str]) -> str:
        citation = sources.get(int(match[1]))
        return str(marker_html(citation)) if citation else match[0]

    html = _markdown().render(_LINK.sub(r"\1", str(answer["text"])))
    pattern = _LISTED if answer.get("status") == "not_found" else _MARKER
    return Markup(clean(pattern.sub(marker, html)))


def marker_html(citation: Mapping[str, Any]) -> Markup:
    """Give the marker of a source."""
    url, n = source_url(str(citation["page"]), citation["lines"]), int(citation["n"])
    label = escape(f"Source {n}: {citation['title']}{', ' if citation['section'] else ''}{citation['section']}")
    return Markup(f'<a class="marker" href="{escape(url)}" data-n="{n}" aria-label="{label}">{n}</a>')


def with_dose(words: str, cell: str) -> Markup:
    """Mark the cell that holds the dose in the words of its row, where the cells' ends are not to be seen."""
    row, dose = readable(words), readable(cell)
    if dose == row or row.count(dose) != 1:
        return Markup(escape(row))
    before, _, after = row.partition(dose)
    return Markup(f"{escape(before)}<strong>{escape(dose)}</strong>{escape(after)}")


def by_page(citations: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Group citations by page, in the order of their first numbers."""
    pages: dict[str, list[Mapping[str, Any]]] = {}
    for citation in citations:
        pages.setdefault(str(citation["page"]), []).append(citation)
    return list(pages.values())


def by_folder(pages: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Group listed pages by folder, each group by title; pages outside of any folder come first."""
    folders: dict[str, list[Mapping[str, Any]]] = {}
    for entry in sorted(pages, key=lambda entry: str(entry["title"]).casefold()):
        folders.setdefault(str(entry["page"]).rpartition("/")[0], []).append(entry)
    return sorted(folders.items())


def plain(answer: Mapping[str, Any]) -> str:
    """Give an answer with its sources as text to paste into a note."""
    lines = [f"Question: {answer['question']}", ""]
    if answer["standalone_question"] != answer["question"]:
        lines[1:1] = [f"Understood as: {answer['standalone_question']}"]
    lines += [_LINK.sub(r"\1", str(answer["text"])).replace("**", ""), ""]
    lines += [f"Warning: {warning}" for warning in answer["warnings"]]
    lines += [f"Computed: {computed['arithmetic']}" for computed in answer["computed"]]
    for citation in answer["citations"]:
        lines.append(_reference(citation))
    return "\n".join(lines)


def _reference(citation: Mapping[str, Any]) -> str:
    dated = f", updated {citation['last_updated']}" if citation["last_updated"] else ""
    place = f"{citation['title']}, {citation['section'] or 'top of page'}"
    return f"[{citation['n']}] {place} ({citation['page']}, {lines_words(citation['lines'])}{dated})"


def lines_words(lines: Sequence[int]) -> str:
    """Give "line 3" or "lines 3–5"."""
    return f"line {lines[0]}" if lines[0] == lines[1] else f"lines {lines[0]}–{lines[1]}"


def day(iso: str) -> str:
    """Give the date of an ISO time."""
    return str(iso)[:10]


def pretty(value: object) -> str:
    """Give JSON for reading."""
    return json.dumps(value, indent=2, ensure_ascii=False)
