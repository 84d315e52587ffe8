"""From a page to its regimens: every table row, key/value table and dosing sentence, in the order of the page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from wardbook.corpus.block import Block
from wardbook.corpus.document import Document
from wardbook.corpus.section import Section
from wardbook.corpus.table import Table
from wardbook.dosing.bands_apart import with_bands_apart
from wardbook.dosing.blood_component import without_components
from wardbook.dosing.bold_label import bold_labels
from wardbook.dosing.cell import has_dose
from wardbook.dosing.changed_below import with_changes_below
from wardbook.dosing.column import by_other_names, by_shorthand, read_column, role_of, with_ranges
from wardbook.dosing.context import Context, Drugs, indication_of, is_situation, setting_of, severity_of
from wardbook.dosing.either import by_either
from wardbook.dosing.electrolyte import with_electrolyte, with_level_named
from wardbook.dosing.exception import exception_in, with_exceptions
from wardbook.dosing.exceptions_told import with_exceptions_told
from wardbook.dosing.footnote_cells import with_footnote_cells, with_footnotes_cited
from wardbook.dosing.going_on import goes_on_in_setting
from wardbook.dosing.governing import context_of
from wardbook.dosing.item_above import heads_list, heads_table, may_be_of_item
from wardbook.dosing.kidney_share import with_kidney_shares
from wardbook.dosing.level_band import within_label, within_levels
from wardbook.dosing.lines_apart import lines_apart
from wardbook.dosing.listed_band import Banded, banded_by, below_drug, by_first_cell
from wardbook.dosing.no_regimen import without_others
from wardbook.dosing.notation import stripped, uniform
from wardbook.dosing.of_title import with_title_parts
from wardbook.dosing.one_drug import Above, goes_on_for, is_below_another, of_kidneys, of_weights
from wardbook.dosing.order_sheet import is_sheet, read_sheet, spans_apart
from wardbook.dosing.page_rule import bind_rules
from wardbook.dosing.place import RowPlace
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimen_columns import with_regimens
from wardbook.dosing.rhythm_exception import with_rhythms
from wardbook.dosing.row_unit import with_row_units
from wardbook.dosing.sentence import opening, read_text
from wardbook.dosing.settle import Place
from wardbook.dosing.shaped import shaped
from wardbook.dosing.size_cap import bind_size_caps
from wardbook.dosing.spread import bind_limits, share_maxima, spread_maxima
from wardbook.dosing.table_keys import is_fields, is_key_value, read_keys
from wardbook.dosing.table_rows import read_rows
from wardbook.dosing.unit_header import unit_told, with_named_units
from wardbook.dosing.untold_maximum import bind_untold
from wardbook.lazy_regex import lazy_regex

_TEXT = frozenset({"paragraph", "item", "quote"})


_ALL_PER = lazy_regex(
    r"\ball\b(?:\s+(?:doses?|amounts?|figures?|are|in|as|given))*\s+(?:mg|mcg|micrograms?|g|units?)\s*/\s*(?:kg|m2|m²)"
)


def _with_unit_of_all(regimen: Regimen, title: str) -> Regimen:
    """Leave a fixed amount uncounted where the title or a heading says that all are per kg or m² ("(all mg/kg)")."""
    above = next((level for level in (regimen.section, title) if _ALL_PER.search(uniform(level))), None)
    if above is None or regimen.per is not None or regimen.amount is None:
        return regimen
    return replace(regimen, unparsed=(*regimen.unparsed, above))


def read_regimens(document: Document, drugs: Drugs) -> tuple[Regimen, ...]:
    """Read the regimens of a page, from top to bottom.

    What is not understood stays in `unparsed`, word for word; a dose whose drug is not sure gives no regimen.
    """
    found: list[Regimen] = []
    for section in document.sections:
        found += share_maxima(spread_maxima(without_others(list(_section(document, section, drugs)))))
    found = list(with_title_parts(document, bind_size_caps(document, bind_limits(found), drugs)))
    found = with_exceptions_told(with_bands_apart(with_exceptions(with_rhythms(found), drugs)))
    found = with_changes_below(document, bind_rules(document, found, drugs), drugs)
    found = with_kidney_shares(document, found, drugs)
    found = bind_untold(document, with_footnotes_cited(document, found), drugs)
    found = [_with_unit_of_all(each, document.title) for each in found]
    read = tuple(dict.fromkeys(each for whole in found for each in by_either(whole)))
    return tuple(replace(each, retired=True) for each in read) if document.metadata.retired else read


def _section(document: Document, section: Section, drugs: Drugs) -> Iterator[Regimen]:
    yield from _heading(document, section, drugs)
    item: Block | None = None
    general: Regimen | None = None
    above = Above()
    led: tuple[str, ...] | None = None
    banded = Banded()
    last = ""
    context_under = cache(lambda lead: context_of(document, section.path, lead, drugs, section.id))
    for block, lead, parted in _with_leads(document, section, drugs):
        context = context_under((*lead, *_bold_label(block, drugs)))
        if context.skip:
            continue
        if parted:
            context = replace(context, drug=None)
        place = RowPlace(
            document.id, section.id, block.lines, "", title=document.title, lead="".join(lead[-1:] or section.path[-1:])
        )
        if item is not None and (drug := _goes_on_with(item, block, drugs)):
            context = replace(context, drug=drug)
        else:
            item = block
        banded = banded_by(block, lead, banded)
        context = replace(context, by=context.by or banded.quantity)
        levels = (*section.path[-1:], *lead)
        listed = block.kind == "item" and lead == led
        if context.drug and listed and is_below_another(block, context.drug, levels, above, drugs):
            context = replace(context, drug=None)
        if context.drug is None:
            context = replace(context, drug=_of_above(block, lead, above, drugs))
        context = with_electrolyte(block, context, section.path, above.regimens, drugs)
        context, place = _with_unit_told(block, context, place, [last, *lead[-1:], *section.path[-1:]])
        last = block.text if block.kind == "paragraph" else ""
        found = list(_block(block, context, drugs, place, "\n".join([document.title, *section.path])))
        given = found
        if block.kind == "item" and general is not None and not found:
            found = list(_exception(block, general, drugs))
        free = context.drug is None and block.kind in _TEXT and not found
        if free and (drug := goes_on_for(block.text, above, drugs)):
            found = given = list(read_text(block.text, replace(context, drug=drug), drugs, place))
        led = lead if given else led
        above.add(block.text, given, bool(found) or not has_dose(block.text), drugs)
        found = [within_label(each, block.text, context.drug) if block.kind in _TEXT else each for each in found]
        above_it = [*section.path, *lead]
        yield from (within_levels(_of_heading(regimen, context), above_it) for regimen in found)
        if block.kind != "item":
            general = found[0] if block.kind == "paragraph" and len(found) == 1 and found[0].amount else None


_BOLD_SENTENCE = lazy_regex(r"\s*(\*\*|__)(?P<label>[^*_\n.]{3,40})\.\1\s+\S")


def _bold_label(block: Block, drugs: Drugs) -> tuple[str, ...]:
    """Give the bold words that open a paragraph as a sentence of their own, and say what it is for ("**Viral.** x")."""
    told = _BOLD_SENTENCE.match(block.source) if block.kind in _TEXT else None
    return (told["label"].strip(),) if told and not drugs.find(told["label"]) else ()


def _with_unit_told(block: Block, context: Context, place: RowPlace, above: Sequence[str]) -> tuple[Context, RowPlace]:
    """Say of a table in which unit, how often and by which route its doses are, where the words above it tell."""
    told = unit_told(above) if block.table is not None else None
    if told is None:
        return context, place
    context = replace(context, unit_told=told.unit, routes=context.routes or told.routes)
    return context, replace(place, lead=told.often or place.lead)


def _block(block: Block, context: Context, drugs: Drugs, place: RowPlace, above: str) -> Iterator[Regimen]:
    if block.table is not None:
        yield from _table(block.table, context, drugs, place, above)
    elif block.kind in _TEXT:
        yield from read_text(spans_apart(block, drugs).text, context, drugs, place)
    elif is_sheet(block):
        yield from read_sheet(block, context, drugs, place)


def _of_above(block: Block, lead: tuple[str, ...], above: Above, drugs: Drugs) -> str | None:
    """Give the drug of the doses above a block that goes on with them in another setting, or works them out."""
    if block.table is not None:
        return of_weights(block.table, above, drugs) or of_kidneys(block.table, " ".join(lead), above, drugs)
    return goes_on_in_setting(block.text, above.regimens, above.named, drugs) if block.kind in _TEXT else None


def _with_leads(document: Document, section: Section, drugs: Drugs) -> Iterator[tuple[Block, tuple[str, ...], bool]]:
    """Give each block with what leads it in, and whether it is a list behind a drug that stands beside its lead.

    Such a list may be of that drug, or go on with the one above it: no drug is sure.
    """
    instead: dict[tuple[str, ...], tuple[str, ...]] = {}
    parted: tuple[str, ...] | None = None
    blocks = [with_footnote_cells(part, document) for whole in section.blocks for part in lines_apart(whole, drugs)]
    headings = (document.title, *section.path)
    beside_it = bold_labels(blocks)
    for at, block in enumerate(blocks):
        if at in beside_it:
            alone = block.source.lstrip().startswith(("**", "__")) and block.kind == "paragraph"
            yield block, (*(() if alone else (beside_it[at],)), *block.lead[1:]), False
            continue
        if label := _label_beside(document, block, drugs):
            instead[block.lead] = (label,)
        lead = () if label else instead.get(block.lead, block.lead)
        beside = None if label else _drug_beside(document, block, drugs)
        if block.kind == "paragraph" or block.lead != parted:
            parted = block.lead if beside else None
        if at and (head := heads_table(blocks[at - 1], block, headings, drugs)):
            lead = (*lead, head)
        if block.kind == "item" and (head := heads_list(blocks, at, headings, drugs)):
            lead = (*lead, head)
        unsure = bool(at) and may_be_of_item(blocks[at - 1], block, headings, drugs)
        yield block, (*block.lead[:-1], beside) if beside else lead, (bool(parted) and not beside) or unsure


def _exception(block: Block, general: Regimen, drugs: Drugs) -> Iterator[Regimen]:
    """Give the dose that an item below the sentence with the one dose of all others gives for some patients."""
    other = exception_in(stripped(block.text, " ."), general, drugs)
    if other is not None:
        yield replace(other, lines=block.lines, verbatim=block.text)


_GOES_ON = lazy_regex(
    r"\W*(?:and )?(?:maintenance|then|thereafter|afterwards|followed by|continue with)\b", re.IGNORECASE
)


def _goes_on_with(item: Block, block: Block, drugs: Drugs) -> str | None:
    """Give the drug that an item of a list opens with, where the next goes on and names none ("Maintenance ...")."""
    if item.kind != "item" or block.kind != "item" or item.lead != block.lead or drugs.find(block.text):
        return None
    if _GOES_ON.match(block.text):
        return opening(item.text, drugs)
    return _of_next_days(item, block, drugs)


_DAYS = lazy_regex(
    r"\W*(?:(?:days?|d|weeks?|wk|cycles?)\.? ?[-−–+]?\d{1,3}(?: ?[-–−] ?\d{1,3})?|[-−–+]\d{1,2})"
    r"\s*(?:[:,]|\s[-–—=→]\s|\s)\s*",
    re.IGNORECASE,
)
"""Opens an item of a course that is told day by day."""


def _of_next_days(item: Block, block: Block, drugs: Drugs) -> str | None:
    """Give the drug of an item of days, where the next one gives its dose of further days ("Days 3-4: 125 mg BD").

    Where what leads the list names another drug, it may be of that one.
    """
    here, behind = _DAYS.match(item.text), _DAYS.match(block.text)
    if here and behind and int(_LAST_DAY.findall(here[0])[-1]) >= int(_LAST_DAY.findall(behind[0])[0]):
        return None  # the days of another drug
    named = {mention.drug for mention in drugs.find(item.text)}
    led = {mention.drug for lead in block.lead for mention in drugs.find(lead)}
    if not here or not behind or len(named) != 1 or led - named:
        return None
    opens = re.match(r"\W*\d", block.text[behind.end() :])
    return named.pop() if opens and has_dose(item.text) else None


_LAST_DAY = lazy_regex(r"\d+")
_BOLD_LABEL = lazy_regex(r"\s*(?:\*\*|__)([^*_\n]{2,60}?)(?::(?:\*\*|__)|(?:\*\*|__):)\s*\S")


def _label_beside(document: Document, block: Block, drugs: Drugs) -> str | None:
    """Give the bold label that a paragraph opens with, where it stands beside the bold label on a line above it.

    "**Croup:** dexamethasone ..." below "**Asthma:**" and its list is for croup; "**Dose:** ..." says of what is above.
    """
    label = _BOLD_LABEL.match(block.source) if block.kind == "paragraph" and len(block.lead) == 1 else None
    if label is None or is_situation(label[1]) or setting_of(label[1]) or severity_of(label[1]):
        return None
    above = {
        line.strip(" *_") for line in document.lines[: block.lines[0] - 1] if line.strip().startswith(("**", "__"))
    }
    beside = f"{block.lead[0]}:" in above and indication_of(label[1], drugs.find(label[1])) is not None
    return label[1].strip() if beside and label[1].strip() != block.lead[0] else None


_BOLD_NAME = lazy_regex(r"\s*(?:\*\*|__)([^*_\n:]{2,60}):?(?:\*\*|__):?\s*\S")


def _drug_beside(document: Document, block: Block, drugs: Drugs) -> str | None:
    """Give the drug in bold that a paragraph opens with, behind the list under a wholly bold line on something else.

    "**Isavuconazole**: 200 mg" below "**Amphotericin**" and its list stands beside that line, and not under it; one
    without a dose ("**Allopurinol** is stopped first") may be a remark on what is above.
    """
    dosed = block.kind == "paragraph" and block.lead and has_dose(block.text)
    name = _BOLD_NAME.match(block.source) if dosed else None
    named = drugs.find(name[1]) if name else ()
    if name is None or len(named) != 1 or re.search(r"\w", name[1][: named[0].begin] + name[1][named[0].end :]):
        return None
    above = [line.strip() for line in document.lines[: block.lines[0] - 1] if line.strip()]
    heads = [
        at for at, line in enumerate(above) if line.startswith(("**", "__")) and line.strip(" *_:") == block.lead[-1]
    ]
    listed = bool(heads) and any(_LISTED.match(line) for line in above[heads[-1] + 1 :])
    same = any(mention.drug == named[0].drug for mention in drugs.find(block.lead[-1]))
    return name[1].strip() if listed and not same else None


_LISTED = lazy_regex(r"(?:[-*+•]|\d+[.)])\s")


def _of_heading(regimen: Regimen, context: Context) -> Regimen:
    """Let a heading that names other drugs ("Methotrexate rescue") say what the dose of this one is for."""
    if not context.about or regimen.drug in context.about_drugs or regimen.indication != context.indication:
        return regimen
    return replace(regimen, indication=context.about)


def _tells_before(heading: str) -> bool:
    """Tell whether the only amounts of a heading are of what was given before."""
    match = _BEFORE.search(uniform(heading))
    return match is not None and not has_dose(heading[: match.start()])


_BEFORE = lazy_regex(r"\b(?:after|following|post) (?:[a-z]+ ){0,2}\d")
"""A heading that tells what was given before ("Taper (after 3 days of 1 g)") gives no dose."""


def _heading(document: Document, section: Section, drugs: Drugs) -> Iterator[Regimen]:
    """Read a heading that gives a dose itself ("Bendamustine 90 mg/m2/day, days -4 and -3")."""
    if section.path and has_dose(section.path[-1]) and not _tells_before(section.path[-1]):
        context = context_of(document, section.path[:-1], (), drugs)
        first = section.lines[0]
        if not context.skip:
            place = Place(document.id, section.id, (first, first), "", title=document.title)
            yield from read_text(section.path[-1], context, drugs, place)


def _table(table: Table, context: Context, drugs: Drugs, place: RowPlace, above: str) -> Iterator[Regimen]:
    table, drug = below_drug(shaped(_with_header(table), drugs), drugs)
    context = replace(context, drug=drug) if drug else context
    table = with_level_named(table, context.drug) if context.by_level and context.drug else table
    table = with_named_units(without_components(with_row_units(table), context.drug, drugs), drugs)
    named = by_first_cell(table, by_shorthand([read_column(words, drugs) for words in table.columns], drugs))
    columns = with_regimens(table, with_ranges(by_other_names(named, drugs), above), drugs)
    if is_key_value(table, columns) or (context.drug and is_fields(table)):
        yield from read_keys(table, columns, context, drugs, place)
    else:
        yield from read_rows(table, columns, context, drugs, place)


def _with_header(table: Table) -> Table:
    """Take the first row for the header of a table without one, where its cells read like headers."""
    if any(re.search(r"[^\W\d]", words) for words in table.columns) or not table.rows:
        return table
    words = tuple(cell.text.strip() for cell in table.rows[0].cells)
    known = [word for word in words if role_of(word) != "other"]
    if len(known) < 2 or any(has_dose(word) for word in words):
        return table
    return replace(table, columns=words, rows=table.rows[1:])
