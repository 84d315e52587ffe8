"""Whether gold questions still fit the pages: sections exist, needed facts stand in them, doses agree."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from wardbook.corpus.document import Document
from wardbook.corpus.folder import list_pages, read_bytes
from wardbook.corpus.reading import read_document
from wardbook.errors import CorpusError
from wardbook.evaluation.gold import GoldDose, GoldFault, GoldItem
from wardbook.evaluation.gold_reading import read_gold
from wardbook.evaluation.measures import DECLINED
from wardbook.evaluation.plain import Figure, canonical, figures, folded, holds


def gold_check(paths: Sequence[Path], corpus: Path) -> list[GoldFault]:
    """Check gold files against a corpus folder; the findings come in the order of the files.

    Raises GoldError where there is no gold question at all, CorpusError where there is no page at all.
    """
    items, faults = read_gold(paths)
    pages = read_pages(corpus)
    found = [*faults, *(fault for item in items for fault in check_item(item, pages))]
    order = {str(path): at for at, path in enumerate(paths)}
    return sorted(found, key=lambda fault: (order.get(fault.path, len(order)), fault.path, fault.line))


def read_pages(corpus: Path) -> dict[str, Document]:
    """Read every page of a folder by its id; a page that cannot be read is left out."""
    pages: dict[str, Document] = {}
    for file in list_pages(corpus, []):
        try:
            pages[file.page] = read_document(read_bytes(file), file.page)
        except CorpusError:
            continue
    return pages


def check_item(item: GoldItem, pages: Mapping[str, Document]) -> list[GoldFault]:
    """List what is wrong with one question."""
    path, _, line = item.place.rpartition(":")
    reasons = [*_consistent(item), *_sections(item, pages)]
    if not reasons:
        texts = [text for place in item.gold_sections if (text := _section_text(pages, place)) is not None]
        reasons = [*_facts(item, texts), *_dose(item, texts)]
    return [GoldFault(path, int(line or 0), f"{item.id}: {reason}") for reason in reasons]


def _consistent(item: GoldItem) -> Iterator[str]:
    if item.answerable == (item.expect_status in DECLINED):
        yield f"answerable is {str(item.answerable).lower()}, yet expect_status is {item.expect_status}"
    if item.answerable and not item.gold_sections:
        yield "answerable, yet without gold_sections"
    if item.unknown:
        yield f"fields that are not known: {', '.join(item.unknown)}"


def _sections(item: GoldItem, pages: Mapping[str, Document]) -> Iterator[str]:
    for page, section in item.gold_sections:
        if page not in pages:
            yield f"no page {page!r}{_near(page, list(pages))}"
        elif section not in (names := [one.id for one in pages[page].sections]):
            yield f"no section {section!r} in {page}{_near(section, names)}"


def _near(name: str, names: Sequence[str]) -> str:
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    return f"; nearest is {near[0]!r}" if near else ""


def _section_text(pages: Mapping[str, Document], place: tuple[str, str]) -> str | None:
    """Give title, headings and lines of a section, as they stand in the file."""
    page = pages.get(place[0])
    section = next((one for one in page.sections if one.id == place[1]), None) if page else None
    if page is None or section is None:
        return None
    return "\n".join((page.title, *section.path, page.text_of(section.lines)))


def _facts(item: GoldItem, texts: Sequence[str]) -> Iterator[str]:
    if item.expect_status in DECLINED:
        return
    words = folded("\n".join(texts))
    for group in item.must_include:
        if not any(holds(words, variant) or _is_computed(item, variant) for variant in group):
            yield f"no variant of {' / '.join(group)!r} stands in the gold sections"


def _is_computed(item: GoldItem, variant: str) -> bool:
    """Say whether a needed fact is the amount to be worked out, which no page holds."""
    if item.computed is None:
        return False
    ends = (item.computed.low, item.computed.high)
    unit = re.sub(r"/(?:min|h|d)$", "", item.computed.unit)  # "7 units" is the amount of a rate in words
    return bool(figures(variant) & {canonical(end, unit) for end in ends})


def _dose(item: GoldItem, texts: Sequence[str]) -> Iterator[str]:
    if item.dose is None or item.dose.low is None or item.dose.high is None:
        return
    wanted = {canonical(end, item.dose.unit, item.dose.per) for end in (item.dose.low, item.dose.high)}
    shown = [figures(line) for text in texts for line in text.split("\n")]
    amount = f"{item.dose.low}-{item.dose.high} {item.dose.unit}" + (f"/{item.dose.per}" if item.dose.per else "")
    if not any(wanted <= line for line in shown):
        yield f"no line of the gold sections holds the dose {amount}"
    if not any(name in text.casefold() for text in texts for name in item.dose.drug):
        yield f"the gold sections do not name {' or '.join(item.dose.drug)}"
    yield from _limit(item.dose, shown)


def _limit(dose: GoldDose, shown: Sequence[frozenset[Figure]]) -> Iterator[str]:
    if dose.limit is None:
        return
    value, unit, _per = canonical(dose.limit, dose.limit_unit)
    if not any((figure[0], figure[1]) == (value, unit) for line in shown for figure in line):
        yield f"the gold sections do not hold the maximum {dose.limit} {dose.limit_unit}"
