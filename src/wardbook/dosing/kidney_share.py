"""Rows that give, by the kidney function, what share of a dose is given ("GFR 30-50 | 50 %").

A share is no dose, and none is worked out of it: each such row is shown with the doses of the drug that it is about.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wardbook.corpus.block import Block
from wardbook.corpus.document import Document
from wardbook.corpus.section import Section
from wardbook.corpus.table import Row, Table
from wardbook.dosing.band import RENAL, read_bands, read_renal
from wardbook.dosing.cell import has_dose
from wardbook.dosing.context import Drugs
from wardbook.dosing.notation import uniform
from wardbook.dosing.regimen import Regimen, Stated
from wardbook.dosing.subject import unknown_before
from wardbook.lazy_regex import lazy_regex

_SHARE = lazy_regex(
    r"(?<![\d.])\d{1,3}(?:\.\d+)?(?:\s*-\s*\d{1,3})?\s*%(?!\s*(?:glucose|dextrose|saline|solution|of patients))"
)


_ORDERS = lazy_regex(r"(?:adjust|reduc|modif|chang|decreas|lower|halve|multipl|follow|consult|please|kidney|creat)")
"""Opens what is said of a table of shares, and no name."""


def with_kidney_shares(document: Document, regimens: Sequence[Regimen], drugs: Drugs) -> list[Regimen]:
    """Show with each dose of a drug the rows of the page that give a share of it by the kidney function."""
    found = list(regimens)
    for section in document.sections:
        for block in section.blocks:
            rows = list(_shares(block.table, section)) if block.table is not None else []
            near = (block.table.columns if rows and block.table else (), block.lead, section.path)
            drug = _drug_of(near, section, document, found, drugs) if rows else None
            drug = None if drug and _is_of_another(drug, block, section, found, drugs) else drug
            for at in _doses(drug, section, found) if drug else ():
                found[at] = replace(found[at], limited_by=(*found[at].limited_by, *rows))
    return found


def _doses(drug: str, section: Section, regimens: Sequence[Regimen]) -> list[int]:
    """Give the doses of a drug in the section of a table or in those that it lies in, else all of the page."""
    own = [at for at, each in enumerate(regimens) if each.drug == drug and each.amount and not each.evidence]
    near = [at for at in own if regimens[at].section and _lies_in(section.id, regimens[at].section)]
    return [at for at in near or own if not _is_renal(regimens[at])]


def _lies_in(inner: str, outer: str) -> bool:
    return inner == outer or inner.startswith(f"{outer} > ")


def _shares(table: Table, section: Section) -> Iterator[Stated]:
    """Give the rows of a table whose first cell draws a band of the kidneys, where some give a share and none a dose.

    The row of those who are not given it ("< 30 | contraindicated") is one of them.
    """
    head = table.columns[0].strip() if table.columns else ""
    runs: list[list[Row]] = [[]]
    for row in table.rows:
        first, *others = (cell.text.strip() for cell in row.cells)
        bands = [each.condition.quantity for each in (*read_bands(first), *read_renal(head, first))]
        if any(map(has_dose, others)):
            return
        if any(others) and bands and all(each in RENAL for each in bands):
            runs[-1].append(row)
        elif runs[-1]:
            runs.append([])
    if any(_SHARE.search(uniform(cell.text)) for run in runs for row in run for cell in row.cells[1:]):
        yield from (_stated(run, head, section.id) for run in runs if run)


def _stated(rows: Sequence[Row], head: str, section: str) -> Stated:
    """Give rows that follow one another as one thing that is said."""
    words = "\n".join(" | ".join(cell.text.strip() for cell in row.cells if cell.text.strip()) for row in rows)
    return Stated(section, (rows[0].lines[0], rows[-1].lines[1]), words, rule=True, head=head)


def _drug_of(
    near: Sequence[Sequence[str]], section: Section, document: Document, regimens: Sequence[Regimen], drugs: Drugs
) -> str | None:
    """Give the one drug that the nearest words over a table of shares name, else the one drug of its section."""
    for words in (each for level in near for each in reversed(level)):
        named = {mention.drug for mention in drugs.find(words)}
        if named:
            return named.pop() if len(named) == 1 else None
    here = {each.drug for each in regimens if each.section == section.id and each.amount and not each.evidence}
    if here:
        return here.pop() if len(here) == 1 else None
    titled = {mention.drug for mention in drugs.find(document.title)}
    page = drugs.page_drug.get(document.id) or (titled.pop() if len(titled) == 1 else None)
    whole = {each.drug for each in regimens if each.amount and not each.evidence}
    return page or (whole.pop() if len(whole) == 1 else None)


def _is_of_another(drug: str, table: Block, section: Section, regimens: Sequence[Regimen], drugs: Drugs) -> bool:
    """Tell whether words between the doses and a table of shares open with another drug's name, known or not.

    "Flucytosine is given by level." below a dose of another drug: what follows may be of that one.
    """
    opened = [*table.lead[-1:], section.path[-1] if section.path else ""]
    for block in reversed(section.blocks[: section.blocks.index(table)]):
        first, last = block.lines
        if block.table is not None or any(
            each.section == section.id and each.lines[0] <= last and first <= each.lines[1] for each in regimens
        ):
            break
        opened.append(block.text)
    return any(_opens_with_another(words, drug, drugs) for words in opened)


def _opens_with_another(words: str, drug: str, drugs: Drugs) -> bool:
    mentions = drugs.find(words)
    if mentions and not re.search(r"\w", words[: mentions[0].begin]):
        return mentions[0].drug != drug
    first = re.match(r"\W*([^\W\d_][\w-]*)", words)
    if first is None or _ORDERS.match(uniform(first[1])):
        return False
    return unknown_before(first[1], 0, len(first[1])) is not None


def _is_renal(regimen: Regimen) -> bool:
    return any(band.quantity in RENAL for band in regimen.bands)
