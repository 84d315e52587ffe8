"""What the lines right behind a table of doses say of when these are halved or left out is shown with each of them.

"Azole: half dose", "ANC < 0.5: half" below the doses of one drug by weight tell whoever gives them, and name no amount.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wardbook.corpus.document import Document
from wardbook.corpus.section import Section
from wardbook.corpus.unit import sentences
from wardbook.dosing.band import SIZES, read_bands
from wardbook.dosing.context import Drugs
from wardbook.dosing.notation import uniform
from wardbook.dosing.page_rule import LONGEST, gives_amount
from wardbook.dosing.regimen import Regimen, Stated
from wardbook.lazy_regex import lazy_regex

FARTHEST = 4
"""Blocks behind a table; what stands farther from it is of something else."""
_SHARE = lazy_regex(
    r"\bhalv(?:e[ds]?|ing)\b|(?:[:=→]|->|\b(?:give|by|to|use))\s*half\b(?! (?:an?|li[fv]e))|"
    r"\bhalf (?:(?:the|of|usual|normal|this|that) )*doses?\b|\bdoubl(?:e|ed|ing) (?:the )?doses?\b|"
    r"\breduce (?:(?:the )?dose|by|to)\b|\b\d+ ?% (?:of|less)\b"
)
_OTHER = lazy_regex(r"\b(?:an hour|hourly|tablets?|vials?|rate|steroids?|wean\w*|taper\w*)\b|\bevery\b")
"""What else may be halved or reduced: a tablet, a rate, steroids."""


def with_changes_below(document: Document, regimens: Sequence[Regimen], drugs: Drugs) -> list[Regimen]:
    """Show with the doses of a table of one drug what the lines behind it change of them."""
    found = list(regimens)
    for section in document.sections:
        own = [at for at, each in enumerate(found) if each.section == section.id and each.amount and not each.evidence]
        for number, block in enumerate(section.blocks):
            first, last = block.lines
            rows = [at for at in own if first <= found[at].lines[0] and found[at].lines[1] <= last]
            if block.table is None or not rows or len({found[at].drug for at in rows}) != 1:
                continue
            others = {found[at].drug for at in own} - {found[rows[0]].drug}
            for stated in _changes(section, number, others, drugs):
                for at in rows:
                    if all(stated.words not in each.words for each in found[at].limited_by):
                        found[at] = replace(found[at], limited_by=(*found[at].limited_by, stated))
    return found


def _changes(section: Section, number: int, others: set[str], drugs: Drugs) -> Iterator[Stated]:
    """Give the sentences behind a table, up to the first that gives an amount or is about another drug of its own."""
    above = section.blocks[number]
    for block in section.blocks[number + 1 : number + 1 + FARTHEST]:
        if block.table is not None or block.kind not in ("item", "paragraph", "quote"):
            return
        if not set(block.lead) <= set(above.lead):
            continue  # "30-50: half dose" below "By platelets:" tells nothing without these words
        for begin, end in sentences(block.text):
            words = block.text[begin:end].strip()
            if gives_amount(words) or others & {mention.drug for mention in drugs.find(words)}:
                return
            if any(band.condition.quantity in ("age", *SIZES) for band in read_bands(words)):
                continue  # put before the dose for a patient of that age or weight
            said = uniform(words)
            if len(words) <= LONGEST and _SHARE.search(said) and not _OTHER.search(said):
                yield Stated(section.id, block.lines, words, rule=True)
