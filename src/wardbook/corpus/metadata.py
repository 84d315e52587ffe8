"""What a page says of itself, wherever people write it: front matter, a bold line, a block quote at the top."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from wardbook.corpus.block import Block
from wardbook.corpus.document import Metadata
from wardbook.corpus.inline import inline_words
from wardbook.corpus.section import Section
from wardbook.lazy_regex import lazy_regex

_NAMES = {
    "evidence_level": r"(?:overall )?(?:evidence level|level of evidence|evidence grade|quality of evidence)",
    "last_updated": r"(?:last|date) (?:updated|modified|revised|edited)|updated(?: on)?|revised(?: on)?",
    "last_reviewed": r"last (?:reviewed|review)|reviewed(?: on)?|review date",
    "version": r"(?:page |document )?version",
    "status": r"(?:page |document )?status",
    "see_also": r"see also|related(?: pages)?",
    "aliases": r"aliases|also known as|synonyms|other names",
    "category": r"category",
}
_FIELD = lazy_regex(
    r"(?:^|[|·•;\n]|\s{2,})\s*(" + "|".join(f"(?P<{name}>{words})" for name, words in _NAMES.items()) + r")\s*"
    r"(?::|(?=\s+(?:\d|(?:on )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))))",
    re.IGNORECASE,
)
_NEXT = lazy_regex(r"\bnext (?:review|update)", re.IGNORECASE)
_MONTHS = {
    name: at
    for at, names in enumerate(
        "january february march april may june july august september october november december".split(), start=1
    )
    for name in (names, names[:3], "sept" if at == 9 else names)
}
_BOLD_LABEL = lazy_regex(r"[^\w*]*(?:\*\*|__)")
_TOP_ONLY = frozenset({"version", "status", "category", "aliases"})


def iso_date(value: object) -> str | None:
    """Read a date as ISO ("2025-06-15", or "2025-06" where no day is given); None where it could be two dates."""
    text = str(value).strip().lower()
    if match := re.search(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b", text):
        return _valid(int(match[1]), int(match[2]), int(match[3]))
    if match := re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?[ -]+([a-z]+)\.?,?[ -]+(\d{4})\b", text):
        return _valid(int(match[3]), _MONTHS.get(match[2], 0), int(match[1]))
    if match := re.search(r"\b([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b", text):
        return _valid(int(match[3]), _MONTHS.get(match[1], 0), int(match[2]))
    if match := re.search(r"\b([a-z]+)\.?,? (\d{4})\b", text):
        return _valid(int(match[2]), _MONTHS.get(match[1], 0), None)
    if match := re.search(r"\b(\d{4})-(\d{2})\b", text):
        return _valid(int(match[1]), int(match[2]), None)
    return _day_first(text)


def _day_first(text: str) -> str | None:
    """Read 15/06/2025 or 06/15/2025 where only one reading is a date."""
    match = re.search(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b", text)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    readings = {_valid(year, second, first), _valid(year, first, second)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _valid(year: int, month: int, day: int | None) -> str | None:
    try:
        whole = date(year, month, day or 1).isoformat()
    except ValueError:
        return None
    return whole if day else whole[:7]


def _words(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _listed(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part.strip() for part in re.split(r"[,;|]", value) if part.strip())
    if isinstance(value, list):
        return tuple(part.strip() for part in value if isinstance(part, str) and part.strip())
    return ()


def _front_fields(front: Mapping[str, object]) -> dict[str, object]:
    known = {
        "alias": "aliases",
        "evidence": "evidence_level",
        "date_updated": "last_updated",
        "modified": "last_updated",
        "tags_category": "category",
        "type": "category",
        "related": "see_also",
    }
    fields: dict[str, object] = {}
    for key, value in front.items():
        name = re.sub(r"[\s-]+", "_", key.strip().lower())
        name = known.get(name, name)
        if name not in _NAMES:
            name = next((field for field, words in _NAMES.items() if re.fullmatch(words, name.replace("_", " "))), name)
        if name in _NAMES and value is not None:
            fields.setdefault(name, value)
    return fields


def _candidates(sections: tuple[Section, ...]) -> Iterator[tuple[Block, bool]]:
    """Give blocks that may hold metadata, and whether they stand at the page's top or foot."""
    for at, section in enumerate(sections):
        foot = len(section.blocks) - 6 if at == len(sections) - 1 else len(section.blocks)
        for place, block in enumerate(section.blocks):
            edge = (at == 0 and place < 4) or place >= foot
            if block.kind in ("paragraph", "quote") or (block.kind == "item" and (edge or block.lead)):
                yield block, edge


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    value: str
    links: tuple[str, ...]
    bold: bool


_STEMS = (
    "evidence", "updated", "modified", "revised", "edited", "review", "version", "status", "also", "related", "aliases",
    "synonyms", "names", "category",
)  # fmt: skip
"""One of these stands in every name of a field."""


def _may_name(source: str) -> bool:
    """Tell whether a line may name a field; most need not be taken apart again."""
    plain = source.casefold()
    return any(map(plain.__contains__, _STEMS))


def _block_fields(block: Block) -> Iterator[_Field]:
    """Give the fields of a block, line by line: a footer's lines stand below each other without a blank line."""
    for source in filter(_may_name, block.source.split("\n")):
        line = inline_words(source)
        matches = list(_FIELD.finditer(line.text))
        for match, after in zip_longest(matches, matches[1:]):
            name = next(key for key, words in match.groupdict().items() if words)
            value = line.text[match.end() : after.start() if after else len(line.text)]
            if name != "see_also":
                value = re.split(r"\s\|\s(?![^()]*\))|\n", value.strip())[0]
            if match[0].endswith(":") or _is_date_alone(value):
                links = tuple(target for target, _ in line.links)
                yield _Field(name, value.strip(" |·•;\n"), links, bool(_BOLD_LABEL.match(source)))


def _is_date_alone(value: str) -> bool:
    """Tell whether a value is a date and no more ("Updated March 2023 guidance" says nothing of the page)."""
    words = _NEXT.split(value)[0].strip(" .;,|")
    return len(words.split()) <= 4 and bool(re.search(r"\d$", words))


def _add_block_fields(fields: dict[str, object], block: Block, edge: bool) -> None:
    """Add what a block says: at the page's top or foot, or elsewhere behind a bold label that is the page's own."""
    for field in _block_fields(block):
        if not edge and (field.name in _TOP_ONLY or not field.bold):
            continue
        value = field.value
        if field.name in ("last_updated", "last_reviewed"):
            value = _NEXT.split(value)[0]
        if field.name == "see_also" and field.links:
            fields.setdefault(field.name, list(field.links))
        elif value:
            fields.setdefault(field.name, value)
    if block.lead and block.links and re.fullmatch(_NAMES["see_also"], block.lead[-1].strip(": ").lower()):
        _extend(fields, "see_also", [target for target, _ in block.links])


def _extend(fields: dict[str, object], name: str, more: list[str]) -> None:
    held = fields.get(name, [])
    fields[name] = [*held, *more] if isinstance(held, list) else held


def _add_section_fields(fields: dict[str, object], section: Section) -> None:
    """Add what a section headed "Evidence level", "Last updated" or "See also" says."""
    heading = section.path[-1].strip(": ").lower() if section.path else ""
    for name in ("evidence_level", "last_updated"):
        if section.blocks and re.fullmatch(_NAMES[name], heading):
            fields.setdefault(name, section.blocks[0].text)
    if re.fullmatch(_NAMES["see_also"], heading):
        fields.setdefault("see_also", [link[0] for block in section.blocks for link in block.links])


def metadata_of(front: Mapping[str, object], sections: tuple[Section, ...]) -> Metadata:
    """Collect what a page says of itself; the front matter first, then the page's own words."""
    fields = _front_fields(front)
    for block, edge in _candidates(sections):
        _add_block_fields(fields, block, edge)
    for section in sections:
        _add_section_fields(fields, section)
    dates = (iso_date(fields[name]) for name in ("last_updated", "last_reviewed") if name in fields)
    return Metadata(
        _words(fields.get("evidence_level")),
        next((day for day in dates if day), None),
        _words(fields.get("version")),
        _words(fields.get("status")),
        _words(fields.get("category")),
        _listed(fields.get("aliases")),
        _listed(fields.get("see_also")),
    )


def first_line_title(sections: tuple[Section, ...]) -> str | None:
    """Give a page's plain first line where it can only be its title: short, alone, no tags, without a full stop."""
    if not sections or sections[0].level != 0 or not sections[0].blocks:
        return None
    block = sections[0].blocks[0]
    short = block.kind == "paragraph" and len(block.text.split()) <= 8 and "\n" not in block.text
    whole = block.lines[0] == block.lines[1] and not re.search(r"[.:;,|]$|^\[picture|:|^(?:#[\w/-]+\s*)+$", block.text)
    return block.text if short and whole else None
