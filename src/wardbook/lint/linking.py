"""Rules on how pages stand together: links, names that two pages claim, index pages."""

import posixpath
import re
from collections.abc import Iterator
from datetime import date
from functools import cache, partial

from rapidfuzz import fuzz, process

from wardbook.corpus.document import Link
from wardbook.corpus.names import tokens
from wardbook.lint.finding import Finding, listed, shown
from wardbook.lint.view import Corpus, Facts, compact, is_index

_NEAR = 80
"""Likeness (0-100) from which a page is proposed for a dead link."""


def dead_link(corpus: Corpus) -> Iterator[Finding]:
    """Find a link to a page that does not exist."""
    folders = frozenset(folder for facts in corpus.pages for folder in _folders(facts.page))
    stems = [facts.page.rpartition("/")[2] for facts in corpus.pages]
    mend = cache(partial(_mend, stems))
    for facts in corpus.pages:
        dead: dict[str, list[int]] = {}
        for link in facts.links:
            if corpus.find(link.target, facts.page) is None and not _is_folder(link.target, facts.page, folders):
                dead.setdefault(link.target, []).append(link.line)
        for target, lines in dead.items():
            message = f"link to {shown(target)}{_also(lines)}, and no such page is there: {mend(target)}"
            yield Finding(facts.page, lines[0], "S01", message)


def _also(lines: list[int]) -> str:
    more = list(dict.fromkeys(str(line) for line in lines if line != lines[0]))
    return f" (also on line {listed(more)})" if more else ""


def _mend(stems: list[str], target: str) -> str:
    near = process.extractOne(target.rpartition("/")[2], stems, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return f"write the page or mend the link; did you mean {shown(near[0])}?" if near else "write it or mend the link"


def _folders(page: str) -> Iterator[str]:
    folder = posixpath.dirname(page)
    while folder:
        yield folder.casefold()
        folder = posixpath.dirname(folder)


def _is_folder(target: str, page: str, folders: frozenset[str]) -> bool:
    wanted = target.strip("/").casefold()
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(page), target)).casefold()
    return wanted in folders or beside in folders or beside == "."


def dead_section(corpus: Corpus) -> Iterator[Finding]:
    """Find a link to a section that its page does not have."""
    by_page = {facts.page: facts for facts in corpus.pages}
    for facts in corpus.pages:
        for link in facts.links:
            found = corpus.find(link.target, facts.page)
            if found and link.section and not _has_section(by_page[found], link):
                message = f"link to the section {shown(link.section)}, which {found}.md does not have: mend the link"
                yield Finding(facts.page, link.line, "S02", message)


def _has_section(facts: Facts, link: Link) -> bool:
    """Tell whether a page has the heading; as words, as a path of headings or as an anchor."""
    part = (link.section or "").rpartition("#")[2].rpartition(" > ")[2]
    if part.startswith("^") or not compact(part):
        return True
    wanted = compact(re.sub(r"%20", " ", part))
    plain = re.sub(r"\d+$", "", wanted)  # "dosing-1" is the second "Dosing"
    return wanted in facts.headings or plain in facts.headings or wanted == compact(facts.title or "")


def stale(corpus: Corpus) -> Iterator[Finding]:
    """Find pages last updated too long ago, or in the future."""
    today, most = corpus.settings.today, corpus.settings.stale_months
    for facts in corpus.pages:
        if not facts.updated:
            continue
        updated, line = facts.updated
        day = date.fromisoformat(updated if len(updated) > 7 else f"{updated}-01")
        months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
        if day > today:
            message = f"last updated on {updated}, which is still to come: mend the date"
            yield Finding(facts.page, line, "S11", message)
        elif months > most or (months == most and today.day > day.day):
            message = f"last updated on {updated}, {months} months ago, more than {most}: review the page and date it"
            yield Finding(facts.page, line, "S11", message)


def orphan(corpus: Corpus) -> Iterator[Finding]:
    """Find a page that no other page links to."""
    linked = {target for facts in corpus.pages for target in _targets(facts, corpus) if target != facts.page}
    if len(corpus.pages) < 2:
        return
    for facts in corpus.pages:
        if facts.page not in linked and not facts.is_index:
            message = "no other page links to this one: link it where a reader would look for it"
            yield Finding(facts.page, 1, "S03", message)


def _targets(facts: Facts, corpus: Corpus) -> Iterator[str]:
    for target in (*(link.target for link in facts.links), *(see.partition("#")[0] for see in facts.see_also)):
        found = corpus.find(target, facts.page)
        if found:
            yield found


def shared_name(corpus: Corpus) -> Iterator[Finding]:
    """Two pages with the same title or alias."""
    owners: dict[tuple[str, ...], Facts] = {}
    for facts in corpus.pages:
        if facts.is_index:
            continue
        for name in facts.names:
            owner = owners.setdefault(tokens(name), facts) if tokens(name) else facts
            if owner.page != facts.page:
                message = f"the title or alias {shown(name)} is one of {owner.page}.md too: keep it on one of the two"
                yield Finding(facts.page, 1, "S12", message)


def index_omits(corpus: Corpus) -> Iterator[Finding]:
    """Find an index page that leaves out pages of its folder."""
    for facts in corpus.pages:
        listed_pages = set(_targets(facts, corpus)) - {facts.page}
        if not facts.is_index or not listed_pages:
            continue
        missing = [other.page for other in corpus.pages if _belongs(other.page, facts.page, listed_pages)]
        if missing and len(listed_pages) > 1:
            names = listed([shown(page) for page in missing])
            message = f"this index page lists {len(listed_pages)} pages and leaves out {names}: add them"
            yield Finding(facts.page, 1, "S13", message)


def _belongs(page: str, index: str, listed_pages: set[str]) -> bool:
    """Tell whether an index page ought to list a page: below its folder, not listed, nor below a listed index."""
    folder = posixpath.dirname(index)
    inside = page.startswith(f"{folder}/") if folder else True
    if not inside or page == index or page in listed_pages:
        return False
    below = {posixpath.dirname(other) for other in listed_pages if _is_lower_index(other, folder)}
    return not any(page.startswith(f"{lower}/") for lower in below)


def _is_lower_index(page: str, folder: str) -> bool:
    return is_index(page) and posixpath.dirname(page) != folder
