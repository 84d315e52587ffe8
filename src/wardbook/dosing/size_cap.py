"""Bounds on the weight or surface that doses of a page are worked out by ("BSA capped at 2.2 m2")."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from wardbook.corpus.block import Block
from wardbook.corpus.document import Document
from wardbook.corpus.unit import sentences
from wardbook.dosing.amount import read_amounts
from wardbook.dosing.context import Drugs
from wardbook.dosing.notation import uniform
from wardbook.dosing.patient import Patient
from wardbook.dosing.regimen import Limit, Regimen, Stated
from wardbook.lazy_regex import lazy_regex

_SIZE = r"(?:bsa|(?:body )?surface(?: area)?|(?:body|dose|dosing|patient)?[ -]?weights?)"
_MOST = r"(\d+(?:\.\d+)?)\s*(m2|m²|m\^2|kgs?)(?![\w/²])"
_CAP = lazy_regex(
    rf"\bcapp?(?:ed|ing)?\s+(?:(?:the|a|at|to|of|is|for)\s+|{_SIZE}\s+){{0,4}}{_MOST}|"
    rf"{_SIZE}\s+(?:is\s+|are\s+)?(?:cap|max(?:imum)?|limit(?:ed)?)\W*(?:(?:of|is|at|to)\s+)?{_MOST}|"
    rf"\bmax(?:imum)?\.?\s+(?:dosing\s+)?{_SIZE}\W*(?:(?:of|is|at|to)\s+)?{_MOST}|"
    rf"\bceiling(?:\s+{_SIZE})?\W*(?:(?:of|is|at)\s+)?{_MOST}|"
    rf"\b(?:upper|top|highest|greatest)\s+(?:dosing\s+)?{_SIZE}(?:\s+(?:limit|for|dosing|doses|used|that|counts?))*\W*"
    rf"(?:(?:of|is|at)\s+)?{_MOST}|"
    r"(?:\b(?:above|over|heavier than|more than)|>)\s*(?P<most>\d+(?:\.\d+)?)\s*kg\b\W{0,3}"
    r"(?:(?:the|are|is|should|be|all|patients?|dose)\s+)*"
    r"(?:use|dosed?|calculated?|count(?:ed)?|reckon(?:ed)?|taken?|treat(?:ed)?|capped)\b"
    r"[^.;\d]{0,20}\b(?P=most)\s*(kgs?)(?![\w/])"
)
_DENIED = lazy_regex(r"\b(?:not|no|never|without|n[’']t)\b[^.;]{0,20}\bcap")
_FOR_SOME = lazy_regex(
    r"\b(?:(?:if|when)(?! (?:the |a )?(?:body |patient'?s? )?(?:weight|wt|they weigh|he|she|> ?\d|over \d|above \d))|"
    r"unless|for those|in (?:obes|child|adult)\w*|obes\w+)\b"
)
"""Says of a bound that it is for some; "if weight > 100 kg" is the bound itself."""


def bind_size_caps(document: Document, regimens: Sequence[Regimen], drugs: Drugs) -> list[Regimen]:
    """Give the doses by weight or surface the bounds that sentences of the page set to these.

    A sentence that names drugs is about them, wherever it stands; another one is about its section and those below it,
    or the whole page where its section gives no dose. One for some patients is only shown with the dose.
    """
    found = list(regimens)
    dosed = {regimen.section for regimen in regimens if regimen.amount}
    for stated, named in _stated(document, drugs):
        for at, regimen in enumerate(found):
            below = regimen.section == stated.section or regimen.section.startswith(f"{stated.section} > ")
            about = regimen.drug in named if named else below or stated.section not in dosed
            by_size = stated.max_size and regimen.per == stated.max_size.unit
            if about and (by_size or (stated.max_size is None and regimen.per)) and regimen.amount:
                found[at] = replace(regimen, limited_by=(*regimen.limited_by, stated))
    return found


def _stated(document: Document, drugs: Drugs) -> Iterator[tuple[Stated, frozenset[str]]]:
    for section in document.sections:
        for block in section.blocks:
            if block.table is not None:
                yield from _keyed(section.id, block, drugs)
                continue
            for begin, end in sentences(block.text):
                words = block.text[begin:end].strip()
                limit = read_size_cap(words)
                if limit and (drugs.find(words) or not _gives_doses(words)):
                    named = frozenset(mention.drug for mention in drugs.find(words))
                    size = None if _FOR_SOME.search(uniform(words)) else limit
                    yield Stated(section.id, block.lines, words, max_size=size), named


def _keyed(section: str, block: Block, drugs: Drugs) -> Iterator[tuple[Stated, frozenset[str]]]:
    """Yield the bounds that rows of two cells state ("Weight cap" | "100 kg")."""
    for row in block.table.rows if block.table else ():
        texts = [cell.text.strip() for cell in row.cells]
        words = ": ".join(texts)
        if len(texts) == 2 and (limit := read_size_cap(words)) and not _gives_doses(words):
            named = frozenset(mention.drug for mention in drugs.find(words))
            size = None if _FOR_SOME.search(uniform(words)) else limit
            yield Stated(section, row.lines, words, max_size=size), named


def _gives_doses(words: str) -> bool:
    """Tell whether a sentence gives doses by size itself: without a known drug it is about those of an unknown one."""
    return any(figure.is_dose and figure.per for figure in read_amounts(words))


def read_size_cap(words: str) -> Limit | None:
    """Read the bound of a sentence on weight (kg) or surface (m2); None where it has none, or several."""
    plain = uniform(words)
    if _DENIED.search(plain):
        return None
    found = {tuple(filter(None, match.groups())) for match in _CAP.finditer(plain)}
    if len(found) != 1:
        return None
    value, unit = found.pop()
    return Limit(Decimal(value), "kg" if unit.startswith("kg") else "m2")


def sized(regimen: Regimen, patient: Patient) -> Patient:
    """Give the patient with the weight or surface that counts for a regimen: no more than the page takes."""
    for stated in regimen.limited_by:
        most = stated.max_size
        own = {"kg": patient.weight_kg, "m2": patient.bsa_m2}.get(most.unit) if most else None
        if most is None or own is None or own <= most.value or regimen.per != most.unit:
            continue
        unit = "kg" if most.unit == "kg" else "m²"
        shown = f"{most.value} {unit} counts, the most that the page takes, and not {own} {unit}"
        if most.unit == "kg":
            patient = replace(patient, size_shown=shown, weight_kg=most.value)
        else:
            patient = replace(patient, size_shown=shown, bsa_m2=most.value)
    return patient
